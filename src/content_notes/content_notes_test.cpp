#include "content_notes/content_notes.hpp"

#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::content_notes {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

std::vector<Note> all(World& world) {
    return world.db().read([](db::ReadTx& tx) { return list(tx); });
}
Choice choice_of(World& world, MemberId who, ContentNoteId note) {
    return world.db().read([&](db::ReadTx& tx) { return choices_of(tx, who).of(note); });
}
template <class Rule>
std::optional<Fault> fault_of(World& world, Rule&& rule) {
    const auto result = world.db().write(std::forward<Rule>(rule));
    return result ? std::nullopt : std::optional(result.error().fault);
}

constexpr ContentNoteId self_harm(1), medication(4);

TEST(NoteSets, hold_what_was_added_and_nothing_that_cannot_be_on_the_list) {
    NoteSet notes;
    notes.add(ContentNoteId(0));
    notes.add(ContentNoteId(-3));
    notes.add(ContentNoteId(notes_most + 1));
    EXPECT_TRUE(notes.empty());
    notes.add(ContentNoteId(1));
    notes.add(ContentNoteId(notes_most));
    EXPECT_TRUE(notes.has(ContentNoteId(notes_most)));
    EXPECT_FALSE(notes.has(ContentNoteId(2)));
    EXPECT_GT(notes.value(), 0);
}

BOTH_ENGINES(ContentNotes, begin_with_a_list_in_the_language_of_the_reader) {
    ASSERT_EQ(all(world).size(), 8u);
    const Words& spanish = Words::of(Language::es);
    for (const Note& note : all(world)) EXPECT_NE(spanish.t(note.words), note.words) << note.words;
    NoteSet two;
    two.add(self_harm);
    two.add(medication);
    EXPECT_EQ(words_of(all(world), two, Words::of(Language::en)), "Self-harm, Medication");
}

BOTH_ENGINES(ContentNotes, are_added_reworded_and_taken_off_the_list_by_a_host_alone) {
    const Cast cast(world);
    const ContentNoteId surgery = world.must(
        [&](db::Tx& tx) { return add_note(tx, as(cast.oz), " Surgery "); });
    EXPECT_EQ(all(world).back().words, "Surgery");
    for (const MemberId who : {cast.ada, cast.dee, cast.mo, MemberId()}) {
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return add_note(tx, as(who), "Spiders"); }));
        EXPECT_TRUE(
            fault_of(world, [&](db::Tx& tx) { return change_note(tx, as(who), surgery, "Spiders"); }));
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return retire_note(tx, as(who), surgery); }));
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return offer_note(tx, as(who), surgery); }));
    }
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return add_note(tx, as(cast.oz), "MEDICATION"); }),
              Fault::conflict);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return add_note(tx, as(cast.oz), "x"); }), Fault::invalid);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return add_note(tx, as(cast.oz), std::string(41, 'x')); }),
              Fault::invalid);
    EXPECT_EQ(
        fault_of(world, [&](db::Tx& tx) { return change_note(tx, as(cast.oz), ContentNoteId(99), "Fire"); }),
        Fault::not_found);
    world.must([&](db::Tx& tx) { return change_note(tx, as(cast.oz), surgery, "Operations"); });
    world.must([&](db::Tx& tx) { return retire_note(tx, as(cast.oz), surgery); });
    EXPECT_FALSE(all(world).back().offered);
    NoteSet both;
    both.add(surgery);
    both.add(medication);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_FALSE(allowed(tx, both).has(surgery));
        EXPECT_TRUE(allowed(tx, both).has(medication));
        EXPECT_TRUE(allowed(tx, both, both).has(surgery)) << "it stood there before";
    });
    world.must([&](db::Tx& tx) { return offer_note(tx, as(cast.oz), surgery); });
    EXPECT_TRUE(all(world).back().offered);
}

BOTH_ENGINES(ContentNotes, are_twenty_at_a_time_and_forty_eight_ever) {
    const Cast cast(world);
    const auto add = [&](int i) {
        return [&, i](db::Tx& tx) { return add_note(tx, as(cast.oz), "Note " + std::to_string(i)); };
    };
    std::vector<ContentNoteId> added;
    for (int i = 8; i < 20; ++i) added.push_back(world.must(add(i)));
    EXPECT_EQ(fault_of(world, add(20)), Fault::conflict);
    for (int i = 20; i < notes_most; ++i) {
        world.must([&](db::Tx& tx) { return retire_note(tx, as(cast.oz), added.back()); });
        added.push_back(world.must(add(i)));
    }
    world.must([&](db::Tx& tx) { return retire_note(tx, as(cast.oz), added.back()); });
    EXPECT_EQ(fault_of(world, add(notes_most)), Fault::conflict);
    world.must([&](db::Tx& tx) { return offer_note(tx, as(cast.oz), added.back()); });
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return offer_note(tx, as(cast.oz), added.at(11)); }),
              Fault::conflict);
}

BOTH_ENGINES(NoteChoices, are_each_members_own_and_folded_until_they_choose) {
    const Cast cast(world);
    EXPECT_EQ(choice_of(world, cast.ada, medication), Choice::folded);
    world.must([&](db::Tx& tx) {
        const Chosen chosen[] = {
            {medication, Choice::never}, {self_harm, Choice::open}, {ContentNoteId(99), Choice::open}};
        return choose(tx, as(cast.ada), chosen);
    });
    EXPECT_EQ(choice_of(world, cast.ada, medication), Choice::never);
    EXPECT_EQ(choice_of(world, cast.ada, self_harm), Choice::open);
    EXPECT_EQ(choice_of(world, cast.bo, medication), Choice::folded);
    world.must([&](db::Tx& tx) {
        const Chosen chosen[] = {{medication, Choice::folded}};
        return choose(tx, as(cast.ada), chosen);
    });
    EXPECT_EQ(choice_of(world, cast.ada, medication), Choice::folded);
    EXPECT_EQ(choice_of(world, cast.ada, self_harm), Choice::open) << "what is not named stays";
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return choose(tx, Actor::guest(), {}); }),
              Fault::unauthenticated);
}

BOTH_ENGINES(NoteChoices, are_made_on_a_page_and_by_programs) {
    const Cast cast(world);
    Pages pages(world);
    const std::string mine = url::me_content_notes().text();
    EXPECT_TRUE(pages.get(mine, cast.ada).shows("Self-harm"));
    EXPECT_EQ(pages.post(mine, {{"note-4", "never"}, {"note-1", "nonsense"}}, cast.ada).status, 303);
    EXPECT_TRUE(pages.get(mine, cast.ada).shows("<option value=\"never\" selected>"));
    EXPECT_TRUE(
        pages.get(mine, cast.ada, "application/json").shows(R"("words":"Medication","choice":"never")"));
    EXPECT_TRUE(
        pages.get(mine, cast.ada, "application/json").shows(R"("words":"Self-harm","choice":"folded")"));
    EXPECT_FALSE(pages.get(mine, cast.bo, "application/json").shows("never"));
    EXPECT_EQ(pages.get(mine).status, 303) << "to the page for signing in";
}

BOTH_ENGINES(ContentNotes, are_kept_by_the_host_on_a_page_that_gives_typed_words_back) {
    const Cast cast(world);
    Pages pages(world);
    const std::string list = url::admin_content_notes().text();
    EXPECT_EQ(pages.get(list, cast.ada).status, 404);
    EXPECT_EQ(pages.post(list, {{"words", "Surgery"}}, cast.oz).status, 303);
    EXPECT_TRUE(pages.get(list, cast.oz).shows("Surgery"));
    EXPECT_EQ(pages.post(list, {{"note", "9"}, {"do", "retire"}}, cast.oz).status, 303);
    EXPECT_TRUE(pages.get(list, cast.oz).shows("Offer it again"));
    const auto wrong = pages.post(list, {{"note", "4"}, {"do", "change"}, {"words", "Self-harm"}}, cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("href=\"#words-4\"")) << wrong.body;
    const auto added = pages.post(list, {{"words", "<b>"}, {"note", "0"}}, cast.oz);
    EXPECT_EQ(added.status, 303);
    EXPECT_FALSE(pages.get(list, cast.oz).shows("<b>"));
    EXPECT_FALSE(pages.get(url::me_content_notes().text(), cast.ada).shows("<b>"));
}

}  // namespace
}  // namespace kith::content_notes
