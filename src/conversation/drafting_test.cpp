#include "conversation/testing.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// What is begun in the composer and not sent (drafts/drafts.hpp).
namespace kith::conversation {
namespace {

using test::Answer;
using test::Cast;
using test::Pages;
using test::World;

constexpr std::string_view json = "application/json";

struct InThread {
    explicit InThread(World& world)
        : cast(world), pages(world), thread(testing::start(world, cast.bo, cast.circle)) {}

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

BOTH_ENGINES(DraftPages, show_both_titles_and_content_notes_too) {
    InThread in(world);
    const std::string place = url::draft("thread", in.cast.circle.value()).text();
    in.pages.post(place, {{"title", "Gecko"}, {"text", "Words"}, {"note", "sleep"}}, in.cast.ada);
    const Answer answer = in.pages.post(place, {{"title", "Lemur"}, {"text", "Words"}}, in.cast.ada);
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.shows("value=\"Gecko\" id=\"other-title\" dir=\"auto\" readonly"));
    EXPECT_TRUE(answer.shows("value=\"sleep\" id=\"other-note\""));
    EXPECT_TRUE(answer.shows("value=\"Lemur\" id=\"title\" dir=\"auto\" name=\"title\""));
    EXPECT_TRUE(answer.shows("value=\"\" id=\"note\"")) << "a note that is in one of them shows in both";
    EXPECT_EQ(in.pages.post(in.draft(), {{"text", "A"}}, in.cast.ada).status, 303);
    EXPECT_FALSE(in.pages.post(in.draft(), {{"text", "B"}}, in.cast.ada).shows("id=\"title\""));
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
}  // namespace kith::conversation
