#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using test::as;

BOTH_ENGINES(ReportPages, begin_with_help_and_keep_what_was_typed) {
    Watch at(world);
    const std::string address = url::post_report(at.post).text();
    const auto form = at.pages.get(address, at.cast.bo);
    EXPECT_EQ(form.status, 200);
    EXPECT_LT(form.body.find("112"), form.body.find("name=\"reason\"")) << "help comes first";
    EXPECT_EQ(at.pages.get(address, at.cast.cy).status, 404);
    EXPECT_EQ(at.pages.get(address).status, 404);
    const auto again = at.pages.post(address, {{"words", "It is <b>loud</b>."}}, at.cast.bo);
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(again.shows("It is &lt;b&gt;loud"));
    EXPECT_EQ(at.pages.post(address, {{"reason", "hostile"}, {"words", "Loud."}}, at.cast.bo).location(),
              "/reported");
    EXPECT_TRUE(at.pages.get("/reported", at.cast.bo).shows("Nobody is told that it was you"));
    EXPECT_TRUE(at.pages.get(url::thread(at.thread).text(), at.cast.bo).shows(address));
}

BOTH_ENGINES(ReportPages, lead_a_moderator_from_the_first_page_to_the_end) {
    Watch at(world);
    at.report(at.cast.bo);
    EXPECT_TRUE(at.pages.get("/", at.cast.mo).shows("href=\"/cases\""));
    EXPECT_FALSE(at.pages.get("/", at.cast.ada).shows("href=\"/cases\""));
    EXPECT_TRUE(at.pages.get("/cases", at.cast.mo).shows("href=\"/cases/1\""));
    EXPECT_EQ(at.pages.get("/cases", at.cast.ada).status, 404);
    const auto page = at.pages.get("/cases/1", at.cast.mo);
    EXPECT_TRUE(page.shows("A walrus."));
    EXPECT_TRUE(page.shows("A zebra.")) << "what stands before it";
    EXPECT_TRUE(page.shows("It hurts."));
    EXPECT_EQ(at.pages.get("/cases/1", at.cast.cy).status, 404);
    EXPECT_EQ(at.pages.post("/cases/1/notes", {{"note", ""}}, at.cast.mo).status, 422);
    EXPECT_EQ(at.pages.post("/cases/1/notes", {{"note", "I know her."}}, at.cast.mo).status, 303);
    EXPECT_EQ(at.pages.post("/cases/1/urgency", {{"urgency", "green"}}, at.cast.mo).status, 303);
    EXPECT_TRUE(page.shows(url::post_history(at.post).text())) << "what it said before it was changed";
    const auto wrong = at.pages.post("/cases/1/decision", {{"words", "Kept words."}}, at.cast.mo);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("Kept words."));
    EXPECT_EQ(
        at.pages.post("/cases/1/decision", {{"outcome", "warned"}, {"words", "Please stop."}}, at.cast.cy)
            .status,
        404);
    EXPECT_EQ(
        at.pages.post("/cases/1/decision", {{"outcome", "warned"}, {"words", "Please stop."}}, at.cast.mo)
            .status,
        303);
    const auto late = at.pages.post("/cases/1/decision", {{"outcome", "warned"}, {"words", "My long words."}},
                                    at.cast.nia);
    EXPECT_TRUE(late.shows("My long words.")) << "somebody was quicker, and nothing is lost";
    EXPECT_TRUE(late.shows("Please stop."));
    EXPECT_TRUE(at.pages.get("/me/decisions", at.cast.ada).shows("Please stop."));
    EXPECT_EQ(at.pages.post("/me/decisions/1/appeal", {{"words", "Why?"}}, at.cast.ada).status, 303);
    EXPECT_EQ(
        at.pages.post("/cases/1/review", {{"outcome", "upheld"}, {"words", "It stays so."}}, at.cast.nia)
            .status,
        303);
    EXPECT_FALSE(at.pages.get("/me/decisions", at.cast.ada).shows("I know her."));
}

BOTH_ENGINES(ReportPages, speak_of_an_earlier_text_only_where_a_rule_reads_words) {
    Watch at(world);
    const auto shows_it = [&](std::string_view rule) {
        const auto id = world.db().write(
            [&](db::Tx& tx) { return file_signs(tx, at.post, {{Reason::spam, Urgency::green, rule}}); });
        return at.pages.get(url::safety_case(id.value()).text(), at.cast.mo).shows("earlier text");
    };
    EXPECT_FALSE(shows_it("first-links"));
    EXPECT_TRUE(shows_it("crisis.die"));
}

BOTH_ENGINES(ReportPages, let_the_host_say_how_long_a_report_may_wait) {
    Watch at(world);
    const auto save = [&](std::string crisis, std::string red, std::string amber, MemberId who) {
        return at.pages.post(
            "/admin/triage",
            {{"crisis", crisis}, {"red", red}, {"amber", amber}, {"hide_after", "4"}, {"pause_after", "0"}},
            who);
    };
    EXPECT_EQ(save("10", "30", "60", at.cast.mo).status, 404);
    EXPECT_EQ(save("10", "5", "60", at.cast.oz).status, 422);
    EXPECT_EQ(save("0", "5", "60", at.cast.oz).status, 422);
    EXPECT_EQ(save("10", "30", "60", at.cast.oz).status, 303);
    const Targets now = world.db().read([&](db::ReadTx& tx) { return targets(tx); });
    EXPECT_EQ(now.crisis, 10);
    EXPECT_EQ(now.red, 30);
    EXPECT_EQ(now.amber, 60);
    EXPECT_EQ(now.hide_after, 4);
}

BOTH_ENGINES(ReportPages, take_few_reports_of_a_network_without_an_account) {
    Watch at(world);
    const ThreadId open = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.cy), at.cast.square, "Open", {.markdown = "Hm."});
    });
    const std::string address = url::post_report(PostId(open, 1)).text();
    for (int i = 0; i < 12; ++i)
        EXPECT_EQ(at.pages.post(address, {{"reason", ""}}).status, 422) << "a slip is no report";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(at.pages.post(address, {{"reason", "spam"}}).status, 303) << i;
    EXPECT_EQ(at.pages.post(address, {{"reason", "spam"}}).status, 429);
    EXPECT_EQ(at.pages.post(address, {{"reason", "danger"}}).status, 303);
}

BOTH_ENGINES(ReportPages, tell_the_fields_of_several_decisions_apart) {
    Watch at(world);
    for (int i = 1; i <= 2; ++i)
        ASSERT_TRUE(at.decide_as(at.cast.mo, at.report(at.cast.bo), Outcome::warned));
    const auto page = at.pages.get("/me/decisions", at.cast.ada);
    for (const std::string_view field : {"id=\"words_1\"", "id=\"words_2\""})
        EXPECT_TRUE(page.shows(field)) << field;
    const auto wrong = at.pages.post("/me/decisions/1/appeal", {{"words_1", std::string(2000, 'x')}},
                                     at.cast.ada);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("id=\"words_1-error\""));
    EXPECT_FALSE(wrong.shows("id=\"words_2-error\""));
    EXPECT_TRUE(wrong.shows(std::string(2000, 'x'))) << "what was typed stays";
}

BOTH_ENGINES(ReportPages, show_the_first_twenty_and_say_that_there_are_more) {
    Watch at(world);
    for (int i = 0; i < 21; ++i) {
        at.post = at.reply(at.cast.ada, "More.");
        at.report(i % 2 == 0 ? at.cast.bo : at.cast.nia, Reason::worse);
    }
    EXPECT_EQ(at.queue_for(at.cast.mo).size(), 20u);
    EXPECT_TRUE(at.pages.get("/cases", at.cast.mo).shows("There are more."));
}

}  // namespace
}  // namespace kith::safeguarding
