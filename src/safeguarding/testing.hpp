#pragma once

#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "safeguarding/safeguarding.hpp"
#include "tests/pages.hpp"

// For the tests of accounts on hold.
namespace kith::safeguarding {

// Ada writes in the circle, under her name and without; Bo reports; Mo decides.
struct Scene {
    explicit Scene(test::World& world_in) : world(world_in), cast(world_in), pages(world_in) {}

    PostId write(MemberId who, conversation::Voice voice = conversation::Voice::name) {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, test::as(who), cast.circle, "Bad nights",
                                              {.markdown = "A walrus.", .voice = voice});
        });
        return {thread, 1};
    }
    CaseId report(PostId post, MemberId who, Reason reason = Reason::hostile) {
        return world.must(
            [&](db::Tx& tx) { return file_report(tx, test::as(who), post, {reason, "It hurts."}); });
    }
    Done decide_as(MemberId who, CaseId id, Outcome outcome = Outcome::suspended) {
        return world.db().write([&](db::Tx& tx) {
            return decide(tx, test::as(who), id, {outcome, "Please be gentle with each other."});
        });
    }
    // A new post of Ada's, and what Mo decides about it.
    CaseId hold_ada(conversation::Voice voice = conversation::Voice::name) {
        const CaseId id = report(write(cast.ada, voice), cast.bo);
        EXPECT_TRUE(decide_as(cast.mo, id));
        pages.sign_in_again(cast.ada);
        return id;
    }
    std::vector<identity::Hold> holds(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return identity::standing_holds(tx, who); });
    }
    bool is_here(MemberId who) {
        return world.db()
            .read([&](db::ReadTx& tx) { return identity::acting_member(tx, test::as(who)); })
            .has_value();
    }
    void wait_until_it_ends() {
        const auto standing = holds(cast.ada);
        ASSERT_EQ(standing.size(), 1u);
        ASSERT_TRUE(standing[0].until);
        world.clock.advance(*standing[0].until - world.clock.now());
    }
    bool is_removed(PostId post) {
        return world.db()
            .read([&](db::ReadTx& tx) { return conversation::visible_post(tx, test::as(cast.mo), post); })
            ->removed_at.has_value();
    }
    void appeal(CaseId id, Review outcome) {
        world.must([&](db::Tx& tx) { return file_appeal(tx, test::as(cast.ada), id, "It was a joke."); });
        world.must([&](db::Tx& tx) {
            return review_appeal(tx, test::as(cast.nia), id, {outcome, "Thank you for asking."});
        });
    }

    test::World& world;
    const test::Cast cast;
    test::Pages pages;
};

}  // namespace kith::safeguarding
