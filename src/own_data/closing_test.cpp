#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "own_data/own_data.hpp"
#include "tests/cast.hpp"

namespace kith::own_data {
namespace {

using test::as;
using test::Cast;
using test::World;

constexpr db::Sql count_sql = "select count(*) from member where id = $1";

bool is_there(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return tx.one<std::int64_t>(count_sql, member) == 1; });
}

bool comes_in(World& world) {
    const identity::SignIn form{.name = "Ada", .password = std::string(Cast::password)};
    return identity::sign_in(*world.services, form).has_value();
}

void close(World& world, MemberId member) {
    world.must([&](db::Tx& tx) { return identity::close_account(tx, as(member)); });
}

BOTH_ENGINES(Closing, can_be_taken_back_for_21_days) {
    const Cast cast(world);
    close(world, cast.ada);
    world.clock.advance(identity::days_to_reopen * day_ms - 1);
    erase_due(*world.services);
    EXPECT_TRUE(is_there(world, cast.ada));
    EXPECT_TRUE(comes_in(world));
    world.clock.advance(2);
    erase_due(*world.services);
    EXPECT_TRUE(is_there(world, cast.ada)) << "signing in opened it again";
}

BOTH_ENGINES(Closing, ends_in_an_erasure_that_leaves_the_words) {
    const Cast cast(world);
    const ThreadId thread = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(cast.ada), cast.circle, "Bad nights",
                                          {.markdown = "I slept two hours."});
    });
    close(world, cast.ada);
    world.clock.advance(identity::days_to_reopen * day_ms);
    erase_due(*world.services);
    erase_due(*world.services);
    EXPECT_FALSE(is_there(world, cast.ada));
    EXPECT_TRUE(is_there(world, cast.bo));
    const auto post = world.db().read(
        [&](db::ReadTx& tx) { return conversation::visible_post(tx, as(cast.bo), PostId(thread, 1)); });
    ASSERT_TRUE(post);
    EXPECT_NE(post->html.find("two"), std::string::npos);
    EXPECT_FALSE(comes_in(world));
}

}  // namespace
}  // namespace kith::own_data
