#include "drafts/drafts.hpp"

#include "tests/cast.hpp"

namespace kith::drafts {
namespace {

using test::as;
using test::Cast;
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

}  // namespace
}  // namespace kith::drafts
