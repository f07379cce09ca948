#pragma once

#include <algorithm>

#include "conversation/conversation.hpp"
#include "notices/notices.hpp"
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

// How many notices of a kind a member has.
inline std::int64_t told_of(test::World& world, MemberId who, notices::Kind kind) {
    return world.db().read([&](db::ReadTx& tx) {
        return std::ranges::count(notices::list_for(tx, who, 0, 20), kind, &notices::Notice::kind);
    });
}

template <class F>
Fault fault_of(test::World& world, F&& rule) {
    const auto result = world.db().write(std::forward<F>(rule));
    EXPECT_FALSE(result.has_value());
    return result ? Fault::unavailable : result.error().fault;
}

}  // namespace kith::conversation::testing
