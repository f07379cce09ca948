#include "replies/replies.hpp"

#include <gmock/gmock.h>

#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::replies {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;
using ::testing::HasSubstr;

BOTH_ENGINES(Replies, are_a_list_that_a_host_keeps) {
    const Cast cast(world);
    const auto refusal = [&](MemberId who, const Reply& reply) {
        const Done done = world.db().write([&](db::Tx& tx) { return put(tx, as(who), reply); });
        return done ? std::optional<Fault>() : std::optional(done.error().fault);
    };
    for (const MemberId who : {cast.ada, cast.mo, cast.dee})
        EXPECT_EQ(refusal(who, {0, "A number", "No numbers, please."}), Fault::forbidden);
    EXPECT_EQ(refusal(cast.oz, {0, "A number", "No numbers, please."}), std::nullopt);
    EXPECT_EQ(refusal(cast.oz, {0, " ", "No numbers, please."}), Fault::invalid);
    EXPECT_EQ(refusal(cast.oz, {0, "A number", ""}), Fault::invalid);
    EXPECT_EQ(refusal(cast.oz, {77, "A number", "Words."}), Fault::not_found);
    const auto all = world.db().read([](db::ReadTx& tx) { return list(tx); });
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(refusal(cast.oz, {all[0].id, "A number", "Please leave it out."}), std::nullopt);
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return list(tx); })[0].words, "Please leave it out.");
    world.must([&](db::Tx& tx) { return take_away(tx, as(cast.oz), all[0].id); });
    EXPECT_TRUE(world.db().read([](db::ReadTx& tx) { return list(tx); }).empty());
}

BOTH_ENGINES(RepliesPage, keeps_what_was_typed) {
    const Cast cast(world);
    Pages pages(world);
    const std::string page = url::admin_replies().text();
    EXPECT_EQ(pages.get(page, cast.mo).status, 404);
    const auto wrong = pages.post(page, {{"name", ""}, {"words", "<b>Rest"}}, cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("&lt;b&gt;Rest"));
    EXPECT_EQ(pages.post(page, {{"name", "Rest"}, {"words", "Please rest."}}, cast.oz).status, 303);
    EXPECT_THAT(pages.get(page + "?reply=1", cast.oz).body, HasSubstr("Change these words"));
}

}  // namespace
}  // namespace kith::replies
