#include "platform/text/difference.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace kith::text {
namespace {

std::string without(const std::vector<Part>& parts, Piece piece) {
    std::string out;
    for (const Part& part : parts)
        if (part.piece != piece) out += part.words;
    return out;
}

TEST(Differences, name_the_words_that_went_and_came) {
    const std::vector<Part> expected{{Piece::same, "Be kind.\nNo "},
                                     {Piece::gone, "advertising "},
                                     {Piece::added, "selling, no surveys "},
                                     {Piece::same, "here.\n"}};
    EXPECT_EQ(difference("Be kind.\nNo advertising here.\n", "Be kind.\nNo selling, no surveys here.\n"),
              expected);
}

TEST(Differences, leave_line_feeds_where_they_are) {
    const std::vector<Part> expected{{Piece::same, "No "},
                                     {Piece::gone, "ads."},
                                     {Piece::added, "ads or surveys."},
                                     {Piece::same, "\nThanks.\n"}};
    EXPECT_EQ(difference("No ads.\nThanks.\n", "No ads or surveys.\nThanks.\n"), expected);
}

TEST(Differences, of_the_same_text_are_none) {
    EXPECT_EQ(difference("One\n\nTwo", "One\n\nTwo"), (std::vector<Part>{{Piece::same, "One\n\nTwo"}}));
    EXPECT_TRUE(difference("", "").empty());
}

TEST(Differences, give_back_both_texts_whatever_they_are) {
    SeededRandom random{11};
    const std::string_view pieces[] = {"a ", "b ", "c\n", "\n", "d", "  "};
    for (int round = 0; round < 300; ++round) {
        std::string texts[2];
        for (std::string& text : texts)
            for (std::size_t n = random.below(30); n-- > 0;) text += pieces[random.below(6)];
        const std::vector<Part> parts = difference(texts[0], texts[1]);
        EXPECT_EQ(without(parts, Piece::added), texts[0]);
        EXPECT_EQ(without(parts, Piece::gone), texts[1]);
    }
}

TEST(Differences, of_very_long_texts_do_not_take_for_ever) {
    std::string before, after;
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const std::vector<Part> parts = difference(before, after);
    EXPECT_EQ(without(parts, Piece::added), before);
    EXPECT_EQ(without(parts, Piece::gone), after);
}

}  // namespace
}  // namespace kith::text
