#include "own_data/echoes.hpp"

#include "conversation/conversation.hpp"
#include "own_data/own_data.hpp"
#include "own_data/store.hpp"
#include "pacing/pacing.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::own_data {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr ThreadId thread(7);

std::string silent(std::string_view markdown, std::string_view words = {}) {
    const Traces traces{.names = {text::fold("Quiet Fox"), text::fold("Ada"), text::fold("Night_Owl")},
                        .numbers = {3, 12},
                        .words = text::skeleton(text::plain_text(words))};
    return without(traces, thread, markdown, Words::of(Language::en));
}

TEST(Echoes, of_a_name_are_whole_names_behind_an_at) {
    EXPECT_EQ(silent("Thank you @quiet fox, and @Adam."), "Thank you Former member, and @Adam.");
    EXPECT_EQ(silent("(@Ada) bo@ada \\@Ada Ada"), "(Former member) bo@ada \\@Ada Ada");
    EXPECT_EQ(silent("@Ada's cat\n@Ada"), "Former member's cat\nFormer member");
    EXPECT_EQ(silent("no name at the end @"), "no name at the end @");
    EXPECT_EQ(silent("> [Post 3, Night\\_Owl](/threads/7#p3):"), "> [Post 3, Former member](/threads/7#p3):");
}

TEST(Echoes, above_a_quote_lose_the_name_and_keep_the_link) {
    const std::string theirs = "> [Post 3, Ada](/threads/7#p3):\n>\n> My giraffe words.\n\nYes.";
    EXPECT_EQ(silent(theirs), "> [Post 3, Former member](/threads/7#p3):\n>\n> My giraffe words.\n\nYes.");
    EXPECT_EQ(silent("> [Post 12, Ada](/threads/7?page=2#p12):\n"),
              "> [Post 12, Former member](/threads/7?page=2#p12):\n");
    for (const std::string_view other :
         {"> [Post 4, Ada Two](/threads/7#p4):\n> Words.", "> [x](/threads/70#p3):\n> Words."})
        EXPECT_EQ(silent(other, "Something else that was said"), other);
}

TEST(Echoes, of_words_are_known_by_the_link_above_them) {
    EXPECT_EQ(
        silent(
            "> [Post 3, Ada](/threads/7#p3):\n>\n> Short.\n> [Post 4, Bo](/threads/7#p4):\n> Stays.\n\nYes.",
            "Anything"),
        "> [Post 3, Former member](/threads/7#p3):\n>\n> *Their author took these words back.*\n"
        "> [Post 4, Bo](/threads/7#p4):\n> Stays.\n\nYes.");
}

TEST(Echoes, of_words_are_known_by_the_words) {
    const std::string_view said =
        "I have **never** told anybody at home\nthat the giraffe in our garden is mine.";
    EXPECT_EQ(
        silent(">! I have never told anybody at home\n> that the giraffe in our garden is mine\n> is mine\n"
               "that the giraffe in our garden is mine",
               said),
        ">*Their author took these words back.*\n> *Their author took these words back.*\n> is mine\n"
        "that the giraffe in our garden is mine");
    const std::string_view told = "> I have never told anybody at home";
    EXPECT_EQ(silent(told, ""), told) << "words that stay";
    for (const std::string_view other :
         {"> [Post 4, Bo](/threads/7#p4):\n", "> [Post 3, Bo](/threads/8#p3):\n"})
        EXPECT_EQ(silent(std::string(other) + std::string(told), said),
                  std::string(other) + std::string(told))
            << "said by somebody else, too";
}

// Ada wrote; Bo quoted and named her, then changed his words.
struct Circle {
    explicit Circle(World& world_in) : world(world_in), cast(world) {
        talk = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(cast.ada), cast.circle, "Mornings",
                                              {.markdown = "My giraffe wakes me at five."});
        });
        const std::string quote = "> [Post 1, Ada](" + std::string(url::thread(talk).text()) +
                                  "#p1):\n>\n> My giraffe wakes me at five.\n\n";
        answer = world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(cast.bo), talk,
                                            {.markdown = quote + "Dear @Ada, mine too."});
        });
        world.must([&](db::Tx& tx) {
            return conversation::edit_post(tx, as(cast.bo), answer, quote + "Mine too, @Ada.", "");
        });
        world.must([](db::Tx& tx) -> Done {
            conversation::index_waiting_posts(tx, 100);
            return {};
        });
    }
    void erase(OwnWords words) {
        const Done asked = ask_erasure(*world.services, as(cast.ada), {words, std::string(Cast::password)});
        ASSERT_TRUE(asked) << asked.error().message;
        world.clock.advance(days_to_undo * day_ms);
        erase_due(*world.services);
    }
    std::string all_texts() {
        std::string out;
        for (const std::string& text :
             world.db().read([&](db::ReadTx& tx) { return store::texts_of(tx, answer); }))
            out += text + "\n";
        return out;
    }

    World& world;
    Cast cast;
    ThreadId talk;
    PostId answer;
};

BOTH_ENGINES(Erasure, takes_quotes_and_mentions_out_of_what_others_wrote) {
    Circle circle(world);
    circle.erase(OwnWords::take);
    const std::string texts = circle.all_texts();
    for (const std::string_view gone : {"giraffe", "Ada"}) EXPECT_EQ(texts.find(gone), texts.npos) << texts;
    Pages pages(world);
    const auto page = pages.get(url::thread(circle.talk).text(), circle.cast.bo);
    EXPECT_TRUE(page.shows("Their author took these words back."));
    EXPECT_TRUE(page.shows("Mine too, Former member."));
    EXPECT_FALSE(page.shows("giraffe")) << page.body;
    const auto found = pages.get("/search?q=giraffe", circle.cast.bo);
    EXPECT_FALSE(found.shows(url::thread(circle.talk).text())) << found.body;
}

BOTH_ENGINES(Erasure, that_keeps_words_keeps_quotes_and_takes_the_name) {
    Circle circle(world);
    circle.erase(OwnWords::keep);
    const std::string texts = circle.all_texts();
    EXPECT_EQ(texts.find("Ada"), texts.npos) << texts;
    EXPECT_NE(texts.find("> My giraffe wakes me at five."), texts.npos) << texts;
}

BOTH_ENGINES(Erasure, leaves_what_somebody_else_said_first) {
    Circle circle(world);
    const auto write = [&](MemberId who, std::string_view words) {
        return world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(who), circle.talk, {.markdown = std::string(words)});
        });
    };
    write(circle.cast.ada, "> The walrus song keeps me warm all night long.\n\nMe too.");
    circle.answer = write(circle.cast.mo, "> The walrus song keeps me warm all night long.\n\nYes.");
    circle.erase(OwnWords::take);
    EXPECT_EQ(circle.all_texts(), "> The walrus song keeps me warm all night long.\n\nYes.\n");
}

BOTH_ENGINES(Erasure, reaches_what_waits_for_a_look) {
    Circle circle(world);
    world.must([&](db::Tx& tx) {
        return pacing::set_pace(tx, as(circle.cast.mo), circle.cast.circle, ThreadId(),
                                {.pace = {.held_first = true}, .words = "Slowly.", .reason = "A sad day."});
    });
    world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(circle.cast.bo), circle.talk, {.markdown = "Dear @Ada!"});
    });
    circle.erase(OwnWords::take);
    const auto waiting = world.db().read(
        [&](db::ReadTx& tx) { return store::waiting_in(tx, circle.cast.circle); });
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].markdown, "Dear Former member!");
}

BOTH_ENGINES(Erasure, writes_the_file_anew_once_in_the_night) {
    Circle circle(world);
    for (const MemberId who : {circle.cast.ada, circle.cast.bo})
        ASSERT_TRUE(ask_erasure(*world.services, as(who), {OwnWords::take, std::string(Cast::password)}));
    world.clock.advance(days_to_undo * day_ms);
    erase_due(*world.services);
    const auto jobs = world.db().read([](db::ReadTx& tx) { return jobs::list(tx, 100); });
    std::vector<Time> due;
    for (const jobs::JobRow& one : jobs)
        if (one.kind == "write_anew") due.push_back(one.due_at);
    ASSERT_EQ(due.size(), world.db().engine() == db::Engine::sqlite ? 1u : 0u);
    for (const Time at : due) EXPECT_EQ(at.ms / hour_ms % 24, 3) << "by the clock of the community";
}

}  // namespace
}  // namespace kith::own_data
