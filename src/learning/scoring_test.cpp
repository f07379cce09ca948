#include <gmock/gmock.h>

#include "learning/testing.hpp"

namespace kith::learning {
namespace {

using test::as;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

BOTH_ENGINES(Learning, asks_for_a_post_to_be_read_and_says_why_to_staff_alone) {
    School at(world);
    at.work();
    const PostId post = at.write(new_spam), kind = at.write("I slept a little better, the park was good.");
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), Contains("model.spam"));
    EXPECT_THAT(at.sources_of(kind), Not(Contains("model.spam")));
    ASSERT_FALSE(at.queue().empty());
    const auto id = at.queue()[0].safety_case.id;
    EXPECT_EQ(at.queue()[0].safety_case.urgency, Urgency::green);
    const std::string page = at.pages.get(url::safety_case(id).text(), at.cast.mo).body;
    EXPECT_THAT(page, HasSubstr("of 100 posts with such a score, about"));
    EXPECT_THAT(page, HasSubstr("<mark>"));
    const auto seen = at.read(
        [&](db::ReadTx& tx) { return conversation::visible_post(tx, as(at.cast.bo), post); });
    EXPECT_FALSE(seen->removed_at) << "it hides nothing";
    for (const MemberId who : {at.cast.ada, at.cast.bo}) {
        const auto thread = at.pages.get(url::thread(post.thread()).text(), who, "application/json");
        EXPECT_THAT(thread.body, Not(HasSubstr("model")));
        EXPECT_THAT(thread.body, Not(HasSubstr("chance")));
    }
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), SizeIs(1)) << "once";
}

// ---- failing -----------------------------------------------------------------------------------------------

constexpr db::Sql damage_sql = "update learned_model set bytes = $1 where flag = 'spam'";
constexpr db::Sql lose_sql = "update learned_flag set model_id = 99 where flag = 'spam'";

void expect_rules_alone(School& at, Trouble trouble) {
    const PostId post = at.write("I want to die. " + new_spam);
    at.let_jobs_run();
    EXPECT_EQ(at.standing_of(Flag::spam).trouble, trouble);
    EXPECT_THAT(at.sources_of(post), Contains("crisis.die")) << "the rules read on";
    EXPECT_THAT(at.sources_of(post), Not(Contains("model.spam")));
    EXPECT_TRUE(
        at.read([&](db::ReadTx& tx) { return conversation::visible_post(tx, as(at.cast.bo), post); }));
    EXPECT_THAT(at.pages.get("/", at.cast.oz).body, HasSubstr("What reads posts needs you."));
    EXPECT_THAT(at.pages.get("/", at.cast.mo).body, Not(HasSubstr("What reads posts needs you.")));
    EXPECT_THAT(at.pages.get("/admin/learning", at.cast.oz).body, HasSubstr("the rules read alone"));
}

BOTH_ENGINES(Learning, leaves_it_to_the_rules_where_its_model_is_damaged_and_heals_by_night) {
    School at(world);
    at.work();
    world.must([](db::Tx& tx) -> Done {
        tx.run(damage_sql, db::Blob{"no model"});
        return {};
    });
    expect_rules_alone(at, Trouble::damaged);
    learn_anew(*world.services);
    const PostId post = at.write("Again: " + new_spam);
    at.let_jobs_run();
    EXPECT_EQ(at.standing_of(Flag::spam).trouble, Trouble::none);
    EXPECT_THAT(at.sources_of(post), Contains("model.spam"));
}

BOTH_ENGINES(Learning, leaves_it_to_the_rules_where_its_model_is_lost) {
    School at(world);
    at.work();
    world.must([](db::Tx& tx) -> Done {
        tx.run(lose_sql);
        return {};
    });
    expect_rules_alone(at, Trouble::missing);
}

BOTH_ENGINES(Learning, never_throws_and_the_rules_read_also_where_it_cannot_run_at_all) {
    School at(world);
    const PostId post = at.write("I want to die.");
    read_posts(*world.services, "no number");
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), Contains("crisis.die"));
}

// ---- words said outright ---------------------------------------------------------------------------------

// How urgent a post is, by rules and the model together.
Urgency band_of(School& at, PostId post) {
    Urgency out = Urgency::green;
    for (const auto& row : at.queue())
        if (row.safety_case.post == post) out = std::max(out, row.safety_case.urgency);
    return out;
}

TEST(LearningProperty, words_said_outright_never_lower_the_band) {
    test::World world(db::Engine::sqlite);
    School at(world);
    const Texts texts = plain_texts();
    // A model that takes words said outright for a sign that nobody is in danger.
    std::vector<std::string> twisted = texts.texts;
    std::vector<bool> is_so(twisted.size());
    for (std::size_t i = 0; i < twisted.size(); ++i) {
        is_so[i] = texts.is_so[i];
        if (!is_so[i]) twisted[i] += " I want to die.";
    }
    at.teach(at.write_all(twisted), Flag::crisis, is_so);
    learn_anew(*world.services);
    world.clock.advance(shadow_ms);
    world.must([&](db::Tx& tx) { return turn_on(tx, as(at.cast.oz), Flag::crisis); });
    const std::string phrases[] = {"I want to die.", "I have a plan to end it.", "I could hang myself."};
    for (std::size_t i = 0; i < 3; ++i) {
        const PostId without = at.write(texts.texts[i]);
        const PostId with = at.write(texts.texts[i] + "\n\n" + phrases[i]);
        at.let_jobs_run();
        EXPECT_GE(band_of(at, with), Urgency::red) << phrases[i];
        EXPECT_GE(band_of(at, with), band_of(at, without)) << phrases[i];
    }
}

// ---- where a post stands -----------------------------------------------------------------------------------

BOTH_ENGINES(Structure, notices_a_first_post_with_a_link_and_the_same_text_elsewhere) {
    School at(world);
    const PostId first = at.write("Look at https://example.org for help", at.cast.bo);
    const std::string text =
        "I would like to tell everybody here about the thing that has changed my life completely.";
    at.write(text);
    const PostId again = at.write(text);
    const PostId other = at.write("Another day, and I have https://example.org to show.");
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(first), Contains("spam.first_link"));
    EXPECT_THAT(at.sources_of(again), Contains("spam.same_text"));
    EXPECT_THAT(at.sources_of(other), Not(Contains("spam.first_link")));
}

}  // namespace
}  // namespace kith::learning
