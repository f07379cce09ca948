#include "platform/text/unicode.hpp"

#include <gtest/gtest.h>

namespace kith::text {
namespace {

TEST(Unicode, clean_keeps_plain_text_as_it_is) {
    EXPECT_EQ(clean("a\tb\nc ~"), "a\tb\nc ~");
    EXPECT_EQ(clean(""), "");
}

TEST(Unicode, clean_replaces_bytes_that_are_not_utf8) {
    EXPECT_EQ(clean("a\x80z"), "a\uFFFDz");
    EXPECT_EQ(clean("a\xC3"), "a\uFFFD");
    EXPECT_EQ(clean("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
    EXPECT_EQ(clean("\xC0\xAF"), "\uFFFD\uFFFD");            // overlong
}

TEST(Unicode, clean_composes_accents) { EXPECT_EQ(clean("e\u0301"), "\u00e9"); }

TEST(Unicode, clean_makes_line_ends_one_kind) { EXPECT_EQ(clean("a\r\nb\rc\r\r\nd"), "a\nb\nc\n\nd"); }

TEST(Unicode, clean_removes_controls_and_bidi_overrides) {
    EXPECT_EQ(clean(std::string_view("a\0b\x1b\x7f", 5)), "ab");
    EXPECT_EQ(clean("a\u202Eb\u2066c\u0085d"), "abcd");
    EXPECT_EQ(clean("👩\u200D🌾"), "👩\u200D🌾");  // joins the parts of one emoji
}

TEST(Unicode, length_and_first_count_code_points) {
    EXPECT_EQ(length("añ日🙂"), 4u);
    EXPECT_EQ(first("añ日🙂", 3), "añ日");
    EXPECT_EQ(first("ab", 5), "ab");
    EXPECT_EQ(first("ab", 0), "");
}

TEST(Unicode, fold_ignores_case_accents_and_spacing) {
    EXPECT_EQ(fold("  Ñandú \t  Straße "), "nandu strasse");
    EXPECT_EQ(fold("CAFÉ"), fold("cafe\u0301"));
    EXPECT_EQ(fold("İstanbul"), "istanbul");
    EXPECT_EQ(fold("ＦＵＬＬ ﬁ 𝐀"), "full fi a");
    EXPECT_EQ(fold("so\u00ADft\u200Bly"), "softly");
    EXPECT_EQ(fold("Ёлка"), "елка");
}

TEST(Unicode, fold_keeps_letters_that_are_marks_in_their_script) {
    EXPECT_EQ(fold("हिन्दी"), "हिन्दी");
    EXPECT_NE(fold("が"), fold("か"));
    EXPECT_EQ(fold("한국어"), "한국어");
}

TEST(Unicode, fold_twice_is_fold_once) {
    for (const std::string_view text : {"Ǆ", "ΐ", "ſt", "İI", "Ω", "가\u0301", "a\xff"})
        EXPECT_EQ(fold(fold(text)), fold(text)) << text;
}

TEST(Unicode, trim_takes_whitespace_of_any_kind_from_the_ends) {
    EXPECT_EQ(trim("\u3000 a b\u00a0\n"), "a b");
    EXPECT_EQ(trim(" \n "), "");
}

TEST(Unicode, one_line_is_clean_and_on_one_line) { EXPECT_EQ(one_line("\r\n a\u0007 \n\n b "), "a b"); }

TEST(Unicode, names_that_look_alike_share_a_skeleton) {
    EXPECT_EQ(skeleton("Admin"), skeleton("аdmіn"));  // Cyrillic а and і
    EXPECT_EQ(skeleton("Quiet-Harbour"), skeleton("quiet harb0ur"));
    EXPECT_EQ(skeleton("Moss"), skeleton("M0$5"));
    EXPECT_EQ(skeleton("Iris"), skeleton("lris"));
    EXPECT_EQ(skeleton("River"), skeleton("Rívеr"));  // Cyrillic е
    EXPECT_EQ(skeleton("Nora"), skeleton("Nοrα"));    // Greek
    EXPECT_NE(skeleton("Moss"), skeleton("Mess"));
    EXPECT_EQ(skeleton("- ."), "");
}

}  // namespace
}  // namespace kith::text
