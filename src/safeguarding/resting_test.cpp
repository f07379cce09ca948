#include "safeguarding/testing.hpp"

#include "notices/notices.hpp"
#include "platform/text/time_words.hpp"
#include "tests/school.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using rota::Company;
using test::as;
using test::World;

// In the night, before three. So many reports are enough for a shift.
struct Night : Scene {
    explicit Night(World& world_in, std::int64_t most = 1) : Scene(world_in) {
        world.must([&](db::Tx& tx) {
            return rota::set_settings(tx, as(cast.oz), {.shift_most = most, .week_most = 0}, {});
        });
    }
    void plan(MemberId who) {
        world.must([&](db::Tx& tx) {
            return rota::plan_shift(tx, as(cast.oz),
                                    {.group = cast.circle,
                                     .person = groups::persona_here(tx, cast.circle, who),
                                     .day = text::iso(tx.now()).substr(0, 10),
                                     .from = "02:00",
                                     .until = "10:00"});
        });
    }
    CaseId crisis() { return report(write(cast.ada), cast.bo, Reason::danger); }
    std::optional<Error> refuses(MemberId who, CaseId id, Company company = Company::others) {
        const Done done = world.db().write([&](db::Tx& tx) { return claim(tx, as(who), id, company); });
        return done ? std::nullopt : std::optional(done.error());
    }
    bool works_on(CaseId id) {
        return world.db().read([&](db::ReadTx& tx) { return find_case(tx, id)->is_claimed(tx.now()); });
    }
    std::ptrdiff_t told(MemberId who) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 50); });
        return std::ranges::count(list, notices::Kind::crisis, &notices::Notice::kind);
    }
    std::string page(CaseId id, MemberId who) { return pages.get(url::safety_case(id).text(), who).body; }
};

bool shows(std::string_view page, std::string_view words) { return page.find(words) != page.npos; }

BOTH_ENGINES(Resting, leaves_the_next_report_to_whoever_is_on_shift) {
    Night at(world);
    EXPECT_FALSE(at.refuses(at.cast.mo, at.crisis()));
    const CaseId next = at.crisis();
    EXPECT_TRUE(shows(at.page(next, at.cast.mo), "Nobody else is there: I take it on"));
    at.plan(at.cast.nia);
    EXPECT_FALSE(shows(at.page(next, at.cast.mo), "Nobody else is there"));
    EXPECT_TRUE(shows(at.page(next, at.cast.mo), "On shift now: Nia."));
    EXPECT_EQ(at.refuses(at.cast.mo, next, Company::alone)->fault, Fault::conflict);
    const auto before = at.told(at.cast.nia);
    EXPECT_EQ(at.pages.post(url::case_claim(next).text(), {{"leave", "yes"}}, at.cast.mo).status, 303);
    EXPECT_EQ(at.told(at.cast.nia), before + 1);
    EXPECT_FALSE(at.works_on(next));
}

// Nia wrote it under an alias, or not: nothing may differ.
BOTH_ENGINES(Resting, shows_nobody_where_the_author_is_hidden) {
    for (const bool is_hers : {true, false}) {
        World fresh(world.db().engine());
        Night at(fresh);
        const auto anonymous = [&](MemberId who) {
            return PostId(fresh.must([&](db::Tx& tx) {
                return conversation::start_thread(
                    tx, as(who), at.cast.circle, "Night",
                    {.markdown = "Dark.", .voice = conversation::Voice::anonymous});
            }),
                          1);
        };
        EXPECT_FALSE(at.refuses(at.cast.mo, at.crisis()));
        const CaseId next = at.report(anonymous(is_hers ? at.cast.nia : at.cast.ada), at.cast.bo,
                                      Reason::danger);
        at.plan(at.cast.nia);
        const std::string page = at.page(next, at.cast.mo);
        EXPECT_FALSE(shows(page, "On shift now"));
        EXPECT_TRUE(shows(page, "Nobody else is there: I take it on"));
        EXPECT_TRUE(shows(page, "Tell them once more that it waits"));
        EXPECT_EQ(at.pages.post(url::case_claim(next).text(), {{"leave", "yes"}}, at.cast.mo).status, 303);
        EXPECT_FALSE(at.refuses(at.cast.mo, next, Company::alone));
    }
}

BOTH_ENGINES(Resting, is_put_off_by_nobody_who_need_not_rest) {
    Night at(world);
    const CaseId id = at.crisis();
    at.plan(at.cast.nia);
    EXPECT_FALSE(at.refuses(at.cast.mo, id, Company::alone));
    EXPECT_FALSE(shows(at.page(id, at.cast.mo), "though it was time to rest"));
}

BOTH_ENGINES(Resting, goes_on_where_nobody_on_shift_can_take_over) {
    Night at(world);
    for (const MemberId who : {at.cast.mo, at.cast.nia}) {
        at.plan(who);
        EXPECT_FALSE(at.refuses(who, at.crisis()));
    }
    const CaseId next = at.crisis();
    EXPECT_EQ(at.refuses(at.cast.mo, next)->fault, Fault::conflict);
    EXPECT_EQ(
        world.db().write([&](db::Tx& tx) { return leave_to_others(tx, as(at.cast.mo), next); }).error().fault,
        Fault::conflict);
    EXPECT_FALSE(at.refuses(at.cast.mo, next, Company::alone)) << "Nia must rest as well";
}

BOTH_ENGINES(Resting, hands_on_what_one_works_on_with_the_report_that_is_enough) {
    Night at(world, 2);
    const CaseId first = at.crisis(), second = at.crisis();
    EXPECT_FALSE(at.refuses(at.cast.mo, first));
    at.plan(at.cast.nia);
    const auto before = at.told(at.cast.nia);
    EXPECT_FALSE(at.refuses(at.cast.mo, second));
    EXPECT_FALSE(at.works_on(first));
    EXPECT_TRUE(at.works_on(second)) << "what they have just begun";
    EXPECT_EQ(at.told(at.cast.nia), before + 1);
    EXPECT_TRUE(shows(at.page(first, at.cast.nia), "has carried much in these days, so it was handed on"));
    EXPECT_FALSE(at.refuses(at.cast.nia, first));
}

BOTH_ENGINES(Resting, keeps_what_one_works_on_while_there_is_nobody_to_hand_it_to) {
    Night at(world, 2);
    const CaseId first = at.crisis(), second = at.crisis();
    EXPECT_FALSE(at.refuses(at.cast.mo, first));
    EXPECT_FALSE(at.refuses(at.cast.mo, second));
    EXPECT_TRUE(at.works_on(first));
    at.plan(at.cast.nia);
    EXPECT_TRUE(at.decide_as(at.cast.mo, second, Outcome::talked));
    EXPECT_FALSE(at.works_on(first)) << "Nia has come";
}

BOTH_ENGINES(Resting, hands_on_to_nobody_without_training) {
    Night at(world, 2);
    const CaseId first = at.crisis();
    test::let_training_lapse(world, at.cast, {at.cast.mo});
    at.plan(at.cast.nia);
    EXPECT_FALSE(at.refuses(at.cast.mo, first));
    EXPECT_FALSE(at.refuses(at.cast.mo, at.crisis()));
    EXPECT_TRUE(at.works_on(first));
}

constexpr db::Sql state_sql = R"(
    select (select count(*) from safety_case where claimed_until_ms is not null)
         + (select count(*) from case_event) + (select count(*) from notice)
         + (select count(*) from audit_entry) + (select count(*) from taken_case))";

BOTH_ENGINES(Resting, hands_on_everything_or_nothing) {
    Night at(world, 2);
    const CaseId first = at.crisis(), second = at.crisis();
    EXPECT_FALSE(at.refuses(at.cast.mo, first));
    at.plan(at.cast.nia);
    const auto state = [&] {
        return world.db().read([](db::ReadTx& tx) { return tx.one<std::int64_t>(state_sql); });
    };
    const std::int64_t before = state();
    for (int nth = 1; nth < 200; ++nth) {
        world.db().fail_statement(nth);
        try {
            const auto refused = at.refuses(at.cast.mo, second);
            world.db().fail_statement(0);
            EXPECT_FALSE(refused);
            EXPECT_FALSE(at.works_on(first));
            return;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_EQ(state(), before) << "statement " << nth;
        }
    }
    FAIL() << "it never got through";
}

}  // namespace
}  // namespace kith::safeguarding
