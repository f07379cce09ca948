#include "own_data/access_log.hpp"
#include "conversation/conversation.hpp"
#include "conversation/unmasking.hpp"
#include "identity/identity.hpp"
#include "own_data/own_data.hpp"
#include "tests/pages.hpp"

namespace kith::own_data {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

std::vector<Opening> log_of(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return access_log(tx, member, 100); });
}

void look_up_ada(World& world, const Cast& cast) {
    world.must(
        [&](db::Tx& tx) { return identity::look_up(tx, as(cast.oz), {"Ada", "A post spoke of pills."}); });
}

BOTH_ENGINES(AccessLog, tells_a_member_why_a_host_looked_them_up_after_a_week) {
    const Cast cast(world);
    look_up_ada(world, cast);
    world.clock.advance(days_unseen * day_ms - 1);
    EXPECT_TRUE(log_of(world, cast.ada).empty());
    world.clock.advance(1);
    const auto log = log_of(world, cast.ada);
    ASSERT_EQ(log.size(), 1u);
    EXPECT_EQ(log[0].what, Looked::looked_up);
    EXPECT_EQ(log[0].name, "Ada");
    EXPECT_EQ(log[0].reason, "A post spoke of pills.");
    EXPECT_EQ(log[0].by, "Oz");
    EXPECT_TRUE(log_of(world, cast.bo).empty());
}

// Ada writes without her name; Dee asks who it is.
PostId ask_who_wrote(World& world, const Cast& cast) {
    const ThreadId thread = world.must([&](db::Tx& tx) {
        return conversation::start_thread(
            tx, as(cast.ada), cast.circle, "Quiet fears",
            {.markdown = "I am afraid.", .voice = conversation::Voice::anonymous});
    });
    const PostId post(thread, 1);
    world.must([&](db::Tx& tx) {
        return conversation::ask_unmasking(tx, as(cast.dee), post, "They may be in danger.");
    });
    return post;
}

BOTH_ENGINES(AccessLog, tells_of_an_unmasking_only_when_two_have_agreed) {
    const Cast cast(world);
    const PostId post = ask_who_wrote(world, cast);
    world.clock.advance(hour_ms);
    world.must([&](db::Tx& tx) { return conversation::agree_to_unmasking(tx, as(cast.mo), post); });
    world.clock.advance(days_unseen * day_ms);
    const auto log = log_of(world, cast.ada);
    ASSERT_EQ(log.size(), 1u);
    EXPECT_EQ(log[0].what, Looked::unmasked);
    EXPECT_EQ(log[0].reason, "They may be in danger.");
    EXPECT_TRUE(log[0].name.value().starts_with(identity::alias_begins));
    EXPECT_EQ(log[0].by, "Dee");
    EXPECT_EQ(log[0].with, "Mo");
}

BOTH_ENGINES(AccessLog, stays_when_those_who_looked_are_erased) {
    const Cast cast(world);
    const PostId post = ask_who_wrote(world, cast);
    world.must([&](db::Tx& tx) { return conversation::agree_to_unmasking(tx, as(cast.mo), post); });
    for (const MemberId who : {cast.dee, cast.mo}) {
        EXPECT_TRUE(ask_erasure(*world.services, as(who), {OwnWords::keep, std::string(Cast::password)}));
        world.clock.advance(days_to_undo * day_ms);
        erase_due(*world.services);
        ASSERT_EQ(log_of(world, cast.ada).size(), 1u);
        EXPECT_EQ(who == cast.dee ? log_of(world, cast.ada)[0].by : log_of(world, cast.ada)[0].with,
                  std::nullopt);
    }
}

BOTH_ENGINES(AccessLog, tells_at_once_what_was_done_to_an_account) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(cast.oz), cast.ada, "Unkind words.", tx.now() + day_ms);
    });
    world.clock.advance(1);
    world.must([&](db::Tx& tx) { return identity::lift_suspension(tx, as(cast.oz), cast.ada); });
    const auto log = log_of(world, cast.ada);
    ASSERT_EQ(log.size(), 2u);
    EXPECT_EQ(log[0].what, Looked::hold_lifted);
    EXPECT_EQ(log[1].what, Looked::held);
}

BOTH_ENGINES(AccessLog, shows_the_member_alone_who_looked) {
    const Cast cast(world);
    look_up_ada(world, cast);
    world.clock.advance(days_unseen * day_ms);
    Pages pages(world);
    const auto page = pages.get("/me/access-log", cast.ada);
    EXPECT_TRUE(page.shows("A post spoke of pills."));
    EXPECT_TRUE(page.shows("Oz"));
    EXPECT_FALSE(pages.get("/me/access-log", cast.bo).shows("pills"));
}

}  // namespace
}  // namespace kith::own_data
