#include "conversation/testing.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::World;
using testing::start;

// How many statements a rule that writes runs: it fails at each of them in turn, until none is left.
template <class F>
int statements_of(World& world, F&& rule) {
    for (int nth = 1;; ++nth) {
        world.db().fail_statement(nth);
        try {
            world.must(rule);
            world.db().fail_statement(0);
            return nth - 1;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
        }
    }
}

BOTH_ENGINES(Statements, of_a_post_are_few) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto reply = [&](std::string_view text, Voice voice) {
        return statements_of(world, [&](db::Tx& tx) {
            return write_post(tx, as(cast.bo), thread,
                              {.markdown = std::string(text), .form_key = "k", .voice = voice});
        });
    };
    // First words are told to those who look after the group.
    const int first = reply("My first words.", Voice::name);
    const int named = reply("Me too.", Voice::name);
    const int new_alias = reply("And me.", Voice::anonymous), alias = reply("Still.", Voice::anonymous);
    const int thread_of_ada = statements_of(world, [&](db::Tx& tx) {
        return start_thread(tx, as(cast.ada), cast.circle, "Days", {.markdown = "Slow.", .form_key = "k"});
    });
    const int change = statements_of(
        world, [&](db::Tx& tx) { return edit_post(tx, as(cast.ada), PostId(thread, 1), "Changed.", ""); });
    // A few more than are needed now, so that what comes new is noticed.
    EXPECT_LE(first, 75);
    EXPECT_LE(named, 30);
    EXPECT_LE(new_alias, 55);
    EXPECT_LE(alias, 30);
    EXPECT_LE(thread_of_ada, 28);
    EXPECT_LE(change, 26);
}

}  // namespace
}  // namespace kith::conversation
