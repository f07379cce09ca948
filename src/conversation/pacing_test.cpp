#include "pacing/pacing.hpp"

#include "conversation/room.hpp"
#include "tests/pages.hpp"
#include "tests/school.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using namespace pacing;
using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::fault_of;
using testing::reply;
using testing::Room;
using testing::start;
using testing::told_of;

// ---- slow, read only ---------------------------------------------------------------------------------------

BOTH_ENGINES(Pacing, lets_each_person_write_one_post_in_so_many_minutes) {
    Room room(world);
    room.set({.slow_minutes = 30});
    EXPECT_TRUE(room.write(room.cast.bo));
    const auto early = room.write(room.cast.bo);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().fault, Fault::too_many);
    EXPECT_TRUE(early.error().detail.ends_with(" UTC"));
    EXPECT_TRUE(room.write(room.cast.ada)) << "the turn is each person's own";
    EXPECT_TRUE(room.write(room.cast.mo));
    EXPECT_TRUE(room.write(room.cast.mo)) << "who looks after the group answers at any time";
    world.clock.advance(30 * minute_ms);
    EXPECT_TRUE(room.write(room.cast.bo));
}

BOTH_ENGINES(Pacing, counts_a_name_and_an_alias_together) {
    Room room(world);
    room.set({.slow_minutes = 30});
    EXPECT_TRUE(room.write(room.cast.bo, "Me too.", Voice::name));
    EXPECT_EQ(room.write(room.cast.bo, "And me.", Voice::anonymous).error().fault, Fault::too_many);
    world.clock.advance(30 * minute_ms);
    EXPECT_TRUE(room.write(room.cast.bo, "And me.", Voice::anonymous));
    EXPECT_EQ(room.write(room.cast.bo, "Me too.", Voice::name).error().fault, Fault::too_many);
    EXPECT_TRUE(room.write(room.cast.mo, "I wait as all do.", Voice::anonymous));
    EXPECT_EQ(room.write(room.cast.mo, "Again.", Voice::anonymous).error().fault, Fault::too_many)
        << "or it would tell that an alias is one of the staff";
}

BOTH_ENGINES(Pacing, lets_nobody_wait_for_a_turn_who_may_be_in_danger) {
    Room room(world);
    room.set({.slow_minutes = 1440});
    EXPECT_TRUE(room.write(room.cast.bo));
    EXPECT_TRUE(room.write(room.cast.bo, "I want to die."));
}

BOTH_ENGINES(Pacing, of_one_thread_leaves_the_others_as_they_are) {
    Room room(world);
    const ThreadId other = start(world, room.cast.bo, room.cast.circle, "Good days");
    world.must([&](db::Tx& tx) {
        return set_thread_pace(tx, as(room.cast.mo), room.thread, {.pace = {.read_only = true}});
    });
    EXPECT_EQ(room.write(room.cast.bo).error().fault, Fault::conflict);
    EXPECT_TRUE(room.write(room.cast.mo));
    reply(world, room.cast.bo, other);
    const auto edited = world.db().write(
        [&](db::Tx& tx) { return edit_post(tx, as(room.cast.ada), PostId(room.thread, 1), "Changed.", ""); });
    EXPECT_FALSE(edited) << "nothing changes meanwhile";
}

BOTH_ENGINES(Pacing, ends_by_itself_at_its_time_and_when_it_is_lifted) {
    Room room(world);
    room.set({.read_only = true}, 3);
    EXPECT_FALSE(room.write(room.cast.bo));
    world.clock.advance(3 * hour_ms);
    EXPECT_TRUE(room.write(room.cast.bo));
    room.set({.read_only = true});
    EXPECT_FALSE(room.write(room.cast.bo));
    room.set({});
    EXPECT_TRUE(room.write(room.cast.bo));
    const auto rows = world.db().read([&](db::ReadTx& tx) { return pacing::history(tx, room.cast.circle); });
    ASSERT_EQ(rows.size(), 2u) << "who, when, until when and why stays";
    EXPECT_EQ(rows[0].reason, "A hard week.");
    EXPECT_TRUE(rows[0].set_by && rows[0].ended_at);
}

BOTH_ENGINES(Pacing, is_set_by_those_who_moderate_the_group_alone) {
    Room room(world);
    const auto as_who = [&](MemberId who) {
        return fault_of(world, [&](db::Tx& tx) {
            return set_pace(tx, as(who), room.cast.circle, ThreadId(), {.pace = {.read_only = true}});
        });
    };
    EXPECT_EQ(as_who(room.cast.bo), Fault::not_found);
    EXPECT_EQ(as_who(room.cast.cy), Fault::not_found);
    EXPECT_EQ(fault_of(world,
                       [&](db::Tx& tx) {
                           return set_pace(tx, as(room.cast.mo), room.cast.circle, ThreadId(),
                                           {.pace = {.slow_minutes = 7}});
                       }),
              Fault::invalid);
}

// ---- how to harm oneself -----------------------------------------------------------------------------------

BOTH_ENGINES(Pacing, keeps_back_by_itself_how_to_harm_oneself_and_nothing_else) {
    Room room(world);
    for (const char* stands :
         {"I want to die.", "I took too many pills last night.", "I have a plan to end it."})
        EXPECT_TRUE(*room.write(room.cast.bo, stands)) << stands;
    for (const char* waits : {"00 tablets would be enough to die.", "I found a guide to suicide.",
                              "00 pastillas bastan para morir."})
        EXPECT_FALSE(*room.write(room.cast.bo, waits)) << waits;
    EXPECT_FALSE(*room.write(room.cast.mo, "00 tablets would be enough to die.")) << "staff as well";
    EXPECT_EQ(room.list()[0].words.cause, Cause::method);
    EXPECT_EQ(told_of(world, room.cast.mo, notices::Kind::danger_waits), 1);
}

// ---- newcomers, and by a case ------------------------------------------------------------------------------

BOTH_ENGINES(Pacing, first_posts_of_somebody_new_wait_and_what_is_anonymous_with_them) {
    Room room(world);
    world.must([&](db::Tx& tx) { return set_site_newcomers(tx, as(room.cast.oz), 2); });
    EXPECT_TRUE(*room.write(room.cast.ada)) << "has written before";
    EXPECT_FALSE(*room.write(room.cast.ada, "Me too.", Voice::anonymous))
        << "or waiting would tell who is new";
    room.let(room.list()[0].words.id);
    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(*room.write(room.cast.bo, "Hello " + std::to_string(i)));
        room.let(room.list()[0].words.id);
    }
    EXPECT_TRUE(*room.write(room.cast.bo)) << "known by now";
    world.must([&](db::Tx& tx) {
        return set_choices(tx, as(room.cast.mo), room.cast.circle, {.newcomer_posts = 0});
    });
    EXPECT_TRUE(*room.write(room.cast.ada, "Me too.", Voice::anonymous)) << "the group's number goes first";
}

BOTH_ENGINES(Pacing, by_a_case_waits_what_carries_that_name_and_leads_to_no_other) {
    Room room(world);
    ASSERT_TRUE(room.write(room.cast.bo, "Anonymous.", Voice::anonymous));
    const PersonaId alias = world.db().read(
        [&](db::ReadTx& tx) { return visible_post(tx, as(room.cast.mo), PostId(room.thread, 2))->author; });
    world.must([&](db::Tx& tx) -> Done {
        read_first(tx, CaseId(1),
                   {.member = room.cast.bo, .group = room.cast.circle, .alias = alias, .posts = 1});
        return {};
    });
    EXPECT_TRUE(*room.write(room.cast.bo, "Under my name.", Voice::name))
        << "or it would tell whose alias it is";
    EXPECT_FALSE(*room.write(room.cast.bo, "Anonymous again.", Voice::anonymous));
    const auto elsewhere = world.db().write([&](db::Tx& tx) {
        return start_thread(tx, as(room.cast.bo), room.cast.circle, "New",
                            {.markdown = "x", .voice = Voice::anonymous});
    });
    ASSERT_FALSE(elsewhere) << "no way around it";
    EXPECT_EQ(elsewhere.error().fault, Fault::conflict);
    room.let(room.list()[0].words.id);
    EXPECT_TRUE(*room.write(room.cast.bo, "Anonymous once more.", Voice::anonymous))
        << "one post was let through";
}

BOTH_ENGINES(Pacing, is_for_those_who_have_done_their_training) {
    Room room(world);
    room.set({.held_first = true});
    EXPECT_FALSE(*room.write(room.cast.bo));
    const std::int64_t id = room.list()[0].words.id;
    test::let_training_lapse(world, room.cast, {room.cast.nia});
    const auto refused = [&](auto&& rule) { return fault_of(world, rule); };
    EXPECT_EQ(refused([&](db::Tx& tx) { return let_through(tx, as(room.cast.mo), id); }), Fault::forbidden);
    EXPECT_EQ(refused([&](db::Tx& tx) { return send_back(tx, as(room.cast.mo), id, "Be gentle."); }),
              Fault::forbidden);
    EXPECT_EQ(refused([&](db::Tx& tx) {
                  return set_pace(tx, as(room.cast.mo), room.cast.circle, {},
                                  {.pace = {.slow_minutes = 30}, .reason = "A hard week."});
              }),
              Fault::forbidden);
    Pages pages(world);
    const std::string waiting = url::waiting(room.cast.circle).text();
    EXPECT_TRUE(pages.get(waiting, room.cast.mo).shows("please do your training"));
    EXPECT_FALSE(pages.get(waiting, room.cast.mo).shows("name=\"words\""));
    EXPECT_TRUE(pages.get(url::pace(room.cast.circle).text(), room.cast.mo).shows("do your training"));
    EXPECT_TRUE(pages.get(waiting, room.cast.nia).shows("name=\"words\""));
    EXPECT_TRUE(world.db().write([&](db::Tx& tx) { return let_through(tx, as(room.cast.nia), id); }));
}

// ---- memorial, and nobody on shift -------------------------------------------------------------------------

BOTH_ENGINES(Pacing, a_quiet_time_goes_on_until_somebody_was_asked_and_answered) {
    Room room(world);
    world.must([&](db::Tx& tx) {
        return begin_memorial(tx, as(room.cast.dee), room.cast.circle,
                              {.words = "We miss her.", .look_at = tx.now() + 3 * day_ms});
    });
    EXPECT_FALSE(*room.write(room.cast.bo));
    EXPECT_EQ(room.write(room.cast.bo).error().fault, Fault::too_many);
    const auto ask = [&] {
        world.must([&](db::Tx& tx) -> Done {
            ask_about_memorials(tx);
            return {};
        });
        return told_of(world, room.cast.mo, notices::Kind::look_again);
    };
    EXPECT_EQ(ask(), 0);
    world.clock.advance(4 * day_ms);
    EXPECT_EQ(ask(), 1);
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return is_memorial(tx, room.cast.circle); }))
        << "never ends silently";
    world.must([&](db::Tx& tx) {
        return look_at_memorial(tx, as(room.cast.mo), room.cast.circle, Look::last, tx.now() + day_ms);
    });
    world.clock.advance(day_ms);
    EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return is_memorial(tx, room.cast.circle); }));
    EXPECT_TRUE(*room.write(room.cast.bo));
    const Counts counts = world.db().read(
        [&](db::ReadTx& tx) { return counts_since(tx, room.cast.circle, test::the_start); });
    EXPECT_EQ(counts.waited, 1);
}

BOTH_ENGINES(Pacing, begins_what_the_group_chose_while_nobody_is_on_shift) {
    Room room(world);
    const auto covered = [&](bool is_covered) {
        world.must([&](db::Tx& tx) -> Done {
            set_by_cover(tx, room.cast.circle, is_covered);
            return {};
        });
    };
    const auto choose = [&](Cover cover) {
        world.must([&](db::Tx& tx) {
            return set_choices(tx, as(room.cast.mo), room.cast.circle, {.cover = cover});
        });
    };
    covered(false);
    EXPECT_TRUE(room.write(room.cast.bo)) << "nothing is chosen";
    choose(Cover::read_only);
    covered(false);
    covered(false);
    EXPECT_FALSE(room.write(room.cast.bo));
    choose(Cover::flags_hide);
    covered(false);  // asked for by the new choice
    EXPECT_TRUE(room.write(room.cast.bo));
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return flags_hide(tx, room.cast.circle); }));
    covered(true);
    EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return flags_hide(tx, room.cast.circle); }));
}

// ---- pages -------------------------------------------------------------------------------------------------

BOTH_ENGINES(PacingPages, keep_what_was_typed_and_say_when_one_can_write_again) {
    Room room(world);
    Pages pages(world);
    room.set({.slow_minutes = 30});
    const std::string replies = url::replies(room.thread).text(), thread = url::thread(room.thread).text();
    EXPECT_EQ(pages.post(replies, {{"text", "First."}}, room.cast.bo).status, 303);
    const auto early = pages.post(replies, {{"text", "Second, sooner."}}, room.cast.bo);
    EXPECT_EQ(early.status, 429);
    EXPECT_TRUE(early.shows("Second, sooner."));
    EXPECT_TRUE(early.shows("You can write again at "));
    EXPECT_FALSE(early.shows("%1"));
    EXPECT_TRUE(pages.get(thread, room.cast.bo).shows("You can write again at"));
    EXPECT_FALSE(pages.get(thread, room.cast.ada).shows("You can write again at"));
    EXPECT_TRUE(pages.get(thread, room.cast.ada).shows("Each person can send one post in 30 minutes"));
    world.clock.advance(30 * minute_ms);
    EXPECT_FALSE(pages.get(thread, room.cast.bo).shows("You can write again at")) << "never stale";
    EXPECT_TRUE(pages.get(thread, room.cast.ada, "application/json").shows("\"slow_minutes\":30"));
}

BOTH_ENGINES(PacingPages, are_for_those_who_moderate_the_group) {
    Room room(world);
    Pages pages(world);
    const std::string pace = url::pace(room.cast.circle).text(),
                      of_thread = url::thread_pace(room.thread).text();
    for (const std::string& page : {pace, of_thread, url::memorial(room.cast.circle).text()}) {
        EXPECT_EQ(pages.get(page, room.cast.mo).status, 200);
        EXPECT_EQ(pages.get(page, room.cast.ada).status, 404);
        EXPECT_EQ(pages.get(page, room.cast.cy).status, 404);
        EXPECT_EQ(pages.post(page, {{"slow", "30"}}, room.cast.ada).status, 404);
    }
    EXPECT_EQ(pages.post(pace, {{"slow", "7"}, {"words", "Kept words"}}, room.cast.mo).status, 422);
    EXPECT_TRUE(pages.post(pace, {{"slow", "7"}, {"words", "Kept words"}}, room.cast.mo).shows("Kept words"));
    EXPECT_EQ(pages.post(pace, {{"slow", "30"}, {"words", "Softly."}}, room.cast.mo).status, 303);
    EXPECT_EQ(pages.post(of_thread, {{"read_only", "yes"}}, room.cast.mo).status, 303);
    EXPECT_TRUE(pages.get(url::thread(room.thread).text(), room.cast.ada).shows("nothing new be sent"));
    EXPECT_TRUE(pages.get(url::group(room.cast.circle).text(), room.cast.ada).shows("Softly."));
    const std::string memorial = url::memorial(room.cast.circle).text();
    EXPECT_EQ(
        pages.post(memorial, {{"words", "We miss him."}, {"look_at", "2020-01-01"}}, room.cast.mo).status,
        422);
    EXPECT_EQ(
        pages.post(memorial, {{"words", "We miss him."}, {"look_at", "2026-02-09"}}, room.cast.mo).status,
        303);
    EXPECT_TRUE(pages.get(memorial, room.cast.mo).shows("Shall it go on?"));
    EXPECT_TRUE(pages.get(url::group(room.cast.circle).text(), room.cast.ada).shows("We miss him."));
}

}  // namespace
}  // namespace kith::conversation
