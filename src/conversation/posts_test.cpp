#include "conversation/testing.hpp"
#include "notices/notices.hpp"
#include "tests/cast.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::World;
using testing::fault_of;
using testing::index_posts;
using testing::reply;
using testing::start;

BOTH_ENGINES(Posts, a_thread_begins_with_its_first_post) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    world.db().read([&](db::ReadTx& tx) {
        const auto found = visible_thread(tx, as(cast.bo), thread);
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->title, "Bad nights");
        EXPECT_EQ(found->last_number, 1);
        const auto posts = posts_on_page(tx, thread, 1);
        ASSERT_EQ(posts.size(), 1u);
        EXPECT_EQ(posts[0].html, "<p>I slept <em>two</em> hours.</p>");
    });
}

BOTH_ENGINES(Posts, whoever_is_not_in_the_group_does_not_learn_that_a_thread_exists) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    world.db().read([&](db::ReadTx& tx) {
        for (const Actor& actor : {as(cast.cy), as(cast.rae), Actor::guest()})
            EXPECT_EQ(visible_thread(tx, actor, thread).error().fault, Fault::not_found);
        EXPECT_EQ(visible_thread(tx, as(cast.cy), ThreadId(999)).error().fault, Fault::not_found);
    });
    EXPECT_EQ(
        fault_of(world,
                 [&](db::Tx& tx) { return write_post(tx, as(cast.cy), thread, {.markdown = "hello"}); }),
        Fault::not_found);
}

BOTH_ENGINES(Posts, a_reply_tells_the_one_who_is_answered_once) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    reply(world, cast.bo, thread, "Same here, @Ada", 1);
    world.db().read([&](db::ReadTx& tx) {
        const auto told = notices::list_for(tx, cast.ada, 0, 10);
        ASSERT_EQ(told.size(), 1u);
        EXPECT_EQ(told[0].kind, notices::Kind::reply);
        EXPECT_EQ(told[0].number, 2);
        EXPECT_TRUE(notices::list_for(tx, cast.bo, 0, 10).empty());
    });
}

BOTH_ENGINES(Posts, a_mention_does_not_reach_people_outside_the_group) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    reply(world, cast.bo, thread, "I wonder what @Cy and @Nia think");
    world.db().read([&](db::ReadTx& tx) { EXPECT_TRUE(notices::list_for(tx, cast.cy, 0, 10).empty()); });
    EXPECT_EQ(testing::told_of(world, cast.nia, notices::Kind::mention), 1);
}

BOTH_ENGINES(Posts, the_same_form_sent_twice_is_one_post) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto send = [&] {
        return world.must([&](db::Tx& tx) {
            return write_post(tx, as(cast.bo), thread, {.markdown = "Hello", .form_key = "k1"});
        });
    };
    EXPECT_EQ(send(), send());
    world.db().read(
        [&](db::ReadTx& tx) { EXPECT_EQ(visible_thread(tx, as(cast.ada), thread)->last_number, 2); });
}

BOTH_ENGINES(Posts, an_edit_after_the_grace_period_shows_and_every_text_is_kept) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const PostId post(thread, 1);
    const auto edit = [&](std::string_view text) {
        world.must([&](db::Tx& tx) { return edit_post(tx, as(cast.ada), post, text, ""); });
    };
    edit("I slept three hours.");
    world.db().read(
        [&](db::ReadTx& tx) { EXPECT_FALSE(visible_post(tx, as(cast.bo), post)->edited_at.has_value()); });
    world.clock.advance(edit_grace_ms + 1);
    edit("I slept four hours.");
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_TRUE(visible_post(tx, as(cast.bo), post)->edited_at.has_value());
        EXPECT_EQ(history(tx, as(cast.ada), post)->size(), 3u);
        EXPECT_EQ(history(tx, as(cast.mo), post)->size(), 3u);
        EXPECT_EQ(history(tx, as(cast.bo), post).error().fault, Fault::not_found);
    });
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return edit_post(tx, as(cast.bo), post, "x", ""); }),
              Fault::not_found);
}

BOTH_ENGINES(Posts, a_removed_post_is_hidden_and_can_be_brought_back_by_its_author) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const PostId post = reply(world, cast.bo, thread);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.bo), post, ""); });
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(visible_post(tx, as(cast.ada), post).error().fault, Fault::not_found);
        EXPECT_TRUE(visible_post(tx, as(cast.mo), post).has_value());
    });
    world.must([&](db::Tx& tx) { return restore_post(tx, as(cast.bo), post); });
    world.db().read([&](db::ReadTx& tx) { EXPECT_TRUE(visible_post(tx, as(cast.ada), post).has_value()); });
}

BOTH_ENGINES(Posts, a_moderator_says_why_a_post_goes_and_the_author_is_told) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const PostId post = reply(world, cast.bo, thread);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return remove_post(tx, as(cast.mo), post, " "); }),
              Fault::invalid);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), post, "No adverts"); });
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(notices::list_for(tx, cast.bo, 0, 10).front().kind, notices::Kind::removal);
    });
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return restore_post(tx, as(cast.bo), post); }),
              Fault::not_found);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return remove_post(tx, as(cast.ada), post, "no"); }),
              Fault::not_found);
}

BOTH_ENGINES(Posts, supports_are_given_once_and_never_to_oneself) {
    const Cast cast(world);
    const PostId post(start(world, cast.ada, cast.circle), 1);
    const auto give = [&](MemberId who, Support kind) {
        return world.db().write([&](db::Tx& tx) { return give_support(tx, as(who), post, kind); });
    };
    EXPECT_TRUE(give(cast.bo, Support::hug));
    EXPECT_TRUE(give(cast.bo, Support::hug));
    EXPECT_TRUE(give(cast.nia, Support::hug));
    EXPECT_EQ(give(cast.ada, Support::hug).error().fault, Fault::conflict);
    const auto hugs = [&] {
        return world.db().read([&](db::ReadTx& tx) {
            return count_of(visible_post(tx, as(cast.ada), post)->supports, Support::hug);
        });
    };
    EXPECT_EQ(hugs(), 2);
    world.must([&](db::Tx& tx) { return take_back_supports(tx, as(cast.bo), post); });
    EXPECT_EQ(hugs(), 1);
}

BOTH_ENGINES(Posts, a_closed_thread_takes_no_replies_but_from_those_who_look_after_it) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    world.must([&](db::Tx& tx) { return close_thread(tx, as(cast.mo), thread); });
    EXPECT_EQ(fault_of(world,
                       [&](db::Tx& tx) { return write_post(tx, as(cast.bo), thread, {.markdown = "late"}); }),
              Fault::conflict);
    reply(world, cast.mo, thread, "One more word from me.");
    world.must([&](db::Tx& tx) { return reopen_thread(tx, as(cast.mo), thread); });
    reply(world, cast.bo, thread);
}

BOTH_ENGINES(Posts, search_finds_beginnings_and_accents_but_only_where_the_reader_may_read) {
    const Cast cast(world);
    start(world, cast.ada, cast.circle, "Café mornings");
    const auto find = [&](MemberId who, std::string_view typed) {
        index_posts(world);
        return world.db().read([&](db::ReadTx& tx) {
            return search(tx, who ? as(who) : Actor::guest(), typed, GroupId(), 0, 10)->found.size();
        });
    };
    EXPECT_EQ(find(cast.bo, "cafe"), 1u);
    EXPECT_EQ(find(cast.bo, "slep"), 1u);
    EXPECT_EQ(find(cast.bo, "\"two hours\""), 1u);
    EXPECT_EQ(find(cast.bo, "\"hours two\""), 0u);
    EXPECT_EQ(find(cast.cy, "cafe"), 0u);
    EXPECT_EQ(find(MemberId(), "cafe"), 0u);
    EXPECT_EQ(find(cast.cy, "zg" + std::to_string(cast.circle.value())), 0u);
}

BOTH_ENGINES(Posts, nothing_is_left_of_a_post_whose_writing_failed_anywhere) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto rows = [&] {
        return world.db().read([&](db::ReadTx& tx) {
            const auto found = visible_thread(tx, as(cast.ada), thread);
            return std::tuple(found->last_number, posts_on_page(tx, thread, 1).size(),
                              notices::list_for(tx, cast.ada, 0, 10).size());
        });
    };
    const auto before = rows();
    int nth = 1;
    for (; nth < 100; ++nth) {
        world.db().fail_statement(nth);
        try {
            const auto sent = world.db().write([&](db::Tx& tx) {
                return write_post(tx, as(cast.bo), thread, {.markdown = "x", .reply_to = 1, .form_key = "f"});
            });
            if (sent) break;
        } catch (const db::Failure&) {
            EXPECT_EQ(rows(), before) << "after statement " << nth;
        }
    }
    EXPECT_GT(nth, 5);
    EXPECT_LT(nth, 100);
}

}  // namespace
}  // namespace kith::conversation
