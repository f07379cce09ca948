#include "app/app.hpp"

#include <algorithm>

#include "notices/notices.hpp"
#include "platform/live/changes.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// What follows a committed change: which caches let go, what open pages are told, and how they resume.
namespace kith {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

ThreadId start(World& world, MemberId by, GroupId group) {
    return world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(by), group, "Nights", {.markdown = "Hello."});
    });
}

void reply(World& world, MemberId by, ThreadId thread, std::string_view text) {
    world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(by), thread, {.markdown = std::string(text)});
    });
}

// The address of the stream of a page.
std::string stream_address(const test::Answer& page) {
    const std::string mark = "data-live=\"";
    const std::size_t at = page.body.find(mark);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + mark.size();
    return page.body.substr(begin, page.body.find('"', begin) - begin);
}

// A stream as a member opens it at an address.
http::StreamRequest opened(Pages& pages, const std::string& address, std::string_view last_event_id = {}) {
    http::Request request;
    const std::string_view target = address;
    const std::size_t mark = target.find('?');
    request.method = http::Method::get;
    request.target = target;
    request.path = target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    request.host = "localhost";
    if (!last_event_id.empty()) request.headers.emplace_back("last-event-id", last_event_id);
    const http::Response response = pages.app().router().handle(request);
    EXPECT_TRUE(response.stream.has_value()) << address << " " << response.status;
    return response.stream.value_or(http::StreamRequest());
}

// "post 1/2" for each event the stream missed.
std::vector<std::string> missed(Pages& pages, const http::StreamRequest& stream) {
    std::vector<std::string> out;
    for (const Change& change : pages.app().application().missed(stream))
        out.push_back(std::string(to_word(change.kind)) + " " + std::to_string(change.number));
    return out;
}

// Cy, in a group whose threads anybody may follow.
struct Square {
    explicit Square(World& world) : cast(world), pages(world), thread(start(world, cast.cy, cast.square)) {
        world.clock.advance(minute_ms);  // what is new is told twice to be sure
    }
    Cast cast;
    Pages pages;
    ThreadId thread;
};

BOTH_ENGINES(Live, tells_what_came_between_a_page_and_its_stream) {
    Square square(world);
    const std::string page = url::thread(square.thread).text();
    const std::string first = stream_address(square.pages.get(page));
    EXPECT_EQ(missed(square.pages, opened(square.pages, first)), std::vector<std::string>());
    reply(world, square.cast.cy, square.thread, "One more.");
    EXPECT_EQ(missed(square.pages, opened(square.pages, first)), std::vector<std::string>{"post 2"});
    world.clock.advance(minute_ms);
    for (const int time : {1, 2})  // the second time from the cache
        EXPECT_EQ(missed(square.pages, opened(square.pages, stream_address(square.pages.get(page)))),
                  std::vector<std::string>())
            << time;
}

BOTH_ENGINES(Live, resumes_after_the_last_event_also_in_another_process) {
    Square square(world);
    const std::string address = stream_address(square.pages.get(url::group(square.cast.square).text()));
    std::vector<Change> seen;
    world.db().on_change(
        [&](std::span<const Change> changes) { seen.insert(seen.end(), changes.begin(), changes.end()); });
    reply(world, square.cast.cy, square.thread, "Two.");
    world.clock.advance(minute_ms);
    reply(world, square.cast.cy, square.thread, "Three.");
    ASSERT_FALSE(seen.empty());
    const auto second = std::ranges::find(seen, 2, &Change::number);
    const std::string event = square.pages.app().application().event_text(*second);
    const std::string id = event.substr(4, event.find('\n') - 4);

    Pages restarted(world);
    EXPECT_EQ(missed(restarted, opened(restarted, address, id)), std::vector<std::string>{"post 3"});
}

BOTH_ENGINES(Live, says_that_everything_may_have_changed_when_too_much_was_missed) {
    Square square(world);
    const http::StreamRequest long_ago = opened(square.pages, url::thread_events(square.thread).text(), "7");
    EXPECT_EQ(long_ago.after, 0);
    world.must([&](db::Tx& tx) -> Done {
        for (int i = 0; i < 201; ++i)
            tx.changed({.kind = Change::Kind::post,
                        .group = square.cast.square,
                        .thread = square.thread,
                        .number = i});
        return {};
    });
    EXPECT_EQ(missed(square.pages, long_ago), std::vector<std::string>{"site 0"});
    const Change everything{.kind = Change::Kind::site, .sequence = 5};
    EXPECT_NE(square.pages.app().application().event_text(everything).find("\nevent: reload\n"),
              std::string::npos);
}

BOTH_ENGINES(Live, says_so_too_when_what_was_missed_is_forgotten) {
    Square square(world);
    http::StreamRequest stream = opened(square.pages, url::thread_events(square.thread).text());
    stream.after = 1;
    world.clock.advance(2 * day_ms);
    reply(world, square.cast.cy, square.thread, "Still here.");
    world.must(
        [&](db::Tx& tx) -> Result<bool> { return forget_changes_before(tx, tx.now() + -day_ms, 1000); });
    EXPECT_EQ(missed(square.pages, stream), std::vector<std::string>{"site 0"});
}

BOTH_ENGINES(Live, tells_a_reader_of_a_thread_of_their_own_news_too) {
    Square square(world);
    http::StreamRequest stream{
        .group = square.cast.square, .thread = square.thread, .member = square.cast.ada};
    stream.after = world.db().read([](db::ReadTx& tx) { return last_sequence(tx); });
    world.clock.advance(minute_ms);
    world.must([&](db::Tx& tx) -> Done {
        notices::tell(tx, square.cast.ada, notices::Kind::mention, {.group = square.cast.square});
        notices::tell(tx, square.cast.bo, notices::Kind::mention, {.group = square.cast.square});
        return {};
    });
    EXPECT_EQ(missed(square.pages, stream), std::vector<std::string>{"notice 0"});
    // Having read them is no news.
    world.must([&](db::Tx& tx) -> Done {
        notices::mark_all_read(tx, square.cast.ada);
        return {};
    });
    EXPECT_EQ(missed(square.pages, stream), std::vector<std::string>{"notice 0"});
}

BOTH_ENGINES(Live, opens_the_stream_of_a_group_to_its_readers_alone) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::group_events(cast.circle).text();
    EXPECT_EQ(pages.get(address, cast.bo).status, 200);
    EXPECT_EQ(pages.get(address, cast.cy).status, 404);
    EXPECT_EQ(pages.get(address).status, 404);
    EXPECT_TRUE(
        stream_address(pages.get(url::group(cast.circle).text(), cast.bo)).starts_with(address + "?after="));
}

BOTH_ENGINES(Live, a_stream_opened_again_after_signing_out_is_told_to_stop_asking) {
    const Cast cast(world);
    Pages pages(world);
    const auto answer = [&](std::string accept) {
        return pages.ask(http::Method::get, url::my_events().text(), "", {}, {{"accept", std::move(accept)}});
    };
    EXPECT_EQ(answer("text/event-stream").status, 204);
    EXPECT_EQ(answer("text/html").status, 303);
    EXPECT_EQ(answer("application/json").status, 401);
}

BOTH_ENGINES(Live, reading_quietly_marks_nothing_read) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string address = url::thread(thread).text();
    const auto is_unread = [&] { return pages.get("/", cast.bo).shows("Nights</a>"); };
    pages.ask(http::Method::get, address, "", cast.bo, {{"accept", "text/html"}, {"x-kith-quiet", "1"}});
    EXPECT_TRUE(is_unread());
    pages.get(address, cast.bo);
    EXPECT_FALSE(is_unread());
}

BOTH_ENGINES(Changes, of_one_membership_leave_the_group_and_everybody_else_alone) {
    const Cast cast(world);
    Pages pages(world);
    const Versions& versions = pages.app().services().versions;
    const std::uint32_t group = versions.of(cast.square), site = versions.of_site(),
                        ada = versions.of(cast.ada), bo = versions.of(cast.bo);
    const std::string address = url::group(cast.square).text();
    EXPECT_FALSE(pages.get(address, cast.ada).shows("signed-in can-write\""));
    pages.post(url::membership(cast.square).text(), {{"rules_agreed", "yes"}}, cast.ada);
    EXPECT_TRUE(pages.get(address, cast.ada).shows("signed-in can-write\""));
    EXPECT_EQ(versions.of(cast.square), group);
    EXPECT_EQ(versions.of_site(), site);
    EXPECT_EQ(versions.of(cast.bo), bo);
    EXPECT_NE(versions.of(cast.ada), ada);
}

BOTH_ENGINES(Changes, of_a_break_end_the_streams_of_that_member) {
    const Cast cast(world);
    Pages pages(world);
    const http::Application application = pages.app().application();
    http::StreamRequest bo{.group = cast.circle, .member = cast.bo}, own{.member = cast.bo},
        ada{.group = cast.circle, .member = cast.ada};
    EXPECT_TRUE(application.may_receive(bo));
    EXPECT_TRUE(application.may_receive(own));
    pages.post("/me/break", {{"length", "week"}}, cast.bo);
    EXPECT_FALSE(application.may_receive_at_once(bo).has_value());
    EXPECT_FALSE(application.may_receive(bo));
    EXPECT_FALSE(application.may_receive(own));
    EXPECT_TRUE(application.may_receive(ada));
}

BOTH_ENGINES(Changes, of_a_membership_end_the_streams_of_that_member) {
    const Cast cast(world);
    Pages pages(world);
    const http::Application application = pages.app().application();
    http::StreamRequest bo{.group = cast.circle, .member = cast.bo},
        ada{.group = cast.circle, .member = cast.ada};
    EXPECT_TRUE(application.may_receive(bo));
    EXPECT_TRUE(application.may_receive(ada));
    pages.post(url::leaving(cast.circle).text(), {}, cast.bo);
    EXPECT_FALSE(application.may_receive(bo));
    EXPECT_TRUE(application.may_receive(ada));
}

BOTH_ENGINES(Changes, of_a_name_show_on_every_page_and_drop_no_session) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string page = url::thread(thread).text(), list = url::group(cast.circle).text();
    for (const std::string& address : {page, list})
        EXPECT_TRUE(pages.get(address, cast.bo).shows("Ada")) << address;
    const Versions& versions = pages.app().services().versions;
    const std::uint32_t group = versions.of(cast.circle), site = versions.of_site(),
                        bo = versions.of(cast.bo);
    ASSERT_TRUE(identity::rename(pages.app().services(), as(cast.ada), "Quiet Fox"));
    for (const std::string& address : {page, list}) {
        EXPECT_TRUE(pages.get(address, cast.bo).shows("Quiet Fox")) << address;
        EXPECT_FALSE(pages.get(address, cast.bo).shows("Ada")) << address;
    }
    EXPECT_TRUE(pages.get("/", cast.ada).shows("Welcome, Quiet Fox"));
    EXPECT_EQ(versions.of(cast.circle), group);
    EXPECT_EQ(versions.of_site(), site);
    EXPECT_EQ(versions.of(cast.bo), bo);
}

}  // namespace
}  // namespace kith
