#pragma once

#include "conversation/conversation.hpp"
#include "tests/cast.hpp"

// What the tests of this feature begin with.
namespace kith::conversation::testing {

inline ThreadId start(test::World& world, MemberId who, GroupId group,
                      std::string_view title = "Bad nights") {
    return world.must([&](db::Tx& tx) {
        return start_thread(tx, test::as(who), group, title, {.markdown = "I slept *two* hours."});
    });
}

inline PostId reply(test::World& world, MemberId who, ThreadId thread, std::string_view text = "Me too.",
                    std::int64_t to = 0) {
    return world.must([&](db::Tx& tx) {
        return write_post(tx, test::as(who), thread, {.markdown = std::string(text), .reply_to = to});
    });
}

inline void index_posts(test::World& world) {
    world.must([](db::Tx& tx) -> Done {
        while (index_waiting_posts(tx, 100)) {
        }
        return {};
    });
}

template <class F>
Fault fault_of(test::World& world, F&& rule) {
    const auto result = world.db().write(std::forward<F>(rule));
    EXPECT_FALSE(result.has_value());
    return result ? Fault::unavailable : result.error().fault;
}

}  // namespace kith::conversation::testing
