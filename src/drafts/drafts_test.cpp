#include "drafts/drafts.hpp"

#include "conversation/conversation.hpp"
#include "conversation/testing.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::drafts {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr Place somewhere{Kind::reply, 7};

Saving save_words(World& world, MemberId who, std::string_view words, std::string_view seen,
                  Place place = somewhere) {
    return world.must(
        [&](db::Tx& tx) { return save(tx, as(who), place, {.markdown = std::string(words)}, seen); });
}

std::string edition(const Saving& saving) { return edition_of(saving.standing.value().typed); }

std::string kept(World& world, MemberId who, Place place = somewhere) {
    return world.db().read([&](db::ReadTx& tx) {
        const auto draft = find(tx, who, place);
        return draft ? draft->typed.markdown : std::string("(nothing)");
    });
}

BOTH_ENGINES(Drafts, keep_what_was_typed_for_its_writer_alone) {
    const Cast cast(world);
    const Typed typed{
        .title = "Bad nights", .markdown = "I sle", .note = "sleep", .reply_to = 3, .voice = "anonymous"};
    world.must([&](db::Tx& tx) { return save(tx, as(cast.ada), somewhere, typed, ""); });
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(find(tx, cast.ada, somewhere).value().typed, typed);
        EXPECT_TRUE(exists(tx, cast.ada, somewhere));
        EXPECT_TRUE(any(tx, cast.ada));
        EXPECT_FALSE(any(tx, cast.bo));
        EXPECT_FALSE(find(tx, cast.bo, somewhere));
        EXPECT_FALSE(exists(tx, cast.ada, {Kind::reply, 8}));
        EXPECT_FALSE(exists(tx, cast.ada, {Kind::change, 7}));
    });
}

BOTH_ENGINES(Drafts, go_on_from_the_edition_that_was_seen) {
    const Cast cast(world);
    const Saving first = save_words(world, cast.ada, "I slept", "");
    EXPECT_EQ(first.outcome, Outcome::saved);
    EXPECT_EQ(save_words(world, cast.ada, "I slept two hours", edition(first)).outcome, Outcome::saved);
    EXPECT_EQ(kept(world, cast.ada), "I slept two hours");
}

BOTH_ENGINES(Drafts, are_never_overwritten_by_a_window_that_has_not_seen_them) {
    const Cast cast(world);
    const Saving on_phone = save_words(world, cast.ada, "On my phone", "");
    const Saving on_desk = save_words(world, cast.ada, "On my desk", "");
    EXPECT_EQ(on_desk.outcome, Outcome::elsewhere);
    EXPECT_EQ(on_desk.standing.value().typed.markdown, "On my phone");
    EXPECT_EQ(kept(world, cast.ada), "On my phone");
    save_words(world, cast.ada, "On my phone, more", edition(on_phone));
    EXPECT_EQ(save_words(world, cast.ada, "On my desk", edition(on_phone)).outcome, Outcome::elsewhere);
    EXPECT_EQ(kept(world, cast.ada), "On my phone, more");
}

BOTH_ENGINES(Drafts, of_the_same_words_in_two_windows_are_no_conflict) {
    const Cast cast(world);
    save_words(world, cast.ada, "The same", "");
    EXPECT_EQ(save_words(world, cast.ada, "The same", "").outcome, Outcome::saved);
}

BOTH_ENGINES(Drafts, that_were_sent_elsewhere_do_not_come_back_by_a_late_saving) {
    const Cast cast(world);
    const std::string seen = edition(save_words(world, cast.ada, "I slept", ""));
    world.must([&](db::Tx& tx) -> Done {
        sent(tx, cast.ada, somewhere, {.markdown = "I slept"}, "");
        return {};
    });
    EXPECT_EQ(kept(world, cast.ada), "(nothing)");
    EXPECT_EQ(save_words(world, cast.ada, "I slept", seen).outcome, Outcome::gone);
    EXPECT_EQ(kept(world, cast.ada), "(nothing)");
}

BOTH_ENGINES(Drafts, stay_when_other_words_are_sent_from_a_window_that_has_not_seen_them) {
    const Cast cast(world);
    const std::string seen = edition(save_words(world, cast.ada, "Long and slow", ""));
    const auto send = [&](std::string_view words, std::string_view edition) {
        world.must([&](db::Tx& tx) -> Done {
            sent(tx, cast.ada, somewhere, {.markdown = std::string(words)}, edition);
            return {};
        });
    };
    send("Short", "");
    EXPECT_EQ(kept(world, cast.ada), "Long and slow");
    send("Long and slow, and then some", seen);
    EXPECT_EQ(kept(world, cast.ada), "(nothing)");
}

BOTH_ENGINES(Drafts, without_words_are_no_drafts) {
    const Cast cast(world);
    const std::string seen = edition(save_words(world, cast.ada, "I slept", ""));
    EXPECT_FALSE(save_words(world, cast.ada, "", seen).standing);
    EXPECT_EQ(kept(world, cast.ada), "(nothing)");
    EXPECT_FALSE(save_words(world, cast.ada, "", "").standing);
}

BOTH_ENGINES(Drafts, are_bounded_in_length_and_number) {
    const Cast cast(world);
    const auto fault = [&](const Typed& typed, Place place) {
        const auto saving = world.db().write(
            [&](db::Tx& tx) { return save(tx, as(cast.ada), place, typed, ""); });
        return saving ? std::nullopt : std::optional(saving.error().fault);
    };
    EXPECT_EQ(fault({.markdown = std::string(words_most + 1, 'a')}, somewhere), Fault::invalid);
    for (int i = 1; i <= drafts_most; ++i) save_words(world, cast.ada, "x", "", {Kind::change, i});
    EXPECT_EQ(fault({.markdown = "One more"}, somewhere), Fault::conflict);
    EXPECT_EQ(fault({.markdown = "x"}, {Kind::change, 1}), std::nullopt);
    const auto guest = world.db().write(
        [&](db::Tx& tx) { return save(tx, Actor::guest(), somewhere, {.markdown = "x"}, ""); });
    EXPECT_EQ(guest.error().fault, Fault::unauthenticated);
}

BOTH_ENGINES(Drafts, are_thrown_away_only_in_the_edition_that_was_looked_at) {
    const Cast cast(world);
    const std::string old = edition(save_words(world, cast.ada, "I slept", ""));
    const std::string now = edition(save_words(world, cast.ada, "I slept two hours", old));
    const auto throw_away = [&](std::string_view seen) {
        return world.db().write([&](db::Tx& tx) { return put_away(tx, as(cast.ada), somewhere, seen); });
    };
    EXPECT_EQ(throw_away(old).error().fault, Fault::conflict);
    EXPECT_TRUE(throw_away(now));
    EXPECT_EQ(kept(world, cast.ada), "(nothing)");
    EXPECT_TRUE(throw_away(now)) << "twice is no mistake";
}

BOTH_ENGINES(Drafts, are_listed_with_the_last_saved_first) {
    const Cast cast(world);
    save_words(world, cast.ada, "Old", "");
    world.clock.advance(1);
    save_words(world, cast.ada, "New", "", {Kind::change, 1});
    const auto drafts = world.db().read([&](db::ReadTx& tx) { return list_of(tx, cast.ada); });
    ASSERT_EQ(drafts.size(), 2u);
    EXPECT_EQ(drafts[0].typed.markdown, "New");
    EXPECT_EQ(drafts[1].typed.markdown, "Old");
}

BOTH_ENGINES(Drafts, that_nobody_touched_for_long_are_forgotten) {
    const Cast cast(world);
    save_words(world, cast.ada, "Old", "");
    world.clock.advance(keep_ms + 1);
    save_words(world, cast.ada, "New", "", {Kind::reply, 8});
    world.must([](db::Tx& tx) -> Done {
        forget_before(tx, tx.now() + -keep_ms);
        return {};
    });
    EXPECT_EQ(kept(world, cast.ada), "(nothing)");
    EXPECT_EQ(kept(world, cast.ada, {Kind::reply, 8}), "New");
}

// ---- pages -----------------------------------------------------------------------------------------------

constexpr std::string_view json = "application/json";

struct InThread {
    explicit InThread(World& world)
        : cast(world), pages(world), thread(conversation::testing::start(world, cast.bo, cast.circle)) {}

    std::string draft() const { return url::draft("reply", thread.value()).text(); }
    std::string page() const { return url::thread(thread).text(); }
    std::string form() const { return url::new_reply(thread).text(); }

    const Cast cast;
    Pages pages;
    const ThreadId thread;
};

BOTH_ENGINES(DraftPages, offer_the_begun_reply_to_its_writer_until_it_is_sent) {
    InThread in(world);
    const MemberId ada = in.cast.ada;
    EXPECT_FALSE(in.pages.get(in.page(), ada).shows("draft-note"));
    EXPECT_EQ(in.pages.post(in.draft(), {{"text", "I know that zebra"}, {"note", "sleep"}}, ada).status, 303);
    EXPECT_TRUE(in.pages.get(in.page(), ada).shows("draft-note"));
    EXPECT_FALSE(in.pages.get(in.page(), in.cast.bo).shows("draft-note"));
    EXPECT_TRUE(in.pages.get("/", ada).shows("You have begun to write something."));
    EXPECT_FALSE(in.pages.get("/", in.cast.bo).shows("You have begun to write something."));
    EXPECT_TRUE(in.pages.get(url::me_drafts().text(), ada).shows("zebra"));
    EXPECT_FALSE(in.pages.get(url::me_drafts().text(), in.cast.bo).shows("zebra"));
    EXPECT_TRUE(in.pages.get(in.form(), ada).shows("\nI know that zebra</textarea>"));
    EXPECT_FALSE(in.pages.get(in.form(), in.cast.bo).shows("zebra"));
    in.pages.post(url::replies(in.thread).text(), {{"text", "I know that zebra"}, {"note", "sleep"}}, ada);
    EXPECT_FALSE(in.pages.get(in.page(), ada).shows("draft-note"));
    EXPECT_FALSE(in.pages.get(in.form(), ada).shows("zebra"));
}

BOTH_ENGINES(DraftPages, show_both_texts_when_two_windows_wrote) {
    InThread in(world);
    in.pages.post(in.draft(), {{"text", "On my phone"}}, in.cast.ada);
    const Answer answer = in.pages.post(in.draft(), {{"text", "On my desk"}}, in.cast.ada);
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.shows("On my phone"));
    EXPECT_TRUE(answer.shows("On my desk"));
    const Answer other = in.pages.post(in.draft(), {{"text", "On my desk"}}, in.cast.ada, json);
    EXPECT_EQ(other.status, 409);
    EXPECT_TRUE(other.shows("\"outcome\":\"elsewhere\""));
    EXPECT_TRUE(other.shows("\"text\":\"On my phone\""));
}

BOTH_ENGINES(DraftPages, keep_a_new_thread_and_a_change_too) {
    InThread in(world);
    const MemberId bo = in.cast.bo;
    const PostId first(in.thread, 1);
    const std::string change = url::draft("change", first.value()).text();
    const std::string begin = url::draft("thread", in.cast.circle.value()).text();
    in.pages.post(change, {{"text", "I slept an hour, ocelot"}}, bo);
    in.pages.post(begin, {{"title", "Gecko title"}, {"text", "Lemur words"}}, bo);
    EXPECT_TRUE(
        in.pages.get(url::post_editing(first).text(), bo).shows("I slept an hour, ocelot</textarea>"));
    const Answer form = in.pages.get(url::new_thread(in.cast.circle).text(), bo);
    EXPECT_TRUE(form.shows("value=\"Gecko title\""));
    EXPECT_TRUE(form.shows("Lemur words</textarea>"));
    in.pages.post(url::post_editing(first).text(), {{"text", "I slept an hour, ocelot"}}, bo);
    in.pages.post(url::threads(in.cast.circle).text(), {{"title", "Gecko title"}, {"text", "Lemur words"}},
                  bo);
    EXPECT_EQ(in.pages.get(change, bo, json).status, 404);
    EXPECT_EQ(in.pages.get(begin, bo, json).status, 404);
}

BOTH_ENGINES(DraftPages, stay_when_the_group_may_not_be_read_any_more) {
    InThread in(world);
    in.pages.post(in.draft(), {{"text", "My giraffe words"}}, in.cast.ada);
    in.pages.post(url::leaving(in.cast.circle).text(), {}, in.cast.ada);
    EXPECT_EQ(in.pages.get(in.page(), in.cast.ada).status, 404);
    EXPECT_TRUE(in.pages.get(url::me_drafts().text(), in.cast.ada).shows("My giraffe words"));
}

BOTH_ENGINES(DraftPages, have_no_place_that_is_none) {
    InThread in(world);
    for (const char* place : {"/drafts/poem/1", "/drafts/reply/0", "/drafts/reply/x", "/drafts/reply/-1"})
        EXPECT_EQ(in.pages.post(place, {{"text", "x"}}, in.cast.ada).status, 404) << place;
    EXPECT_EQ(in.pages.get(in.draft(), {}, json).status, 401);
}

}  // namespace
}  // namespace kith::drafts
