#include "platform/mail/answer_text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kith::mail {
namespace {

const std::vector<std::string> marks = {"write your answer above this line"};

std::string answer(std::string_view text) { return answer_in(text, marks); }

TEST(AnswerText, ends_where_a_program_quotes_our_mail) {
    EXPECT_EQ(answer("Thank you.\n\nOn Mon, 30 Nov 2026 at 10:00, <harbour+k2@kith.test> wrote:\n"
                     "> === write your answer above this line ===\n> \n> Hello,\n"),
              "Thank you.");
    EXPECT_EQ(
        answer("Thank you.\r\n\r\nEl lun, 30 nov 2026 a las 10:00,\r\n<harbour+k2@kith.test> escribió:\r\n"
               "\r\n> === write your answer above this line ===\r\n"),
        "Thank you.");
}

TEST(AnswerText, ends_where_a_program_repeats_our_mail_below_its_headers) {
    EXPECT_EQ(
        answer("I know.\n\n________________________________\nFrom: harbour@kith.test\nSent: Monday\n"
               "To: ada@kith.test\nSubject: A reply for you\n\n=== write your answer above this line ===\n"
               "Hello,\n"),
        "I know.");
    EXPECT_EQ(answer("I know.\n\n-----Original Message-----\nFrom: a@b.c\nSubject: x\n\n"
                     "=== write your answer above this line ===\n"),
              "I know.");
}

TEST(AnswerText, keeps_what_stands_below_and_between_quoted_lines) {
    EXPECT_EQ(answer("I have 2 things to say:\n> === write your answer above this line ===\n> One?\nYes:\n> "
                     "Two?\nNo.\n"),
              "I have 2 things to say:\n\nYes:\n\nNo.");
    EXPECT_EQ(
        answer("I took them.\nThank you.\nOn Monday 10:00 <a@b.c> wrote:\n> === write your answer above this "
               "line ===\n"),
        "I took them.\nThank you.");
    EXPECT_EQ(answer("Morning: bad\nEvening: worse\n\n=== write your answer above this line ===\n"),
              "Morning: bad\nEvening: worse");
    EXPECT_EQ(
        answer("On Monday 10:00 <a@b.c> wrote:\n> === write your answer above this line ===\n> One?\nYes.\n"
               "> Two?\nNo.\n"),
        "Yes.\n\nNo.");
}

TEST(AnswerText, is_without_a_signature_and_keeps_its_own_colons_and_blank_lines) {
    EXPECT_EQ(answer("What helps me:\n\n\n- tea\n- a walk\n-- \nAda Smith\n0123 456\n"),
              "What helps me:\n\n- tea\n- a walk");
    EXPECT_EQ(answer("Note: this is mine.\n"), "Note: this is mine.");
    EXPECT_EQ(answer("One.\n--\nTwo.\n"), "One.\n--\nTwo.");
}

TEST(AnswerText, is_empty_where_nobody_wrote_anything) {
    EXPECT_EQ(answer(""), "");
    EXPECT_EQ(answer("> === write your answer above this line ===\n> Hello\n"), "");
    EXPECT_EQ(answer("=== write your answer above this line ===\nHello,\nsomebody replied to you.\n"), "");
}

}  // namespace
}  // namespace kith::mail
