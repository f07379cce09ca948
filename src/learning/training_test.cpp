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
                HasSubstr("It was worse than the one before, so it was not used."));
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

}  // namespace
}  // namespace kith::learning
