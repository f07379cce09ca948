#include "paging/paging.hpp"

#include <gmock/gmock.h>

#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::paging {
namespace {

using notices::Kind;
using safeguarding::claim;
using safeguarding::decide;
using safeguarding::Outcome;
using safeguarding::read_second;
using safeguarding::Reason;
using safeguarding::release;
using safeguarding::Second;
using safeguarding::Urgency;
using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::HasSubstr;

// Bo reports that Ada may be in danger.
struct Night {
    explicit Night(World& world_in) : world(world_in), cast(world_in) {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(cast.ada), cast.circle, "Nights",
                                              {.markdown = "A zebra."});
        });
        post = PostId(thread, 1);
        id = report(cast.bo, Reason::danger);
    }
    CaseId report(MemberId who, Reason reason) {
        return world.must(
            [&](db::Tx& tx) { return safeguarding::file_report(tx, as(who), post, {reason, ""}); });
    }
    void wait_minutes(std::int64_t minutes) {
        world.clock.advance(minutes * minute_ms);
        jobs::Runner runner(*world.services, handlers(*world.services));
        while (runner.run_one()) {
        }
    }
    std::ptrdiff_t told(MemberId who) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 100); });
        return std::ranges::count(list, Kind::crisis, &notices::Notice::kind);
    }
    std::ptrdiff_t unread(MemberId who) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 100); });
        return std::ranges::count_if(
            list, [](const notices::Notice& one) { return one.kind == Kind::crisis && !one.read_at; });
    }

    World& world;
    const Cast cast;
    PostId post;
    CaseId id;
};

BOTH_ENGINES(Paging, tells_again_while_nobody_looks) {
    Night at(world);
    EXPECT_EQ(at.told(at.cast.mo), 1);
    at.wait_minutes(4);
    EXPECT_EQ(at.told(at.cast.mo), 1);
    at.wait_minutes(1);
    EXPECT_EQ(at.told(at.cast.mo), 2);
    EXPECT_EQ(at.unread(at.cast.mo), 1) << "one line is enough";
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 3);
    EXPECT_EQ(at.told(at.cast.ada), 0);
    EXPECT_EQ(at.told(at.cast.oz), 0) << "not overdue yet";
}

BOTH_ENGINES(Paging, tells_hosts_too_once_it_is_overdue) {
    Night at(world);
    for (int i = 0; i < 3; ++i) at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.oz), 1);
    EXPECT_EQ(at.told(at.cast.mo), 4);
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy, at.cast.rae}) EXPECT_EQ(at.told(who), 0);
}

BOTH_ENGINES(Paging, never_ends_by_itself_but_becomes_rarer) {
    Night at(world);
    for (int i = 0; i < 24 * 12; ++i) at.wait_minutes(5);
    const auto in_a_day = at.told(at.cast.mo);
    EXPECT_GT(in_a_day, 20);
    EXPECT_LT(in_a_day, 45);
    at.wait_minutes(60);
    EXPECT_EQ(at.told(at.cast.mo), in_a_day + 1);
}

BOTH_ENGINES(Paging, rests_while_somebody_works_on_it_and_begins_anew_with_a_new_crisis) {
    Night at(world);
    at.wait_minutes(5);
    ASSERT_TRUE(world.db().write([&](db::Tx& tx) { return claim(tx, as(at.cast.nia), at.id); }));
    for (int i = 0; i < 5; ++i) at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 2);
    ASSERT_TRUE(world.db().write(
        [&](db::Tx& tx) { return decide(tx, as(at.cast.nia), at.id, {Outcome::nothing, ""}); }));
    for (int i = 0; i < 12; ++i) at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 2);
    EXPECT_NE(at.report(at.cast.bo, Reason::danger), at.id);
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 4);
}

BOTH_ENGINES(Paging, goes_on_when_whoever_took_it_on_fell_asleep_over_it) {
    Night at(world);
    ASSERT_TRUE(world.db().write([&](db::Tx& tx) { return claim(tx, as(at.cast.nia), at.id); }));
    at.wait_minutes(29);
    EXPECT_EQ(at.told(at.cast.mo), 1);
    at.wait_minutes(2);
    EXPECT_EQ(at.told(at.cast.mo), 2);
    ASSERT_TRUE(world.db().write([&](db::Tx& tx) { return claim(tx, as(at.cast.nia), at.id); }));
    ASSERT_TRUE(world.db().write([&](db::Tx& tx) { return release(tx, as(at.cast.nia), at.id); }));
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 3) << "given back is not done";
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 4) << "two chains are one";
}

BOTH_ENGINES(Paging, begins_with_what_staff_call_a_crisis_and_with_one_that_is_opened_again) {
    Night at(world);
    ASSERT_TRUE(world.db().write(
        [&](db::Tx& tx) { return decide(tx, as(at.cast.nia), at.id, {Outcome::nothing, ""}); }));
    const auto before = at.told(at.cast.mo);
    ASSERT_TRUE(world.db().write(
        [&](db::Tx& tx) { return read_second(tx, as(at.cast.dee), at.id, Second::open_again); }));
    EXPECT_EQ(at.told(at.cast.mo), before + 1);
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), before + 2);
    for (const Urgency urgency : {Urgency::amber, Urgency::crisis})
        ASSERT_TRUE(world.db().write(
            [&](db::Tx& tx) { return safeguarding::set_urgency(tx, as(at.cast.nia), at.id, urgency); }));
    const auto so_far = at.told(at.cast.mo);
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), so_far + 1);
}

BOTH_ENGINES(Paging, ends_when_somebody_says_that_it_is_no_crisis) {
    Night at(world);
    ASSERT_TRUE(world.db().write(
        [&](db::Tx& tx) { return safeguarding::set_urgency(tx, as(at.cast.nia), at.id, Urgency::amber); }));
    at.wait_minutes(30);
    EXPECT_EQ(at.told(at.cast.mo), 1);
}

BOTH_ENGINES(Paging, that_a_crash_repeats_tells_nobody_twice) {
    Night at(world);
    at.wait_minutes(0);
    const std::string payload = world.db().read([&](db::ReadTx& tx) {
        for (const jobs::JobRow& row : jobs::list(tx, 20))
            if (row.kind == "page_crisis") return row.payload;
        return std::string();
    });
    at.wait_minutes(5);
    world.must([&](db::Tx& tx) -> Done {
        jobs::enqueue(tx, "page_crisis", payload, tx.now());
        return {};
    });
    at.wait_minutes(0);
    EXPECT_EQ(at.told(at.cast.mo), 2);
}

BOTH_ENGINES(Paging, stands_in_the_case) {
    Night at(world);
    at.wait_minutes(5);
    Pages pages(world);
    const std::string page = pages.get(url::safety_case(at.id).text(), at.cast.mo).body;
    EXPECT_THAT(page, HasSubstr("Nobody had taken it on yet. Those who can act were told again."));
}

BOTH_ENGINES(Paging, tries_a_program_again_that_does_not_answer) {
    use_pager({{"http://127.0.0.1:1/", "a secret of 16 letters"}, "https://kith.example.org"});
    Night at(world);
    at.wait_minutes(0);
    const auto tries = world.db().read([&](db::ReadTx& tx) {
        for (const jobs::JobRow& row : jobs::list(tx, 20))
            if (row.kind == "call_page_hook") return row.tries;
        return 0;
    });
    EXPECT_EQ(tries, 1);
    at.wait_minutes(5);
    EXPECT_EQ(at.told(at.cast.mo), 2) << "and tells people all the same";
    use_pager({});
}

}  // namespace
}  // namespace kith::paging
