#include "noticing/noticing.hpp"

#include <gmock/gmock.h>

#include "notices/notices.hpp"
#include "platform/jobs/jobs.hpp"
#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::noticing {
namespace {

using notices::Kind;
using safeguarding::Case;
using safeguarding::Dossier;
using safeguarding::Outcome;
using safeguarding::QueueRow;
using safeguarding::Reason;
using safeguarding::Urgency;
using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::HasSubstr;
using testing::Not;

// Ada writes in the circle; rules read it.
struct Reading : safeguarding::Scene {
    using Scene::Scene;

    PostId write(std::string text) { return Scene::write(cast.ada, conversation::Voice::name, text); }
    void edit(PostId post, std::string text) {
        world.must([&](db::Tx& tx) { return conversation::edit_post(tx, as(cast.ada), post, text, ""); });
    }
    // As the server does: posts are indexed, and the job that this asks for runs.
    void let_rules_read() {
        while (world.must(
            [](db::Tx& tx) -> Result<bool> { return conversation::index_waiting_posts(tx, 50); })) {
        }
        jobs::Runner runner(*world.services, handlers(*world.services));
        while (runner.run_one()) {
        }
    }
    std::optional<Case> only_case() {
        const auto rows = queue_for(cast.mo);
        return rows.size() == 1 ? std::optional(rows[0].safety_case) : std::nullopt;
    }
    Dossier dossier_of(CaseId id) { return dossier_for(cast.mo, id); }
};

BOTH_ENGINES(Noticing, opens_a_case_for_what_is_said_outright) {
    Reading at(world);
    const PostId post = at.write("I don't know. I just want to die.");
    EXPECT_FALSE(at.only_case());
    at.let_rules_read();
    const auto one = at.only_case();
    ASSERT_TRUE(one);
    EXPECT_EQ(one->post, post);
    EXPECT_EQ(one->urgency, Urgency::red);
    EXPECT_TRUE(at.is_told(at.cast.mo, Kind::report));
    EXPECT_FALSE(at.is_told(at.cast.ada, Kind::report));
    const auto seen = world.db().read(
        [&](db::ReadTx& tx) { return conversation::visible_post(tx, as(at.cast.bo), post); });
    EXPECT_FALSE(seen->removed_at) << "a rule hides nothing";
}

BOTH_ENGINES(Noticing, of_a_plan_or_a_goodbye_is_a_crisis_that_is_told_at_once) {
    Reading at(world);
    at.write("Goodbye everyone. I have written my suicide note.");
    at.let_rules_read();
    ASSERT_TRUE(at.only_case());
    EXPECT_EQ(at.only_case()->urgency, Urgency::crisis);
    EXPECT_TRUE(at.is_told(at.cast.mo, Kind::crisis));
    EXPECT_FALSE(at.is_told(at.cast.mo, Kind::report)) << "told once, of what is gravest";
}

BOTH_ENGINES(Noticing, of_a_plan_that_is_denied_has_a_clock) {
    Reading at(world);
    at.write("I never made a plan to die.");
    at.let_rules_read();
    ASSERT_TRUE(at.only_case());
    EXPECT_EQ(at.only_case()->urgency, Urgency::amber);
}

BOTH_ENGINES(Noticing, of_one_sign_waits_without_a_clock_and_tells_nobody) {
    Reading at(world);
    at.write("Some days I feel hopeless.");
    at.let_rules_read();
    ASSERT_TRUE(at.only_case());
    EXPECT_EQ(at.only_case()->urgency, Urgency::green);
    EXPECT_FALSE(at.is_told(at.cast.mo, Kind::report));
}

BOTH_ENGINES(Noticing, of_several_signs_has_a_clock) {
    Reading at(world);
    at.write("I feel hopeless. I am just a burden to everyone.");
    at.let_rules_read();
    ASSERT_TRUE(at.only_case());
    EXPECT_EQ(at.only_case()->urgency, Urgency::amber);
}

BOTH_ENGINES(Noticing, leaves_most_posts_alone) {
    Reading at(world);
    at.write("This pain is killing me, but the walk was good. I take 20 mg at night.");
    at.write("I got a bonus at work.");
    at.let_rules_read();
    EXPECT_TRUE(at.queue_for(at.cast.mo).empty());
}

BOTH_ENGINES(Noticing, comes_once_for_a_rule_and_a_post_also_after_a_decision) {
    Reading at(world);
    const PostId post = at.write("I want to die.");
    at.let_rules_read();
    const CaseId id = at.only_case()->id;
    at.edit(post, "I want to die. Sorry for the typo.");
    at.let_rules_read();
    EXPECT_EQ(at.dossier_of(id).reports.size(), 1u);
    ASSERT_TRUE(world.db().write(
        [&](db::Tx& tx) { return safeguarding::decide(tx, as(at.cast.mo), id, {Outcome::nothing, ""}); }));
    at.edit(post, "I want to die. Sorry for both typos.");
    at.let_rules_read();
    EXPECT_TRUE(at.queue_for(at.cast.mo).empty()) << "somebody has read this";
    at.edit(post, "I have a plan to end it.");
    at.let_rules_read();
    ASSERT_TRUE(at.only_case()) << "this is new";
    EXPECT_EQ(at.only_case()->urgency, Urgency::crisis);
}

BOTH_ENGINES(Noticing, speaks_again_where_the_same_is_said_outright) {
    Reading at(world);
    const PostId post = at.write("I don't want to die.");
    at.let_rules_read();
    ASSERT_TRUE(at.only_case());
    EXPECT_EQ(at.only_case()->urgency, Urgency::green);
    at.edit(post, "I want to die.");
    at.let_rules_read();
    EXPECT_EQ(at.only_case()->urgency, Urgency::red);
    EXPECT_TRUE(at.is_told(at.cast.mo, Kind::report));
}

BOTH_ENGINES(Noticing, reads_titles_and_notes_too) {
    Reading at(world);
    world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.ada), at.cast.circle, "I am going to kill myself",
                                          {.markdown = "Sorry everyone."});
    });
    at.let_rules_read();
    ASSERT_TRUE(at.only_case());
    EXPECT_EQ(at.only_case()->urgency, Urgency::red);
    world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.ada), at.cast.circle, "Today",
                                          {.markdown = "It was long.", .note = "I want to die"});
    });
    at.let_rules_read();
    EXPECT_EQ(at.queue_for(at.cast.mo).size(), 2u);
}

BOTH_ENGINES(Noticing, joins_what_people_reported_and_never_makes_it_less_urgent) {
    Reading at(world);
    const PostId post = at.write("Some days I feel hopeless.");
    world.must([&](db::Tx& tx) {
        return safeguarding::file_report(tx, as(at.cast.bo), post, {Reason::danger, "Look, please."});
    });
    at.let_rules_read();
    const auto one = at.only_case();
    ASSERT_TRUE(one);
    EXPECT_EQ(one->urgency, Urgency::crisis);
    EXPECT_EQ(at.dossier_of(one->id).reports.size(), 2u);
}

BOTH_ENGINES(Noticing, says_nothing_of_what_is_withdrawn_or_quoted_by_others) {
    Reading at(world);
    const PostId post = at.write("I want to die.");
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.ada), post, ""); });
    at.write("> I want to die.\n\nI am with you.");
    at.let_rules_read();
    const auto one = at.only_case();
    ASSERT_TRUE(one) << "somebody may have said so";
    EXPECT_EQ(one->urgency, Urgency::green);
}

BOTH_ENGINES(Noticing, shows_staff_the_words_and_that_a_rule_can_be_wrong) {
    Reading at(world);
    const PostId post = at.write("It was long. I <b>never</b> sleep & I WANT to die.\n\nThat is all.");
    at.let_rules_read();
    const std::string address = url::safety_case(at.only_case()->id).text();
    const std::string page = at.pages.get(address, at.cast.mo).body;
    EXPECT_THAT(page, HasSubstr("Says that they want to die."));
    EXPECT_THAT(page, HasSubstr("&lt;b&gt;never&lt;/b&gt; sleep &amp; <mark>I WANT to die.</mark>"));
    EXPECT_THAT(page, HasSubstr("It can be wrong"));
    EXPECT_THAT(page, Not(HasSubstr("without an account")));
    at.edit(post, "Better now.");
    EXPECT_THAT(at.pages.get(address, at.cast.mo).body, HasSubstr("in an earlier text"));
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy})
        EXPECT_EQ(at.pages.get(address, who).status, 404);
}

BOTH_ENGINES(Care, comes_before_the_thread_for_whoever_says_that_they_are_in_danger) {
    Reading at(world);
    const std::string threads = url::group(at.cast.circle).text() + "/threads";
    const auto send = [&](const std::string& text, std::string_view accept = "text/html") {
        return at.pages.post(threads, {{"title", "A night"}, {"text", text}}, at.cast.ada, accept);
    };
    const std::string usual = send("The walk was good.").location();
    EXPECT_THAT(usual, Not(HasSubstr("/care")));
    const std::string care = send("I want to die.").location();
    EXPECT_THAT(care, HasSubstr("/care"));
    const std::string page = at.pages.get(care, at.cast.ada).body;
    EXPECT_THAT(page, HasSubstr("Go to your post"));
    EXPECT_THAT(page, HasSubstr("112"));
    for (const MemberId who : {at.cast.bo, at.cast.mo, at.cast.cy, at.cast.oz})
        EXPECT_EQ(at.pages.get(care, who).status, 404);
    EXPECT_THAT(send("I want to die.", "application/json").location(), Not(HasSubstr("/care")));
}

}  // namespace
}  // namespace kith::noticing
