#include <algorithm>

#include "safeguarding/testing.hpp"
#include "url.hpp"

// Accounts on hold until somebody has looked.
namespace kith::safeguarding {
namespace {

using conversation::Voice;
using test::as;

// Posts of one member, and the cases about them.
struct Flood {
    explicit Flood(test::World& world) : at(world) {}

    // So many posts, each reported by the next of three members.
    void report(int posts, MemberId author, Voice voice = Voice::name, Reason reason = Reason::hostile) {
        const MemberId reporters[] = {at.cast.bo, at.cast.nia, at.cast.oz};
        for (int i = 0; i < posts; ++i)
            cases.push_back(at.report(at.write(author, voice), reporters[cases.size() % 3], reason));
    }
    bool is_paused(CaseId id) {
        const auto all = at.world.db().read([&](db::ReadTx& tx) { return dossier(tx, as(at.cast.mo), id); });
        return std::ranges::find(all->events, Step::paused, &Event::step) != all->events.end();
    }

    Scene at;
    std::vector<CaseId> cases;
};

BOTH_ENGINES(Pause, comes_with_five_reported_posts_and_ends_with_the_last_that_is_decided) {
    Flood flood(world);
    Scene& at = flood.at;
    flood.report(4, at.cast.ada);
    EXPECT_TRUE(at.is_here(at.cast.ada));
    flood.report(1, at.cast.ada);
    EXPECT_FALSE(at.is_here(at.cast.ada));
    EXPECT_FALSE(at.holds(at.cast.ada)[0].until);
    for (const CaseId id : flood.cases) {
        EXPECT_TRUE(flood.is_paused(id));
        const auto all = world.db().read([&](db::ReadTx& tx) { return dossier(tx, as(at.cast.mo), id); });
        EXPECT_EQ(all->safety_case.urgency, Urgency::red) << "nobody is kept out for long";
        EXPECT_FALSE(at.is_here(at.cast.ada));
        ASSERT_TRUE(at.decide_as(at.cast.dee, id, Outcome::talked));
    }
    EXPECT_TRUE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Pause, becomes_a_step_of_the_ladder_where_somebody_decides_that) {
    Flood flood(world);
    Scene& at = flood.at;
    flood.report(5, at.cast.ada);
    ASSERT_TRUE(at.decide_as(at.cast.dee, flood.cases[0]));
    for (std::size_t i = 1; i < flood.cases.size(); ++i)
        ASSERT_TRUE(at.decide_as(at.cast.dee, flood.cases[i], Outcome::nothing));
    ASSERT_EQ(at.holds(at.cast.ada).size(), 1u);
    EXPECT_EQ(*at.holds(at.cast.ada)[0].until, world.clock.now() + 14 * day_ms);
}

BOTH_ENGINES(Pause, takes_along_what_is_reported_later) {
    Flood flood(world);
    Scene& at = flood.at;
    const PostId later = at.write(at.cast.ada);
    flood.report(5, at.cast.ada);
    const CaseId sixth = at.report(later, at.cast.bo);
    EXPECT_TRUE(flood.is_paused(sixth));
    EXPECT_EQ(at.holds(at.cast.ada).size(), 6u);
    at.report(later, at.cast.nia);
    EXPECT_EQ(at.holds(at.cast.ada).size(), 6u) << "each once";
}

BOTH_ENGINES(Pause, needs_three_members_and_reasons_that_hide) {
    Flood flood(world);
    Scene& at = flood.at;
    for (int i = 0; i < 6; ++i) {
        const PostId post = at.write(at.cast.ada);
        for (const MemberId who : {at.cast.bo, at.cast.nia}) at.report(post, who);
    }
    EXPECT_TRUE(at.is_here(at.cast.ada)) << "two who insist are two";
    flood.report(6, at.cast.bo, Voice::name, Reason::worse);
    EXPECT_TRUE(at.is_here(at.cast.bo)) << "what hurts to read silences nobody";
}

BOTH_ENGINES(Pause, silences_nobody_who_may_be_in_danger) {
    Flood flood(world);
    Scene& at = flood.at;
    flood.report(6, at.cast.ada, Voice::name, Reason::danger);
    EXPECT_TRUE(at.is_here(at.cast.ada));
    at.report(at.write(at.cast.bo), at.cast.nia, Reason::danger);
    const MemberId reporters[] = {at.cast.ada, at.cast.nia, at.cast.oz};
    for (int i = 0; i < 6; ++i) at.report(at.write(at.cast.bo), reporters[i % 3]);
    EXPECT_TRUE(at.is_here(at.cast.bo));
}

BOTH_ENGINES(Pause, ends_when_whoever_it_keeps_out_may_be_in_danger) {
    Flood flood(world);
    Scene& at = flood.at;
    const PostId night = at.write(at.cast.ada);
    flood.report(5, at.cast.ada);
    EXPECT_FALSE(at.is_here(at.cast.ada));
    at.report(night, at.cast.bo, Reason::danger);
    EXPECT_TRUE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Pause, never_meets_an_alias) {
    Flood flood(world);
    Scene& at = flood.at;
    const PostId first = at.write(at.cast.ada, Voice::anonymous);
    at.report(first, at.cast.bo);
    const MemberId reporters[] = {at.cast.bo, at.cast.nia, at.cast.oz};
    for (int i = 0; i < 6; ++i) {
        const PostId reply = world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(at.cast.ada), first.thread(),
                                            {.markdown = "A walrus.", .voice = Voice::anonymous});
        });
        at.report(reply, reporters[i % 3]);
    }
    EXPECT_TRUE(at.is_here(at.cast.ada)) << "whoever falls silent now would be known";
}

BOTH_ENGINES(Pause, counts_the_posts_of_one_name_and_so_tells_of_no_alias) {
    Flood flood(world);
    Scene& at = flood.at;
    flood.report(3, at.cast.ada);
    flood.report(3, at.cast.ada, Voice::anonymous);
    EXPECT_TRUE(at.is_here(at.cast.ada)) << "each thread has an alias of its own";
    flood.report(2, at.cast.ada);
    EXPECT_FALSE(at.is_here(at.cast.ada));
    for (std::size_t i = 0; i < flood.cases.size(); ++i)
        EXPECT_EQ(flood.is_paused(flood.cases[i]), i < 3 || i > 5) << i;
}

BOTH_ENGINES(Pause, never_meets_whoever_has_a_task) {
    Flood flood(world);
    flood.report(6, flood.at.cast.dee);
    EXPECT_TRUE(flood.at.is_here(flood.at.cast.dee));
    EXPECT_FALSE(flood.is_paused(flood.cases.back()));
}

BOTH_ENGINES(Pause, is_the_hosts_to_change_and_to_turn_off) {
    Flood flood(world);
    Scene& at = flood.at;
    const auto save = [&](std::string number) {
        return at.pages.post(
            "/admin/triage",
            {{"crisis", "10"}, {"red", "30"}, {"amber", "60"}, {"hide_after", "0"}, {"pause_after", number}},
            at.cast.oz);
    };
    EXPECT_TRUE(save("1").shows("id=\"pause_after-error\""));
    EXPECT_EQ(save("0").status, 303);
    flood.report(6, at.cast.ada);
    EXPECT_TRUE(at.is_here(at.cast.ada));
    EXPECT_EQ(save("7").status, 303);
    flood.report(1, at.cast.ada);
    EXPECT_FALSE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Pause, that_fails_halfway_changes_nothing) {
    Flood flood(world);
    Scene& at = flood.at;
    flood.report(4, at.cast.ada);
    const PostId fifth = at.write(at.cast.ada);
    int nth = 1;
    for (; nth < 200; ++nth) {
        world.db().fail_statement(nth);
        try {
            const auto done = world.db().write(
                [&](db::Tx& tx) { return file_report(tx, as(at.cast.nia), fifth, {Reason::hostile, ""}); });
            world.db().fail_statement(0);
            if (done) break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_TRUE(at.is_here(at.cast.ada)) << nth;
            EXPECT_FALSE(flood.is_paused(flood.cases[0])) << nth;
        }
    }
    EXPECT_GT(nth, 15);
    EXPECT_FALSE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Pause, is_told_in_kind_words_and_to_staff_at_each_case) {
    Flood flood(world);
    Scene& at = flood.at;
    flood.report(5, at.cast.ada);
    at.pages.sign_in_again(at.cast.ada);
    const auto page = at.pages.get("/me/hold", at.cast.ada);
    EXPECT_TRUE(page.shows("Several people reported what you wrote")) << page.body;
    EXPECT_TRUE(page.shows("Nobody has decided anything yet"));
    EXPECT_FALSE(page.shows("Bo") || page.shows("Nia"));
    for (const CaseId id : flood.cases)
        EXPECT_TRUE(at.pages.get(url::safety_case(id).text(), at.cast.mo).shows("until somebody has looked"));
}

}  // namespace
}  // namespace kith::safeguarding
