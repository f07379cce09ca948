#include <set>

#include "conversation/room.hpp"
#include "drafts/drafts.hpp"
#include "identity/identity.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// Posts that wait until somebody has looked.
namespace kith::conversation {
namespace {

using namespace pacing;
using test::as;
using test::Pages;
using test::World;
using testing::fault_of;
using testing::Room;
using testing::start;
using testing::told_of;

BOTH_ENGINES(WaitingPosts, keeps_a_post_from_everybody_until_somebody_has_looked) {
    Room room(world);
    room.set({.held_first = true});
    const auto post = room.write(room.cast.bo, "Otters sleep well, @Ada.");
    ASSERT_TRUE(post);
    EXPECT_FALSE(*post) << "it waits";
    EXPECT_EQ(room.last_number(), 1);
    EXPECT_EQ(told_of(world, room.cast.ada, notices::Kind::reply), 0);
    EXPECT_EQ(told_of(world, room.cast.ada, notices::Kind::mention), 0);
    EXPECT_EQ(told_of(world, room.cast.mo, notices::Kind::words_wait), 1);
    const auto list = room.list();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].words.markdown, "Otters sleep well, @Ada.");
    world.clock.advance(hour_ms);
    const PostId stands = room.let(list[0].words.id);
    EXPECT_EQ(stands, PostId(room.thread, 2));
    EXPECT_EQ(told_of(world, room.cast.ada, notices::Kind::mention), 1) << "as newly written";
    EXPECT_EQ(told_of(world, room.cast.bo, notices::Kind::let_through), 1);
    const auto shown = world.db().read(
        [&](db::ReadTx& tx) { return visible_post(tx, as(room.cast.ada), stands); });
    EXPECT_EQ(shown->created_at, world.clock.now());
    EXPECT_TRUE(room.list().empty());
    EXPECT_EQ(
        fault_of(world, [&](db::Tx& tx) { return let_through(tx, as(room.cast.mo), list[0].words.id); }),
        Fault::conflict);
}

BOTH_ENGINES(WaitingPosts, sends_a_post_back_with_words_and_its_author_finds_it_as_a_draft) {
    Room room(world);
    room.set({.held_first = true});
    ASSERT_TRUE(room.write(room.cast.bo, "Too much detail."));
    const std::int64_t id = room.list()[0].words.id;
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return send_back(tx, as(room.cast.mo), id, " "); }),
              Fault::invalid);
    world.must(
        [&](db::Tx& tx) { return send_back(tx, as(room.cast.mo), id, "Could you leave out the how?"); });
    EXPECT_EQ(room.last_number(), 1);
    EXPECT_EQ(told_of(world, room.cast.bo, notices::Kind::sent_back), 1);
    const auto draft = world.db().read(
        [&](db::ReadTx& tx) { return drafts::find(tx, room.cast.bo, drafts::reply_in(room.thread)); });
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->typed.markdown, "Too much detail.");
}

BOTH_ENGINES(WaitingPosts, takes_a_form_that_comes_twice_once) {
    Room room(world);
    room.set({.slow_minutes = 30, .held_first = true});
    for (int i = 0; i < 2; ++i)
        world.must([&](db::Tx& tx) {
            return write_post(tx, as(room.cast.bo), room.thread, {.markdown = "Once.", .form_key = "k"});
        });
    ASSERT_EQ(room.list().size(), 1u);
    const PostId post = room.let(room.list()[0].words.id);
    EXPECT_EQ(world.must([&](db::Tx& tx) {
        return write_post(tx, as(room.cast.bo), room.thread, {.markdown = "Once.", .form_key = "k"});
    }),
              post);
}

BOTH_ENGINES(WaitingPosts, lets_threads_and_changes_wait_as_well) {
    Room room(world);
    room.set({.held_first = true});
    const ThreadId none = start(world, room.cast.bo, room.cast.circle, "A new thread");
    EXPECT_FALSE(none);
    for (int i = 0; i < 2; ++i)
        world.must([&](db::Tx& tx) {
            return edit_post(tx, as(room.cast.ada), PostId(room.thread, 1), "Changed words.", "");
        });
    ASSERT_EQ(room.list().size(), 2u) << "the same change once";
    const auto text = [&] {
        return world.db().read([&](db::ReadTx& tx) { return typed(tx, PostId(room.thread, 1)); })->markdown;
    };
    EXPECT_NE(text(), "Changed words.");
    const PostId first = room.let(room.list()[0].words.id);
    EXPECT_EQ(first.number(), 1);
    EXPECT_NE(first.thread(), room.thread);
    room.let(room.list()[0].words.id);
    EXPECT_EQ(text(), "Changed words.");
}

BOTH_ENGINES(WaitingPosts, lets_nobody_look_at_their_own_words) {
    Room room(world);
    room.set({.held_first = true});
    ASSERT_TRUE(room.write(room.cast.mo, "I am tired, too.", Voice::anonymous));
    const auto list = room.list();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_TRUE(list[0].own);
    EXPECT_EQ(
        fault_of(world, [&](db::Tx& tx) { return let_through(tx, as(room.cast.mo), list[0].words.id); }),
        Fault::conflict);
    EXPECT_EQ(
        fault_of(world, [&](db::Tx& tx) { return let_through(tx, as(room.cast.bo), list[0].words.id); }),
        Fault::not_found);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return take_back(tx, as(room.cast.bo), list[0].words.id); }),
              Fault::not_found);
    const auto seen = world.db().read(
        [&](db::ReadTx& tx) { return to_look_at(tx, as(room.cast.nia), room.cast.circle); });
    EXPECT_EQ((*seen)[0].name, "") << "nobody learns whose it is";
    world.must([&](db::Tx& tx) { return let_through(tx, as(room.cast.nia), list[0].words.id); });
}

BOTH_ENGINES(WaitingPosts, cannot_let_through_what_its_author_could_not_write_any_more) {
    Room room(world);
    room.set({.held_first = true});
    ASSERT_TRUE(room.write(room.cast.bo));
    const std::int64_t id = room.list()[0].words.id;
    world.must([&](db::Tx& tx) { return close_thread(tx, as(room.cast.mo), room.thread); });
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return let_through(tx, as(room.cast.mo), id); }),
              Fault::conflict);
    EXPECT_EQ(room.list().size(), 1u) << "nothing happened";
    world.must([&](db::Tx& tx) { return send_back(tx, as(room.cast.mo), id, "The thread is closed now."); });
}

// Fails each statement of `act` in turn until it gets through: what failed has left the list as it was.
template <class F>
void fails_whole(World& world, Room& room, F&& act) {
    for (int nth = 1;; ++nth) {
        ASSERT_LT(nth, 200);
        world.db().fail_statement(nth);
        try {
            act();
            world.db().fail_statement(0);
            EXPECT_GT(nth, 5);
            return;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_EQ(room.list().size(), 2u) << "statement " << nth;
            EXPECT_EQ(room.last_number(), 1) << "statement " << nth;
        }
    }
}

BOTH_ENGINES(WaitingPosts, what_fails_halfway_has_changed_nothing) {
    Room room(world);
    room.set({.held_first = true});
    ASSERT_TRUE(room.write(room.cast.bo, "First."));
    ASSERT_TRUE(room.write(room.cast.bo, "Second."));
    const auto list = room.list();
    fails_whole(world, room, [&] {
        world.must([&](db::Tx& tx) { return send_back(tx, as(room.cast.mo), list[1].words.id, "Please."); });
    });
    ASSERT_TRUE(room.write(room.cast.bo, "Third."));
    fails_whole(world, room, [&] { room.let(list[0].words.id); });
}

BOTH_ENGINES(WaitingPosts, under_an_alias_are_let_through_also_while_their_author_is_on_hold) {
    Room room(world);
    room.set({.held_first = true});
    const auto send = [&](std::string_view text) { return room.write(room.cast.bo, text, Voice::anonymous); };
    ASSERT_TRUE(send("Nobody knows me."));
    room.let(room.list()[0].words.id);
    ASSERT_TRUE(send("Still here."));
    const auto change = [&](db::Tx& tx) {
        return edit_post(tx, as(room.cast.bo), PostId(room.thread, 2), "Nobody knows me yet.", "");
    };
    world.must(change);
    world.must([&](db::Tx& tx) {
        return start_thread(tx, as(room.cast.bo), room.cast.circle, "Alone",
                            {.markdown = "At night.", .voice = Voice::anonymous});
    });
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(room.cast.oz), room.cast.bo, "Unkind words.", tx.now() + day_ms);
    });
    ASSERT_EQ(room.list().size(), 3u);
    while (!room.list().empty()) room.let(room.list()[0].words.id);
    EXPECT_EQ(room.last_number(), 3);
    EXPECT_FALSE(world.db().write(change)) << "nothing new, though";
}

BOTH_ENGINES(WaitingPosts, of_one_author_are_never_more_than_people_can_read) {
    Room room(world);
    room.set({.held_first = true});
    for (int i = 0; i < waiting_most; ++i) ASSERT_TRUE(room.write(room.cast.bo, std::to_string(i)));
    const auto refused = room.write(room.cast.bo, "One more.");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::too_many);
    EXPECT_TRUE(room.write(room.cast.ada, "Another person."));
    EXPECT_TRUE(room.write(room.cast.bo, "I want to die.")) << "a cry is heard behind any number";
    Pages pages(world);
    const auto page = pages.post(url::replies(room.thread).text(), {{"text", "A lemur."}}, room.cast.bo);
    EXPECT_TRUE(page.shows("Please give people the time"));
    EXPECT_TRUE(page.shows("A lemur.</textarea>")) << "nothing is lost";
    room.let(room.list()[0].words.id);
    EXPECT_TRUE(room.write(room.cast.bo, "One more."));
}

std::multiset<std::int64_t> waking_for(World& world) {
    std::multiset<std::int64_t> out;
    for (const jobs::JobRow& row : world.db().read([](db::ReadTx& tx) { return jobs::list(tx, 200); }))
        if (row.kind == danger_job) out.insert(jobs::numbers_in(row.payload).at(0));
    return out;
}

BOTH_ENGINES(WaitingPosts, of_one_person_in_danger_wake_people_once_until_somebody_looks) {
    Room room(world);
    room.set({.held_first = true});
    for (const char* text : {"I want to die.", "I want to die tonight.", "I still want to die."})
        ASSERT_FALSE(*room.write(room.cast.bo, text));
    const auto list = room.list();
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(waking_for(world), std::multiset{list[0].words.id});
    room.let(list[1].words.id);
    EXPECT_EQ(waking_for(world).size(), 1u) << "the oldest still waits";
    room.let(list[0].words.id);
    EXPECT_EQ(waking_for(world).count(list[2].words.id), 1u)
        << "nobody is forgotten behind what was looked at";
    ASSERT_FALSE(*room.write(room.cast.ada, "I want to die, too."));
    EXPECT_EQ(waking_for(world).size(), 3u) << "each person by themselves";
    const Counts counts = world.db().read(
        [&](db::ReadTx& tx) { return counts_since(tx, room.cast.circle, test::the_start); });
    EXPECT_EQ(counts.of_danger, 4);
}

BOTH_ENGINES(WaitingPosts, that_change_a_post_never_overwrite_newer_words) {
    Room room(world);
    room.set({.held_first = true});
    const PostId first(room.thread, 1);
    const auto change = [&](std::string_view text) {
        world.must([&](db::Tx& tx) { return edit_post(tx, as(room.cast.ada), first, text, ""); });
    };
    change("Second words.");
    change("Third words.");
    ASSERT_EQ(room.list().size(), 1u) << "a newer change takes the place of an older one";
    EXPECT_EQ(room.list()[0].words.markdown, "Third words.");
    room.set({});
    change("Fourth words.");
    EXPECT_TRUE(room.list().empty());
    room.set({.held_first = true});
    change("Fifth words.");
    change("Fourth words.");
    EXPECT_TRUE(room.list().empty()) << "it shall stay as it is";
}

// ---- pages -------------------------------------------------------------------------------------------------

BOTH_ENGINES(WaitingPages, show_a_waiting_post_to_its_author_and_to_those_who_look) {
    Room room(world);
    Pages pages(world);
    room.set({.held_first = true}, 1);
    const std::string thread = url::thread(room.thread).text(),
                      waiting = url::waiting(room.cast.circle).text();
    const auto sent = pages.post(url::replies(room.thread).text(), {{"text", "Otter tales."}}, room.cast.bo);
    EXPECT_EQ(sent.location(), thread + "#waiting");
    EXPECT_TRUE(pages.get(thread, room.cast.bo).shows("Otter tales."));
    for (const MemberId who : {room.cast.ada, room.cast.mo, room.cast.oz}) {
        EXPECT_FALSE(pages.get(thread, who).shows("Otter tales."));
        EXPECT_FALSE(pages.get(thread, who, "application/json").shows("Otter tales."));
    }
    EXPECT_TRUE(pages.get("/me/waiting", room.cast.bo).shows("Otter tales."));
    EXPECT_TRUE(pages.get(waiting, room.cast.mo).shows("Otter tales."));
    EXPECT_TRUE(pages.get(waiting, room.cast.mo, "application/json").shows("Otter tales."));
    EXPECT_EQ(pages.get(waiting, room.cast.bo).status, 404);
    EXPECT_EQ(pages.get(waiting, room.cast.cy).status, 404);
    EXPECT_EQ(pages.get(waiting).status, 303) << "sign in first";
    const std::string id = url::waiting_post(room.list()[0].words.id).text();
    EXPECT_EQ(pages.post(id, {{"do", "let_through"}}, room.cast.bo).status, 404);
    const auto empty = pages.post(id, {{"do", "send_back"}, {"words", ""}}, room.cast.mo);
    EXPECT_EQ(empty.status, 422);
    EXPECT_EQ(pages.post(id, {{"do", "let_through"}}, room.cast.mo).location(), waiting);
    EXPECT_TRUE(pages.get(thread, room.cast.ada).shows("Otter tales."));
    EXPECT_FALSE(pages.get(thread, room.cast.bo).shows("Waits until somebody has looked"));
    world.clock.advance(2 * hour_ms);
    EXPECT_FALSE(pages.get(thread, room.cast.bo).shows("It is quiet here")) << "its hour is over";
}

BOTH_ENGINES(WaitingPages, show_help_first_to_whoever_wrote_how_to_harm_oneself) {
    Room room(world);
    Pages pages(world);
    const auto sent = pages.post(url::replies(room.thread).text(),
                                 {{"text", "00 tablets would be enough to die."}}, room.cast.bo);
    EXPECT_EQ(sent.location(), "/me/waiting");
    const auto page = pages.get("/me/waiting", room.cast.bo);
    EXPECT_LT(page.body.find("Is it too much to carry"), page.body.find("00 tablets"));
    EXPECT_TRUE(page.shows("You did nothing wrong"));
    EXPECT_EQ(
        pages.post(url::waiting_post(room.list()[0].words.id).text(), {{"do", "take_back"}}, room.cast.bo)
            .location(),
        "/me/waiting");
    EXPECT_FALSE(pages.get("/me/waiting", room.cast.bo).shows("00 tablets"));
    EXPECT_EQ(pages
                  .post(url::replies(room.thread).text(), {{"text", "00 tablets would be enough to die."}},
                        room.cast.bo, "application/json")
                  .status,
              202);
}

}  // namespace
}  // namespace kith::conversation
