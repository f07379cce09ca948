#include "platform/text/time_words.hpp"

#include <gtest/gtest.h>

namespace kith::text {
namespace {

const Words& english() {
    static const Words words(Language::en, {});
    return words;
}

Time at(std::string_view day, std::int64_t ms = 0) { return parse_date(day).value_or(Time()) + ms; }

TEST(TimeWords, ago_is_said_in_the_largest_fitting_unit) {
    const Time now = at("2026-05-20", 12 * hour_ms);
    const auto said = [&](std::int64_t past) { return ago(english(), now + -past, now); };
    EXPECT_EQ(said(-5 * minute_ms), "just now");
    EXPECT_EQ(said(59 * second_ms), "just now");
    EXPECT_EQ(said(minute_ms), "a minute ago");
    EXPECT_EQ(said(5 * minute_ms), "5 minutes ago");
    EXPECT_EQ(said(hour_ms), "about an hour ago");
    EXPECT_EQ(said(3 * hour_ms), "3 hours ago");
    EXPECT_EQ(said(day_ms), "yesterday");
    EXPECT_EQ(said(4 * day_ms), "4 days ago");
    EXPECT_EQ(said(17 * day_ms), "on 3 May");
    EXPECT_EQ(said(200 * day_ms), "on 1 November 2025");
}

TEST(TimeWords, next_change_is_when_ago_says_something_else) {
    const Time then = at("2025-12-20", 1234);
    for (Time now = then; now < at("2026-01-01");) {
        const Time next = next_change(then, now);
        ASSERT_GT(next, now);
        EXPECT_EQ(ago(english(), then, next + -1), ago(english(), then, now));
        EXPECT_NE(ago(english(), then, next), ago(english(), then, now));
        now = next;
    }
    EXPECT_GT(next_change(then, at("2026-01-01")), at("9000-01-01"));
}

TEST(TimeWords, until_counts_days_of_the_calendar) {
    const Time now = at("2026-05-20", 23 * hour_ms);
    EXPECT_EQ(until(english(), at("2026-05-01"), now), "today");
    EXPECT_EQ(until(english(), now + minute_ms, now), "today");
    EXPECT_EQ(until(english(), now + 2 * hour_ms, now), "tomorrow");
    EXPECT_EQ(until(english(), at("2026-05-23"), now), "in 3 days");
}

TEST(TimeWords, moments_are_written_in_utc) {
    const Time time = at("2024-05-03", 14 * hour_ms + 5 * minute_ms + 9 * second_ms + 7);
    EXPECT_EQ(date(english(), time), "3 May 2024");
    EXPECT_EQ(exact(english(), time), "3 May 2024, 14:05 UTC");
    EXPECT_EQ(iso(time), "2024-05-03T14:05:09Z");
    EXPECT_EQ(iso(Time{-1}), "1969-12-31T23:59:59Z");
}

TEST(TimeWords, dates_are_read_strictly) {
    EXPECT_EQ(parse_date("2024-02-29"), (Time{1'709'164'800'000}));
    for (const std::string_view text : {"", "2023-02-29", "2024-13-01", "2024-1-01", "2024-01-0x",
                                        "2024/01/01", "2024-01-011", "-024-01-01", "2024-00-10"})
        EXPECT_FALSE(parse_date(text)) << text;
}

}  // namespace
}  // namespace kith::text
