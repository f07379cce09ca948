#include "platform/text/visible_text.hpp"

#include <gtest/gtest.h>

#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

std::string visible(std::string_view markdown) {
    return one_line(visible_text(render_markdown(markdown).html()));
}

TEST(VisibleText, is_the_text_without_its_marks) {
    EXPECT_EQ(visible("# Hello\n\nA *new* [day](https://example.org) & `<b>`\nfor \"us\", it's"),
              "Hello A new day & <b> for \"us\", it's");
    EXPECT_EQ(visible("- one\n- two"), "one two");
    EXPECT_EQ(visible(""), "");
}

TEST(VisibleText, shows_nothing_of_hidden_passages) {
    EXPECT_EQ(visible("It ends with ||a *bad* @dream and more|| for him."), "It ends with … for him.");
    EXPECT_EQ(visible("before\n\n>! he dies\n>\n> - really\n\nafter"), "before … after");
}

TEST(VisibleText, takes_any_bytes) {
    EXPECT_EQ(visible_text("a<b"), "a ");
    EXPECT_EQ(visible_text("<"), " ");
    EXPECT_EQ(visible_text("</span></p>x&"), " x&");
}

}  // namespace
}  // namespace kith::text
