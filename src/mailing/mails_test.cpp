#include "mailing/testing.hpp"
#include "platform/text/time_words.hpp"

namespace kith::mailing {
namespace {

using namespace testing;

// ---- what a mail says ----------------------------------------------------------------------------------

BOTH_ENGINES(Mailing, a_mail_tells_nothing_but_that_something_is_new) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.answer();
    post.after(minute_ms);
    ASSERT_EQ(post.sent.size(), 1u);
    const mail::Message& mail = post.sent[0];
    EXPECT_EQ(mail.to, "ada@example.org");
    EXPECT_EQ(mail.from, from);
    EXPECT_EQ(mail.subject, "Something new for you");
    EXPECT_NE(mail.body.find("there is 1 new thing for you."), std::string::npos) << mail.body;
    for (const std::string_view word : {"Migraine", "circle", "Zebra", "walrus", "Bo", "Ada", "reply"})
        EXPECT_EQ(Office::words_in(mail).find(word), std::string::npos) << word << "\n" << mail.body;
}

BOTH_ENGINES(Mailing, whoever_asks_for_it_is_told_site_and_groups_but_no_people) {
    Office post(world);
    Wish wish = at_once();
    wish.tells_more = true;
    ASSERT_TRUE(post.wish(wish));
    post.answer();
    post.after(minute_ms);
    ASSERT_EQ(post.sent.size(), 1u);
    EXPECT_EQ(post.sent[0].subject, "Migraine friends: something new for you");
    EXPECT_NE(post.sent[0].body.find("The circle: 1 reply to you"), std::string::npos) << post.sent[0].body;
    for (const std::string_view word : {"Zebra", "walrus", "Bo", "Ada"})
        EXPECT_EQ(Office::words_in(post.sent[0]).find(word), std::string::npos) << word;
}

BOTH_ENGINES(Mailing, a_mail_is_in_the_language_of_its_reader) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    world.must(
        [&](db::Tx& tx) { return identity::set_comfort(tx, as(post.cast.ada), {.language = Language::es}); });
    post.answer();
    post.after(minute_ms);
    ASSERT_EQ(post.sent.size(), 1u);
    EXPECT_EQ(post.sent[0].subject, "Hay algo nuevo para ti");
}

// ---- warnings ------------------------------------------------------------------------------------------

BOTH_ENGINES(Mailing, a_warning_goes_whatever_was_chosen_and_also_on_a_break) {
    Office post(world);
    world.must([&](db::Tx& tx) {
        return identity::begin_pause(tx, as(post.cast.ada), identity::PauseLength::open);
    });
    world.must([&](db::Tx& tx) -> Done {
        for (const std::string job : {"mail_coming_back", "mail_came_back"})
            jobs::enqueue(tx, job, std::to_string(post.cast.ada.value()), tx.now());
        return {};
    });
    post.run_jobs();
    ASSERT_EQ(post.sent.size(), 2u);
    EXPECT_EQ(post.sent[0].to, "ada@example.org");
    EXPECT_EQ(post.sent[0].subject, "Please look: is it you?");
    EXPECT_NE(post.sent[0].body.find("/me/helpers\n"), std::string::npos) << post.sent[0].body;
    EXPECT_EQ(post.sent[1].subject, "You have a new password");
    for (const mail::Message& mail : post.sent)
        for (const std::string_view word : {"Migraine", "circle", "Ada"})
            EXPECT_EQ(Office::words_in(mail).find(word), std::string::npos) << word << "\n" << mail.body;
}

BOTH_ENGINES(Mailing, of_danger_goes_to_who_chose_no_mails) {
    Office post(world);
    const auto tell = [&](notices::Kind kind) {
        world.must([&](db::Tx& tx) -> Done {
            notices::set_wish(tx, post.cast.ada, {.way = notices::Way::important});
            notices::tell_again(tx, post.cast.ada, kind, {.group = post.cast.circle});
            return {};
        });
        post.run_jobs();
    };
    tell(notices::Kind::report);
    EXPECT_TRUE(post.sent.empty());
    tell(notices::Kind::crisis);
    tell(notices::Kind::crisis);
    ASSERT_EQ(post.sent.size(), 2u) << "each time";
    EXPECT_EQ(post.sent[0].subject, "Please look now");
    EXPECT_NE(post.sent[0].body.find("/cases\n"), std::string::npos) << post.sent[0].body;
}

BOTH_ENGINES(Mailing, a_warning_goes_to_no_address_that_is_not_confirmed) {
    Office post(world);
    EXPECT_TRUE(identity::set_email(*world.services, as(post.cast.ada), {"new@example.org", password}));
    world.must([&](db::Tx& tx) -> Done {
        jobs::enqueue(tx, "mail_coming_back", std::to_string(post.cast.ada.value()), tx.now());
        return {};
    });
    post.run_jobs();
    EXPECT_EQ(post.sent.size(), 1u) << "the link alone";
}

// ---- when it goes ----------------------------------------------------------------------------------------

BOTH_ENGINES(Mailing, what_comes_at_once_is_gathered_for_a_minute) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.answer();
    world.must([&](db::Tx& tx) {
        return conversation::give_support(tx, as(post.cast.bo), PostId(post.thread, 1),
                                          conversation::Support::hug);
    });
    post.after(minute_ms - 1);
    EXPECT_TRUE(post.sent.empty());
    post.after(1);
    ASSERT_EQ(post.sent.size(), 1u);
    EXPECT_NE(post.sent[0].body.find("2 new things"), std::string::npos);
    post.after(day_ms);
    EXPECT_EQ(post.sent.size(), 1u);
}

BOTH_ENGINES(Mailing, what_was_read_on_the_site_is_not_mailed) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.answer();
    post.read_notices();
    post.after(minute_ms);
    EXPECT_TRUE(post.sent.empty());
    post.answer();
    post.after(minute_ms);
    EXPECT_EQ(post.sent.size(), 1u);
}

BOTH_ENGINES(Mailing, whoever_can_help_is_told_at_once_of_danger_whatever_they_chose) {
    Office post(world);
    Wish wish = at_once();
    wish.way = Way::weekly;
    wish.quiet_from = 0;
    wish.quiet_until = 23;
    ASSERT_TRUE(post.wish(wish));
    post.answer();
    post.after(hour_ms);
    EXPECT_TRUE(post.sent.empty());
    world.must([&](db::Tx& tx) -> Done {
        notices::tell(tx, post.cast.ada, notices::Kind::crisis, {post.cast.circle, post.thread, 1, {}});
        return {};
    });
    post.after(1);
    ASSERT_EQ(post.sent.size(), 1u);
    EXPECT_EQ(post.sent[0].subject, "Please look now");
    EXPECT_NE(post.sent[0].body.find("may be in danger"), std::string::npos) << post.sent[0].body;
    for (const std::string_view word : {"Migraine", "circle", "Zebra", "walrus", "Bo", "Ada"})
        EXPECT_EQ(Office::words_in(post.sent[0]).find(word), std::string::npos) << word;
    world.must([&](db::Tx& tx) -> Done {
        notices::tell(tx, post.cast.ada, notices::Kind::danger_waits, {.group = post.cast.circle});
        return {};
    });
    post.after(1);
    ASSERT_EQ(post.sent.size(), 2u);
    EXPECT_EQ(post.sent[1].subject, "Please look now") << "also where the words still wait";
    post.after(8 * day_ms);
    EXPECT_EQ(post.sent.size(), 2u) << "they told of everything";
}

BOTH_ENGINES(Mailing, quiet_hours_are_quiet) {
    Office post(world);
    Wish wish = at_once();
    wish.quiet_from = 22;
    wish.quiet_until = 7;
    wish.zone = "Europe/Madrid";
    ASSERT_TRUE(post.wish(wish));
    world.clock.advance(*text::parse_date("2026-02-03") + -2 * hour_ms - world.clock.now());  // 23:00 there
    post.answer();
    post.after(7 * hour_ms + 59 * minute_ms);
    EXPECT_TRUE(post.sent.empty());
    post.after(minute_ms);
    EXPECT_EQ(post.sent.size(), 1u);
}

BOTH_ENGINES(Mailing, a_digest_comes_once_a_day_at_the_hour_of_the_reader) {
    Office post(world);
    Wish wish = at_once();
    wish.way = Way::daily;
    wish.hour = 18;
    wish.zone = "Europe/Madrid";
    ASSERT_TRUE(post.wish(wish));
    post.answer();
    world.clock.advance(*text::parse_date("2026-02-02") + 17 * hour_ms - world.clock.now() - 1);
    post.run_jobs();
    EXPECT_TRUE(post.sent.empty());
    post.after(1);
    EXPECT_EQ(post.sent.size(), 1u);
    post.read_notices();
    post.after(3 * day_ms);
    EXPECT_EQ(post.sent.size(), 1u) << "nothing new, no mail";
}

TEST(MailTime, a_weekly_digest_comes_on_its_day) {
    Wish wish = at_once();
    wish.way = Way::weekly;
    wish.weekday = 5;
    wish.hour = 9;
    EXPECT_EQ(notices::mail_time(wish, test::the_start), *text::parse_date("2026-02-06") + 9 * hour_ms);
}

BOTH_ENGINES(Mailing, another_wish_moves_what_waits) {
    Office post(world);
    Wish wish = at_once();
    wish.way = Way::weekly;
    ASSERT_TRUE(post.wish(wish));
    post.answer();
    ASSERT_TRUE(post.wish(at_once()));
    post.after(minute_ms);
    EXPECT_EQ(post.sent.size(), 1u);
    post.after(8 * day_ms);
    EXPECT_EQ(post.sent.size(), 1u);
}

BOTH_ENGINES(Mailing, whoever_wants_nothing_is_told_only_what_they_must_know) {
    Office post(world);
    Wish wish;
    wish.way = Way::important;
    ASSERT_TRUE(post.wish(wish));
    post.answer();
    const auto notices_of = [&] {
        return world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, post.cast.ada, 0, 9); });
    };
    EXPECT_TRUE(notices_of().empty());
    world.must([&](db::Tx& tx) {
        return conversation::remove_post(tx, as(post.cast.mo), PostId(post.thread, 1), "Rule 1");
    });
    EXPECT_EQ(notices_of().size(), 1u);
}

BOTH_ENGINES(Mailing, nobody_who_has_closed_the_account_gets_mail) {
    Office post(world);
    ASSERT_TRUE(post.wish(at_once()));
    post.answer();
    world.must([&](db::Tx& tx) { return identity::close_account(tx, as(post.cast.ada)); });
    post.after(minute_ms);
    EXPECT_TRUE(post.sent.empty());
}

}  // namespace
}  // namespace kith::mailing
