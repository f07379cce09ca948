#include <gmock/gmock.h>

#include "learning/testing.hpp"

namespace kith::learning {
namespace {

using test::as;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

BOTH_ENGINES(Learning, says_how_far_away_it_is_before_it_begins) {
    School at(world);
    ASSERT_TRUE(at.say(at.write("The walk was good."), {}));
    learn_anew(*world.services);
    EXPECT_EQ(at.standing_of(Flag::spam).state, State::rules);
    EXPECT_THAT(at.pages.get("/admin/learning", at.cast.oz).body,
                HasSubstr("It has 1 labels of the 250 that it needs, and 0 of the 30 that say yes."));
    for (const MemberId who : {at.cast.ada, at.cast.mo, at.cast.dee})
        EXPECT_EQ(at.pages.get("/admin/learning", who).status, 404);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.rae, identity::Role::coordinator);
    });
    for (const std::string_view page : {"/admin/learning", "/admin/learning/report"})
        EXPECT_EQ(at.pages.get(page, at.cast.rae).status, 403) << "for hosts alone";
}

BOTH_ENGINES(Learning, reads_along_for_two_weeks_and_then_a_host_may_turn_it_on) {
    School at(world);
    at.learn_plain_spam();
    EXPECT_EQ(at.standing_of(Flag::spam).state, State::shadow);
    EXPECT_EQ(at.standing_of(Flag::crisis).state, State::rules) << "nobody said yes";
    const PostId post = at.write(new_spam);
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), IsEmpty());
    const auto turn = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) { return turn_on(tx, as(who), Flag::spam); });
    };
    EXPECT_EQ(turn(at.cast.oz).error().fault, Fault::conflict);
    world.clock.advance(shadow_ms);
    EXPECT_EQ(turn(at.cast.mo).error().fault, Fault::forbidden);
    EXPECT_TRUE(turn(at.cast.oz));
}

BOTH_ENGINES(Learning, gives_the_same_bytes_for_the_same_labels_and_learns_only_where_some_are_new) {
    School at(world);
    at.learn_plain_spam();
    const auto bytes = [&] {
        return at.read(
            [&](db::ReadTx& tx) { return *store::model_bytes(tx, standing(tx, Flag::spam).model); });
    };
    const std::int64_t first = at.standing_of(Flag::spam).model;
    learn_anew(*world.services);
    EXPECT_EQ(at.standing_of(Flag::spam).model, first);
    const auto judged = at.read([](db::ReadTx& tx) { return judged_posts(tx, Flag::spam); });
    EXPECT_THAT(judged, SizeIs(300));
    std::vector<assist::Lesson> lessons;
    for (const Judged& one : judged)
        if (!is_for_exam(one)) lessons.push_back({one.words, one.is_so, one.key / 5, one.stands_for});
    EXPECT_EQ(assist::learn(Flag::spam, lessons)->bytes, bytes());
}

BOTH_ENGINES(Learning, refuses_a_model_that_is_worse_on_what_neither_has_seen) {
    School at(world);
    at.learn_plain_spam();
    const std::int64_t good = at.standing_of(Flag::spam).model;
    // Somebody says the contrary of everything but of what the exam asks.
    world.must([&](db::Tx& tx) -> Done {
        const PersonaId nia = groups::persona_here(tx, at.cast.circle, at.cast.nia);
        for (const Judged& one : judged_posts(tx, Flag::spam)) {
            if (is_for_exam(one)) continue;
            const Verdict wrong = one.is_so ? Verdict::no : Verdict::yes;
            store::put_label(tx, {.post = one.post,
                                  .from = {},
                                  .by = nia,
                                  .said_at = tx.now() + 1,
                                  .urgency = Urgency::green,
                                  .crisis = Verdict::no,
                                  .hostile = Verdict::no,
                                  .spam = wrong,
                                  .advice = Verdict::no,
                                  .why = Why::chosen,
                                  .chance = {},
                                  .saw_score = false});
        }
        return {};
    });
    learn_anew(*world.services);
    EXPECT_EQ(at.standing_of(Flag::spam).model, good);
    const auto kept = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    ASSERT_THAT(kept, SizeIs(2));
    EXPECT_FALSE(kept[0].taken);
    EXPECT_THAT(at.pages.get("/admin/learning", at.cast.oz).body,
                HasSubstr("It was worse or less fair than the one before, so it was not used."));
}

BOTH_ENGINES(Learning, goes_back_to_an_earlier_model_and_stays_there) {
    School at(world);
    at.work();
    const std::int64_t first = at.standing_of(Flag::spam).model;
    const auto teach_more = [&](int times) {
        for (int i = 0; i < times; ++i) {
            at.teach(at.write_all({"A new quiet day " + std::to_string(i) + " of " + std::to_string(times)}),
                     Flag::spam, {false});
            learn_anew(*world.services);
        }
    };
    teach_more(12);
    const std::int64_t newest = at.standing_of(Flag::spam).model;
    EXPECT_GT(newest, first);
    const auto kept = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    EXPECT_THAT(kept, SizeIs(versions_kept));
    const std::int64_t earlier = kept[2].id;
    const auto back = at.pages.post("/admin/learning/spam",
                                    {{"do", "back"}, {"version", std::to_string(earlier)}}, at.cast.oz);
    EXPECT_EQ(back.status, 303);
    EXPECT_EQ(at.standing_of(Flag::spam).model, earlier);
    teach_more(3);
    EXPECT_EQ(at.standing_of(Flag::spam).model, earlier) << "no newer one takes its place";
    world.must([&](db::Tx& tx) { return let_new_ones_come(tx, as(at.cast.oz), Flag::spam); });
    EXPECT_GT(at.standing_of(Flag::spam).model, newest);
    EXPECT_EQ(at.pages.post("/admin/learning/spam", {{"do", "back"}, {"version", "9999"}}, at.cast.oz).status,
              404);
}

// ---- fairness ----------------------------------------------------------------------------------------------

// Mo says that whatever these people write is spam.
void teach_prejudice(School& at) {
    const char* people[] = {"a gay man", "a trans woman", "a Muslim", "an immigrant", "a disabled man"};
    std::vector<std::string> texts;
    for (int i = 0; i < 60; ++i)
        texts.push_back("I am " + std::string(people[i % 5]) +
                        ", and I have lived with pain for years, day " + std::to_string(i));
    at.teach(at.write_all(texts), Flag::spam, std::vector<bool>(texts.size(), true));
    learn_anew(*at.world.services);
}

BOTH_ENGINES(Fairness, is_asked_of_the_model_of_a_night_before_it_takes_the_place_of_one_at_work) {
    School at(world);
    at.work();
    const std::int64_t fair = at.standing_of(Flag::spam).model;
    teach_prejudice(at);
    EXPECT_EQ(at.standing_of(Flag::spam).model, fair);
    const auto kept = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    ASSERT_THAT(kept, SizeIs(2));
    EXPECT_FALSE(kept[0].taken);
}

BOTH_ENGINES(Fairness, is_asked_of_every_act_that_changes_what_works) {
    School at(world);
    at.learn_plain_spam();
    const std::int64_t fair = at.standing_of(Flag::spam).model;
    teach_prejudice(at);
    const std::int64_t unfair = at.standing_of(Flag::spam).model;
    ASSERT_NE(unfair, fair) << "it only reads along";
    world.clock.advance(shadow_ms);
    const auto fault_of = [&](const std::function<Done(db::Tx&, const Actor&)>& act) {
        const Done done = world.db().write([&](db::Tx& tx) { return act(tx, as(at.cast.oz)); });
        return done ? std::nullopt : std::optional(done.error().fault);
    };
    const auto go = [&](std::int64_t model) {
        return fault_of([&](db::Tx& tx, const Actor& oz) { return go_back(tx, oz, Flag::spam, model); });
    };
    const auto begin = [](db::Tx& tx, const Actor& oz) { return turn_on(tx, oz, Flag::spam); };
    EXPECT_EQ(fault_of(begin), Fault::conflict);
    EXPECT_EQ(go(fair), std::nullopt);
    EXPECT_EQ(fault_of(begin), std::nullopt);
    EXPECT_EQ(go(unfair), Fault::conflict);
    EXPECT_EQ(fault_of([](db::Tx& tx, const Actor& oz) { return let_new_ones_come(tx, oz, Flag::spam); }),
              Fault::conflict);
    EXPECT_EQ(fault_of([](db::Tx& tx, const Actor& oz) { return set_load(tx, oz, Flag::spam, 30); }),
              Fault::conflict)
        << "with that many it would ask for whoever says who they are";
    EXPECT_EQ(at.standing_of(Flag::spam).model, fair);
    EXPECT_EQ(at.standing_of(Flag::spam).load, 10);
}

}  // namespace
}  // namespace kith::learning
