#pragma once

#include "crises/crises.hpp"
#include "platform/crypto/crypto.hpp"
#include "safeguarding/testing.hpp"
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
struct Night : safeguarding::Scene {
    explicit Night(World& world_in, conversation::Voice voice = conversation::Voice::name) : Scene(world_in) {
        use_contact_key(std::string(crypto::seal_key_bytes, 'k'));
        post = write(cast.ada, voice);
        id = report(post);
    }
    PostId write(MemberId who, conversation::Voice voice = conversation::Voice::name) {
        return Scene::write(who, voice, "A zebra.");
    }
    CaseId report(PostId about, safeguarding::Reason reason = safeguarding::Reason::danger) {
        return Scene::report(about, cast.bo, reason, "I am worried.");
    }
    // Mo decides, and Nia reads it.
    void close() {
        EXPECT_TRUE(decide_as(cast.mo, id, safeguarding::Outcome::talked, "We are here for you."));
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

    PostId post;
    CaseId id;
};

}  // namespace kith::crises
