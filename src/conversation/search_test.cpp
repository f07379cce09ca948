#include <thread>

#include "conversation/conversation.hpp"
#include "conversation/testing.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

ThreadId start(World& world, MemberId who, GroupId group, std::string_view markdown,
               std::string_view note = "") {
    return world.must([&](db::Tx& tx) {
        return start_thread(tx, as(who), group, "Nights",
                            {.markdown = std::string(markdown), .note = std::string(note)});
    });
}

FoundPage look(World& world, MemberId who, std::string_view typed, std::int64_t before = 0, int limit = 20) {
    testing::index_posts(world);
    return world.db().read([&](db::ReadTx& tx) {
        const auto page = search(tx, as(who), typed, GroupId(), before, limit);
        EXPECT_TRUE(page);
        return page.value_or(FoundPage());
    });
}

std::size_t count(World& world, MemberId who, std::string_view typed) {
    return look(world, who, typed).found.size();
}

BOTH_ENGINES(Search, answers_alike_in_every_script_on_both_engines) {
    const Cast cast(world);
    start(world, cast.ada, cast.circle,
          "हिन्दी भाषा\n\nวันนี้ปวดหัวมาก\n\n日本語を話す\n\nDéjà vu, ÑANDÚ and naïve.\n\n"
          "wake-up e-mail foo@bar.example 3.5 mg x86_64 AT&T it's");
    const std::pair<std::string_view, std::size_t> cases[] = {
        {"हिन्दी", 1},       {"हिन्", 1},         {"हन", 0},      {"ปวดหัว", 1},       {"หัวปวด", 0},
        {"日本", 1},        {"語", 1},          {"本日", 0},    {"deja", 1},        {"NANDU", 1},
        {"naiv", 1},        {"vu", 1},          {"v", 0},       {"mg", 1},          {"m", 0},
        {"\"deja vu\"", 1}, {"\"vu deja\"", 0}, {"wake-up", 1}, {"\"up wake\"", 0}, {"e-mail", 1},
        {"foo@bar", 1},     {"bar.example", 1}, {"3.5", 1},     {"35", 0},          {"x86", 1},
        {"AT&T", 1},        {"it's", 1},        {"its", 0},     {"wak", 1},         {"wa", 0}};
    for (const auto& [typed, expected] : cases) EXPECT_EQ(count(world, cast.bo, typed), expected) << typed;
}

BOTH_ENGINES(Search, shows_the_newest_first_by_the_time_of_writing) {
    const Cast cast(world);
    const ThreadId live = start(world, cast.ada, cast.circle, "Something of my own.");
    const auto persona = world.db().read(
        [&](db::ReadTx& tx) { return identity::main_persona(tx, cast.ada); });
    const Time long_ago = world.clock.now() + -400 * day_ms;
    const ThreadId old = world.must([&](db::Tx& tx) -> Result<ThreadId> {
        const ThreadId id = import_thread(tx, cast.circle, "Old nights",
                                          {persona, long_ago, "Something old."});
        import_post(tx, id, {persona, long_ago + day_ms, "Something a day later."});
        return id;
    });
    const auto order = [&] {
        std::vector<PostId> out;
        for (const Found& found : look(world, cast.bo, "something").found) out.push_back(found.post);
        return out;
    };
    const std::vector<PostId> wanted{PostId(live, 1), PostId(old, 2), PostId(old, 1)};
    EXPECT_EQ(order(), wanted);
    world.must(
        [&](db::Tx& tx) { return edit_post(tx, as(cast.ada), PostId(old, 1), "Something changed.", ""); });
    EXPECT_EQ(order(), wanted);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.ada), PostId(old, 2), ""); });
    EXPECT_EQ(order(), (std::vector<PostId>{PostId(live, 1), PostId(old, 1)}));
    world.must([&](db::Tx& tx) { return restore_post(tx, as(cast.ada), PostId(old, 2)); });
    EXPECT_EQ(order(), wanted);
    EXPECT_EQ(count(world, cast.bo, "\"something old\""), 0u) << "the text before the change is forgotten";
}

BOTH_ENGINES(Search, shows_nothing_of_hidden_passages_but_finds_them) {
    const Cast cast(world);
    start(world, cast.ada, cast.circle, "The film ends with ||a dreadful accident|| by the sea.");
    start(world, cast.ada, cast.circle, "A dreadful week.", "hard to read");
    const auto found = look(world, cast.bo, "dreadful").found;
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].excerpt, "");
    EXPECT_EQ(found[1].excerpt, "The film ends with … by the sea.");
}

BOTH_ENGINES(Search, leads_on_to_older_posts_also_when_some_on_the_page_are_not_shown) {
    const Cast cast(world);
    const ThreadId first = start(world, cast.ada, cast.circle, "Something first.");
    const ThreadId hidden = start(world, cast.nia, cast.circle, "Something hidden.");
    start(world, cast.ada, cast.circle, "Something last.");
    world.must([&](db::Tx& tx) { return mute_author(tx, as(cast.bo), PostId(hidden, 1), true); });
    const FoundPage page = look(world, cast.bo, "something", 0, 2);
    EXPECT_EQ(page.found.size(), 1u);
    ASSERT_GT(page.older, 0);
    const FoundPage rest = look(world, cast.bo, "something", page.older, 2);
    ASSERT_EQ(rest.found.size(), 1u);
    EXPECT_EQ(rest.found[0].post, PostId(first, 1));
    EXPECT_EQ(rest.older, 0);
    EXPECT_EQ(look(world, cast.ada, "something").found.size(), 3u);
}

BOTH_ENGINES(Search, finds_a_post_once_it_is_indexed_and_never_one_that_was_removed) {
    const Cast cast(world);
    const PostId post(start(world, cast.ada, cast.circle, "Lavender helps."), 1);
    const auto find = [&] {
        return world.db().read([&](db::ReadTx& tx) {
            EXPECT_TRUE(any_post_waits(tx));
            return search(tx, as(cast.bo), "lavender", GroupId(), 0, 10)->found.size();
        });
    };
    EXPECT_EQ(find(), 0u);
    testing::index_posts(world);
    EXPECT_EQ(count(world, cast.bo, "lavender"), 1u);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), post, "Advice"); });
    EXPECT_EQ(find(), 0u) << "still in the index";
    EXPECT_EQ(count(world, cast.bo, "lavender"), 0u);
    world.must([&](db::Tx& tx) { return restore_post(tx, as(cast.mo), post); });
    EXPECT_EQ(count(world, cast.bo, "lavender"), 1u);
}

// That the words of FTS5 are those of the documents.
constexpr const char* check_fts5_sql = "insert into post_search (post_search) values ('integrity-check')";

BOTH_ENGINES(Search, index_follows_what_becomes_of_a_post) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle, "Lavender helps.");
    const PostId post(thread, 1);
    const auto expect = [&](std::size_t lavender, std::size_t mint, std::size_t nights) {
        EXPECT_EQ(count(world, cast.bo, "lavender"), lavender);
        EXPECT_EQ(count(world, cast.bo, "mint"), mint);
        EXPECT_EQ(count(world, cast.bo, "nights"), nights);
        if (world.db().engine() == db::Engine::sqlite) world.db().execute(check_fts5_sql);
    };
    expect(1, 0, 1);
    world.must([&](db::Tx& tx) { return edit_post(tx, as(cast.ada), post, "Mint helps.", ""); });
    expect(0, 1, 1);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), post, "Advice"); });
    expect(0, 0, 0);
    world.must([&](db::Tx& tx) { return restore_post(tx, as(cast.mo), post); });
    world.must([&](db::Tx& tx) { return rename_thread(tx, as(cast.mo), thread, "Days", "Clearer"); });
    expect(0, 1, 0);
}

BOTH_ENGINES(Search, index_is_whole_wherever_its_writing_failed) {
    const Cast cast(world);
    const PostId post(start(world, cast.ada, cast.circle, "Lavender helps."), 1);
    testing::index_posts(world);
    world.must([&](db::Tx& tx) { return edit_post(tx, as(cast.ada), post, "Mint helps.", ""); });
    const auto index = [](db::Tx& tx) -> Result<bool> { return index_waiting_posts(tx, 100); };
    bool done = false;
    for (int nth = 1; nth < 20 && !done; ++nth) {
        world.db().fail_statement(nth);
        try {
            done = world.db().write(index).has_value();
        } catch (const db::Failure&) {
        }
    }
    world.db().fail_statement(0);
    EXPECT_TRUE(done);
    EXPECT_EQ(count(world, cast.bo, "lavender"), 0u);
    EXPECT_EQ(count(world, cast.bo, "mint"), 1u);
    if (world.db().engine() == db::Engine::sqlite) world.db().execute(check_fts5_sql);
}

TEST(Search, two_servers_index_the_same_posts_once_on_postgres) {
    if (test::postgres_url().empty()) GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";
    World world(db::Engine::postgres);
    const Cast cast(world);
    for (int i = 0; i < 40; ++i) start(world, cast.ada, cast.circle, "Lavender helps.");
    const auto other = world.open_again();
    const auto index = [](db::Database& db) {
        while (*db.write([](db::Tx& tx) -> Result<bool> { return index_waiting_posts(tx, 7); })) {
        }
    };
    std::thread beside([&] { index(*other); });
    index(world.db());
    beside.join();
    EXPECT_FALSE(world.db().read([](db::ReadTx& tx) { return any_post_waits(tx); }));
    EXPECT_EQ(look(world, cast.bo, "lavender", 0, 100).found.size(), 40u);
}

BOTH_ENGINES(Search, page_says_how_to_go_on_and_keeps_the_group) {
    const Cast cast(world);
    Pages pages(world);
    for (int i = 0; i < 21; ++i) start(world, cast.ada, cast.circle, "Something again.");
    testing::index_posts(world);
    const std::string here = "/search?q=something&group=" + std::to_string(cast.circle.value());
    const auto page = pages.get(here, cast.bo);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.shows("Older results"));
    EXPECT_TRUE(page.shows("href=\"" + std::string("/search?q=something&amp;group=")));
    EXPECT_FALSE(pages.get("/search?q=something&before=1", cast.bo).shows("Older results"));
    EXPECT_EQ(pages.get(here, cast.cy).status, 404);
}

}  // namespace
}  // namespace kith::conversation
