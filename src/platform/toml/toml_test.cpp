#include "platform/toml/toml.hpp"

#include <gtest/gtest.h>

namespace kith {
namespace {

TEST(Toml, a_file_is_read) {
    const auto table = parse_toml("a = 1\n[b]\nc = \"x\"\n");
    ASSERT_TRUE(table);
    EXPECT_EQ((*table)["a"].value<int>(), 1);
    EXPECT_EQ((*table)["b"]["c"].value<std::string>(), "x");
}

TEST(Toml, a_mistake_has_its_line) {
    EXPECT_EQ(parse_toml("a = 1\nb = \n").error().line, 2u);
    EXPECT_FALSE(parse_toml("a = 1\nb = \n").error().why.empty());
}

// Found by chance: the parser ended the process.
TEST(Toml, what_the_parser_asserts_on_is_a_mistake_with_its_line) {
    EXPECT_EQ(parse_toml("a = 1\n\n[,b]\nc = 2\n").error().line, 3u);
    EXPECT_EQ(parse_toml("a = 1\nt = 1979-05-27T=07:3200Z_\nc = 2").error().line, 2u);
    EXPECT_EQ(parse_toml("[,b]").error().line, 1u);
}

}  // namespace
}  // namespace kith
