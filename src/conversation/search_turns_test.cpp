#include "conversation/search_turns.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace kith::conversation {
namespace {

TEST(SearchTurns, are_two_at_a_time_for_each_asker) {
    SearchTurns turns;
    {
        const auto first = turns.take("ada"), second = turns.take("ada");
        EXPECT_TRUE(second);
        EXPECT_EQ(turns.take("ada").error().fault, Fault::too_many);
        EXPECT_TRUE(turns.take("bo"));
    }
    EXPECT_TRUE(turns.take("ada"));
}

TEST(SearchTurns, leave_a_reader_of_the_database_free) {
    SearchTurns turns;
    auto a = turns.take("a"), b = turns.take("b"), c = turns.take("c");
    EXPECT_EQ(turns.take("d").error().fault, Fault::too_many);
    {
        const auto given_back = *std::move(c);
    }
    EXPECT_TRUE(turns.take("d"));
}

}  // namespace
}  // namespace kith::conversation
