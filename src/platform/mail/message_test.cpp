#include "platform/mail/message.hpp"

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include <memory>
#include <sstream>

namespace kith::mail {
namespace {

Message a_mail() {
    return {.from = "harbour@example.org",
            .to = "ada@example.org",
            .subject = "Something new",
            .body = "Hello.\n.\nThere is something new.\n",
            .unsubscribe = "https://example.org/mail/stop/abc",
            .id = "abc123",
            .sent_at = Time{1'770'000'000'000}};
}

// What another program reads in it.
struct Read {
    std::string subject, from, to, body, unsubscribe, one_click;
    int headers = 0;
};
Read read(const std::string& text) {
    g_mime_init();
    GMimeStream* const stream = g_mime_stream_mem_new_with_buffer(text.data(), text.size());
    GMimeParser* const parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage* const message = g_mime_parser_construct_message(parser, nullptr);
    const auto words = [](const char* known) { return std::string(known ? known : ""); };
    const auto header = [&](const char* name) {
        return words(g_mime_object_get_header(GMIME_OBJECT(message), name));
    };
    Read out{.subject = words(g_mime_message_get_subject(message)),
             .from = header("From"),
             .to = header("To"),
             .unsubscribe = header("List-Unsubscribe"),
             .one_click = header("List-Unsubscribe-Post"),
             .headers = g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(message)))};
    char* const body = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_message_get_mime_part(message)));
    out.body = words(body);
    g_free(body);
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    return out;
}

TEST(MailMessage, is_read_by_others_as_it_was_meant) {
    const Read mail = read(as_text(a_mail()));
    EXPECT_EQ(mail.subject, "Something new");
    EXPECT_EQ(mail.from, "harbour@example.org");
    EXPECT_EQ(mail.to, "ada@example.org");
    EXPECT_EQ(mail.body, "Hello.\r\n.\r\nThere is something new.\r\n");
    EXPECT_EQ(mail.unsubscribe, "<https://example.org/mail/stop/abc>");
    EXPECT_EQ(mail.one_click, "List-Unsubscribe=One-Click");
    EXPECT_NE(as_text(a_mail()).find("Date: Mon, 2 Feb 2026 02:40:00 +0000\r\n"), std::string::npos);
}

TEST(MailMessage, letters_of_all_languages_survive_in_subject_and_body) {
    Message mail = a_mail();
    mail.subject =
        "Hay algo nuevo para ti: ¿lo miras mañana, o pasado mañana, o nunca más en la vida? 你好你好";
    mail.body = "Añádelo. 你好\n";
    const std::string text = as_text(mail);
    EXPECT_EQ(read(text).subject, mail.subject);
    EXPECT_EQ(read(text).body, "Añádelo. 你好\r\n");
    std::stringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 79u) << line;
}

TEST(MailMessage, a_long_plain_subject_is_folded) {
    Message mail = a_mail();
    for (int i = 0; i < 30; ++i) mail.subject += " more words";
    const std::string text = as_text(mail);
    EXPECT_EQ(read(text).subject, mail.subject);
    std::stringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 79u) << line;
}

TEST(MailMessage, nothing_that_was_typed_becomes_a_header) {
    const int headers = read(as_text(a_mail())).headers;
    Message mail = a_mail();
    mail.subject = "Hello\r\nBcc: eve@example.org\r\n\r\nBody";
    mail.body = "\r\n.\r\nRCPT TO:<eve@example.org>\r\n";
    mail.unsubscribe = "https://example.org/>\r\nBcc: eve@example.org";
    const Read mailed = read(as_text(mail));
    EXPECT_EQ(mailed.headers, headers - 2);  // without the two of unsubscribing
    EXPECT_EQ(as_text(mail).find("\nBcc"), std::string::npos);
    mail.to = "ada@example.org\r\nBcc: eve@example.org";
    EXPECT_THROW(as_text(mail), std::invalid_argument);
}

TEST(MailMessage, knows_an_address) {
    for (const std::string_view good : {"ada@example.org", "a.b+c@mail.example.org", "x@localhost"})
        EXPECT_TRUE(is_address(good)) << good;
    for (const std::string_view bad :
         {"", "ada", "@example.org", "ada@", "a@b@c", "ada@example.org>", "ada @example.org",
          "-f@example.org", "ada@exa mple.org", "ada@example.org\n", "\"a b\"@example.org",
          "a..b@example.org", "ada@.org", "ada@example.org.", "<ada@example.org", "ada@[192.0.2.1]"})
        EXPECT_FALSE(is_address(bad)) << bad;
}

}  // namespace
}  // namespace kith::mail
