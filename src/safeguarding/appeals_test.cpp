#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using notices::Kind;
using test::as;

BOTH_ENGINES(Appeals, are_answered_by_somebody_else_who_may_undo_it) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::removed));
    const auto appeal = [&](MemberId who, std::string words) {
        return world.db().write([&](db::Tx& tx) { return file_appeal(tx, as(who), id, words); });
    };
    EXPECT_EQ(appeal(at.cast.bo, "Not mine.").error().fault, Fault::not_found);
    EXPECT_EQ(appeal(at.cast.ada, " ").error().field, "words");
    EXPECT_TRUE(appeal(at.cast.ada, "A walrus is kind."));
    EXPECT_EQ(appeal(at.cast.ada, "Once more.").error().fault, Fault::conflict);
    EXPECT_TRUE(at.is_told(at.cast.nia, Kind::appeal));
    ASSERT_EQ(at.queue_for(at.cast.nia).size(), 1u);
    EXPECT_TRUE(at.queue_for(at.cast.nia)[0].has_appeal);
    EXPECT_EQ(at.queue_for(at.cast.nia)[0].due_at, world.clock.now() + 7 * day_ms);
    const auto review = [&](MemberId who, std::optional<Review> outcome) {
        return world.db().write(
            [&](db::Tx& tx) { return review_appeal(tx, as(who), id, {outcome, "You are right."}); });
    };
    EXPECT_EQ(review(at.cast.mo, Review::upheld).error().fault, Fault::conflict);
    EXPECT_EQ(review(at.cast.ada, Review::overturned).error().fault, Fault::not_found);
    EXPECT_EQ(review(at.cast.nia, {}).error().field, "outcome");
    EXPECT_TRUE(review(at.cast.nia, Review::overturned));
    EXPECT_EQ(review(at.cast.dee, Review::upheld).error().fault, Fault::conflict);
    EXPECT_FALSE(at.is_removed());
    EXPECT_TRUE(at.is_told(at.cast.ada, Kind::appeal_done));
    EXPECT_TRUE(at.pages.get("/me/decisions", at.cast.ada).shows("You are right."));
    EXPECT_TRUE(at.queue_for(at.cast.nia).empty());
}

BOTH_ENGINES(Appeals, are_not_answered_by_whoever_reported_it) {
    Watch at(world);
    const CaseId id = at.report(at.cast.nia);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::warned));
    world.must([&](db::Tx& tx) { return file_appeal(tx, as(at.cast.ada), id, "Why?"); });
    const auto review = [&](MemberId who) {
        return world.db().write(
            [&](db::Tx& tx) { return review_appeal(tx, as(who), id, {Review::upheld, "It stands."}); });
    };
    EXPECT_EQ(review(at.cast.nia).error().fault, Fault::conflict);
    EXPECT_TRUE(review(at.cast.dee));
}

BOTH_ENGINES(Appeals, undo_what_the_decision_did_and_no_more) {
    Watch at(world);
    const CaseId first = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, first, Outcome::closed));
    const CaseId second = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, second, Outcome::closed));
    world.must([&](db::Tx& tx) { return file_appeal(tx, as(at.cast.ada), second, "Why?"); });
    world.must([&](db::Tx& tx) {
        return review_appeal(tx, as(at.cast.nia), second, {Review::overturned, "You are right."});
    });
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return conversation::is_closed(tx, at.thread); }))
        << "the first decision stands";
}

BOTH_ENGINES(Appeals, are_open_against_a_removal_without_a_report_too) {
    Watch at(world);
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.mo), at.post, "Rule 2."); });
    const std::string address = url::post_appeal(at.post).text();
    EXPECT_TRUE(at.pages.get(url::post_options(at.post).text(), at.cast.ada).shows(address));
    EXPECT_TRUE(at.pages.get(address, at.cast.ada).shows("Rule 2."));
    EXPECT_EQ(at.pages.get(address, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.post(address, {{"words", "Why?"}}, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.post(address, {{"words", ""}}, at.cast.ada).status, 422);
    EXPECT_EQ(at.pages.post(address, {{"words", "Why?"}}, at.cast.ada).status, 303);
    EXPECT_EQ(at.pages.post(address, {{"words", "Why?"}}, at.cast.ada).status, 409);
    ASSERT_EQ(at.queue_for(at.cast.nia).size(), 1u);
    const CaseId id = at.queue_for(at.cast.nia)[0].safety_case.id;
    const auto review = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) {
            return review_appeal(tx, as(who), id, {Review::overturned, "You are right."});
        });
    };
    EXPECT_EQ(review(at.cast.mo).error().fault, Fault::conflict);
    EXPECT_TRUE(review(at.cast.nia));
    EXPECT_FALSE(at.is_removed());
}

}  // namespace
}  // namespace kith::safeguarding
