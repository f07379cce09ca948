#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "platform/words/words.hpp"

// Moments in words. Everything is UTC: we do not ask where people are.
namespace kith::text {

// "just now", "5 minutes ago", "about an hour ago", "yesterday", "4 days ago", "on 3 May", "on 3 May 2024".
// What lies ahead is "just now".
std::string ago(const Words& words, Time then, Time now);
// The first moment after `now` at which ago() may say something else; far ahead if it never will.
Time next_change(Time then, Time now);

// "today", "tomorrow", "in 3 days", by the calendar; what has passed is "today".
std::string until(const Words& words, Time then, Time now);

std::string date(const Words& words, Time time);   // "3 May 2024"
std::string exact(const Words& words, Time time);  // "3 May 2024, 14:05 UTC"
std::string iso(Time time);                        // "2024-05-03T14:05:00Z"

// "2026-05-03" as its midnight; nothing if there is no such day.
std::optional<Time> parse_date(std::string_view text);

}  // namespace kith::text
