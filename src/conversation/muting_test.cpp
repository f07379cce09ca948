#include "conversation/conversation.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// Whoever is muted is gone from wherever the reader looks.
namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr std::string_view json = "application/json";

struct Muting {
    explicit Muting(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        thread = world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.bo), cast.circle, "Bad nights",
                                {.markdown = "I slept two hours."});
        });
        write(cast.nia, "Unkind words.");
    }

    void write(MemberId who, std::string_view markdown) {
        world.must([&](db::Tx& tx) {
            return write_post(tx, as(who), thread, {.markdown = std::string(markdown), .reply_to = 1});
        });
    }
    void mute(std::int64_t number) {
        world.must([&](db::Tx& tx) { return mute_author(tx, as(cast.bo), PostId(thread, number), true); });
    }
    void read_to(std::int64_t number) {
        world.must([&](db::Tx& tx) { return mark_read(tx, as(cast.bo), PostId(thread, number)); });
    }
    std::string group_list() { return pages.get(url::group(cast.circle).text(), cast.bo).body; }
    std::string unread_style() { return "#t" + std::to_string(thread.value()) + " .unread-word"; }

    World& world;
    Cast cast;
    Pages pages;
    ThreadId thread;
};

BOTH_ENGINES(Muting, hides_text_and_note_from_programs) {
    Muting at(world);
    at.mute(2);
    const std::string post = url::post(PostId(at.thread, 2)).text();
    EXPECT_TRUE(at.pages.get(post, at.cast.bo, json).shows("\"muted\":true"));
    EXPECT_FALSE(at.pages.get(post, at.cast.bo, json).shows("Unkind"));
    EXPECT_TRUE(at.pages.get(post, at.cast.ada, json).shows("Unkind"));
    const auto thread = at.pages.get(url::thread(at.thread).text(), at.cast.bo, json);
    EXPECT_FALSE(thread.shows("Unkind"));
    EXPECT_TRUE(thread.shows("I slept two hours."));
    EXPECT_TRUE(thread.shows("\"own\":true"));
}

BOTH_ENGINES(Muting, leaves_nothing_unread_where_nobody_else_wrote) {
    Muting at(world);
    at.read_to(1);
    EXPECT_NE(at.group_list().find(at.unread_style()), std::string::npos);
    at.mute(2);
    EXPECT_EQ(at.group_list().find(at.unread_style()), std::string::npos);
    EXPECT_TRUE(at.pages.get("/", at.cast.bo).shows("You have read everything. Rest well."));
    EXPECT_TRUE(at.pages.get("/", at.cast.bo, json).shows("\"unread_threads\":[]"));
    EXPECT_TRUE(at.pages.get(url::group(at.cast.circle).text(), at.cast.bo, json).shows("\"unread\":false"));
    at.write(at.cast.ada, "I know that.");
    at.write(at.cast.nia, "More unkind words.");
    EXPECT_NE(at.group_list().find(at.unread_style()), std::string::npos);
    EXPECT_TRUE(at.pages.get("/", at.cast.bo).shows("Bad nights"));
}

BOTH_ENGINES(Muting, takes_back_what_was_told_before) {
    Muting at(world);
    EXPECT_TRUE(at.pages.get("/notices", at.cast.bo).shows("Nia"));
    at.mute(2);
    EXPECT_FALSE(at.pages.get("/notices", at.cast.bo).shows("Nia"));
    EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return notices::any_unread(tx, at.cast.bo); }));
    at.write(at.cast.nia, "Still unkind.");
    EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return notices::any_unread(tx, at.cast.bo); }));
}

BOTH_ENGINES(Muting, outlives_a_new_name_in_the_group) {
    Muting at(world);
    at.mute(2);
    const std::string address = url::thread(at.thread).text();
    at.pages.get(address, at.cast.bo);
    at.pages.post(url::group_name(at.cast.circle).text(), {{"name", "Quiet Fox"}}, at.cast.nia);
    at.write(at.cast.nia, "A new start.");
    EXPECT_TRUE(at.pages.get(address, at.cast.ada).shows("Quiet Fox"));
    EXPECT_TRUE(at.pages.get(address, at.cast.bo).shows("#p2 .muted-note,#p3 .muted-note"));
    EXPECT_FALSE(at.pages.get(address, at.cast.bo, json).shows("A new start."));
}

BOTH_ENGINES(Reading, a_program_may_say_what_was_read) {
    Muting at(world);
    const std::string address = url::thread(at.thread).text();
    EXPECT_TRUE(at.pages.get(address, at.cast.ada, json).shows("\"read_number\":0"));
    const std::string reading = url::thread_reading(at.thread).text();
    EXPECT_EQ(at.pages.post(reading, {{"number", "1"}}, at.cast.ada, json).status, 200);
    EXPECT_TRUE(at.pages.get(address, at.cast.ada, json).shows("\"read_number\":1"));
    EXPECT_EQ(at.pages.post(reading, {{"number", "0"}}, at.cast.ada, json).status, 422);
    EXPECT_EQ(at.pages.post(reading, {}, at.cast.ada).status, 303);
    EXPECT_TRUE(at.pages.get(address, at.cast.ada, json).shows("\"read_number\":2"));
    EXPECT_EQ(at.pages.post(reading, {}, at.cast.cy, json).status, 404);
}

BOTH_ENGINES(Home, finds_what_is_unread_below_many_threads_that_were_read) {
    const Cast cast(world);
    Pages pages(world);
    const auto start = [&](std::string_view title) {
        world.clock.advance(minute_ms);
        return world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.ada), cast.circle, title, {.markdown = "Hello."});
        });
    };
    start("An old thread");
    for (int i = 0; i < 30; ++i) {
        const ThreadId thread = start("Thread " + std::to_string(i));
        world.must([&](db::Tx& tx) { return mark_read(tx, as(cast.bo), PostId(thread, 1)); });
    }
    EXPECT_TRUE(pages.get("/", cast.bo).shows("An old thread"));
    for (int i = 0; i < 200; ++i) {
        const ThreadId thread = start("Later " + std::to_string(i));
        world.must([&](db::Tx& tx) { return mark_read(tx, as(cast.bo), PostId(thread, 1)); });
    }
    EXPECT_TRUE(pages.get("/", cast.bo).shows("You have read all the newest threads. Rest well."));
}

}  // namespace
}  // namespace kith::conversation
