#include "platform/live/event_ids.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kith {
namespace {

TEST(EventIds, lead_back_to_their_changes) {
    const EventIds ids("0123456789abcdef");
    for (const std::int64_t sequence : {0L, 1L, 2L, 255L, 65'536L, 4'294'967'295L, 4'294'967'296L, 1L << 39})
        EXPECT_EQ(ids.sequence_of(ids.id_of(sequence)), sequence);
}

TEST(EventIds, are_the_same_for_every_process_of_a_site_and_for_no_other_site) {
    const EventIds here("0123456789abcdef"), again("0123456789abcdef"), elsewhere("0123456789abcdeF");
    EXPECT_EQ(here.id_of(7), again.id_of(7));
    EXPECT_NE(here.id_of(7), elsewhere.id_of(7));
    EXPECT_EQ(elsewhere.sequence_of(here.id_of(7)), std::nullopt);
}

// Neighbours have nothing in common: about half of the bits differ, and they stand in no order.
TEST(EventIds, show_neither_order_nor_gaps) {
    const EventIds ids("0123456789abcdef");
    std::set<std::string> all;
    int risen = 0, bits = 0;
    constexpr int count = 2000;
    for (std::int64_t sequence = 0; sequence < count; ++sequence) {
        const std::uint64_t one = std::stoull(ids.id_of(sequence), nullptr, 16);
        const std::uint64_t next = std::stoull(ids.id_of(sequence + 1), nullptr, 16);
        risen += one < next;
        bits += __builtin_popcountll(one ^ next);
        all.insert(ids.id_of(sequence));
    }
    EXPECT_EQ(all.size(), std::size_t{count});
    EXPECT_NEAR(risen, count / 2, count / 10);
    EXPECT_NEAR(bits, count * 32, count);
}

TEST(EventIds, know_what_is_no_id_of_theirs) {
    const EventIds ids("0123456789abcdef");
    for (const std::string_view typed :
         {"", "7", "123", "zzzzzzzzzzzzzzzz", "00000000000000000", "-000000000000001"})
        EXPECT_EQ(ids.sequence_of(typed), std::nullopt) << typed;
    for (int guess = 0; guess < 1000; ++guess)
        EXPECT_EQ(ids.sequence_of("00000000000" + std::to_string(10'000 + guess)), std::nullopt);
}

}  // namespace
}  // namespace kith
