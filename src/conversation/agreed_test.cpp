#include "conversation/conversation.hpp"
#include "policies/policies.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

BOTH_ENGINES(Agreed, writing_waits_for_a_yes_and_nothing_else_does) {
    const Cast cast(world);
    const auto begin = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) {
            return start_thread(tx, as(who), cast.circle, "Good days", {.markdown = "I slept well."});
        });
    };
    const ThreadId thread = *begin(cast.ada);
    world.must([&](db::Tx& tx) {
        return policies::write_policy(
            tx, as(cast.oz), policies::Kind::rules,
            {.title = "House rules", .markdown = "Be kind.", .changes = "", .asks = true});
    });
    EXPECT_TRUE(begin(cast.ada)) << "there is time to read it first";
    world.clock.advance(30 * day_ms);
    const auto refused = begin(cast.ada);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::forbidden);
    Pages pages(world);
    const auto kept = pages.post(url::replies(thread).text(), {{"text", "I hear you, and stay."}}, cast.bo);
    EXPECT_EQ(kept.status, 403);
    EXPECT_TRUE(kept.shows("I hear you, and stay.")) << "the words are kept";
    EXPECT_EQ(pages.get(url::thread(thread).text(), cast.bo).status, 200);
    for (const std::string_view open : {"/help-now", "/me/data", "/me/closure", "/agreement", "/policies"})
        EXPECT_EQ(pages.get(open, cast.bo).status, 200) << open;
    const PostId own(thread, 1);
    world.must([&](db::Tx& tx) { return edit_post(tx, as(cast.ada), own, "I slept.", ""); });
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.ada), own, ""); });
    world.must([&](db::Tx& tx) {
        return policies::answer(tx, as(cast.bo), policies::PolicyId(1), 1, policies::Answer::agreed);
    });
    EXPECT_TRUE(begin(cast.bo));
}

}  // namespace
}  // namespace kith::conversation
