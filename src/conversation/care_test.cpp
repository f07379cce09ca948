// Titles, removals, edits and forms sent twice: what must not be lost and what must not be kept.
#include "conversation/testing.hpp"
#include "notices/notices.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::World;
using testing::fault_of;
using testing::index_posts;
using testing::reply;
using testing::start;
using testing::told_of;

std::string title_for(World& world, MemberId who, ThreadId thread) {
    return world.db().read([&](db::ReadTx& tx) { return visible_thread(tx, as(who), thread)->title; });
}

std::size_t told(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 20).size(); });
}

BOTH_ENGINES(Titles, are_changed_by_whoever_began_the_thread_while_hardly_anybody_has_read_them) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto rename = [&](MemberId who, std::string_view title, std::string_view reason = "") {
        return [thread, who, title, reason = std::string(reason)](db::Tx& tx) {
            return rename_thread(tx, as(who), thread, title, reason);
        };
    };
    world.must(rename(cast.ada, "Better nights"));
    EXPECT_EQ(title_for(world, cast.bo, thread), "Better nights");
    EXPECT_EQ(fault_of(world, rename(cast.ada, " ")), Fault::invalid);
    EXPECT_EQ(fault_of(world, rename(cast.bo, "Mine")), Fault::not_found);
    EXPECT_EQ(fault_of(world, rename(cast.cy, "Mine")), Fault::not_found);
    world.clock.advance(edit_grace_ms + 1);
    EXPECT_EQ(fault_of(world, rename(cast.ada, "Late")), Fault::conflict);
    EXPECT_EQ(fault_of(world, rename(cast.mo, "Nights")), Fault::invalid) << "without a reason";
    EXPECT_EQ(fault_of(world, rename(cast.mo, "Nights", std::string(301, 'x'))), Fault::invalid);
    world.must(rename(cast.mo, "Nights", "No names in titles"));
    EXPECT_EQ(title_for(world, cast.bo, thread), "Nights");
    index_posts(world);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(search(tx, as(cast.bo), "nights", GroupId(), 0, 10)->found.size(), 1u);
        EXPECT_EQ(search(tx, as(cast.bo), "better", GroupId(), 0, 10)->found.size(), 0u);
    });
}

BOTH_ENGINES(Titles, go_with_the_first_post_for_all_but_those_who_moderate) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle, "Call Maria on 555");
    reply(world, cast.bo, thread, "Oh dear.");
    const PostId first(thread, 1);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), first, "No names"); });
    EXPECT_EQ(title_for(world, cast.bo, thread), "");
    EXPECT_EQ(title_for(world, cast.ada, thread), "");
    EXPECT_EQ(title_for(world, cast.mo, thread), "Call Maria on 555");
    index_posts(world);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(threads_of(tx, as(cast.bo), cast.circle, 1).at(0).thread.title, "");
        EXPECT_EQ(threads_of(tx, as(cast.mo), cast.circle, 1).at(0).thread.title, "Call Maria on 555");
        EXPECT_EQ(unread_threads(tx, cast.bo, 5).threads.at(0).thread.title, "");
        EXPECT_EQ(search(tx, as(cast.bo), "dear", GroupId(), 0, 10)->found.at(0).title, "");
        EXPECT_EQ(search(tx, as(cast.bo), "maria", GroupId(), 0, 10)->found.size(), 0u);
    });
    world.must([&](db::Tx& tx) { return restore_post(tx, as(cast.mo), first); });
    EXPECT_EQ(title_for(world, cast.bo, thread), "Call Maria on 555");
    index_posts(world);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(search(tx, as(cast.bo), "maria", GroupId(), 0, 10)->found.size(), 1u);
    });
}

BOTH_ENGINES(Removals, by_staff_replace_one_by_the_author) {
    const Cast cast(world);
    const PostId post = reply(world, cast.bo, start(world, cast.ada, cast.circle));
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.bo), post, ""); });
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), post, "No adverts"); });
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return restore_post(tx, as(cast.bo), post); }),
              Fault::not_found);
    world.db().read([&](db::ReadTx& tx) {
        const auto options = options_for(tx, as(cast.bo), post);
        EXPECT_FALSE(options->restore);
        ASSERT_TRUE(options->removal.has_value());
        EXPECT_EQ(options->removal->reason, "No adverts");
        EXPECT_FALSE(options_for(tx, as(cast.ada), post)->removal.has_value());
    });
    EXPECT_EQ(told(world, cast.bo), 1u);
    EXPECT_EQ(fault_of(world,
                       [&](db::Tx& tx) {
                           return remove_post(tx, as(cast.mo), PostId(post.thread(), 1),
                                              std::string(301, 'x'));
                       }),
              Fault::invalid);
}

BOTH_ENGINES(Removals, are_not_undone_by_the_author_once_the_group_has_closed) {
    const Cast cast(world);
    const PostId post = reply(world, cast.bo, start(world, cast.ada, cast.circle));
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.bo), post, ""); });
    world.must([&](db::Tx& tx) {
        return groups::change_group(tx, as(cast.dee), cast.circle,
                                    {.name = "The circle",
                                     .purpose = "For a few.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::invitation,
                                     .closes_at = tx.now() + minute_ms});
    });
    world.clock.advance(2 * minute_ms);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return restore_post(tx, as(cast.bo), post); }),
              Fault::forbidden);
    world.db().read([&](db::ReadTx& tx) { EXPECT_FALSE(options_for(tx, as(cast.bo), post)->restore); });
}

BOTH_ENGINES(Edits, that_change_nothing_are_none_and_notes_are_kept_like_texts) {
    const Cast cast(world);
    const PostId post(start(world, cast.ada, cast.circle), 1);
    const auto edit = [&](std::string_view text, std::string_view note) {
        world.must([&](db::Tx& tx) { return edit_post(tx, as(cast.ada), post, text, note); });
    };
    world.clock.advance(edit_grace_ms + 1);
    edit("I slept *two* hours.", "");
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(history(tx, as(cast.ada), post)->size(), 1u);
        EXPECT_FALSE(visible_post(tx, as(cast.ada), post)->edited_at.has_value());
    });
    edit("I slept *two* hours.", "sleep");
    world.db().read([&](db::ReadTx& tx) {
        const auto versions = history(tx, as(cast.ada), post);
        ASSERT_EQ(versions->size(), 2u);
        EXPECT_EQ(versions->at(0).note, "sleep");
        EXPECT_EQ(versions->at(1).note, "");
    });
}

BOTH_ENGINES(Mentions, reach_names_of_several_words_and_those_whom_an_edit_names) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    world.must([&](db::Tx& tx) { return groups::use_name(tx, as(cast.nia), cast.circle, "Quiet Fox"); });
    const PostId post = reply(world, cast.bo, thread, "I think @Quiet Fox knows.");
    EXPECT_EQ(told_of(world, cast.nia, notices::Kind::mention), 1);
    EXPECT_EQ(told_of(world, cast.dee, notices::Kind::mention), 0);
    world.must([&](db::Tx& tx) {
        return edit_post(tx, as(cast.bo), post, "I think @Quiet Fox and @Dee know.", "");
    });
    EXPECT_EQ(told_of(world, cast.dee, notices::Kind::mention), 1);
    EXPECT_EQ(told_of(world, cast.nia, notices::Kind::mention), 1) << "named before, told before";
    reply(world, cast.bo, thread, "And @Nia?");
    EXPECT_EQ(told_of(world, cast.nia, notices::Kind::mention), 1)
        << "a name from elsewhere says nothing about who is here";
}

BOTH_ENGINES(Forms, with_one_key_and_other_words_lose_neither) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto send = [&](std::string_view text) {
        return world.must([&](db::Tx& tx) {
            return write_post(tx, as(cast.bo), thread, {.markdown = std::string(text), .form_key = "k1"});
        });
    };
    EXPECT_EQ(send("Hello"), send("Hello"));
    EXPECT_NE(send("Hello"), send("Hello again"));
    const auto begin = [&](std::string_view title) {
        return world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.bo), cast.circle, title, {.markdown = "Hello", .form_key = "k1"});
        });
    };
    EXPECT_EQ(begin("One"), begin("One"));
    EXPECT_NE(begin("One"), begin("Two"));
}

BOTH_ENGINES(Reading, goes_on_over_an_own_post_only_where_nothing_unread_lies_before_it) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto mark = [&](MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return read_number(tx, as(who), thread); });
    };
    EXPECT_EQ(mark(cast.ada), 1);
    reply(world, cast.bo, thread);
    EXPECT_EQ(mark(cast.bo), 0) << "post 1 was never shown";
    reply(world, cast.ada, thread);
    EXPECT_EQ(mark(cast.ada), 1) << "post 2 was never shown";
    world.must([&](db::Tx& tx) { return mark_read(tx, as(cast.ada), PostId(thread, 99)); });
    EXPECT_EQ(mark(cast.ada), 3) << "not beyond what there is";
    reply(world, cast.ada, thread);
    EXPECT_EQ(mark(cast.ada), 4);
}

}  // namespace
}  // namespace kith::conversation
