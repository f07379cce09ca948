#pragma once

#include "conversation/testing.hpp"
#include "conversation/waiting.hpp"

// What the tests of paces and of what waits begin with.
namespace kith::conversation::testing {

// A thread of Ada's; Bo answers, Mo looks.
struct Room {
    explicit Room(test::World& world_in)
        : world(world_in), cast(world), thread(start(world, cast.ada, cast.circle)) {}

    void set(const pacing::Pace& pace, std::int64_t hours = 0, ThreadId where = {}) {
        world.must([&](db::Tx& tx) {
            return pacing::set_pace(
                tx, test::as(cast.mo), cast.circle, where,
                {.pace = pace, .words = "Be gentle.", .reason = "A hard week.", .hours = hours});
        });
    }
    Result<PostId> write(MemberId who, std::string_view text = "Me too.",
                         std::optional<Voice> voice = std::nullopt) {
        return world.db().write([&](db::Tx& tx) {
            return write_post(tx, test::as(who), thread, {.markdown = std::string(text), .voice = voice});
        });
    }
    std::vector<ToLookAt> list() {
        return *world.db().read(
            [&](db::ReadTx& tx) { return to_look_at(tx, test::as(cast.mo), cast.circle); });
    }
    PostId let(std::int64_t id) {
        return world.must([&](db::Tx& tx) { return let_through(tx, test::as(cast.mo), id); });
    }
    std::int64_t last_number() {
        return world.db()
            .read([&](db::ReadTx& tx) { return visible_thread(tx, test::as(cast.mo), thread); })
            ->last_number;
    }

    test::World& world;
    test::Cast cast;
    ThreadId thread;
};

}  // namespace kith::conversation::testing
