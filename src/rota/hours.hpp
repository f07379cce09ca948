#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/words/words.hpp"
#include "rota/rules.hpp"

// Hours in words; private to rota.
namespace kith::rota {

// "8:00", "midnight", by a clock there.
std::string clock_words(const Words& words, std::string_view zone, Time time);
// "London" of "Europe/London".
std::string place_of(std::string_view zone);
// "Monday".
std::string_view weekday_words(const Words& words, std::int64_t weekday);
// "today", "tomorrow", "Monday, 3 May".
std::string day_words(const Words& words, std::string_view zone, std::int64_t day, Time now);
// "8:00 to midnight".
std::string span_words(const Words& words, std::string_view zone, const Span& span);

// "Looked after every day, 8:00 to midnight (by the clock in London)." Of a week, or of today and tomorrow where days
// are not alike.
std::string week_sentence(const Words& words, std::string_view zone, std::span<const Span> spans, Time now);
// Whether somebody is here now, and until when; or when somebody is here again.
std::string now_sentence(const Words& words, std::string_view zone, std::span<const Span> spans, Time now);

}  // namespace kith::rota
