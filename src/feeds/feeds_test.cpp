#include "feeds/feeds.hpp"

#include "conversation/conversation.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::feeds {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

struct Reading {
    explicit Reading(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(cast.ada), cast.circle, "Bad <nights>",
                                              {.markdown = "Hm."});
        });
        world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(cast.bo), thread,
                                            {.markdown = "Secret words.", .reply_to = 1});
        });
        key = make();
    }

    std::string make() {
        EXPECT_TRUE(identity::confirm(*world.services, as(cast.ada), Cast::password));
        return world.must([&](db::Tx& tx) { return make_key(tx, as(cast.ada), Language::en, world.random); });
    }
    test::Answer feed() { return pages.get(url::feed(key).text()); }
    void tell_more() {
        world.must([&](db::Tx& tx) -> Done {
            notices::Wish wish;
            wish.tells_more = true;
            notices::set_wish(tx, cast.ada, wish);
            return {};
        });
    }

    World& world;
    const Cast cast;
    Pages pages;
    ThreadId thread;
    std::string key;
};

BOTH_ENGINES(Feeds, say_that_something_is_new_and_nothing_else) {
    Reading at(world);
    const auto feed = at.feed();
    EXPECT_EQ(feed.status, 200);
    EXPECT_TRUE(feed.shows("<title>Something new for you</title>"));
    EXPECT_TRUE(feed.shows("<title>New words in one of your groups</title>"));
    EXPECT_TRUE(feed.shows("<link href=\"http://localhost:8080/notices\"/>"));
    for (const std::string_view word : {"circle", "nights", "Secret", "Bo", "Ada", "Kith of"})
        EXPECT_FALSE(feed.shows(word)) << word;
    EXPECT_FALSE(feed.shows(at.key));
}

BOTH_ENGINES(Feeds, name_groups_and_titles_for_whoever_lets_mails_do_so) {
    Reading at(world);
    at.tell_more();
    const auto feed = at.feed();
    EXPECT_TRUE(feed.shows("<title>The circle: Bad &lt;nights&gt;</title>")) << feed.body;
    EXPECT_TRUE(feed.shows("<title>The circle: Somebody replied to you</title>"));
    for (const std::string_view word : {"Secret", "Bo", "Ada"}) EXPECT_FALSE(feed.shows(word)) << word;
}

BOTH_ENGINES(Feeds, end_with_a_new_address_and_when_their_member_ends_them) {
    Reading at(world);
    const std::string old = at.key;
    at.key = at.make();
    EXPECT_EQ(at.pages.get(url::feed(old).text()).status, 404);
    EXPECT_EQ(at.feed().status, 200);
    world.must([&](db::Tx& tx) { return end_key(tx, as(at.cast.ada)); });
    EXPECT_EQ(at.feed().status, 404);
    EXPECT_EQ(at.pages.get("/feeds/x").status, 404);
}

BOTH_ENGINES(Feeds, end_with_the_password_that_made_them) {
    Reading at(world);
    EXPECT_EQ(at.feed().status, 200);
    EXPECT_TRUE(
        identity::change_password(*world.services, as(at.cast.ada),
                                  {std::string(Cast::password), "another made-up password", SessionId()}));
    EXPECT_EQ(at.feed().status, 404);
}

BOTH_ENGINES(Feeds, lead_nowhere_while_their_member_may_not_come_in_and_are_empty_on_a_break) {
    Reading at(world);
    world.must(
        [&](db::Tx& tx) { return identity::begin_pause(tx, as(at.cast.ada), identity::PauseLength::week); });
    EXPECT_EQ(at.feed().status, 200);
    EXPECT_FALSE(at.feed().shows("<entry>"));
    world.must([&](db::Tx& tx) { return identity::end_pause(tx, as(at.cast.ada)); });
    EXPECT_TRUE(at.feed().shows("<entry>"));
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(at.cast.oz), at.cast.ada, "Unkind words.", tx.now() + day_ms);
    });
    EXPECT_EQ(at.feed().status, 404);
}

BOTH_ENGINES(Feeds, get_their_address_once_after_the_password) {
    Reading at(world);
    const std::string mine = url::me_feed().text();
    EXPECT_EQ(at.pages.post(mine, {{"current", "wrong"}}, at.cast.bo).status, 422);
    const auto made = at.pages.post(mine, {{"current", std::string(Cast::password)}}, at.cast.bo);
    EXPECT_EQ(made.status, 201);
    EXPECT_TRUE(made.shows("http://localhost:8080/feeds/"));
    EXPECT_TRUE(at.pages.get(mine, at.cast.bo).shows("End my feed"));
    EXPECT_FALSE(at.pages.get(mine, at.cast.bo).shows("/feeds/"));
    EXPECT_EQ(at.pages.post(mine, {{"do", "end"}}, at.cast.bo).status, 303);
    EXPECT_FALSE(at.pages.get(mine, at.cast.bo).shows("End my feed"));
}

}  // namespace
}  // namespace kith::feeds
