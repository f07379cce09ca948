#include <fstream>

#include "mailing/bounces.hpp"
#include "mailing/testing.hpp"

namespace kith::mailing {
namespace {

using namespace testing;

// ---- addresses -------------------------------------------------------------------------------------------

BOTH_ENGINES(Mailing, no_mail_goes_to_an_address_that_is_not_confirmed) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    EXPECT_TRUE(identity::set_email(*world.services, as(post.cast.ada), {"else@example.org", password}));
    post.answer();
    post.after(minute_ms);
    ASSERT_EQ(post.sent.size(), 1u);
    EXPECT_EQ(post.sent[0].subject, "Please confirm your e-mail address");
    EXPECT_EQ(post.sent[0].to, "else@example.org");
    EXPECT_FALSE(post.wish(at_once()));
}

BOTH_ENGINES(Mailing, a_link_confirms_its_own_address_alone_and_not_for_ever) {
    Office post(world);
    const auto ask = [&](std::string email) {
        EXPECT_TRUE(identity::set_email(*world.services, as(post.cast.ada), {std::move(email), password}));
        post.run_jobs();
        return "/mail/confirming/" + Office::link_in(post.sent.back(), "/mail/confirming/");
    };
    const std::string first = ask("one@example.org"), second = ask("two@example.org");
    EXPECT_EQ(post.pages.get(first).status, 200);
    EXPECT_EQ(post.pages.post(first, {}).status, 404);
    EXPECT_EQ(post.pages.post(second + "x", {}).status, 404);
    EXPECT_FALSE(post.box().confirmed_at);
    world.clock.advance(4 * day_ms);
    EXPECT_EQ(post.pages.post(second, {}).status, 404);
    EXPECT_EQ(post.pages.post(ask("two@example.org"), {}).status, 200);
    EXPECT_TRUE(post.box().confirmed_at);
}

BOTH_ENGINES(Mailing, nobody_has_links_sent_to_many_strangers) {
    Office post(world);
    for (int i = 0; i < 4; ++i)
        EXPECT_TRUE(identity::set_email(*world.services, as(post.cast.ada),
                                        {"a" + std::to_string(i) + "@example.org", password}));
    const Done refused = identity::set_email(*world.services, as(post.cast.ada), {"b@example.org", password});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::too_many);
    EXPECT_TRUE(identity::set_email(*world.services, as(post.cast.ada), {"", password}));
}

BOTH_ENGINES(Mailing, one_click_ends_mails_without_signing_in) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.answer();
    post.after(minute_ms);
    const std::string& url = post.sent.at(0).unsubscribe;
    const std::string target = url.substr(url.find("/mail/"));
    EXPECT_EQ(post.pages.get(target).status, 200);
    const auto way = [&] {
        return world.db().read([&](db::ReadTx& tx) { return notices::wish_of(tx, post.cast.ada).way; });
    };
    EXPECT_EQ(way(), Way::at_once) << "looking at it ends nothing";
    const Answer clicked = post.pages.ask(http::Method::post, target, "List-Unsubscribe=One-Click", {},
                                          {{"content-type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(clicked.status, 200);
    EXPECT_EQ(way(), Way::site);
    EXPECT_EQ(post.pages.post("/mail/stopping/abc", {}).status, 404);
    EXPECT_EQ(post.pages.post("/mail/confirming/" + target.substr(target.rfind('/') + 1), {}).status, 404);
}

// ---- what goes wrong -------------------------------------------------------------------------------------

BOTH_ENGINES(Mailing, a_mail_that_could_not_be_sent_is_tried_again) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.outcome = {Outcome::Kind::trouble, "no connection"};
    post.answer();
    post.after(minute_ms);
    post.after(jobs::back_off_ms(1));
    post.outcome = {};
    EXPECT_TRUE(post.sent.empty());
    post.after(jobs::back_off_ms(2));
    EXPECT_EQ(post.sent.size(), 1u);
}

BOTH_ENGINES(Mailing, mails_go_on_after_one_was_given_up) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.outcome = {Outcome::Kind::trouble, "no connection"};
    post.answer();
    for (int i = 0; i < 2 * jobs::most_tries; ++i) post.after(hour_ms);
    post.outcome = {};
    post.read_notices();
    post.answer();
    post.after(minute_ms);
    EXPECT_EQ(post.sent.size(), 1u);
}

BOTH_ENGINES(Mailing, an_address_that_is_none_is_paused_and_the_member_told) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.outcome = {Outcome::Kind::no_such_address};
    post.answer();
    post.after(minute_ms);
    EXPECT_TRUE(post.box().paused_at);
    EXPECT_TRUE(post.pages.get("/notices", post.cast.ada).shows("Mail to your address came back."));
    EXPECT_TRUE(post.pages.get("/me", post.cast.ada).shows("Mail to this address came back"));
    post.outcome = {};
    post.answer();
    post.after(minute_ms);
    EXPECT_TRUE(post.sent.empty());
    EXPECT_TRUE(identity::set_email(*world.services, as(post.cast.ada), {"ada@example.org", password}));
    EXPECT_FALSE(post.box().paused_at);
}

std::string report(std::string_view status, std::string_view link) {
    return "From: MAILER-DAEMON@example.org\nContent-Type: multipart/report; report-type=delivery-status;\n"
           "\tboundary=\"b\"\n\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; "
           "ada@example.org\nAction: failed\nStatus: " +
           std::string(status) + "\n\n--b\nContent-Type: message/rfc822\n\nList-Unsubscribe: <" +
           std::string(link) + ">\n\n--b--\n";
}

BOTH_ENGINES(Mailing, a_report_that_comes_back_later_pauses_the_address) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.answer();
    post.after(minute_ms);
    const std::string link = post.sent.at(0).unsubscribe;
    const std::filesystem::path maildir = world.folder / "mail";
    for (const char* const part : {"new", "cur", "tmp"}) std::filesystem::create_directories(maildir / part);
    const auto arrive = [&](const char* name, const std::string& text) {
        std::ofstream(maildir / "new" / name) << text;
        take_bounces(*world.services, maildir);
    };
    arrive("1", report("4.2.2", link));
    arrive("2", report("5.2.2", link));
    arrive("3", report("5.1.1", "https://example.org/mail/stopping/abc"));
    arrive("4", "From: ada@example.org\nSubject: Thank you\n\n" + link + "\nStatus: 5.1.1\n");
    EXPECT_FALSE(post.box().paused_at);
    EXPECT_TRUE(std::filesystem::exists(maildir / "cur" / "4:2,"));
    arrive("5", report("5.1.1", link));
    EXPECT_TRUE(post.box().paused_at);
    EXPECT_TRUE(std::filesystem::is_empty(maildir / "new"));
}

TEST(Smtp, knows_the_answers_that_mean_no_such_address) {
    for (const std::string_view gone :
         {"550 5.1.1 <x@y>: unknown", "550 unknown", "551 gone", "553 5.1.3 bad"})
        EXPECT_TRUE(mail::means_no_such_address(gone)) << gone;
    for (const std::string_view other : {"450 4.1.1 later", "552 5.2.2 full", "554 5.7.1 Relay access denied",
                                         "550 5.7.1 spam", "550 5.1.10 null", "", "5", "250 ok"})
        EXPECT_FALSE(mail::means_no_such_address(other)) << other;
}

// ---- the page --------------------------------------------------------------------------------------------

BOTH_ENGINES(Mailing, the_page_says_what_is_missing_and_keeps_what_was_chosen) {
    Office post(world);
    const Answer bo = post.pages.post(
        "/me/notices", {{"way", "daily"}, {"hour", "7"}, {"zone", "Europe/Berlin"}}, post.cast.bo);
    EXPECT_EQ(bo.status, 422);
    EXPECT_TRUE(bo.shows("Please give us an e-mail address first"));
    EXPECT_TRUE(bo.shows("value=\"daily\" checked"));
    EXPECT_TRUE(bo.shows("value=\"Europe/Berlin\" selected"));
    const std::map<std::string, std::string> form{{"way", "daily"}, {"hour", "7"}, {"tells_more", "yes"}};
    EXPECT_EQ(post.pages.post("/me/notices", form, post.cast.ada).status, 303);
    const Answer saved = post.pages.get("/me/notices", post.cast.ada, "application/json");
    EXPECT_TRUE(saved.shows(R"("way":"daily","hour":7,)")) << saved.body;
    EXPECT_TRUE(saved.shows(R"("tells_more":true)")) << saved.body;
    EXPECT_EQ(post.pages.post("/me/notices", {{"hour", "24"}}, post.cast.ada).status, 422);
    EXPECT_EQ(post.pages.post("/me/notices", {{"zone", "Nowhere"}}, post.cast.ada).status, 422);
}

BOTH_ENGINES(Mailing, without_a_mail_server_no_mail_is_offered) {
    const Cast cast(world);
    Pages pages(world);
    const Answer page = pages.get("/me/notices", cast.ada);
    EXPECT_TRUE(page.shows("This site does not send e-mail."));
    EXPECT_FALSE(page.shows("By e-mail"));
}

}  // namespace
}  // namespace kith::mailing
