#include "platform/text/time_words.hpp"

#include <charconv>
#include <chrono>
#include <limits>

#include "base/check.hpp"

namespace kith::text {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year_month_day;

constexpr std::int64_t week_ms = 7 * day_ms;

sys_days day_of(Time time) { return floor<days>(sys_time<milliseconds>(milliseconds(time.ms))); }

Time midnight(sys_days day) {
    return {std::chrono::duration_cast<milliseconds>(day.time_since_epoch()).count()};
}

int year_of(Time time) { return static_cast<int>(year_month_day(day_of(time)).year()); }

// Each name is written out for xgettext.
std::string_view month_name(const Words& words, unsigned month) {
    switch (month) {
        case 1:
            return words.t("January");
        case 2:
            return words.t("February");
        case 3:
            return words.t("March");
        case 4:
            return words.t("April");
        case 5:
            return words.t("May");
        case 6:
            return words.t("June");
        case 7:
            return words.t("July");
        case 8:
            return words.t("August");
        case 9:
            return words.t("September");
        case 10:
            return words.t("October");
        case 11:
            return words.t("November");
        case 12:
            return words.t("December");
        default:
            break;
    }
    CHECK(false);
    return {};
}

std::string padded(std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

struct Parts {
    std::string day;
    std::string_view month;
    std::string year;
};

Parts parts_of(const Words& words, Time time) {
    const year_month_day ymd(day_of(time));
    return {std::to_string(static_cast<unsigned>(ymd.day())),
            month_name(words, static_cast<unsigned>(ymd.month())),
            std::to_string(static_cast<int>(ymd.year()))};
}

std::string clock_time(Time time) {
    const std::int64_t ms = time - midnight(day_of(time));
    return padded(ms / hour_ms, 2) + ":" + padded(ms % hour_ms / minute_ms, 2);
}

std::string on_date(const Words& words, Time then, Time now) {
    const Parts parts = parts_of(words, then);
    if (year_of(then) == year_of(now)) return words.f("on %1 %2", parts.day, parts.month);
    return words.f("on %1 %2 %3", parts.day, parts.month, parts.year);
}

std::optional<int> number_in(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::string ago(const Words& words, Time then, Time now) {
    const std::int64_t past = now - then;
    if (past < minute_ms) return std::string(words.t("just now"));
    if (past < hour_ms) return words.n("a minute ago", "%d minutes ago", past / minute_ms);
    if (past < day_ms) return words.n("about an hour ago", "%d hours ago", past / hour_ms);
    if (past < week_ms) return words.n("yesterday", "%d days ago", past / day_ms);
    return on_date(words, then, now);
}

Time next_change(Time then, Time now) {
    const std::int64_t past = now - then;
    if (past < minute_ms) return then + minute_ms;
    if (past < week_ms) {
        const std::int64_t step = past < hour_ms ? minute_ms : past < day_ms ? hour_ms : day_ms;
        return then + (past / step + 1) * step;
    }
    if (year_of(then) != year_of(now)) return {std::numeric_limits<std::int64_t>::max()};
    const std::chrono::year next(year_of(now) + 1);
    return midnight(sys_days(next / std::chrono::January / 1));
}

std::string until(const Words& words, Time then, Time now) {
    const auto ahead = (day_of(then) - day_of(now)).count();
    if (ahead <= 0) return std::string(words.t("today"));
    return words.n("tomorrow", "in %d days", ahead);
}

std::string date(const Words& words, Time time) {
    const Parts parts = parts_of(words, time);
    return words.f("%1 %2 %3", parts.day, parts.month, parts.year);
}

std::string exact(const Words& words, Time time) {
    return words.f("%1, %2 UTC", date(words, time), clock_time(time));
}

std::string iso(Time time) {
    const year_month_day ymd(day_of(time));
    const std::int64_t seconds = (time - midnight(day_of(time))) % minute_ms / second_ms;
    return padded(static_cast<int>(ymd.year()), 4) + "-" + padded(static_cast<unsigned>(ymd.month()), 2) +
           "-" + padded(static_cast<unsigned>(ymd.day()), 2) + "T" + clock_time(time) + ":" +
           padded(seconds, 2) + "Z";
}

std::optional<Time> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number_in(text.substr(0, 4));
    const auto month = number_in(text.substr(5, 2));
    const auto day = number_in(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const year_month_day ymd(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                             std::chrono::day(static_cast<unsigned>(*day)));
    if (!ymd.ok()) return std::nullopt;
    return midnight(sys_days(ymd));
}

}  // namespace kith::text
