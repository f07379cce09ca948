#include "transfer/mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>

#include "transfer/mail/body.hpp"
#include "transfer/mail/dates.hpp"
#include "transfer/mbox.hpp"

namespace kith::transfer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* mailman = "From ann at a.org  Mon Feb  5 21:36:33 2001\n";
constexpr const char* plain = "From bob@b.org Tue Feb  6 17:50:54 2001\n";

std::string iso(std::optional<Time> time) {
    if (!time) return "none";
    const std::time_t seconds = time->ms / second_ms;
    char text[32];
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    return text;
}

TEST(MailDate, ReadsWhatMailProgramsWrite) {
    const std::pair<const char*, const char*> cases[] = {
        {"Mon, 5 Feb 2001 21:36:33 -0500", "2001-02-06T02:36:33"},
        {"Tue, 6 Feb 2001 18:39:54 -0600 (CST)", "2001-02-07T00:39:54"},
        {"19 Oct 2002 18:21:32 -0500", "2002-10-19T23:21:32"},
        {"Mon,  5 Feb 2001 21:36:33 GMT", "2001-02-05T21:36:33"},
        {"Mon Feb  5 21:36:33 2001", "2001-02-05T21:36:33"},
        {"Mon, 5 Feb 2001 21:36 +0100", "2001-02-05T20:36:00"},
        {"Wed, 5 Feb 01 9:36:33 EST", "2001-02-05T14:36:33"},
        {"Wednesday, March 3, 2004 9:05 pm", "2004-03-03T21:05:00"},
        {"12-Oct-1999 10:11:12 +0000", "1999-10-12T10:11:12"},
        {"Fri, 3 Mar 100 10:11:12 +0000", "2000-03-03T10:11:12"},
        {"2003-10-12 10:11", "2003-10-12T10:11:00"},
        {"2003-10-12T10:11:12+02:00", "2003-10-12T08:11:12"},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(iso(read_mail_date(text)), expected) << text;
}

TEST(MailDate, RefusesWhatIsNoDate) {
    for (const char* text : {"", "yesterday", "31 Feb 2003 10:00:00", "Mon, 5 Feb 1901 21:36:33 +0000",
                             "5 Feb 9999 00:00:00", "-", "(((((", "99999999999999999999 Feb 2003"})
        EXPECT_EQ(iso(read_mail_date(text)), "none") << text;
}

Message read(const std::string& raw) {
    std::string why_not;
    auto message = read_message(raw, why_not);
    EXPECT_TRUE(message) << why_not;
    return message.value_or(Message{});
}

std::string refusal(const std::string& raw) {
    std::string why_not;
    EXPECT_FALSE(read_message(raw, why_not));
    return why_not;
}

std::string mail(const std::string& headers, const std::string& body) {
    return std::string(mailman) + "From: ann at a.org (Ann Lee)\nDate: Mon, 5 Feb 2001 21:36:33 -0500\n" +
           headers + "\n" + body;
}

std::string body_of(const std::string& headers, const std::string& body) {
    return read(mail(headers, body)).markdown;
}

TEST(Mail, ReadsItsHeaders) {
    const Message message = read(
        mail("Subject: [List] A subject\n\tin two lines\nMessage-ID: <m1@a.org>\n"
             "In-Reply-To: <m0@a.org>\n",
             "Hello.\n"));
    EXPECT_EQ(message.key, "m1@a.org");
    EXPECT_EQ(message.author_key, "ann@a.org");
    EXPECT_EQ(message.author_hint, "Ann Lee");
    EXPECT_EQ(message.subject, "[List] A subject in two lines");
    EXPECT_EQ(message.parent_key, "m0@a.org");
    EXPECT_EQ(iso(message.written_at), "2001-02-06T02:36:33");
    EXPECT_EQ(message.markdown, "Hello.");
}

TEST(Mail, ReadsEveryFormOfAnAuthor) {
    const std::pair<const char*, const char*> cases[] = {
        {"Ann.Lee at A.org (Ann)", "ann.lee@a.org"},
        {"\"Ann Lee\" <ANN@a.org>", "ann@a.org"},
        {"Ann Lee <ann at a.org>", "ann@a.org"},
        {"ann@a.org", "ann@a.org"},
        {"<ann@a.org>", "ann@a.org"},
        {"ann at a.org (Ann (the second) Lee)", "ann@a.org"},
        {"ann at a.org (ann at a.org)", "ann@a.org"},
        {"=?utf-8?q?=C3=84nn?= <ann@a.org>", "ann@a.org"},
    };
    for (const auto& [from, key] : cases)
        EXPECT_EQ(read(std::string("From: ") + from + "\nDate: 5 Feb 2001 10:00:00\n\nx\n").author_key, key);
}

TEST(Mail, TellsAuthorsApartBehindTheAddressOfTheList) {
    const auto key = [](const std::string& from) {
        return read("From: " + from + "\nDate: 5 Feb 2001 10:00:00\nSubject: [Cats] hi\n\nx\n").author_key;
    };
    EXPECT_EQ(key("cats@lists.org (Ann Lee)"), "name:ann lee");
    EXPECT_EQ(key("Ann Lee via Cats <cats at lists.org>"), "name:ann lee");
    EXPECT_EQ(key("cats@lists.org (cats@lists.org)"), "cats@lists.org");
}

TEST(Mail, TakesTheSendersLineIfTheAuthorIsMissing) {
    EXPECT_EQ(read(std::string(mailman) + "Date: 5 Feb 2001 10:00:00\n\nx\n").author_key, "ann@a.org");
    EXPECT_EQ(refusal("Date: 5 Feb 2001 10:00:00\n\nx\n"), "no author");
}

TEST(Mail, PrefersTheLastReference) {
    EXPECT_EQ(read(mail("In-Reply-To: <b@x>\nReferences: <a@x>\n\t<c@x>\n", "x\n")).parent_key, "c@x");
    EXPECT_EQ(read(mail("In-Reply-To: <b@x>; from bob on Mon, Mar 19\n", "x\n")).parent_key, "b@x");
    EXPECT_EQ(read(mail("In-Reply-To: your message of Monday\n", "x\n")).parent_key, "");
}

TEST(Mail, KnowsWhatElseItFollowsFrom) {
    const Message message = read(
        mail("In-Reply-To: <b@x>\nReferences: <a@x> <broken <c at x>\n\t<a@x> <d@x>\n", "x\n"));
    EXPECT_EQ(message.parent_key, "d@x");
    EXPECT_THAT(message.further_keys, ElementsAre("a@x", "c@x", "b@x"));
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "<" + std::to_string(i) + "@x> ";
    EXPECT_LT(read(mail("References: " + many + "\n", "x\n")).further_keys.size(), 20u);
}

TEST(Mail, HasAKeyWithoutAMessageIdThatCopiesShare) {
    const std::string rest = "From: ann at a.org\nDate: 5 Feb 2001 10:00:00\n\nx\n";
    const std::string key = read(std::string(mailman) + rest).key;
    EXPECT_THAT(key, StartsWith("content:"));
    EXPECT_EQ(read(std::string(plain) + rest).key, key);
    EXPECT_NE(read(std::string(plain) + rest + "y").key, key);
}

TEST(Mail, TakesTheTimeOfArrivalForAMissingOrImpossibleDate) {
    const std::string from = std::string(mailman) + "From: ann at a.org\n";
    EXPECT_EQ(iso(read(from + "\nx\n").written_at), "2001-02-05T21:36:33");
    EXPECT_EQ(iso(read(from + "Date: rubbish\n\nx\n").written_at), "2001-02-05T21:36:33");
    EXPECT_EQ(iso(read(from + "Date: 5 Feb 2031 10:00:00\n\nx\n").written_at), "2001-02-05T21:36:33");
    EXPECT_EQ(iso(read(from + "Date: 5 Feb 1994 10:00:00\n\nx\n").written_at), "2001-02-05T21:36:33");
    EXPECT_EQ(iso(read(from + "Date: 20 Jan 2001 10:00:00\n\nx\n").written_at), "2001-01-20T10:00:00");
    EXPECT_EQ(refusal("From: ann at a.org\nDate: rubbish\n\nx\n"), "no date");
}

TEST(Mail, RefusesWhatIsNoMessageOrSaysNothing) {
    EXPECT_EQ(refusal(""), "not a message");
    EXPECT_EQ(refusal("just some text\n"), "not a message");
    EXPECT_EQ(refusal(mail("Subject: x\n", "\n\n\n")), "empty");
}

TEST(Mail, DecodesHeaders) {
    EXPECT_EQ(read(mail("Subject: =?iso-8859-1?Q?Gr=FC=DFe?= an =?utf-8?B?w6RsbGU=?=\n", "x")).subject,
              "Grüße an älle");
    EXPECT_EQ(read(mail("Subject: Gr\xFC\xDF"
                        "e\n",
                        "x"))
                  .subject,
              "Grüße");
    EXPECT_EQ(read(mail("Subject: Grüße\n", "x")).subject, "Grüße");
    EXPECT_EQ(read(mail("Subject: ask bob at example.org\n", "x")).subject, "ask (address removed)");
}

TEST(Mail, SurvivesWrongCharsets) {
    EXPECT_EQ(body_of("",
                      "Gr\xFC\xDF"
                      "e \x80\n"),
              "Grüße €");
    EXPECT_EQ(body_of("Content-Type: text/plain; charset=utf-8\n",
                      "Gr\xFC\xDF"
                      "e\n"),
              "Grüße");
    EXPECT_EQ(body_of("Content-Type: text/plain; charset=\"iso-8859-1\"\n", "Grüße\n"), "Grüße");
    EXPECT_EQ(body_of("Content-Type: text/plain; charset=koi8-r\n", "\xF0\xF2\n"), "ПР");
    EXPECT_EQ(body_of("Content-Type: text/plain; charset=no-such\n", "Grüße\n"), "Grüße");
}

TEST(Mail, DecodesTransferEncodings) {
    EXPECT_EQ(body_of("MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n"
                      "Content-Transfer-Encoding: quoted-printable\n",
                      "Gr=FC=DFe=\n an alle\n"),
              "Grüße an alle");
    EXPECT_EQ(body_of("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                      "Content-Transfer-Encoding: base64\n",
                      "R3LDvMOfZQ==\n"),
              "Grüße");
}

TEST(Mail, DecodesABodyWhoseHeadersTheArchiveDropped) {
    EXPECT_EQ(body_of("",
                      "VGhpcyBib2R5IHdhcyBrZXB0IGFzIGl0IHdhcyBzZW50LCB3aXRob3V0IGl0\n"
                      "cyBoZWFkZXJzLg==\n"),
              "This body was kept as it was sent, without its headers.");
}

const char* const multipart = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"==\"\n";

TEST(Mail, ReadsTheTextOfAMultipartAndCountsTheRest) {
    const std::string body = body_of(multipart,
                                     "--==\nContent-Type: text/plain; charset=utf-8\n\nHello.\n"
                                     "--==\nContent-Type: image/png; name=a.png\n\nxxx\n"
                                     "--==\nContent-Type: application/pdf\n\nxxx\n"
                                     "--==\nContent-Type: application/pgp-signature\n\nxxx\n--==--\n");
    EXPECT_EQ(body, "Hello.\n\n(2 attachments were not brought over)");
}

TEST(Mail, PrefersTextToItsHtmlTwin) {
    const std::string headers = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"==\"\n";
    EXPECT_EQ(body_of(headers,
                      "--==\nContent-Type: text/html\n\n<b>Hello</b>\n"
                      "--==\nContent-Type: text/plain\n\nHello.\n--==--\n"),
              "Hello.");
    EXPECT_THAT(body_of(headers, "--==\nContent-Type: text/html\n\n<p>Only <b>this</b></p>\n--==--\n"),
                HasSubstr("Only"));
}

TEST(Mail, ReadsHtmlThatIsAllThereIs) {
    const std::string html =
        "<html><body><p>Hello <a href=\"mailto:bob@example.org\">Bob</a></p></body></html>\n";
    for (const char* headers : {"Content-Type: text/html\n", ""}) {
        const std::string body = body_of(headers, html);
        EXPECT_THAT(body, HasSubstr("Hello"));
        EXPECT_THAT(body, Not(HasSubstr("example.org")));
        EXPECT_THAT(body, Not(HasSubstr("<p>")));
    }
}

TEST(Mail, KeepsTheTextOfAMultipartWhosePartsAreGone) {
    EXPECT_EQ(body_of(multipart, "no boundary at all\n"), "no boundary at all");
    EXPECT_EQ(body_of("MIME-Version: 1.0\nContent-Type: multipart/signed\n",
                      "Gr\xFC\xDF"
                      "e\n"),
              "Grüße");
}

TEST(Mail, SurvivesBrokenMime) {
    std::string why_not;
    read_message(mail(multipart, "no boundary at all\n"), why_not);
    std::string deep = std::string(mailman) + "From: a@b.org\nDate: 5 Feb 2001 10:00:00\n";
    for (int i = 0; i < 200; ++i)
        deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
                std::to_string(i) + "\n";
    read_message(deep, why_not);
    read_message(mail("Content-Type: multipart/mixed\n", "x"), why_not);
}

TEST(Mail, CountsWhatMailmanScrubbed) {
    const Message message = read(
        mail("",
             "Look.\n-------------- next part --------------\nA non-text attachment was scrubbed...\n"
             "Name: a.png\nType: image/png\nSize: 12 bytes\nDesc: not available\nURL: <http://x/a>\n"
             "-------------- next part --------------\nAn HTML attachment was scrubbed...\n"
             "URL: <http://x/b>\n-------------- next part --------------\n"
             "A non-text attachment was scrubbed...\nType: application/pgp-signature\n"));
    EXPECT_EQ(message.attachments, 1);
    EXPECT_EQ(message.markdown, "Look.\n\n(1 attachment was not brought over)");
}

TEST(MailBody, TakesAnyBytes) {
    std::string text;
    std::uint32_t state = 1;
    const std::string_view alphabet = "> \n\t-_*#`[<@.a1|\\=\xC3\xA4\xFF\x00:/(\"";
    for (int round = 0; round < 300; ++round) {
        text.clear();
        for (int i = 0; i < 400; ++i) {
            state = state * 1664525 + 1013904223;
            text += alphabet[(state >> 16) % alphabet.size()];
        }
        std::string why_not;
        plain_to_markdown(text);
        read_message(text, why_not);
        read_message(mail("Content-Type: " + text.substr(0, 60) + "\n", text), why_not);
        read_mail_date(text);
    }
}

// What takes the square of its length would not end before ctest gives up.
TEST(Mail, EndsWhateverItHolds) {
    const auto many = [](std::string_view part) {
        std::string text;
        while (text.size() < MboxReader::max_message_bytes / 2) text += part;
        return text;
    };
    std::string nested = mail("", "");
    nested.pop_back();
    for (int i = 0; nested.size() < MboxReader::max_message_bytes / 2; ++i) {
        const std::string boundary = "b" + std::to_string(i);
        nested += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    std::string why_not;
    read_message(nested, why_not);
    for (const char* part : {"a@b.org ", "--\n", "--\n\n", "> ", ">", "x at y.com\n", "a\n", "    f()\nb\n",
                             "http://", "<http://a", "[", "`", "____\n", "1. ", "-- \n", "(a@b.org)"})
        read_message(mail("Subject: " + many("=?utf-8?q?a?= ").substr(0, 100000) + "\n", many(part)),
                     why_not);
}

}  // namespace
}  // namespace kith::transfer
