#include "pictures/pictures.hpp"

#include "conversation/conversation.hpp"
#include "own_data/own_data.hpp"
#include "tests/pages.hpp"
#include "tests/pictures.hpp"
#include "url.hpp"

namespace kith::pictures {
namespace {

using conversation::edit_post;
using conversation::start_thread;
using conversation::write_post;
using test::as;
using test::Cast;
using test::Pages;
using test::picture_file;
using test::World;

struct Album {
    explicit Album(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        thread = world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.ada), cast.circle, "My garden", {.markdown = "Look."});
        });
    }

    Picture bring(MemberId who) {
        const auto picture = pictures::bring(*world.services, as(who), cast.circle,
                                             picture_file("turned.jpg"));
        EXPECT_TRUE(picture) << picture.error().message;
        return picture.value_or(Picture());
    }
    PostId write(MemberId who, const std::string& markdown,
                 conversation::Voice voice = conversation::Voice::name) {
        return world.must([&](db::Tx& tx) {
            return write_post(tx, as(who), thread, {.markdown = markdown, .voice = voice});
        });
    }
    int shown(const Picture& picture, MemberId who) {
        return pages.get(url::picture(picture.key).text(), who).status;
    }
    test::Answer send(const std::string& to, MemberId who,
                      std::vector<std::pair<std::string, std::string>> fields, const std::string& file,
                      std::string_view accept = "text/html") {
        std::string body;
        fields.emplace_back("form_token", pages.form_token(who));
        for (const auto& [name, value] : fields)
            body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        if (!file.empty())
            body +=
                "--b\r\nContent-Disposition: form-data; name=\"picture\"; "
                "filename=\"a.svg\"\r\nContent-Type: "
                "image/svg+xml\r\n\r\n" +
                file + "\r\n";
        return pages.ask(
            http::Method::post, to, body + "--b--\r\n", who,
            {{"content-type", "multipart/form-data; boundary=b"}, {"accept", std::string(accept)}});
    }

    World& world;
    const Cast cast;
    Pages pages;
    ThreadId thread;
};

BOTH_ENGINES(Pictures, are_seen_by_whoever_may_read_the_group_once_a_post_has_them) {
    Album at(world);
    const Picture picture = at.bring(at.cast.ada);
    EXPECT_EQ(at.shown(picture, at.cast.ada), 200);
    EXPECT_EQ(at.shown(picture, at.cast.bo), 404) << "no post has it yet";
    at.write(at.cast.ada, markdown_of(picture, "A rose", Look::open));
    EXPECT_EQ(at.shown(picture, at.cast.bo), 200);
    EXPECT_EQ(at.shown(picture, at.cast.cy), 404) << "not in the group";
    EXPECT_EQ(at.shown(picture, MemberId()), 404);
    const auto page = at.pages.get(url::thread(at.thread).text(), at.cast.bo);
    EXPECT_TRUE(
        page.shows("<img src=\"/pictures/" + picture.key + "\" alt=\"A rose\" width=\"16\" height=\"24\""));
    EXPECT_EQ(at.pages.get(url::picture("nothing-like-it").text(), at.cast.ada).status, 404);
}

BOTH_ENGINES(Pictures, can_be_reported_by_themselves) {
    Album at(world);
    const Picture one = at.bring(at.cast.ada), two = at.bring(at.cast.ada);
    const PostId post = at.write(at.cast.ada, markdown_of(one, "A rose", Look::open) + "\n\n" +
                                                  markdown_of(two, "A thorn", Look::open));
    const auto address = url::post_report(post).query("picture", two.key).text();
    EXPECT_TRUE(at.pages.get(url::thread(at.thread).text(), at.cast.bo).shows(address));
    const auto form = at.pages.get(address, at.cast.bo);
    EXPECT_TRUE(form.shows("Report a picture") && form.shows("A thorn") && !form.shows("A rose"));
    EXPECT_TRUE(form.shows("class=\"picture blurred\""));
    const auto report = [&](std::string key) {
        return at.pages.post(url::post_report(post).text(),
                             {{"reason", "inappropriate"}, {"picture", key}, {"words", "Too much."}},
                             at.cast.bo);
    };
    EXPECT_EQ(report(two.key).status, 303);
    const auto page = at.pages.get("/cases/1", at.cast.mo);
    EXPECT_TRUE(page.shows("It is about this picture:")) << page.body;
    EXPECT_EQ(report("of-another-post").status, 303);
    EXPECT_TRUE(at.pages.get("/cases/1", at.cast.mo, "application/json").shows("\"picture\":\"\""));
    EXPECT_TRUE(at.pages.get("/cases/1", at.cast.mo, "application/json").shows("\"picture\":\"" + two.key));
}

BOTH_ENGINES(Pictures, go_and_come_back_with_their_post) {
    Album at(world);
    const Picture picture = at.bring(at.cast.ada);
    const PostId post = at.write(at.cast.ada, markdown_of(picture, "A rose", Look::blurred));
    EXPECT_TRUE(at.pages.get(url::thread(at.thread).text(), at.cast.bo)
                    .shows("class=\"picture blurred\" tabindex=\"0\""));
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.mo), post, "Rule 1"); });
    EXPECT_EQ(at.shown(picture, at.cast.bo), 404);
    EXPECT_EQ(at.shown(picture, at.cast.mo), 200) << "whoever moderates decides about it";
    world.must([&](db::Tx& tx) { return conversation::restore_post(tx, as(at.cast.mo), post); });
    EXPECT_EQ(at.shown(picture, at.cast.bo), 200);
}

BOTH_ENGINES(Pictures, of_others_are_not_taken_by_naming_them) {
    Album at(world);
    const Picture picture = at.bring(at.cast.ada);
    const auto write_with = [&](MemberId who, ThreadId thread) {
        return world.db().write([&](db::Tx& tx) {
            return write_post(tx, as(who), thread, {.markdown = markdown_of(picture, "Mine", Look::open)});
        });
    };
    EXPECT_FALSE(write_with(at.cast.bo, at.thread)) << "nobody would see it";
    EXPECT_EQ(at.shown(picture, at.cast.bo), 404);
    EXPECT_TRUE(write_with(at.cast.ada, at.thread));
    EXPECT_TRUE(write_with(at.cast.bo, at.thread)) << "a quote, where all can see it";
    world.must([&](db::Tx& tx) {
        return groups::join(tx, as(at.cast.ada), at.cast.square, {.rules_agreed = true});
    });
    const ThreadId elsewhere = world.must([&](db::Tx& tx) {
        return start_thread(tx, as(at.cast.ada), at.cast.square, "Elsewhere", {.markdown = "Hello."});
    });
    EXPECT_FALSE(write_with(at.cast.ada, elsewhere)) << "others there could not see it";
}

BOTH_ENGINES(Pictures, that_an_author_takes_out_of_a_post_are_gone_until_they_are_back) {
    Album at(world);
    const Picture picture = at.bring(at.cast.ada);
    const std::string markdown = markdown_of(picture, "A face", Look::open);
    const PostId post = at.write(at.cast.ada, markdown);
    const auto edit = [&](const std::string& text) {
        world.must([&](db::Tx& tx) { return edit_post(tx, as(at.cast.ada), post, text, ""); });
    };
    edit("Better without.");
    EXPECT_EQ(at.shown(picture, at.cast.bo), 404);
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.ada), post, ""); });
    world.must([&](db::Tx& tx) { return conversation::restore_post(tx, as(at.cast.ada), post); });
    EXPECT_EQ(at.shown(picture, at.cast.bo), 404) << "its text does not name it";
    edit(markdown);
    EXPECT_EQ(at.shown(picture, at.cast.bo), 200);
}

BOTH_ENGINES(Pictures, that_were_chosen_and_not_added_are_not_lost_without_a_word) {
    Album at(world);
    const std::string to = url::replies(at.thread).text();
    for (const std::string field : {"picture", "picture_words"}) {
        const auto sent = at.pages.post(to, {{"text", "My words"}, {field, "cat.jpg"}}, at.cast.bo);
        EXPECT_EQ(sent.status, 422) << field;
        EXPECT_TRUE(sent.shows("You chose a picture and did not add it."));
        EXPECT_TRUE(sent.shows("My words"));
        const auto program = at.pages.post(to, {{"text", "My words"}, {field, "cat.jpg"}}, at.cast.bo,
                                           "application/json");
        EXPECT_EQ(program.status, 422);
        EXPECT_TRUE(program.shows("\"field\":\"picture\"")) << program.body;
    }
    EXPECT_EQ(
        at.pages.post(to, {{"text", "My words"}, {"picture", ""}, {"picture_words", " "}}, at.cast.bo).status,
        303);
}

constexpr db::Sql owners_sql = R"(
    select count(*)
    from picture
    where member_id is not null)";

BOTH_ENGINES(Pictures, say_nothing_of_who_brought_them_once_a_post_has_them) {
    Album at(world);
    const Picture picture = at.bring(at.cast.bo);
    at.write(at.cast.bo, markdown_of(picture, "My hands", Look::open), conversation::Voice::anonymous);
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return tx.one<int>(owners_sql); }), 0);
    EXPECT_EQ(at.shown(picture, at.cast.ada), 200);
}

BOTH_ENGINES(Pictures, need_words_for_those_who_cannot_see_them) {
    Album at(world);
    const Picture picture = at.bring(at.cast.ada);
    const std::string bare = markdown_of(picture, "", Look::open);
    const auto refused = world.db().write(
        [&](db::Tx& tx) { return write_post(tx, as(at.cast.ada), at.thread, {.markdown = bare}); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "text");
    const std::string tricky = markdown_of(picture, "A [rose](x) \"\\ <b>", Look::open);
    at.write(at.cast.ada, tricky);
    EXPECT_TRUE(at.pages.get(url::thread(at.thread).text(), at.cast.bo)
                    .shows("alt=\"A [rose](x) &quot;\\ &lt;b&gt;\""));
}

BOTH_ENGINES(Pictures, come_with_a_form_that_is_given_back_with_them) {
    Album at(world);
    picture_file("turned.jpg");
    const std::string to = url::replies(at.thread).text();
    const auto form = at.send(
        to, at.cast.bo,
        {{"text", "My words"}, {"picture_add", "yes"}, {"picture_words", "A cat"}, {"picture_blur", "yes"}},
        picture_file("turned.jpg"));
    EXPECT_EQ(form.status, 200);
    EXPECT_TRUE(form.shows("My words\n\n![A cat](picture:"));
    EXPECT_TRUE(form.shows("/16x24 &quot;blur&quot;)")) << form.body;
    const auto bare = at.send(to, at.cast.bo, {{"text", "My words"}, {"picture_add", "yes"}},
                              picture_file("turned.jpg"));
    EXPECT_EQ(bare.status, 422);
    EXPECT_TRUE(bare.shows("href=\"#picture_words\""));
    EXPECT_TRUE(bare.shows("My words")) << "nothing is lost";
    const auto none = at.send(to, at.cast.bo, {{"picture_add", "yes"}, {"picture_words", "A cat"}}, "");
    EXPECT_EQ(none.status, 422);
    const auto lie = at.send(to, at.cast.bo, {{"picture_add", "yes"}, {"picture_words", "A cat"}}, "<svg/>",
                             "application/json");
    EXPECT_EQ(lie.status, 422);
    EXPECT_TRUE(lie.shows("\"field\":\"picture\""));
    const auto program = at.send(to, at.cast.bo, {{"picture_add", "yes"}, {"picture_words", "A cat"}},
                                 picture_file("turned.jpg"), "application/json");
    EXPECT_EQ(program.status, 201);
    EXPECT_TRUE(program.shows("{\"markdown\":\"![A cat](picture:"));
    EXPECT_EQ(
        at.send(to, at.cast.cy, {{"picture_add", "yes"}, {"picture_words", "x"}}, picture_file("turned.jpg"))
            .status,
        404);
    const auto changed = at.send(
        url::post_editing(PostId(at.thread, 1)).text(), at.cast.ada,
        {{"text", "Look again."}, {"picture_add", "yes"}, {"picture_words", "A cat"}},
        picture_file("turned.jpg"));
    EXPECT_TRUE(changed.shows("Look again.\n\n![A cat](picture:"));
    const auto begun = at.send(
        url::threads(at.cast.circle).text(), at.cast.ada,
        {{"title", "T"}, {"text", "New."}, {"picture_add", "yes"}, {"picture_words", "A cat"}},
        picture_file("turned.jpg"));
    EXPECT_TRUE(begun.shows("New.\n\n![A cat](picture:"));
}

BOTH_ENGINES(Pictures, that_are_in_no_post_are_few_and_forgotten_in_time) {
    Album at(world);
    const Picture first = at.bring(at.cast.ada);
    world.clock.advance(minute_ms);
    const Picture second = at.bring(at.cast.ada);
    world.clock.advance(minute_ms);
    for (int i = 1; i < waiting_most; ++i) at.bring(at.cast.ada);
    EXPECT_EQ(at.shown(first, at.cast.ada), 404) << "the oldest goes";
    EXPECT_EQ(at.shown(second, at.cast.ada), 200);
    world.must([&](db::Tx& tx) -> Done {
        forget_waiting_before(tx, tx.now() + 1);
        return {};
    });
    EXPECT_EQ(at.shown(second, at.cast.ada), 404);
}

BOTH_ENGINES(Pictures, are_in_the_copy_of_ones_data_and_go_with_ones_words) {
    Album at(world);
    const Picture used = at.bring(at.cast.ada), waiting = at.bring(at.cast.ada);
    at.write(at.cast.ada, markdown_of(used, "A rose", Look::open));
    const auto copy = own_data::copy_for(*world.services, as(at.cast.ada), Cast::password,
                                         Words::of(Language::en));
    ASSERT_TRUE(copy);
    ASSERT_EQ(copy->pictures.size(), 2u);
    EXPECT_TRUE(copy->pictures[0].bytes.starts_with("RIFF"));
    EXPECT_NE(copy->json.find(waiting.key), std::string::npos);
    ASSERT_TRUE(own_data::ask_erasure(*world.services, as(at.cast.ada),
                                      {own_data::OwnWords::take, std::string(Cast::password)}));
    world.clock.advance(own_data::days_to_undo * day_ms);
    own_data::erase_due(*world.services);
    EXPECT_EQ(at.shown(used, at.cast.bo), 404);
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return tx.one<int>("select count(*) from picture"); }), 0);
}

}  // namespace
}  // namespace kith::pictures
