#pragma once

#include "tests/world.hpp"

namespace kith::test {

// Fails each statement of a rule in turn until it succeeds; after each failure `check` must find things as they were.
template <class Rule, class Check>
void expect_whole_or_nothing(World& world, Rule&& rule, Check&& check) {
    bool done = false;
    for (int statement = 1; !done && statement < 200; ++statement) {
        world.db().fail_statement(statement);
        try {
            done = world.db().write(rule).has_value();
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            check();
        }
    }
    world.db().fail_statement(0);
    EXPECT_TRUE(done);
}

}  // namespace kith::test
