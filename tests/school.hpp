#pragma once

#include <algorithm>
#include <initializer_list>

#include "tests/cast.hpp"
#include "training/training.hpp"

namespace kith::test {

// Oz asks moderators for a module, and the time to do it passes; only these people have done it.
inline void let_training_lapse(World& world, const Cast& cast, std::initializer_list<MemberId> done = {}) {
    const auto id = world.must([&](db::Tx& tx) {
        return training::add_module(tx, as(cast.oz),
                                    {.module = {.title = "Our role",
                                                .words = "We listen.",
                                                .statement = "I look after myself.",
                                                .months = 12},
                                     .roles = {identity::Role::moderator}});
    });
    for (const MemberId who : done)
        world.must([&](db::Tx& tx) { return training::finish(tx, as(who), id, {.agreed = true}); });
    world.clock.advance(training::grace_ms);
}

}  // namespace kith::test
