#include "mailing/answers.hpp"
#include "mailing/testing.hpp"

namespace kith::mailing {
namespace {

using namespace testing;
using mail::Verdict;

// Ada began a thread and wishes to answer by mail; what comes to our mailbox is looked at as a server would.
struct Desk : Office {
    explicit Desk(World& world_in) : Office(world_in) {
        takes_answers = true;
        Wish wished = at_once();
        wished.answers = true;
        EXPECT_TRUE(wish(wished));
    }
    // Bo replies, and the mail about it.
    mail::Message mail_of(std::string words = "A walrus for you.") {
        answer(std::move(words));
        after(minute_ms);
        return sent.empty() ? mail::Message() : sent.back();
    }
    Verdict take(const mail::Message& mail, const std::string& words, const std::string& headers = "",
                 const std::string& sender = "Ada <Ada@Example.org>") {
        return take_mail(pages.app().services(),
                         "From: " + sender + "\r\nTo: " + mail.reply_to +
                             "\r\nMessage-ID: <one@example.org>\r\n" + headers +
                             "Content-Type: text/plain; charset=utf-8\r\n\r\n" + words,
                         outgoing());
    }
    void let_anonymous(groups::AnonymousPosting posting) {
        world.must([&](db::Tx& tx) {
            return groups::change_group(tx, as(cast.oz), cast.circle,
                                        {.name = "The circle",
                                         .purpose = "For a few.",
                                         .rules = "Be kind.",
                                         .admission = groups::Admission::invitation,
                                         .anonymous_posting = posting});
        });
    }
    std::vector<conversation::Post> posts() {
        return world.db().read([&](db::ReadTx& tx) { return conversation::posts_on_page(tx, thread, 1); });
    }
    bool is_posted(std::string_view words) { return posts().back().html.find(words) != std::string::npos; }
};

BOTH_ENGINES(Answers, show_the_words_to_whoever_wishes_it_and_nobody_s_name) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    ASSERT_EQ(desk.sent.size(), 1u);
    EXPECT_EQ(mail.subject, "Something new for you");
    EXPECT_NE(mail.body.find("A walrus for you."), std::string::npos) << mail.body;
    EXPECT_NE(mail.body.find("will carry your name"), std::string::npos);
    EXPECT_TRUE(mail.reply_to.starts_with("harbour+")) << mail.reply_to;
    for (const std::string_view word : {"Zebra", "circle", "Bo", "Ada"})
        EXPECT_EQ(Office::words_in(mail).find(word), std::string::npos) << word << "\n" << mail.body;
    desk.after(day_ms);
    EXPECT_EQ(desk.sent.size(), 1u);
}

BOTH_ENGINES(Answers, are_posted_as_replies_once_however_often_the_mail_comes) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    const std::string words =
        "Thank you, **Bo**.\r\n\r\nOn Monday at 10:00 <" + mail.reply_to +
        "> wrote:\r\n> === Please write your answer above this line ===\r\n> Hello,\r\n";
    EXPECT_EQ(desk.take(mail, words), Verdict::done);
    EXPECT_EQ(desk.take(mail, words), Verdict::done);
    ASSERT_EQ(desk.posts().size(), 3u);
    const conversation::Post posted = desk.posts().back();
    EXPECT_EQ(posted.html, "<p>Thank you, <strong>Bo</strong>.</p>");
    EXPECT_EQ(posted.reply_to, 2);
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return identity::member_of(tx, posted.author); }),
              desk.cast.ada);
    EXPECT_EQ(desk.sent.size(), 1u) << "nothing to give back";
    EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return notices::any_unread(tx, desk.cast.ada); }));
    desk.mail_of("And another walrus.");
    EXPECT_NE(desk.sent.back().body.find("And another walrus."), std::string::npos)
        << "it was answered, so there is news again";
}

BOTH_ENGINES(Answers, come_from_the_address_of_the_member_alone) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    EXPECT_EQ(desk.take(mail, "Forged.", "", "mallory@example.org"), Verdict::done);
    EXPECT_EQ(desk.take(mail, "Forged.", "", "ada@example.org, mallory@example.org"), Verdict::done);
    EXPECT_EQ(desk.take(mail, "Forged.", "", "<ada@example.org.mallory.test>"), Verdict::done);
    EXPECT_EQ(desk.posts().size(), 2u);
    EXPECT_EQ(desk.sent.size(), 1u) << "a forger is told nothing, and nobody is bothered";
    mail::Message elsewhere = mail;
    elsewhere.reply_to = "harbour+0123456789abcdef@example.org";
    EXPECT_EQ(desk.take(elsewhere, "Hello."), Verdict::left);
    elsewhere.reply_to = from;
    EXPECT_EQ(desk.take(elsewhere, "Hello."), Verdict::left) << "people write to the host, too";
}

BOTH_ENGINES(Answers, need_the_word_of_our_server_where_it_checks_senders) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    desk.checked_by = "mx.example.org";
    desk.take(mail, "Forged.");
    desk.take(mail, "Forged.", "Authentication-Results: mx.mallory.test; dmarc=pass\r\n");
    desk.take(mail, "Forged.",
              "Authentication-Results: mx.example.org; dmarc=fail\r\n"
              "Authentication-Results: mx.example.org; dmarc=pass\r\n");
    desk.take(mail, "Forged.",
              "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=\"a; dmarc=pass\"\r\n");
    desk.take(mail, "Forged.", "Authentication-Results: mx.example.org; spf=fail (a; dmarc=pass)\r\n");
    desk.take(mail, "Forged.", "Authentication-Results: mx.example.org; dmarc=passive\r\n");
    desk.take(mail, "Forged.",
              "Authentication-Results: mx.example.org; spf=pass "
              "smtp.mailfrom==?utf-8?q?a=3b_dmarc=3Dpass_?=@mallory.test; dmarc=fail\r\n");
    EXPECT_EQ(desk.posts().size(), 2u);
    desk.take(mail, "Really me.",
              "Authentication-Results: mx.example.org;\r\n\tdkim=pass header.d=example.org;\r\n"
              "\tdmarc=pass header.from=example.org\r\n");
    EXPECT_TRUE(desk.is_posted("Really me."));
}

BOTH_ENGINES(Answers, of_programs_go_nowhere) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    for (const std::string header :
         {"Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "X-Auto-Response-Suppress: All\r\n",
          "Return-Path: <>\r\n", "List-Id: <walrus.example.org>\r\n"})
        EXPECT_EQ(desk.take(mail, "I am away until Monday.", header), Verdict::done) << header;
    EXPECT_EQ(desk.posts().size(), 2u);
    EXPECT_EQ(desk.sent.size(), 1u) << "no loop of mails";
    // The mail that gives words back has no address to answer to.
    desk.take(mail, "");
    ASSERT_EQ(desk.sent.size(), 2u);
    EXPECT_EQ(desk.sent.back().reply_to, "");
}

BOTH_ENGINES(Answers, that_cannot_be_posted_go_back_with_their_words) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    world.must([&](db::Tx& tx) { return conversation::close_thread(tx, as(desk.cast.mo), desk.thread); });
    EXPECT_EQ(desk.take(mail, "My long story."), Verdict::done);
    EXPECT_EQ(desk.posts().size(), 2u);
    ASSERT_EQ(desk.sent.size(), 2u);
    const mail::Message& back = desk.sent.back();
    EXPECT_EQ(back.to, "ada@example.org");
    EXPECT_NE(back.body.find("This thread has been closed."), std::string::npos) << back.body;
    EXPECT_NE(back.body.find("My long story."), std::string::npos);
}

BOTH_ENGINES(Answers, never_change_a_hidden_name_into_the_name) {
    Desk desk(world);
    desk.let_anonymous(groups::AnonymousPosting::allowed);
    world.must([&](db::Tx& tx) {
        return conversation::write_post(
            tx, as(desk.cast.ada), desk.thread,
            {.markdown = "Not my name.", .voice = conversation::Voice::anonymous});
    });
    const std::int64_t asked = desk.posts().back().id.number();
    world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(desk.cast.bo), desk.thread,
                                        {.markdown = "To whom?", .reply_to = asked});
    });
    desk.after(minute_ms);
    const mail::Message mail = desk.sent.back();
    EXPECT_NE(mail.body.find("will be anonymous"), std::string::npos) << mail.body;
    desk.let_anonymous(groups::AnonymousPosting::off);
    const std::size_t before = desk.posts().size();
    desk.take(mail, "Still not my name.");
    EXPECT_EQ(desk.posts().size(), before);
    EXPECT_NE(desk.sent.back().body.find("Still not my name."), std::string::npos);
    desk.let_anonymous(groups::AnonymousPosting::allowed);
    desk.take(mail, "Hidden.");
    ASSERT_TRUE(desk.is_posted("Hidden."));
    EXPECT_EQ(desk.posts().back().author, desk.posts()[static_cast<std::size_t>(asked) - 1].author);
}

BOTH_ENGINES(Answers, do_not_carry_what_a_mail_should_not_show) {
    Desk desk(world);
    world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(desk.cast.bo), desk.thread,
                                        {.markdown = "A dark walrus.", .note = "sad", .reply_to = 1});
    });
    desk.after(minute_ms);
    ASSERT_EQ(desk.sent.size(), 1u);
    EXPECT_EQ(desk.sent[0].reply_to, "");
    EXPECT_EQ(desk.sent[0].body.find("walrus"), std::string::npos);
    desk.read_notices();
    EXPECT_EQ(desk.mail_of("Look: ||a hidden walrus||").body.find("hidden walrus"), std::string::npos);
}

BOTH_ENGINES(Answers, wait_for_no_server_and_go_once) {
    Desk desk(world);
    desk.outcome = {Outcome::Kind::trouble, "away"};
    desk.answer();
    desk.after(minute_ms);
    EXPECT_TRUE(desk.sent.empty());
    desk.outcome = {};
    desk.after(hour_ms);
    ASSERT_EQ(desk.sent.size(), 1u);
    EXPECT_EQ(desk.take(desk.sent[0], "Here I am."), Verdict::done);
    EXPECT_TRUE(desk.is_posted("Here I am."));
}

BOTH_ENGINES(Answers, are_taken_for_ninety_days_and_from_members_who_may_write) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    world.must([&](db::Tx& tx) { return groups::leave(tx, as(desk.cast.ada), desk.cast.circle, ""); });
    desk.take(mail, "I have left.");
    EXPECT_EQ(desk.posts().size(), 2u);
    world.clock.advance(91 * day_ms);
    EXPECT_EQ(desk.take(mail, "Too late."), Verdict::left);
    world.must([&](db::Tx& tx) -> Done { return forget_answers(tx), Done(); });
}

BOTH_ENGINES(Answers, hold_nothing_of_our_mail) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    // The mark is gone: all of our mail would be posted.
    std::string repeated = mail.body;
    repeated.erase(0, repeated.find('\n'));
    desk.take(mail, "Thanks.\r\n\r\n" + repeated);
    desk.take(mail, "Mine is ada@example.org, write to me.");
    desk.take(mail, "To: Harbour <" + mail.reply_to + ">\r\nThanks.");
    EXPECT_EQ(desk.posts().size(), 2u);
    ASSERT_EQ(desk.sent.size(), 4u);
    EXPECT_NE(desk.sent.back().body.find("put a part of our mail"), std::string::npos)
        << desk.sent.back().body;
}

BOTH_ENGINES(Answers, end_with_the_wish) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    ASSERT_TRUE(desk.wish(at_once()));
    EXPECT_EQ(desk.take(mail, "Still here."), Verdict::done);
    EXPECT_EQ(desk.posts().size(), 2u);
    EXPECT_NE(desk.sent.back().body.find("turned off answering by mail"), std::string::npos);
    EXPECT_NE(desk.sent.back().body.find("Still here."), std::string::npos) << "nothing is lost";
}

BOTH_ENGINES(Answers, are_those_of_a_member_whatever_tasks_they_have) {
    Desk desk(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), desk.cast.ada, identity::Role::moderator,
                                    desk.cast.circle);
    });
    world.must([&](db::Tx& tx) -> Done {
        site::SiteForm form = *site::settings_for(tx, as(desk.cast.oz), Language::en);
        form.roles_need_factor = true;
        return site::change_site(tx, as(desk.cast.oz), form);
    });
    const mail::Message mail = desk.mail_of();
    world.must([&](db::Tx& tx) { return conversation::close_thread(tx, as(desk.cast.mo), desk.thread); });
    desk.take(mail, "As a moderator.");
    EXPECT_EQ(desk.posts().size(), 2u) << "a mail proves less than signing in with a second step";
}

BOTH_ENGINES(Answers, let_what_the_same_person_wrote_later_be_news) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of("First.");
    desk.answer("Second.");
    desk.after(day_ms);
    ASSERT_EQ(desk.sent.size(), 1u) << "one notice stands for both";
    desk.take(mail, "To the first.");
    desk.after(minute_ms);
    ASSERT_EQ(desk.sent.size(), 2u);
    EXPECT_NE(desk.sent.back().body.find("Second."), std::string::npos) << desk.sent.back().body;
}

BOTH_ENGINES(Answers, show_no_name_that_stands_in_the_words) {
    Desk desk(world);
    world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(desk.cast.bo), desk.thread,
                                        {.markdown = "Hm, @Ada and @Nia know."});
    });
    desk.after(minute_ms);
    ASSERT_EQ(desk.sent.size(), 1u);
    EXPECT_NE(desk.sent[0].body.find("Hm, @… and @… know."), std::string::npos) << desk.sent[0].body;
}

BOTH_ENGINES(Answers, in_html_alone_are_read_too) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    const std::string html =
        "From: ada@example.org\r\nTo: " + mail.reply_to +
        "\r\nMessage-ID: <html@example.org>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        "<p>Thank <b>you</b>.</p><blockquote>=== Please write your answer above this line "
        "===<br>Hello</blockquote>";
    EXPECT_EQ(take_mail(desk.pages.app().services(), html, desk.outgoing()), Verdict::done);
    EXPECT_TRUE(desk.is_posted("<p>Thank <strong>you</strong>.</p>")) << desk.posts().back().html;
}

BOTH_ENGINES(Answers, are_not_too_many_in_an_hour) {
    Desk desk(world);
    mail::Message mail = desk.mail_of();
    for (int i = 0; i <= answers_an_hour; ++i)
        take_mail(desk.pages.app().services(),
                  "From: ada@example.org\r\nTo: " + mail.reply_to + "\r\nMessage-ID: <n" + std::to_string(i) +
                      "@example.org>\r\n\r\nWords " + std::to_string(i) + ".",
                  desk.outgoing());
    const auto last = world.db().read([&](db::ReadTx& tx) {
        return conversation::visible_thread(tx, as(desk.cast.ada), desk.thread)->last_number;
    });
    EXPECT_EQ(last, 2 + answers_an_hour);
    EXPECT_NE(desk.sent.back().body.find("many answers in an hour"), std::string::npos)
        << desk.sent.back().body;
}

BOTH_ENGINES(Answers, that_fail_halfway_leave_nothing) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    const std::string bytes = "From: ada@example.org\r\nTo: " + mail.reply_to +
                              "\r\nMessage-ID: <x@example.org>\r\n\r\nOnce.";
    for (int nth = 1; nth < 200; ++nth) {
        world.db().fail_statement(nth);
        try {
            take_mail(desk.pages.app().services(), bytes, desk.outgoing());
            break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            ASSERT_EQ(desk.posts().size(), 2u) << nth;
        }
    }
    world.db().fail_statement(0);
    EXPECT_EQ(desk.posts().size(), 3u);
}

BOTH_ENGINES(Answers, keep_to_the_pace_of_the_group_and_lose_nothing) {
    Desk desk(world);
    const mail::Message mail = desk.mail_of();
    const auto set = [&](const std::map<std::string, std::string>& form) {
        EXPECT_EQ(
            desk.pages
                .post("/groups/" + std::to_string(desk.cast.circle.value()) + "/pace", form, desk.cast.mo)
                .status,
            303);
    };
    set({{"read_only", "yes"}});
    EXPECT_EQ(desk.take(mail, "A heron answers."), Verdict::done);
    EXPECT_NE(desk.sent.back().body.find("can only be read"), std::string::npos) << desk.sent.back().body;
    EXPECT_NE(desk.sent.back().body.find("A heron answers."), std::string::npos);
    set({{"held_first", "yes"}});
    EXPECT_EQ(desk.take(mail, "A heron answers."), Verdict::done);
    EXPECT_EQ(desk.sent.back().subject, "Your answer has arrived");
    EXPECT_FALSE(desk.is_posted("A heron answers."));
    EXPECT_TRUE(desk.pages.get("/me/waiting", desk.cast.ada).shows("A heron answers."));
}

}  // namespace
}  // namespace kith::mailing
