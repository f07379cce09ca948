#include "tests/pages.hpp"
#include "conversation/testing.hpp"
#include "platform/json/writer.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

ThreadId start(World& world, MemberId who, GroupId group) {
    return world.must([&](db::Tx& tx) {
        return start_thread(tx, as(who), group, "Bad nights", {.markdown = "I slept two hours."});
    });
}

BOTH_ENGINES(ThreadPage, shows_posts_to_members_of_the_group_alone) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::thread(start(world, cast.ada, cast.circle)).text();
    const auto page = pages.get(address, cast.bo);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.shows("I slept two hours."));
    EXPECT_TRUE(page.shows("can-write"));
    EXPECT_EQ(page.headers.count("cache-control"), 0u) << "the writer adds no-store where nothing is said";
    EXPECT_EQ(pages.get(address, cast.cy).status, 404);
    EXPECT_EQ(pages.get(address).status, 404);
    EXPECT_EQ(pages.get("/threads/99999", cast.bo).status, 404);
    EXPECT_EQ(pages.get("/threads/x", cast.bo).status, 404);
}

BOTH_ENGINES(ThreadPage, says_what_is_unread_until_it_has_been_shown) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string address = url::thread(thread).text();
    EXPECT_TRUE(pages.get(address, cast.bo).shows("#p1 .unread-word"));
    EXPECT_FALSE(pages.get(address, cast.bo).shows("#p1 .unread-word"));
    world.must([&](db::Tx& tx) { return write_post(tx, as(cast.ada), thread, {.markdown = "More."}); });
    const auto page = pages.get(address, cast.bo);
    EXPECT_TRUE(page.shows("#p2 .unread-word"));
    EXPECT_TRUE(page.shows("href=\"#p2\"")) << "a skip link leads to the first unread post";
    pages.app().flush();
    EXPECT_FALSE(pages.get(address, cast.bo).shows("#p2 .unread-word"));
}

BOTH_ENGINES(ThreadPage, marks_what_is_mine_for_me_alone) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::thread(start(world, cast.ada, cast.circle)).text();
    EXPECT_TRUE(pages.get(address, cast.ada).shows("#p1 .own{display:inline}"));
    EXPECT_FALSE(pages.get(address, cast.bo).shows("#p1 .own{display:inline}"));
}

BOTH_ENGINES(ThreadPage, a_reply_is_there_at_once_for_everybody_who_has_the_page_cached) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string address = url::thread(thread).text();
    pages.get(address, cast.ada);
    pages.get(address, cast.ada);
    const auto sent = pages.post(url::replies(thread).text(), {{"text", "I know that"}}, cast.bo);
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(sent.location(), address + "#p2");
    EXPECT_TRUE(pages.get(address, cast.ada).shows("I know that"));
}

BOTH_ENGINES(ThreadPage, is_gone_the_moment_the_reader_has_left) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::thread(start(world, cast.ada, cast.circle)).text();
    EXPECT_EQ(pages.get(address, cast.bo).status, 200);
    EXPECT_EQ(pages.post(url::leaving(cast.circle).text(), {}, cast.bo).status, 303);
    EXPECT_EQ(pages.get(address, cast.bo).status, 404);
}

BOTH_ENGINES(ThreadPage, keeps_what_was_typed_when_a_form_is_not_right) {
    const Cast cast(world);
    Pages pages(world);
    const auto answer = pages.post(url::threads(cast.circle).text(),
                                   {{"title", ""}, {"text", "my long text"}}, cast.ada);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("my long text"));
    EXPECT_TRUE(answer.shows("Please give your thread a title."));
    EXPECT_TRUE(answer.shows("href=\"#title\""));
}

BOTH_ENGINES(ThreadPage, refuses_a_form_without_our_token) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto answer = pages.ask(http::Method::post, url::replies(thread).text(), "text=hello", cast.bo,
                                  {{"content-type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(answer.status, 403);
    const auto elsewhere = pages.ask(
        http::Method::post, url::replies(thread).text(), "text=hello", cast.bo,
        {{"content-type", "application/x-www-form-urlencoded"}, {"sec-fetch-site", "cross-site"}});
    EXPECT_EQ(elsewhere.status, 403);
    EXPECT_EQ(pages.get(url::replies(thread).text(), cast.bo).status, 405);
}

BOTH_ENGINES(ThreadPage, shows_guests_only_what_the_host_opened) {
    const Cast cast(world);
    Pages pages(world);
    world.must(
        [&](db::Tx& tx) { return groups::join(tx, as(cast.ada), cast.square, {.rules_agreed = true}); });
    const std::string address = url::thread(start(world, cast.ada, cast.square)).text();
    const auto page = pages.get(address);
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(page.shows("form_token"));
    EXPECT_TRUE(page.shows("You are reading as a visitor"));
}

BOTH_ENGINES(ThreadPage, shows_guests_nothing_once_the_host_closed_public_reading) {
    const Cast cast(world);
    Pages pages(world);
    world.must(
        [&](db::Tx& tx) { return groups::join(tx, as(cast.ada), cast.square, {.rules_agreed = true}); });
    const ThreadId thread = start(world, cast.ada, cast.square);
    EXPECT_EQ(pages.get(url::thread(thread).text()).status, 200);
    pages.post("/admin/site",
               {{"name", "Harbour"}, {"helplines", "Emergency | 112"}, {"exit_url", "https://a.b"}}, cast.oz);
    for (const std::string_view accept : {"text/html", "application/json"})
        for (const Url& page : {url::thread(thread), url::group(cast.square), url::post(PostId(thread, 1)),
                                url::search().query("q", "slept"), url::thread_events(thread)}) {
            const auto answer = pages.get(page.text(), MemberId(), accept);
            EXPECT_FALSE(answer.shows("Bad nights")) << page.text() << accept;
            EXPECT_FALSE(answer.shows("two hours")) << page.text() << accept;
        }
}

BOTH_ENGINES(ThreadPage, a_page_number_beyond_the_thread_never_reaches_another_thread) {
    const Cast cast(world);
    Pages pages(world);
    world.must(
        [&](db::Tx& tx) { return groups::join(tx, as(cast.ada), cast.square, {.rules_agreed = true}); });
    const ThreadId open = start(world, cast.ada, cast.square);
    for (int i = 0; i < 3; ++i)
        world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.ada), cast.circle, "Secret", {.markdown = "A secret."});
        });
    for (const std::string_view page : {"52429", "52430", "104858", "1000000"})
        for (const std::string_view accept : {"text/html", "application/json"}) {
            const std::string address = url::thread(open).query("page", page).text();
            EXPECT_EQ(pages.get(address, MemberId(), accept).status, 404) << address;
        }
    world.db().read([&](db::ReadTx& tx) {
        for (std::int64_t page = 52400; page < 52460; ++page)
            for (const Post& post : posts_on_page(tx, open, page)) EXPECT_EQ(post.id.thread(), open);
    });
}

BOTH_ENGINES(ThreadPage, speaks_json_with_the_same_rules) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::thread(start(world, cast.ada, cast.circle)).text();
    const auto page = pages.get(address, cast.bo, "application/json");
    EXPECT_TRUE(page.shows("\"author\":\"Ada\""));
    const auto refused = pages.get(address, cast.cy, "application/json");
    EXPECT_EQ(refused.status, 404);
    EXPECT_TRUE(refused.shows("\"fault\":\"not_found\""));
}

BOTH_ENGINES(ThreadPage, never_holds_a_members_number_or_sign_in_name) {
    const Cast cast(world);
    Pages pages(world);
    world.must([&](db::Tx& tx) {
        return identity::persona_for_group(tx, Actor::of(cast.bo), cast.bo, cast.circle, "Quiet Fox");
    });
    pages.post(url::group_name(cast.circle).text(), {{"name", "Quiet Fox"}}, cast.bo);
    const ThreadId thread = start(world, cast.bo, cast.circle);
    for (const std::string_view accept : {"text/html", "application/json"}) {
        const auto page = pages.get(url::thread(thread).text(), cast.ada, accept);
        EXPECT_TRUE(page.shows("Quiet Fox"));
        EXPECT_FALSE(page.shows("Bo<")) << accept;
        EXPECT_FALSE(page.shows("\"Bo\"")) << accept;
    }
}

BOTH_ENGINES(GroupPage, lists_threads_by_their_last_word) {
    const Cast cast(world);
    Pages pages(world);
    start(world, cast.ada, cast.circle);
    const auto page = pages.get(url::group(cast.circle).text(), cast.bo);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.shows("Bad nights"));
    EXPECT_TRUE(page.shows(".unread-word{display:inline}"));
    EXPECT_EQ(pages.get(url::group(cast.circle).text(), cast.cy).status, 404);
}

BOTH_ENGINES(SearchPage, finds_and_explains_when_nothing_was_found) {
    const Cast cast(world);
    Pages pages(world);
    start(world, cast.ada, cast.circle);
    testing::index_posts(world);
    EXPECT_TRUE(pages.get("/search?q=slept", cast.bo).shows("Bad nights"));
    EXPECT_TRUE(pages.get("/search?q=slept", cast.cy).shows("We found nothing"));
    EXPECT_TRUE(pages.get("/search?q=sl", cast.bo).shows("Only the last word may be unfinished"));
    EXPECT_FALSE(pages.get("/search?q=slow", cast.bo).shows("at least three letters"));
    EXPECT_EQ(pages.get("/search?q=%22", cast.cy).status, 422);
}

BOTH_ENGINES(PostPages, show_a_post_as_its_preview_was) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    for (const char* typed : {"    a gecko", "\n\n  # A lemur  \n\n", "An *ocelot*.\r\n\r\n\r\n"}) {
        const PostId post = testing::reply(world, cast.bo, thread, typed);
        const auto stands = world.db().read(
            [&](db::ReadTx& tx) { return visible_post(tx, as(cast.bo), post); });
        JsonWriter j;
        j.object().member("html", stands->html).end();
        EXPECT_EQ(pages.post(url::preview().text(), {{"text", typed}}, cast.bo).body, j.str());
    }
}

}  // namespace
}  // namespace kith::conversation
