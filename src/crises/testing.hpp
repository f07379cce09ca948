#pragma once

#include "conversation/conversation.hpp"
#include "crises/crises.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// For the tests of crises.
namespace kith::crises {

using test::as;
using test::Cast;
using test::World;

// Why a write was refused.
template <class F>
Fault fault_of(World& world, F&& rule) {
    const auto result = world.db().write(std::forward<F>(rule));
    EXPECT_FALSE(result);
    return result ? Fault::unavailable : result.error().fault;
}

// Bo reports that Ada may be in danger; Mo, Nia and Dee look after the group.
struct Night {
    explicit Night(World& world_in, conversation::Voice voice = conversation::Voice::name)
        : world(world_in), cast(world_in), pages(world_in) {
        use_contact_key(std::string(crypto::seal_key_bytes, 'k'));
        post = write(cast.ada, voice);
        id = report(post);
    }
    PostId write(MemberId who, conversation::Voice voice = conversation::Voice::name) {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(who), cast.circle, "A night",
                                              {.markdown = "A zebra.", .voice = voice});
        });
        return {thread, 1};
    }
    CaseId report(PostId about, safeguarding::Reason reason = safeguarding::Reason::danger) {
        return world.must([&](db::Tx& tx) {
            return safeguarding::file_report(tx, as(cast.bo), about, {reason, "I am worried."});
        });
    }
    // Mo decides, and Nia reads it.
    void close() {
        world.must([&](db::Tx& tx) {
            return safeguarding::decide(tx, as(cast.mo), id,
                                        {safeguarding::Outcome::talked, "We are here for you."});
        });
        world.must([&](db::Tx& tx) { return safeguarding::read_second(tx, as(cast.nia), id); });
    }
    Timeline timeline_for(MemberId who) {
        auto out = world.db().read([&](db::ReadTx& tx) { return timeline(tx, as(who), id); });
        EXPECT_TRUE(out);
        return out ? *std::move(out) : Timeline();
    }
    PersonaId persona(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return identity::main_persona(tx, who); });
    }

    World& world;
    const Cast cast;
    test::Pages pages;
    PostId post;
    CaseId id;
};

}  // namespace kith::crises
