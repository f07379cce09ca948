#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using test::as;

BOTH_ENGINES(Closings, are_told_to_the_author_with_the_way_to_ask_for_another_look) {
    Scene at(world);
    const ThreadId thread = at.write(at.cast.ada).thread();
    const std::string closing = url::thread_closing(thread).text();
    const auto is_shut = [&] {
        return world.db().read([&](db::ReadTx& tx) { return conversation::is_closed(tx, thread); });
    };
    const auto decisions = [&] {
        return world.db().read([&](db::ReadTx& tx) { return decisions_on(tx, at.cast.ada); });
    };
    EXPECT_EQ(at.pages.post(closing, {}, at.cast.bo).status, 404);
    at.pages.post(closing, {}, at.cast.mo);
    at.pages.post(closing, {}, at.cast.nia);
    ASSERT_EQ(decisions().size(), 1u) << "sent twice is one decision";
    EXPECT_TRUE(at.pages.get("/notices", at.cast.ada).shows("wrote to you about a post"));
    const auto page = at.pages.get(url::me_decisions().text(), at.cast.ada);
    EXPECT_TRUE(page.shows("The thread was closed"));
    EXPECT_TRUE(page.shows("Ask for another look"));
    EXPECT_FALSE(page.shows("blockquote")) << "nothing was written";
    at.appeal(decisions()[0].id, Review::overturned);
    EXPECT_FALSE(is_shut());
}

BOTH_ENGINES(Closings, that_are_undone_undo_no_later_one) {
    Scene at(world);
    const ThreadId thread = at.write(at.cast.ada).thread();
    const std::string closing = url::thread_closing(thread).text();
    at.pages.post(closing, {}, at.cast.mo);
    at.pages.post(closing, {{"undo", "yes"}}, at.cast.mo);
    world.clock.advance(hour_ms);
    at.pages.post(closing, {}, at.cast.mo);
    const auto decisions = world.db().read([&](db::ReadTx& tx) { return decisions_on(tx, at.cast.ada); });
    ASSERT_EQ(decisions.size(), 2u);
    at.appeal(decisions[1].id, Review::overturned);
    const auto is_shut = [&] {
        return world.db().read([&](db::ReadTx& tx) { return conversation::is_closed(tx, thread); });
    };
    EXPECT_TRUE(is_shut()) << "it is about the first";
    at.appeal(decisions[0].id, Review::overturned);
    EXPECT_FALSE(is_shut());
}

BOTH_ENGINES(Closings, of_ones_own_thread_tell_nobody) {
    Scene at(world);
    const ThreadId thread = at.write(at.cast.mo).thread();
    at.pages.post(url::thread_closing(thread).text(), {}, at.cast.mo);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_TRUE(conversation::is_closed(tx, thread));
        EXPECT_TRUE(decisions_on(tx, at.cast.mo).empty());
    });
}

}  // namespace
}  // namespace kith::safeguarding
