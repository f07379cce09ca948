#include <algorithm>

#include "audit/audit.hpp"
#include "notices/notices.hpp"
#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using conversation::Voice;
using test::as;
using test::Cast;

struct Held : Scene {
    using Scene::Scene;

    // A new post of Ada's, and what Mo decides about it.
    CaseId hold_ada(Voice voice = Voice::name) {
        const CaseId id = report(write(cast.ada, voice), cast.bo);
        EXPECT_TRUE(decide_as(cast.mo, id));
        pages.sign_in_again(cast.ada);
        return id;
    }
    void wait_until_it_ends() {
        const auto standing = holds(cast.ada);
        ASSERT_EQ(standing.size(), 1u);
        ASSERT_TRUE(standing[0].until);
        world.clock.advance(*standing[0].until - world.clock.now());
    }
};

BOTH_ENGINES(Ladder, holds_for_two_weeks_first_and_ends_by_itself) {
    Held at(world);
    const CaseId id = at.hold_ada();
    const auto holds = at.holds(at.cast.ada);
    ASSERT_EQ(holds.size(), 1u);
    EXPECT_EQ(holds[0].by_case, id);
    EXPECT_EQ(*holds[0].until, world.clock.now() + 14 * day_ms);
    EXPECT_FALSE(at.is_here(at.cast.ada));
    const auto list = world.db().read(
        [&](db::ReadTx& tx) { return notices::list_for(tx, at.cast.ada, 0, 50); });
    EXPECT_TRUE(std::ranges::any_of(
        list, [](const notices::Notice& notice) { return notice.kind == notices::Kind::decision; }));
    at.wait_until_it_ends();
    EXPECT_TRUE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Ladder, is_one_person_s_whatever_name_they_write_under) {
    Held at(world);
    at.hold_ada();
    at.wait_until_it_ends();
    at.hold_ada(Voice::anonymous);
    EXPECT_EQ(*at.holds(at.cast.ada)[0].until, world.clock.now() + 30 * day_ms);
    at.wait_until_it_ends();
    at.hold_ada(Voice::anonymous);
    EXPECT_FALSE(at.holds(at.cast.ada)[0].until) << "for good";
}

BOTH_ENGINES(Ladder, stays_at_its_last_step_and_counts_no_decision_that_was_taken_back) {
    Held at(world);
    world.must([&](db::Tx& tx) { return set_ladder(tx, as(at.cast.oz), "7, 10"); });
    at.appeal(at.hold_ada(), Review::overturned);
    for (const int days : {7, 10, 10}) {
        at.hold_ada();
        EXPECT_EQ(*at.holds(at.cast.ada)[0].until, world.clock.now() + days * day_ms);
        at.wait_until_it_ends();
    }
}

BOTH_ENGINES(Ladder, ends_early_when_somebody_else_takes_the_decision_back) {
    Held at(world);
    const PostId post = at.write(at.cast.ada);
    const CaseId id = at.report(post, at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id));
    EXPECT_TRUE(at.is_removed(post));
    at.appeal(id, Review::overturned);
    EXPECT_TRUE(at.is_here(at.cast.ada));
    EXPECT_FALSE(at.is_removed(post));
}

BOTH_ENGINES(Ladder, goes_on_when_the_decision_stands) {
    Held at(world);
    at.appeal(at.hold_ada(), Review::upheld);
    EXPECT_FALSE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Ladder, is_undone_by_the_second_person_who_opens_a_crisis_again) {
    Held at(world);
    const PostId post = at.write(at.cast.ada);
    const CaseId id = at.report(post, at.cast.bo, Reason::danger);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id));
    EXPECT_FALSE(at.is_here(at.cast.ada));
    world.must([&](db::Tx& tx) { return read_second(tx, as(at.cast.nia), id, Second::open_again); });
    EXPECT_TRUE(at.is_here(at.cast.ada));
    EXPECT_TRUE(at.is_removed(post)) << "hidden until somebody has decided anew";
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::talked));
    EXPECT_TRUE(at.is_here(at.cast.ada));
    EXPECT_FALSE(at.is_removed(post));
}

BOTH_ENGINES(Ladder, tells_nobody_who_wrote_without_a_name) {
    Held at(world);
    at.hold_ada();
    at.wait_until_it_ends();
    const CaseId id = at.hold_ada(Voice::anonymous);
    const std::string address = url::safety_case(id).text();
    for (const MemberId who : {at.cast.mo, at.cast.nia, at.cast.oz})
        for (const std::string_view accept : {"text/html", "application/json"}) {
            const auto page = at.pages.get(address, who, accept);
            EXPECT_EQ(page.status, 200);
            EXPECT_FALSE(page.shows("Ada")) << page.body;
            EXPECT_FALSE(page.shows("/cases/1")) << "nor what was decided about her before";
            EXPECT_FALSE(page.shows("30 ")) << "nor which step it was: " << page.body;
        }
    const auto members = world.db().read(
        [&](db::ReadTx& tx) { return identity::find_members(tx, as(at.cast.oz), {.words = "Ada"}); });
    ASSERT_EQ(members->size(), 1u);
    EXPECT_EQ(members->front().standing, identity::Standing::active);
    const auto file = world.db().read([&](db::ReadTx& tx) {
        return identity::member_file(tx, as(at.cast.oz), identity::main_persona(tx, at.cast.ada));
    });
    EXPECT_FALSE(file->hold);
    const auto log = world.db().read([&](db::ReadTx& tx) { return audit::list(tx, 0, 50); });
    EXPECT_TRUE(
        std::ranges::any_of(log, [](const audit::Entry& entry) { return entry.verb == "case.held"; }));
    for (const audit::Entry& entry : log) {
        EXPECT_NE(entry.verb, "member.suspended");
        EXPECT_FALSE(entry.subject == "member" && entry.subject_id == at.cast.ada.value()) << entry.verb;
    }
}

BOTH_ENGINES(Ladder, is_for_those_who_moderate_the_group_and_nobody_else) {
    Held at(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.cy, identity::Role::moderator,
                                    at.cast.square);
    });
    const CaseId id = at.report(at.write(at.cast.ada), at.cast.bo);
    for (const MemberId who : {at.cast.cy, at.cast.bo, at.cast.ada, at.cast.rae})
        EXPECT_EQ(at.decide_as(who, id).error().fault, Fault::not_found);
    EXPECT_TRUE(at.is_here(at.cast.ada));
    EXPECT_TRUE(at.decide_as(at.cast.oz, id));
}

BOTH_ENGINES(Ladder, is_not_for_whoever_has_a_task) {
    Held at(world);
    for (const MemberId who : {at.cast.oz, at.cast.dee}) {
        const PostId post = at.write(who);
        const CaseId id = at.report(post, at.cast.bo);
        EXPECT_EQ(at.decide_as(at.cast.mo, id).error().fault, Fault::conflict);
        EXPECT_TRUE(at.is_here(who));
        EXPECT_FALSE(at.is_removed(post));
        const auto page = at.pages.post(url::case_decision(id).text(),
                                        {{"outcome", "suspended"}, {"words", "Please rest."}}, at.cast.mo);
        EXPECT_EQ(page.status, 422);
        EXPECT_TRUE(page.shows("cannot be put on hold from here") && page.shows("Please rest.")) << page.body;
    }
}

BOTH_ENGINES(Ladder, is_no_decision_about_a_group) {
    Held at(world);
    const CaseId id = world.must(
        [&](db::Tx& tx) { return file_report(tx, as(at.cast.ada), at.cast.circle, {Reason::tension, ""}); });
    EXPECT_EQ(at.decide_as(at.cast.oz, id).error().field, "outcome");
}

BOTH_ENGINES(Ladder, and_a_hold_by_a_host_do_not_end_each_other) {
    Held at(world);
    at.hold_ada();
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(at.cast.oz), at.cast.ada, "Selling.", std::nullopt);
    });
    EXPECT_EQ(at.holds(at.cast.ada).size(), 2u);
    EXPECT_FALSE(at.holds(at.cast.ada)[0].until) << "the one that lasts longest is first";
    world.must([&](db::Tx& tx) { return identity::lift_suspension(tx, as(at.cast.oz), at.cast.ada); });
    EXPECT_EQ(at.holds(at.cast.ada).size(), 1u);
    EXPECT_FALSE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(Ladder, that_fails_halfway_changes_nothing) {
    Held at(world);
    const PostId post = at.write(at.cast.ada);
    const CaseId id = at.report(post, at.cast.bo);
    int nth = 1;
    for (; nth < 200; ++nth) {
        world.db().fail_statement(nth);
        try {
            const Done done = at.decide_as(at.cast.mo, id);
            world.db().fail_statement(0);
            if (done) break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_TRUE(at.is_here(at.cast.ada)) << nth;
            EXPECT_FALSE(at.is_removed(post)) << nth;
        }
    }
    EXPECT_GT(nth, 15);
    EXPECT_FALSE(at.is_here(at.cast.ada));
}

BOTH_ENGINES(HoldPage, is_where_every_way_leads_and_says_why_and_until_when) {
    Held at(world);
    at.hold_ada();
    for (const std::string_view address : {"/", "/me", "/notices", "/cases", "/search?q=walrus"})
        EXPECT_EQ(at.pages.get(address, at.cast.ada).location(), "/me/hold") << address;
    const auto page = at.pages.get("/me/hold", at.cast.ada);
    EXPECT_TRUE(page.shows("16 February 2026")) << page.body;
    EXPECT_TRUE(page.shows("Please be gentle.") && page.shows("Ask for another look"));
    EXPECT_EQ(at.pages.get("/me/hold", at.cast.bo).location(), "/");
    EXPECT_TRUE(at.pages.get("/me/hold", at.cast.ada, "application/json").shows("\"on_hold\":true"));
}

BOTH_ENGINES(HoldPage, leaves_open_help_the_own_data_and_the_way_out) {
    Held at(world);
    at.hold_ada();
    for (const std::string_view address : {"/help-now", "/safety", "/rules", "/me/decisions", "/me/data",
                                           "/me/access-log", "/me/erasure", "/me/closure", "/comfort"})
        EXPECT_EQ(at.pages.get(address, at.cast.ada).status, 200) << address;
    const std::map<std::string, std::string> proof{{"current", std::string(Cast::password)}};
    EXPECT_EQ(at.pages.post("/me/data", proof, at.cast.ada).status, 200);
    EXPECT_EQ(at.pages.post("/sign-out", {}, at.cast.ada).status, 303);
    EXPECT_EQ(at.pages.get("/me/decisions", at.cast.ada).status, 303) << "they are signed out";
    at.pages.sign_in_again(at.cast.ada);
    const auto erased = at.pages.post(
        "/me/erasure", {{"words", "keep"}, {"current", std::string(Cast::password)}}, at.cast.ada);
    EXPECT_EQ(erased.status, 303) << erased.body;
}

BOTH_ENGINES(HoldPage, gives_back_what_was_typed_elsewhere) {
    Held at(world);
    at.hold_ada();
    const std::string address = url::threads(at.cast.circle).text();
    const auto page = at.pages.post(address, {{"title", "Hm"}, {"text", "An okapi."}, {"form_key", "k"}},
                                    at.cast.ada);
    EXPECT_EQ(page.status, 403);
    EXPECT_TRUE(page.shows("An okapi."));
    EXPECT_EQ(at.pages
                  .post("/me/password",
                        {{"current", std::string(Cast::password)}, {"password", "long enough"}}, at.cast.ada)
                  .status,
              403);
}

BOTH_ENGINES(HoldPage, leads_to_another_look_and_back_into_the_house) {
    Held at(world);
    const CaseId id = at.hold_ada();
    EXPECT_EQ(at.pages.post(url::me_appeal(id).text(), {{"words", "It was a joke."}}, at.cast.ada).status,
              303);
    EXPECT_TRUE(at.pages.get("/me/hold", at.cast.ada).shows("Somebody else will look at it."));
    const auto answer = at.pages.post(url::case_review(id).text(),
                                      {{"outcome", "overturned"}, {"words", "You are right."}}, at.cast.nia);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(at.pages.get("/", at.cast.ada).status, 200);
    EXPECT_TRUE(at.pages.get("/me/decisions", at.cast.ada).shows("You are right."));
}

BOTH_ENGINES(HoldPage, tells_whom_a_host_holds_whom_to_ask) {
    Held at(world);
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(at.cast.oz), at.cast.ada, "Selling.", std::nullopt);
    });
    const auto page = at.pages.get("/me/hold", at.cast.ada);
    EXPECT_TRUE(page.shows("Selling.") && page.shows("please write to")) << page.body;
}

BOTH_ENGINES(LadderPage, lets_the_host_change_the_steps) {
    Held at(world);
    const auto save = [&](std::string ladder, MemberId who) {
        return at.pages.post("/admin/triage",
                             {{"crisis", "10"},
                              {"red", "30"},
                              {"amber", "60"},
                              {"hide_after", "4"},
                              {"pause_after", "6"},
                              {"ladder", ladder}},
                             who);
    };
    EXPECT_TRUE(at.pages.get("/admin/triage", at.cast.oz).shows("14, 30, 0"));
    EXPECT_EQ(save("7", at.cast.mo).status, 404);
    for (const std::string wrong : {"", "x", "1, 0, 2", "-1", "7.5", "4000", "1 2 3 4 5 6 7 8 9 10 11"}) {
        const auto page = save(wrong, at.cast.oz);
        EXPECT_EQ(page.status, 422) << wrong;
        EXPECT_TRUE(page.shows("id=\"ladder-error\"")) << wrong;
    }
    EXPECT_EQ(save("7,60 , 0", at.cast.oz).status, 303);
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return ladder(tx); }),
              (std::vector<std::int64_t>{7, 60, 0}));
}

BOTH_ENGINES(HoldPage, lets_people_choose_how_they_read) {
    Held at(world);
    at.hold_ada();
    EXPECT_EQ(at.pages.post("/comfort", {{"theme", "dark"}, {"next", "/help-now"}}, at.cast.ada).location(),
              "/help-now");
}

BOTH_ENGINES(Ladder, does_not_tell_whose_an_alias_is_to_whoever_hands_out_tasks) {
    Held at(world);
    const CaseId id = at.report(at.write(at.cast.ada, conversation::Voice::anonymous), at.cast.bo);
    world.clock.advance(minute_ms);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, test::as(at.cast.oz), at.cast.ada, identity::Role::researcher);
    });
    EXPECT_TRUE(at.decide_as(at.cast.oz, id)) << "as for everybody else";
}

}  // namespace
}  // namespace kith::safeguarding
