#include "transfer/mbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <archive.h>
#include <archive_entry.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

#include "platform/text/unicode.hpp"
#include "transfer/mail_text.hpp"

namespace kith::transfer {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace fs = std::filesystem;

class TempFile {
public:
    explicit TempFile(const std::string& content = {})
        : path_(testing::TempDir() + "kith_mbox_" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::ofstream(path_, std::ios::binary) << content;
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    ~TempFile() { fs::remove(path_); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::vector<std::string> all_of_file(const std::string& path) {
    std::vector<std::string> out;
    auto reader = MboxReader::open(path);
    std::string raw;
    while (reader && reader->next(raw)) out.push_back(raw);
    return out;
}

std::vector<std::string> all_of(const std::string& mbox) {
    const TempFile file(mbox);
    return all_of_file(file.path());
}

void write_compressed(const std::string& path, const std::string& content, int filter) {
    archive* out = archive_write_new();
    archive_write_add_filter(out, filter);
    archive_write_set_format_raw(out);
    ASSERT_EQ(archive_write_open_filename(out, path.c_str()), ARCHIVE_OK);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_write_header(out, entry);
    archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
    archive_write_free(out);
}

constexpr const char* mailman = "From ann at a.org  Mon Feb  5 21:36:33 2001\n";
constexpr const char* plain = "From bob@b.org Tue Feb  6 17:50:54 2001\n";

TEST(Separator, IsASenderAndADate) {
    EXPECT_TRUE(is_separator("From ann at a.org  Mon Feb  5 21:36:33 2001"));
    EXPECT_TRUE(is_separator("From bob@b.org Thu Dec 11 05:57:05 2003"));
    EXPECT_TRUE(is_separator("From Tamika  Thu Jan 15 08:13:21 2009"));
    EXPECT_TRUE(is_separator("From 1544@xxx Thu Dec 11 05:57:05 +0000 2003"));
}

TEST(Separator, IsNotProse) {
    EXPECT_FALSE(is_separator("From here on, something like:"));
    EXPECT_FALSE(is_separator("From the msdn:"));
    EXPECT_FALSE(is_separator("From my view on Mon Feb 5 it was clear"));
    EXPECT_FALSE(is_separator("From: ann at a.org"));
    EXPECT_FALSE(is_separator("From "));
    EXPECT_FALSE(is_separator(""));
}

TEST(Mbox, GivesOneMessageAfterTheOther) {
    const auto found = all_of(std::string(mailman) + "Subject: a\n\none\n\n" + plain + "\ntwo\n");
    EXPECT_THAT(found,
                ElementsAre(std::string(mailman) + "Subject: a\n\none\n\n", std::string(plain) + "\ntwo\n"));
}

TEST(Mbox, KeepsProseThatStartsWithFrom) {
    EXPECT_EQ(all_of(std::string(mailman) + "\nFrom here on, all is well.\n").size(), 1u);
}

TEST(Mbox, UnquotesFromLines) {
    const auto found = all_of(std::string(mailman) + "\n>From here\n>>From there\n> From a quote\n");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0], EndsWith("\nFrom here\n>From there\n> From a quote\n"));
}

TEST(Mbox, ReadsWindowsLineEndsAndAMissingLastOne) {
    const auto found = all_of("From a@b.org Tue Feb  6 17:50:54 2001\r\nSubject: x\r\n\r\nbody");
    EXPECT_THAT(found, ElementsAre("From a@b.org Tue Feb  6 17:50:54 2001\nSubject: x\n\nbody\n"));
}

TEST(Mbox, CountsTextBeforeTheFirstMessage) {
    const TempFile file("some notes\n\n" + std::string(plain) + "\nhello\n");
    auto reader = MboxReader::open(file.path());
    std::string raw;
    ASSERT_TRUE(reader && reader->next(raw));
    EXPECT_FALSE(reader->next(raw));
    EXPECT_EQ(reader->not_messages(), 1);
}

TEST(Mbox, LeavesOutAMessageThatIsTooLargeAndGoesOn) {
    std::string large(MboxReader::max_message_bytes + 100, 'x');
    for (std::size_t i = 70; i < large.size() / 2; i += 70) large[i] = '\n';
    const TempFile file(std::string(mailman) + "\n" + large + "\n" + plain + "\nsmall\n");
    auto reader = MboxReader::open(file.path());
    std::string raw;
    ASSERT_TRUE(reader && reader->next(raw));
    EXPECT_EQ(raw, std::string(plain) + "\nsmall\n");
    EXPECT_FALSE(reader->next(raw));
    EXPECT_EQ(reader->too_large(), 1);
}

TEST(Mbox, ReadsXzAndGzip) {
    const std::string content = std::string(mailman) + "\none\n\n" + plain + "\ntwo\n";
    for (const int filter : {ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_GZIP}) {
        const TempFile file;
        write_compressed(file.path(), content, filter);
        EXPECT_EQ(all_of_file(file.path()).size(), 2u);
    }
}

TEST(Mbox, SaysWhenACompressedFileBreaksOff) {
    const TempFile file;
    std::string content;
    for (int i = 0; i < 5000; ++i)
        content += mailman + std::string("\nmessage ") + std::to_string(i * 7919 % 5000) + "\n";
    write_compressed(file.path(), content, ARCHIVE_FILTER_GZIP);
    fs::resize_file(file.path(), fs::file_size(file.path()) / 2);
    auto reader = MboxReader::open(file.path());
    ASSERT_TRUE(reader);
    std::string raw;
    int count = 0;
    while (reader->next(raw)) ++count;
    EXPECT_LT(count, 5000);
    EXPECT_TRUE(reader->broken());
}

TEST(Mbox, ShowsHowFarItIs) {
    std::string content;
    for (int i = 0; i < 20000; ++i) content += mailman + std::string("\nhello\n");
    const TempFile file(content);
    auto reader = MboxReader::open(file.path());
    ASSERT_TRUE(reader);
    std::string raw;
    for (int i = 0; i < 10000; ++i) reader->next(raw);
    EXPECT_NEAR(reader->fraction(), 0.5, 0.2);
    while (reader->next(raw)) continue;
    EXPECT_EQ(reader->fraction(), 1);
}

TEST(Mbox, AnEmptyFileHasNoMessagesAndAMissingOneIsAnError) {
    EXPECT_TRUE(all_of("").empty());
    EXPECT_FALSE(MboxReader::open("/nowhere/at.mbox"));
}

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

TEST(MailBody, JoinsWrappedLinesAndKeepsIntendedOnes) {
    EXPECT_EQ(plain_to_markdown("This line was wrapped by a mail program at the usual width of\n"
                                "seventy characters.\n\nCheers,\nAnn\n"),
              "This line was wrapped by a mail program at the usual width of seventy characters.\n\n"
              "Cheers,\nAnn");
}

TEST(MailBody, KeepsTextText) {
    EXPECT_EQ(plain_to_markdown("a *b* _c_ `d` [e](f) <b> &amp; d_e 2 * 3"),
              "a \\*b\\* \\_c\\_ \\`d\\` \\[e](f) \\<b> \\&amp; d_e 2 * 3");
    EXPECT_EQ(plain_to_markdown("# no heading"), "\\# no heading");
    EXPECT_EQ(plain_to_markdown("#1 is fine"), "#1 is fine");
    EXPECT_EQ(plain_to_markdown("text\n===="), "text\n\\====");
    EXPECT_EQ(plain_to_markdown("1984. A book"), "1984\\. A book");
    EXPECT_EQ(plain_to_markdown("@ann ||x||"), "\\@ann \\|\\|x\\|\\|");
    EXPECT_EQ(plain_to_markdown("> ! not hidden"), "> \\! not hidden");
}

TEST(MailBody, KeepsLinksWhole) {
    EXPECT_EQ(plain_to_markdown("see http://a.org/b."), "see http://a.org/b.");
    EXPECT_EQ(plain_to_markdown("see http://a.org/_b_*c*/d!"), "see <http://a.org/_b_*c*/d>!");
    EXPECT_EQ(plain_to_markdown("<http://a.org/b>"), "<http://a.org/b>");
    EXPECT_EQ(plain_to_markdown("http://a.org/b <http://a.org/b> it"), "http://a.org/b it");
    EXPECT_EQ(plain_to_markdown("http://<host>/"), "http\\://\\<host>/");
}

TEST(MailBody, TurnsQuoteMarksIntoQuotes) {
    EXPECT_EQ(plain_to_markdown("Bob wrote:\n> > one\n>> two\n> three\nfour"),
              "Bob wrote:\n\n> > one\n> > two\n>\n> three\n\nfour");
}

TEST(MailBody, TellsPythonFromQuotes) {
    EXPECT_EQ(plain_to_markdown("Try:\n\n>>> f()\n1\n"), "Try:\n\n```\n>>> f()\n1\n```");
    EXPECT_EQ(plain_to_markdown("> b\n>> c\n>>> d\n"), "> b\n>\n> > c\n> >\n> > > d");
}

TEST(MailBody, KeepsCodeAsItIs) {
    EXPECT_EQ(plain_to_markdown("Like this:\n    def f(*args):\n        pass\n\n    f()\nDone.\n"),
              "Like this:\n\n```\ndef f(*args):\n    pass\n\nf()\n```\n\nDone.");
    EXPECT_EQ(plain_to_markdown("    x = ```y```\n    z()\n"), "````\nx = ```y```\nz()\n````");
}

TEST(MailBody, KeepsLists) {
    EXPECT_EQ(plain_to_markdown("We need:\n * one\n * two\n"), "We need:\n\n- one\n- two");
    EXPECT_EQ(plain_to_markdown("1. one\n2) two\n"), "1. one\n2) two");
    EXPECT_EQ(plain_to_markdown("Bye\n\n- Ann\n"), "Bye\n\n\\- Ann");
}

TEST(MailBody, CutsSignaturesAndFooters) {
    EXPECT_EQ(plain_to_markdown("Hi.\n\n-- \nAnn Lee\nhttp://ann.org\n"), "Hi.");
    EXPECT_EQ(plain_to_markdown("Hi.\n\n--\nAnn\n"), "Hi.");
    EXPECT_EQ(plain_to_markdown("Hi.\n\n_______________________________________________\n"
                                "Cats mailing list\nCats at a.org\nhttp://a.org/listinfo/cats\n"),
              "Hi.");
    EXPECT_EQ(plain_to_markdown("> Hi.\n> ____________________\n> Cats mailing list\n> Cats at a.org\n"
                                "Yes.\n"),
              "> Hi.\n\nYes.");
    EXPECT_EQ(plain_to_markdown("Summary\n______________________\nBugs: 1"),
              "Summary\n\\______________________\nBugs: 1");
}

TEST(MailBody, CutsPgpArmour) {
    EXPECT_EQ(plain_to_markdown("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nHi.\n"
                                "-----BEGIN PGP SIGNATURE-----\niD8D\n-----END PGP SIGNATURE-----\n"),
              "Hi.");
}

TEST(MailBody, RemovesAddresses) {
    const std::string mark = "(address removed)";
    EXPECT_EQ(plain_to_markdown("Ask bob@example.org."), "Ask " + mark + ".");
    EXPECT_EQ(plain_to_markdown("Ann Lee <ann.lee at example.org> wrote:"), "Ann Lee " + mark + " wrote:");
    EXPECT_EQ(plain_to_markdown("Ask bob at\nexample.org now"), "Ask " + mark + " now");
    EXPECT_EQ(plain_to_markdown("<a@b.org <mailto:a@b.org>> and [mailto:a@b.org]"),
              mark + " and \\[" + mark + "]");
    EXPECT_EQ(plain_to_markdown("user+tag@mail.example.co.uk"), mark);
}

TEST(MailBody, KeepsWhatOnlyLooksLikeAnAddress) {
    for (const char* text :
         {"Look at twisted.web now", "The docs are at example.org", "a@b", "3 at 1.20", "run it at foo.py"})
        EXPECT_EQ(plain_to_markdown(text), text);
}

TEST(MailBody, CutsWhatIsTooLong) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "line *" + std::to_string(i) + "*\n\n";
    const std::string markdown = plain_to_markdown(text);
    EXPECT_LE(text::length(markdown), max_body_code_points);
    EXPECT_GT(text::length(markdown), max_body_code_points / 2);
    EXPECT_THAT(markdown, EndsWith("(The rest was too long and was not brought over.)"));
    EXPECT_LE(text::length(plain_to_markdown(std::string(300000, '*'))), max_body_code_points);
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

TEST(Mail, IsReadInTimeWhateverItHolds) {
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
    const auto start = std::chrono::steady_clock::now();
    std::string why_not;
    read_message(nested, why_not);
    for (const char* part : {"a@b.org ", "--\n", "--\n\n", "> ", ">", "x at y.com\n", "a\n", "    f()\nb\n",
                             "http://", "<http://a", "[", "`", "____\n", "1. ", "-- \n", "(a@b.org)"})
        read_message(mail("Subject: " + many("=?utf-8?q?a?= ").substr(0, 100000) + "\n", many(part)),
                     why_not);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

std::string shared(const std::string& name) {
    const char* set = std::getenv("KITH_SHARED");
    return (set ? std::string(set) : std::string(KITH_SOURCE_DIR) + "/../shared") + "/data/mailing-lists/" +
           name;
}

TEST(RealArchive, IsReadInFull) {
    const std::string path = shared("twisted-web.mbox.xz");
    if (!fs::exists(path)) GTEST_SKIP() << "no shared data here";
    auto reader = MboxReader::open(path);
    ASSERT_TRUE(reader);
    std::string raw, why_not;
    std::set<std::string> keys;
    int count = 0, refused = 0;
    for (; reader->next(raw); ++count) {
        const auto message = read_message(raw, why_not);
        if (!message) {
            ++refused;
            continue;
        }
        keys.insert(message->key);
        EXPECT_LE(text::length(message->markdown), max_body_code_points + 60);
    }
    EXPECT_EQ(count, 5374);
    EXPECT_LT(refused, 10);
    EXPECT_GT(keys.size(), 5350u);
    EXPECT_FALSE(reader->broken());
}

}  // namespace
}  // namespace kith::transfer
