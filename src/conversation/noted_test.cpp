#include "conversation/testing.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// Content notes of the list: on posts and threads, and what each reader chose for them.
namespace kith::conversation {
namespace {

using content_notes::Choice;
using content_notes::Chosen;
using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::fault_of;
using testing::index_posts;

constexpr std::string_view json = "application/json";
constexpr ContentNoteId self_harm(1), medication(4);

NoteSet only(ContentNoteId note) {
    NoteSet notes;
    notes.add(note);
    return notes;
}

struct Noted {
    explicit Noted(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        thread = start("Bad nights");
        write(cast.nia, "I took too many pills once.", only(medication));
    }

    ThreadId start(std::string_view title, NoteSet notes = {}) {
        world.clock.advance(minute_ms);
        return world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.ada), cast.circle, title,
                                {.markdown = "I slept two hours.", .notes = notes});
        });
    }
    PostId write(MemberId who, std::string_view markdown, NoteSet notes = {}) {
        return world.must([&](db::Tx& tx) {
            return write_post(tx, as(who), thread,
                              {.markdown = std::string(markdown), .reply_to = 1, .notes = notes});
        });
    }
    void choose(MemberId who, ContentNoteId note, Choice choice) {
        const Chosen chosen[] = {{note, choice}};
        world.must([&](db::Tx& tx) { return content_notes::choose(tx, as(who), chosen); });
    }
    void note(PostId post, NoteSet notes) {
        world.must([&](db::Tx& tx) { return note_post(tx, as(cast.mo), post, notes); });
    }
    NoteSet notes_of(PostId post) {
        return world.db().read([&](db::ReadTx& tx) { return visible_post(tx, as(cast.mo), post)->notes; });
    }
    std::size_t told(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 20).size(); });
    }
    std::string page(MemberId who) { return pages.get(url::thread(thread).text(), who).body; }
    bool shows(MemberId who, std::string_view words) { return page(who).find(words) != std::string::npos; }

    World& world;
    Cast cast;
    Pages pages;
    ThreadId thread;
};

BOTH_ENGINES(Noted, folds_a_post_away_behind_the_words_of_the_list) {
    Noted at(world);
    EXPECT_TRUE(at.shows(at.cast.bo, "Content note: Medication. Show the post"));
    EXPECT_TRUE(
        at.pages.get(url::thread(at.thread).text(), at.cast.bo, json).shows(R"("notes":["Medication"])"));
    EXPECT_FALSE(at.shows(at.cast.bo, "#p2 .kept-away"));
}

BOTH_ENGINES(Noted, is_open_for_whoever_wants_all_of_its_notes_open) {
    Noted at(world);
    at.choose(at.cast.bo, medication, Choice::open);
    EXPECT_TRUE(at.shows(at.cast.bo, "#p2 .note::details-content"));
    EXPECT_FALSE(at.shows(at.cast.ada, "#p2 .note::details-content"));
    NoteSet both = only(medication);
    both.add(self_harm);
    at.note(PostId(at.thread, 2), both);
    EXPECT_FALSE(at.shows(at.cast.bo, "#p2 .note::details-content"));
    EXPECT_TRUE(at.shows(at.cast.bo, "Content note: Self-harm, Medication. Show the post"));
}

BOTH_ENGINES(Noted, is_never_opened_where_the_author_wrote_a_note_of_their_own_besides) {
    Noted at(world);
    const PostId post = at.world.must([&](db::Tx& tx) {
        return write_post(tx, as(at.cast.nia), at.thread,
                          {.markdown = "Worse.", .note = "the night of it", .notes = only(medication)});
    });
    at.choose(at.cast.bo, medication, Choice::open);
    EXPECT_TRUE(at.shows(at.cast.bo, "Content note: Medication, the night of it. Show the post"));
    EXPECT_FALSE(at.shows(at.cast.bo, "#p" + std::to_string(post.number()) + " .note::details-content"));
}

BOTH_ENGINES(Noted, is_kept_from_whoever_never_wants_to_see_it_wherever_they_look) {
    Noted at(world);
    at.choose(at.cast.ada, medication, Choice::never);
    EXPECT_TRUE(at.shows(at.cast.ada, "#p2 .kept-away{display:block}"));
    EXPECT_TRUE(at.shows(at.cast.ada, "#p2 :is(.text,.note,.supports){display:none}"));
    EXPECT_FALSE(at.shows(at.cast.bo, "#p2 .kept-away"));
    const std::string post = url::post(PostId(at.thread, 2)).text();
    EXPECT_TRUE(at.pages.get(post, at.cast.ada, json).shows(R"("kept_away":true)"));
    for (const std::string& address : {post, url::thread(at.thread).text()}) {
        EXPECT_FALSE(at.pages.get(address, at.cast.ada, json).shows("pills")) << address;
        EXPECT_FALSE(at.pages.get(address, at.cast.ada, json).shows("Medication")) << address;
        EXPECT_TRUE(at.pages.get(address, at.cast.bo, json).shows("pills")) << address;
    }
    const std::string reply = url::new_reply(at.thread, 2).text();
    EXPECT_FALSE(at.pages.get(reply, at.cast.ada).shows("pills"));
    EXPECT_TRUE(at.pages.get(reply, at.cast.ada).shows("This post is kept from you, as you chose."));
    index_posts(at.world);
    EXPECT_FALSE(at.pages.get("/search?q=many", at.cast.ada).shows("Bad nights"));
    EXPECT_TRUE(at.pages.get("/search?q=many", at.cast.bo).shows("Bad nights"));
    EXPECT_FALSE(at.pages.get("/search?q=many", at.cast.bo).shows("pills")) << "behind its note";
    EXPECT_TRUE(at.shows(at.cast.nia, "#p2 .own")) << "their own";
    at.choose(at.cast.nia, medication, Choice::never);
    EXPECT_FALSE(at.shows(at.cast.nia, "#p2 .kept-away")) << "nobody loses sight of their own";
}

BOTH_ENGINES(Noted, is_no_news_for_whoever_wants_it_quiet) {
    Noted at(world);
    EXPECT_EQ(at.told(at.cast.ada), 1u);
    for (const Choice choice : {Choice::quiet, Choice::never}) {
        at.choose(at.cast.ada, medication, choice);
        at.write(at.cast.bo, "Pills, @Ada.", only(medication));
        EXPECT_EQ(at.told(at.cast.ada), 1u);
    }
    at.write(at.cast.bo, "Good morning, @Ada.");
    EXPECT_EQ(at.told(at.cast.ada), 2u);
}

BOTH_ENGINES(Noted, marks_its_thread_in_lists_and_keeps_it_from_those_who_chose_so) {
    Noted at(world);
    const ThreadId hard = at.start("My arms", only(self_harm));
    const std::string group = url::group(at.cast.circle).text();
    const std::string hidden = "#t" + std::to_string(hard.value()) + "{display:none}";
    EXPECT_TRUE(at.pages.get(group, at.cast.bo).shows("Content note: Self-harm"));
    EXPECT_TRUE(at.pages.get("/", at.cast.bo).shows("My arms"));
    at.choose(at.cast.bo, self_harm, Choice::quiet);
    EXPECT_FALSE(at.pages.get("/", at.cast.bo).shows("My arms"));
    EXPECT_FALSE(at.pages.get(group, at.cast.bo).shows(hidden));
    EXPECT_TRUE(at.pages.get(group, at.cast.bo, json).shows("My arms"));
    at.choose(at.cast.bo, self_harm, Choice::never);
    at.choose(at.cast.ada, self_harm, Choice::never);
    EXPECT_FALSE(at.pages.get(group, at.cast.ada).shows(hidden)) << "nobody loses their own";
    EXPECT_TRUE(at.pages.get(group, at.cast.ada, json).shows("My arms"));
    EXPECT_TRUE(at.pages.get(group, at.cast.bo).shows(hidden));
    EXPECT_FALSE(at.pages.get(group, at.cast.bo, json).shows("My arms"));
    EXPECT_FALSE(at.pages.get("/", at.cast.bo, json).shows("My arms"));
    EXPECT_FALSE(at.pages.get(group, at.cast.nia).shows(hidden));
    at.world.must([&](db::Tx& tx) { return edit_post(tx, as(at.cast.ada), PostId(hard, 1), "Better.", ""); });
    EXPECT_FALSE(at.pages.get(group, at.cast.bo).shows(hidden)) << "the author took the note away";
}

BOTH_ENGINES(StaffNotes, stand_besides_those_of_the_author_who_is_told) {
    Noted at(world);
    const PostId first(at.thread, 1);
    const std::size_t before = at.told(at.cast.ada);
    at.note(first, only(self_harm));
    EXPECT_EQ(at.notes_of(first), only(self_harm));
    EXPECT_EQ(at.told(at.cast.ada), before + 1);
    EXPECT_TRUE(at.pages.get("/notices", at.cast.ada).shows("A content note was put on a post of yours."));
    at.world.must(
        [&](db::Tx& tx) { return edit_post(tx, as(at.cast.ada), first, "I slept.", "", only(medication)); });
    EXPECT_TRUE(at.notes_of(first).has(self_harm));
    EXPECT_TRUE(at.notes_of(first).has(medication));
    at.note(first, {});
    EXPECT_EQ(at.notes_of(first), only(medication));
    EXPECT_EQ(at.told(at.cast.ada), before + 1) << "of new ones alone";
}

BOTH_ENGINES(StaffNotes, are_put_by_those_who_look_after_the_group_alone) {
    Noted at(world);
    const PostId second(at.thread, 2), first(at.thread, 1);
    for (const MemberId who : {at.cast.bo, at.cast.ada, at.cast.cy, at.cast.rae})
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return note_post(tx, as(who), first, only(self_harm)); }),
                  Fault::not_found);
    EXPECT_EQ(
        fault_of(world, [&](db::Tx& tx) { return note_post(tx, as(at.cast.nia), second, only(self_harm)); }),
        Fault::not_found)
        << "their own: they change the post";
    const std::string address = url::post_notes(first).text();
    EXPECT_EQ(at.pages.get(address, at.cast.bo).status, 404);
    EXPECT_TRUE(at.pages.get(address, at.cast.mo).shows("What might be hard to read?"));
    EXPECT_TRUE(at.pages.get(url::post_options(first).text(), at.cast.mo).shows(address));
    EXPECT_FALSE(at.pages.get(url::post_options(first).text(), at.cast.bo).shows(address));
    EXPECT_EQ(at.pages.post(address, {{"notes", "1"}}, at.cast.mo).status, 303);
    EXPECT_TRUE(at.notes_of(first).has(self_harm));
    at.world.must([&](db::Tx& tx) { return remove_post(tx, as(at.cast.mo), second, "Rule 1"); });
    EXPECT_EQ(
        fault_of(world, [&](db::Tx& tx) { return note_post(tx, as(at.cast.mo), second, only(self_harm)); }),
        Fault::conflict);
}

BOTH_ENGINES(Noted, keeps_a_note_that_the_list_has_lost) {
    Noted at(world);
    const PostId second(at.thread, 2);
    at.world.must([&](db::Tx& tx) { return content_notes::retire_note(tx, as(at.cast.oz), medication); });
    EXPECT_TRUE(at.shows(at.cast.bo, "Content note: Medication. Show the post"));
    at.world.must([&](db::Tx& tx) {
        return edit_post(tx, as(at.cast.nia), second, "I took some pills once.", "", only(medication));
    });
    EXPECT_TRUE(at.notes_of(second).has(medication));
    EXPECT_FALSE(at.notes_of(at.write(at.cast.bo, "New.", only(medication))).has(medication));
}

BOTH_ENGINES(Noted, is_shown_in_other_words_once_the_host_has_changed_them) {
    Noted at(world);
    EXPECT_TRUE(at.shows(at.cast.bo, "Content note: Medication. Show the post"));
    at.world.must(
        [&](db::Tx& tx) { return content_notes::change_note(tx, as(at.cast.oz), medication, "Medicines"); });
    EXPECT_TRUE(at.shows(at.cast.bo, "Content note: Medicines. Show the post"));
}

BOTH_ENGINES(Noted, is_written_with_boxes_that_stay_ticked) {
    Noted at(world);
    const std::string replies = url::replies(at.thread).text();
    const auto preview = at.pages.post(replies, {{"text", "Pills."}, {"notes", "4"}, {"preview", "yes"}},
                                       at.cast.bo);
    EXPECT_TRUE(preview.shows("Content note: Medication. Show the post"));
    EXPECT_TRUE(preview.shows("name=\"notes\" value=\"4\" form=\"write\" checked"));
    EXPECT_EQ(at.pages.post(replies, {{"text", "Pills."}, {"notes", "4"}}, at.cast.bo).status, 303);
    EXPECT_EQ(at.notes_of(PostId(at.thread, 3)), only(medication));
    const auto editing = at.pages.get(url::post_editing(PostId(at.thread, 3)).text(), at.cast.bo);
    EXPECT_TRUE(editing.shows("name=\"notes\" value=\"4\" form=\"write\" checked"));
}

BOTH_ENGINES(Noted, keeps_ticked_boxes_in_drafts) {
    Noted at(world);
    const std::string draft = url::draft("reply", at.thread.value()).text();
    at.pages.post(draft, {{"text", "I wanted"}, {"notes", "4"}}, at.cast.bo);
    EXPECT_TRUE(at.pages.get(draft, at.cast.bo, json).shows(R"("notes":"4")"));
    const auto form = at.pages.get(url::new_reply(at.thread).text(), at.cast.bo);
    EXPECT_TRUE(form.shows("name=\"notes\" value=\"4\" form=\"write\" checked"));
}

}  // namespace
}  // namespace kith::conversation
