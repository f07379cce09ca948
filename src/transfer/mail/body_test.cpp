#include "transfer/mail/body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/text/unicode.hpp"
#include "transfer/mail/paragraphs.hpp"

namespace kith::transfer {
namespace {

using testing::EndsWith;

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

}  // namespace
}  // namespace kith::transfer
