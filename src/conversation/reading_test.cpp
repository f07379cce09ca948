// What a thread and a list show to whom, and when something counts as read.
#include "conversation/testing.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::reply;
using testing::start;

constexpr std::string_view unread = ".unread-word";

ThreadId long_thread(World& world, const Cast& cast, int posts) {
    const ThreadId thread = start(world, cast.ada, cast.circle);
    for (int i = 2; i <= posts; ++i) reply(world, cast.ada, thread, "Words of " + std::to_string(i));
    return thread;
}

BOTH_ENGINES(Unread, is_not_lost_to_what_nobody_looked_at) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::thread(start(world, cast.ada, cast.circle)).text();
    pages.ask(http::Method::head, address, "", cast.bo);
    pages.ask(http::Method::get, address, "", cast.bo, {{"x-kith-quiet", "1"}});
    pages.ask(http::Method::get, address, "", cast.bo, {{"sec-purpose", "prefetch"}});
    EXPECT_TRUE(pages.get(address, cast.bo).shows("#p1 .unread-word"));
    EXPECT_FALSE(pages.get(address, cast.bo).shows(unread));
}

BOTH_ENGINES(Unread, begins_after_the_last_post_that_a_script_had) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = long_thread(world, cast, 3);
    const std::string address = url::thread(thread).text();
    const auto seen = [&](const char* number) {
        pages.ask(http::Method::get, address, "", cast.bo, {{"x-kith-seen", number}});
    };
    const auto first_unread = [&] {
        return pages.get(url::thread_unread(thread).text(), cast.bo).location();
    };
    const auto post = [&](int number) { return url::post_in_thread(PostId(thread, number)).text(); };
    seen("2");
    EXPECT_EQ(first_unread(), post(3));
    for (const char* earlier : {"1", "0", "-7"}) {
        seen(earlier);
        EXPECT_EQ(first_unread(), post(3)) << earlier;
    }
    reply(world, cast.ada, thread);
    seen("99999");
    reply(world, cast.ada, thread);
    EXPECT_EQ(first_unread(), post(5)) << "nobody has seen what was not there";
}

BOTH_ENGINES(Unread, takes_the_notice_of_a_reply_with_it) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    reply(world, cast.bo, thread);
    const auto told = [&] {
        return world.db().read([&](db::ReadTx& tx) { return notices::any_unread(tx, cast.ada); });
    };
    EXPECT_TRUE(told());
    const auto read = [&] {
        pages.get(url::thread(thread).text(), cast.ada);
        pages.app().flush();
    };
    read();
    EXPECT_FALSE(told());
    world.must(
        [&](db::Tx& tx) { return edit_post(tx, as(cast.bo), PostId(thread, 2), "Me too, @Ada.", ""); });
    EXPECT_TRUE(told()) << "named in a post that was read before";
    read();
    EXPECT_FALSE(told());
    for (int i = 0; i < 20; ++i) reply(world, cast.bo, thread);
    read();
    EXPECT_TRUE(told()) << "there is a second page";
}

BOTH_ENGINES(Unread, stays_on_pages_that_were_left_out_and_is_found_from_every_page) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = long_thread(world, cast, 65);
    const auto page = [&](int number) { return pages.get(url::thread_page(thread, number).text(), cast.bo); };
    EXPECT_EQ(pages.get(url::thread_unread(thread).text(), cast.bo).location(), url::thread(thread).text());
    page(1);
    const auto last = page(4);
    EXPECT_TRUE(last.shows("First unread: post 21"));
    EXPECT_TRUE(last.shows("href=\"" + url::post_in_thread(PostId(thread, 21)).text() + "\""));
    EXPECT_TRUE(last.shows("I have read everything"));
    EXPECT_TRUE(page(2).shows("#p21 .unread-word")) << "opening page 4 did not read page 2";
    EXPECT_EQ(pages.get(url::thread_unread(thread).text(), cast.bo).location(),
              url::post_in_thread(PostId(thread, 41)).text());
    EXPECT_EQ(pages.post(url::thread_reading(thread).text(), {{"number", "65"}}, cast.bo).status, 303);
    EXPECT_FALSE(page(4).shows(unread));
    EXPECT_EQ(pages.get(url::thread_unread(thread).text(), cast.bo).location(),
              url::post_in_thread(PostId(thread, 65)).text());
    EXPECT_EQ(pages.get(url::thread_unread(thread).text(), cast.cy).status, 404);
}

BOTH_ENGINES(Unread, is_nothing_that_visitors_have_and_moderators_are_no_visitors) {
    const Cast cast(world);
    Pages pages(world);
    world.must(
        [&](db::Tx& tx) { return groups::join(tx, as(cast.ada), cast.square, {.rules_agreed = true}); });
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), cast.mo, identity::Role::moderator, cast.square);
    });
    const ThreadId thread = start(world, cast.ada, cast.square);
    for (const std::string& address : {url::thread(thread).text(), url::group(cast.square).text()}) {
        const auto visitor = pages.get(address, cast.bo);
        EXPECT_FALSE(visitor.shows(".unread-word{display:inline}")) << address;
        EXPECT_TRUE(visitor.shows("You are reading as a visitor")) << address;
        const auto moderator = pages.get(address, cast.mo);
        EXPECT_FALSE(moderator.shows("You are reading as a visitor")) << address;
    }
    EXPECT_FALSE(pages.get(url::thread(thread).text(), cast.mo).shows(".unread-word{display:inline}"))
        << "shown once, read";
    EXPECT_EQ(pages.get(url::thread_unread(thread).text()).location(), url::thread(thread).text());
}

BOTH_ENGINES(ThreadPage, says_who_is_answered_also_on_another_page) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = long_thread(world, cast, 20);
    reply(world, cast.bo, thread, "To the first.", 1);
    reply(world, cast.ada, thread, "To Bo.", 21);
    const auto page = pages.get(url::thread_page(thread, 2).text(), cast.bo);
    EXPECT_TRUE(page.shows("<span class=\"reply-link\">, <a href=\"" +
                           url::post_in_thread(PostId(thread, 1)).text() +
                           "\">in reply to post 1 by Ada</a>"));
    EXPECT_TRUE(page.shows("in reply to post 21 by Bo"));
}

BOTH_ENGINES(ThreadPage, marks_those_who_look_after_the_group_and_says_who_writes) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    reply(world, cast.dee, thread);
    const std::string address = url::thread(thread).text();
    const auto page = pages.get(address, cast.bo);
    EXPECT_TRUE(page.shows("<bdi>Dee</bdi> <span class=\"badge\">facilitator</span>"));
    EXPECT_TRUE(page.shows("You write here as Bo."));
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), cast.dee, identity::Role::facilitator, cast.circle);
    });
    EXPECT_FALSE(pages.get(address, cast.bo).shows("facilitator"));
}

BOTH_ENGINES(GroupPage, names_nobody_who_is_on_hold_and_names_them_again) {
    const Cast cast(world);
    Pages pages(world);
    start(world, cast.ada, cast.circle);
    const auto names_dee = [&] { return pages.get(url::group(cast.circle).text(), cast.bo).shows("Dee"); };
    EXPECT_TRUE(names_dee());
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(cast.oz), cast.dee, "Unkind words.", tx.now() + day_ms);
    });
    EXPECT_FALSE(names_dee());
    world.must([&](db::Tx& tx) { return identity::lift_suspension(tx, as(cast.oz), cast.dee); });
    EXPECT_TRUE(names_dee());
    EXPECT_TRUE(identity::rename(*world.services, as(cast.dee), "Heron"));
    EXPECT_FALSE(names_dee());
    EXPECT_TRUE(pages.get(url::group(cast.circle).text(), cast.bo).shows("Heron"));
}

BOTH_ENGINES(ThreadPage, shows_no_title_of_a_removed_thread_but_to_those_who_moderate) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle, "Call Maria on 555");
    for (const MemberId who : {cast.ada, cast.bo, cast.mo}) pages.get(url::group(cast.circle).text(), who);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), PostId(thread, 1), "No names"); });
    for (const std::string& address : {url::home().text(), url::group(cast.circle).text(),
                                       url::thread(thread).text(), url::new_reply(thread, 0).text()})
        for (const std::string_view accept : {"text/html", "application/json"}) {
            const auto page = pages.get(address, cast.bo, accept);
            EXPECT_EQ(page.status, 200) << address;
            EXPECT_FALSE(page.shows("Maria")) << address << accept;
            EXPECT_TRUE(page.shows("Removed")) << address << accept;
        }
    EXPECT_TRUE(pages.get(url::thread(thread).text(), cast.mo).shows("Call Maria on 555"));
    EXPECT_TRUE(pages.get(url::group(cast.circle).text(), cast.mo).shows("Call Maria on 555"));
    EXPECT_FALSE(pages.get(url::group(cast.circle).text(), cast.ada).shows("Maria"));
}

BOTH_ENGINES(ThreadPage, tells_the_author_why_a_post_was_removed) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const PostId post = reply(world, cast.bo, thread);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), post, "No adverts please"); });
    const auto page = pages.get(url::thread(thread).text(), cast.bo);
    EXPECT_TRUE(page.shows("Why it was removed"));
    EXPECT_FALSE(page.shows("Bring it back"));
    const std::string options = url::post_options(post).text();
    const auto told = pages.get(options, cast.bo);
    EXPECT_TRUE(told.shows("No adverts please"));
    EXPECT_TRUE(told.shows("still belong"));
    EXPECT_TRUE(told.shows("another look"));
    EXPECT_FALSE(told.shows("Bring it back"));
    EXPECT_FALSE(pages.get(options, cast.ada).shows("No adverts"));
    EXPECT_TRUE(pages.get(url::notices().text(), cast.bo).shows("href=\"" + options + "\""));
}

BOTH_ENGINES(ThreadPage, is_rendered_once_for_all_its_readers) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string address = url::thread(thread).text();
    pages.get(address, cast.ada);
    // Behind the back of every cache: whoever renders again shows it.
    world.db().execute("update post set html = '<p>Rendered again.</p>'");
    EXPECT_TRUE(pages.get(address, cast.bo).shows("<em>two</em> hours"));
    EXPECT_TRUE(pages.get(address, cast.mo).shows("<em>two</em> hours"));
    EXPECT_EQ(pages.get(address, cast.cy).status, 404);
    reply(world, cast.ada, thread);
    EXPECT_TRUE(pages.get(address, cast.bo).shows("Rendered again."));
}

BOTH_ENGINES(ThreadPage, opens_the_form_again_with_what_was_typed_and_a_preview) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string replies = url::replies(thread).text();
    const auto preview = pages.post(
        replies, {{"text", "||my secret|| **b**"}, {"note", "sleep"}, {"preview", "yes"}}, cast.bo);
    EXPECT_EQ(preview.status, 200);
    EXPECT_TRUE(preview.shows("<b>Hidden text</b><span>my secret</span></span> <strong>b</strong>"));
    EXPECT_TRUE(preview.shows("Content note: sleep. Show the post"));
    EXPECT_TRUE(preview.shows("\n||my secret|| **b**</textarea>"));
    EXPECT_TRUE(preview.shows("<details class=\"more-fields\" open>"));
    EXPECT_TRUE(preview.shows("Under this name: Bo"));
    EXPECT_FALSE(preview.shows("You write here as")) << "said once";
    const auto too_long = pages.post("/preview", {{"text", std::string(post_most + 1, 'x')}}, cast.bo);
    EXPECT_EQ(too_long.status, 422);
    const auto wrong = pages.post(replies, {{"text", ""}}, cast.bo);
    EXPECT_TRUE(wrong.shows("aria-invalid=\"true\" aria-describedby=\"text-error text-hint\""));
    EXPECT_TRUE(wrong.shows("id=\"text-error\""));
    world.db().read(
        [&](db::ReadTx& tx) { EXPECT_EQ(visible_thread(tx, as(cast.bo), thread)->last_number, 1); });
    EXPECT_EQ(pages.get(url::post_editing(PostId(thread, 1)).text(), cast.ada).status, 200);
    EXPECT_EQ(pages.get(url::post_editing(PostId(thread, 1)).text(), cast.mo).status, 404);
}

BOTH_ENGINES(ThreadPage, shows_the_answered_post_of_a_reply_as_the_thread_does) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    world.must([&](db::Tx& tx) {
        return edit_post(tx, as(cast.ada), PostId(thread, 1), "A hard thing.", "hard things");
    });
    const std::string form = url::new_reply(thread, 1).text();
    EXPECT_TRUE(pages.get(form, cast.bo).shows("Content note: hard things. Show the post"));
    world.must([&](db::Tx& tx) { return mute_author(tx, as(cast.bo), PostId(thread, 1), true); });
    const auto hidden = pages.get(form, cast.bo);
    EXPECT_FALSE(hidden.shows("A hard thing."));
    EXPECT_TRUE(hidden.shows("You have hidden this person."));
}

BOTH_ENGINES(ThreadPage, is_closed_or_opened_as_wanted_and_lets_moderators_reply) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const std::string closing = url::thread_closing(thread).text();
    const auto is_shut = [&] {
        return world.db().read([&](db::ReadTx& tx) { return is_closed(tx, thread); });
    };
    pages.post(closing, {}, cast.mo);
    pages.post(closing, {}, cast.mo);
    EXPECT_TRUE(is_shut()) << "sent twice is still closed";
    EXPECT_TRUE(pages.get(url::thread(thread).text(), cast.mo)
                    .shows("class=\"reply-to can-write-only can-moderate-only\""));
    pages.post(closing, {{"undo", "yes"}}, cast.mo);
    EXPECT_FALSE(is_shut());
}

BOTH_ENGINES(GroupPage, ends_with_its_last_page_and_leads_to_what_is_unread) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const Url group = url::group(cast.circle);
    for (const std::string_view accept : {"text/html", "application/json"}) {
        EXPECT_EQ(pages.get(group.text(), cast.bo, accept).status, 200);
        EXPECT_EQ(pages.get(group.query("page", "2").text(), cast.bo, accept).status, 404);
        EXPECT_EQ(pages.get(group.query("page", "1000000").text(), cast.bo, accept).status, 404);
    }
    EXPECT_TRUE(pages.get(group.text(), cast.bo).shows("href=\"" + url::thread_unread(thread).text() + "\""));
}

BOTH_ENGINES(ThreadPage, previews_an_anonymous_reply_under_the_alias_it_will_have) {
    const Cast cast(world);
    Pages pages(world);
    const std::string replies = url::replies(start(world, cast.ada, cast.circle)).text();
    const auto veiled = [&] {
        return pages.post(replies, {{"text", "b"}, {"voice", "anonymous"}, {"preview", "yes"}}, cast.bo);
    };
    EXPECT_TRUE(veiled().shows("Under a made-up name, which you are given when you send it."));
    pages.post(replies, {{"text", "b"}, {"voice", "anonymous"}}, cast.bo);
    EXPECT_TRUE(veiled().shows("Under this name: Anonymous ")) << "the one that stands for Bo here";
    world.must(
        [&](db::Tx& tx) { return identity::set_comfort(tx, as(cast.bo), {.language = Language::es}); });
    const auto in_spanish = veiled();
    EXPECT_TRUE(in_spanish.shows("Con este nombre: "));
    EXPECT_FALSE(in_spanish.shows("Con este nombre: Anonymous"));
}

BOTH_ENGINES(ThreadPage, says_that_a_group_has_closed_instead_of_asking_to_join) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    world.must([&](db::Tx& tx) {
        return groups::change_group(tx, as(cast.dee), cast.circle,
                                    {.name = "The circle",
                                     .purpose = "For a few.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::invitation,
                                     .closes_at = tx.now() + minute_ms});
    });
    pages.get(url::thread(thread).text(), cast.bo);
    world.clock.advance(2 * minute_ms);
    const auto page = pages.get(url::thread(thread).text(), cast.bo);
    EXPECT_TRUE(page.shows("This group has closed. You can read it."));
    EXPECT_FALSE(page.shows("visitor"));
}

}  // namespace
}  // namespace kith::conversation
