#include "platform/zone/zone.hpp"

#include <gtest/gtest.h>

#include "platform/text/time_words.hpp"

namespace kith::zone {
namespace {

Time at(std::string_view day, int hour, int minute = 0) {
    return *text::parse_date(day) + hour * hour_ms + minute * minute_ms;
}

TEST(Zone, an_hour_comes_by_the_clock_of_the_place_in_summer_and_winter) {
    EXPECT_EQ(next_hour("Europe/Madrid", 18, at("2026-01-15", 12)), at("2026-01-15", 17));
    EXPECT_EQ(next_hour("Europe/Madrid", 18, at("2026-07-15", 12)), at("2026-07-15", 16));
    EXPECT_EQ(next_hour("UTC", 18, at("2026-01-15", 18)), at("2026-01-16", 18));
}

TEST(Zone, an_hour_that_clocks_leave_out_comes_when_they_go_forward) {
    EXPECT_EQ(next_hour("Europe/Madrid", 2, at("2026-03-29", 0)), at("2026-03-29", 1));
    EXPECT_EQ(next_hour("Europe/Madrid", 2, at("2026-03-29", 1)), at("2026-03-30", 0));
}

TEST(Zone, an_hour_that_comes_twice_counts_once) {
    const Time first = next_hour("Europe/Madrid", 2, at("2026-10-24", 22));
    EXPECT_EQ(first, at("2026-10-25", 0));
    EXPECT_EQ(next_hour("Europe/Madrid", 2, first), at("2026-10-26", 1));
}

TEST(Zone, a_day_of_the_week_is_that_of_the_place) {
    EXPECT_EQ(next_hour("Asia/Tokyo", 1, 8, at("2026-01-15", 0)), at("2026-01-18", 23));  // Monday there
    EXPECT_EQ(local("Asia/Tokyo", at("2026-01-18", 23)).weekday, 1);
    EXPECT_EQ(local("America/New_York", at("2026-01-15", 3)).hour, 22);
}

TEST(Zone, what_is_not_known_is_as_utc) {
    EXPECT_TRUE(is_known("Europe/Berlin"));
    for (const std::string_view name : {"", "Nowhere", "../../etc/passwd", "posixrules"}) {
        EXPECT_FALSE(is_known(name)) << name;
        EXPECT_EQ(local(name, at("2026-01-15", 3)).hour, 3);
    }
    EXPECT_EQ(names().front(), "UTC");
    EXPECT_GT(names().size(), 100u);
}

}  // namespace
}  // namespace kith::zone
