#include "pacing/pacing.hpp"

#include <algorithm>

#include "app/app.hpp"
#include "notices/notices.hpp"
#include "platform/jobs/jobs.hpp"
#include "safeguarding/testing.hpp"
#include "url.hpp"

// What cases and rules do to the pace of a group.
namespace kith::safeguarding {
namespace {

using conversation::Voice;
using test::as;

Result<PostId> answer(Scene& at, MemberId who, ThreadId thread, std::string_view text,
                      Voice voice = Voice::name) {
    return at.world.db().write([&](db::Tx& tx) {
        return conversation::write_post(tx, as(who), thread, {.markdown = std::string(text), .voice = voice});
    });
}

void run_jobs(test::World& world) {
    while (world.must([](db::Tx& tx) -> Result<bool> { return conversation::index_waiting_posts(tx, 50); })) {
    }
    jobs::Runner runner(*world.services, all_jobs(*world.services));
    while (runner.run_one()) {
    }
}

std::ptrdiff_t told(test::World& world, MemberId who, notices::Kind kind) {
    const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 100); });
    return std::ranges::count(list, kind, &notices::Notice::kind);
}

CaseId decide_to_read_first(Scene& at, PostId post) {
    const CaseId id = at.report(post, at.cast.bo);
    at.world.must([&](db::Tx& tx) {
        return decide(tx, as(at.cast.mo), id,
                      {.outcome = Outcome::warned, .words = "Please be gentle.", .read_first_posts = 3});
    });
    return id;
}

BOTH_ENGINES(PacingCases, lets_what_comes_next_under_a_name_wait_until_the_decision_is_taken_back) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada);
    const CaseId id = decide_to_read_first(at, post);
    EXPECT_FALSE(*answer(at, at.cast.ada, post.thread(), "Next."));
    EXPECT_TRUE(*answer(at, at.cast.bo, post.thread(), "Hello."));
    at.appeal(id, Review::overturned);
    EXPECT_TRUE(*answer(at, at.cast.ada, post.thread(), "Once more."));
}

BOTH_ENGINES(PacingCases, about_an_alias_says_nothing_about_the_name) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada, Voice::anonymous);
    decide_to_read_first(at, post);
    const ThreadId named = at.write(at.cast.ada).thread();
    EXPECT_TRUE(named) << "under the name all is as before";
    EXPECT_TRUE(*answer(at, at.cast.ada, post.thread(), "Under my name."));
    EXPECT_FALSE(*answer(at, at.cast.ada, post.thread(), "Anonymously.", Voice::anonymous));
}

BOTH_ENGINES(PacingCases, give_every_sign_a_clock_in_a_quiet_time) {
    Scene at(world);
    const auto urgency_after = [&](std::string_view text) {
        const PostId post = at.write(at.cast.bo);
        EXPECT_TRUE(answer(at, at.cast.mo, post.thread(), text));
        run_jobs(world);
        const auto rows = *world.db().read([&](db::ReadTx& tx) { return queue(tx, as(at.cast.nia)); });
        return rows.rows.empty() ? std::optional<Urgency>() : rows.rows.front().safety_case.urgency;
    };
    EXPECT_EQ(urgency_after("I won't be here much longer"), Urgency::green);
    world.must([&](db::Tx& tx) {
        return pacing::begin_memorial(tx, as(at.cast.mo), at.cast.circle, {.look_at = tx.now() + day_ms});
    });
    const PostId post = PostId(at.write(at.cast.mo).thread(), 1);
    EXPECT_TRUE(answer(at, at.cast.dee, post.thread(), "I won't be here much longer"));
    run_jobs(world);
    const auto rows = *world.db().read([&](db::ReadTx& tx) { return queue(tx, as(at.cast.nia)); });
    EXPECT_TRUE(std::ranges::any_of(
        rows.rows, [](const QueueRow& row) { return row.safety_case.urgency == Urgency::amber; }));
}

BOTH_ENGINES(PacingCases, hide_a_post_after_one_report_where_the_group_chose_it) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada);
    world.must([&](db::Tx& tx) -> Done {
        TRY(pacing::set_choices(tx, as(at.cast.mo), at.cast.circle, {.cover = pacing::Cover::flags_hide}));
        pacing::set_by_cover(tx, at.cast.circle, false);
        return {};
    });
    at.report(post, at.cast.bo);
    EXPECT_TRUE(at.is_removed(post));
}

BOTH_ENGINES(PacingCases, wake_people_while_words_of_somebody_in_danger_wait) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada);
    world.must([&](db::Tx& tx) {
        return pacing::set_pace(tx, as(at.cast.mo), at.cast.circle, ThreadId(),
                                {.pace = {.held_first = true}});
    });
    EXPECT_FALSE(*answer(at, at.cast.bo, post.thread(), "I want to die."));
    EXPECT_EQ(told(world, at.cast.mo, notices::Kind::danger_waits), 1);
    const auto minutes = [&](int count) {
        world.clock.advance(count * minute_ms);
        run_jobs(world);
    };
    run_jobs(world);
    minutes(5);
    const auto soon = told(world, at.cast.mo, notices::Kind::danger_waits);
    EXPECT_GT(soon, 1);
    EXPECT_EQ(told(world, at.cast.bo, notices::Kind::danger_waits), 0);
    for (int i = 0; i < 3; ++i) minutes(5);
    EXPECT_GT(told(world, at.cast.oz, notices::Kind::danger_waits), 0) << "hosts, once it is late";
    const auto waiting = world.db().read(
        [&](db::ReadTx& tx) { return pacing::waiting_in(tx, at.cast.circle); });
    ASSERT_EQ(waiting.size(), 1u);
    world.must([&](db::Tx& tx) -> Done {
        EXPECT_TRUE(pacing::look(tx, waiting[0], pacing::Outcome::sent_back, std::nullopt, "We are here."));
        return {};
    });
    const auto before = told(world, at.cast.mo, notices::Kind::danger_waits);
    minutes(60);
    EXPECT_EQ(told(world, at.cast.mo, notices::Kind::danger_waits), before);
    const auto cases = world.db().read([&](db::ReadTx& tx) { return queue(tx, as(at.cast.oz))->rows; });
    ASSERT_EQ(cases.size(), 1u) << "it leaves a case";
    EXPECT_EQ(cases[0].safety_case.urgency, Urgency::crisis);
    EXPECT_TRUE(
        at.pages.get(url::safety_case(cases[0].safety_case.id).text(), at.cast.oz).shows("I want to die."));
}

BOTH_ENGINES(PacingCases, that_a_crash_repeats_wake_nobody_twice_and_leave_one_case) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada);
    world.must([&](db::Tx& tx) {
        return pacing::set_pace(tx, as(at.cast.mo), at.cast.circle, ThreadId(),
                                {.pace = {.held_first = true}});
    });
    EXPECT_FALSE(*answer(at, at.cast.bo, post.thread(), "I want to die."));
    const auto again = [&](std::string_view kind) {
        world.must([&](db::Tx& tx) -> Done {
            for (const jobs::JobRow& row : jobs::list(tx, 50))
                if (row.kind == kind) jobs::enqueue(tx, kind, row.payload, row.due_at);
            return {};
        });
    };
    again(pacing::danger_job);
    run_jobs(world);
    again("page_danger");
    const auto before = told(world, at.cast.mo, notices::Kind::danger_waits);
    world.clock.advance(5 * minute_ms);
    run_jobs(world);
    EXPECT_EQ(told(world, at.cast.mo, notices::Kind::danger_waits), before + 1);
    const auto waiting = world.db().read(
        [&](db::ReadTx& tx) { return pacing::waiting_in(tx, at.cast.circle); });
    world.must([&](db::Tx& tx) -> Done {
        EXPECT_TRUE(pacing::look(tx, waiting[0], pacing::Outcome::taken_back, std::nullopt, ""));
        return {};
    });
    again(pacing::danger_hidden_job);
    run_jobs(world);
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return queue(tx, as(at.cast.oz))->rows.size(); }), 1u);
}

}  // namespace
}  // namespace kith::safeguarding
