#include "platform/zone/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace kith::zone {
namespace {

using std::chrono::hours;
using Millis = std::chrono::milliseconds;

constexpr auto continents = std::to_array<std::string_view>({"Africa/", "America/", "Antarctica/", "Asia/",
                                                             "Atlantic/", "Australia/", "Europe/", "Indian/",
                                                             "Pacific/"});

std::vector<std::string> find_names() {
    std::vector<std::string> out;
    for (const date::time_zone& zone : date::get_tzdb().zones)
        if (std::ranges::any_of(continents, [&](auto one) { return zone.name().starts_with(one); }))
            out.push_back(zone.name());
    std::ranges::sort(out);
    out.insert(out.begin(), "UTC");
    return out;
}

const date::time_zone* find(std::string_view name) {
    return date::locate_zone(is_known(name) ? std::string(name) : std::string("UTC"));
}

date::sys_time<Millis> as_sys(Time time) { return date::sys_time<Millis>(Millis(time.ms)); }

int weekday_of(date::local_days day) { return static_cast<int>(date::weekday(day).iso_encoding()); }

}  // namespace

const std::vector<std::string>& names() {
    static const std::vector<std::string> all = find_names();
    return all;
}

bool is_known(std::string_view name) { return std::ranges::find(names(), name) != names().end(); }

Local local(std::string_view name, Time time) {
    const auto shown = find(name)->to_local(as_sys(time));
    const auto day = date::floor<date::days>(shown);
    return {static_cast<int>(std::chrono::duration_cast<hours>(shown - day).count()), weekday_of(day)};
}

Time next_hour(std::string_view name, int hour, Time time) {
    const date::time_zone* const zone = find(name);
    auto day = date::floor<date::days>(zone->to_local(as_sys(time)));
    for (;; day += date::days(1)) {
        const auto at = zone->to_sys(day + hours(hour), date::choose::earliest);
        const Time found{std::chrono::duration_cast<Millis>(at.time_since_epoch()).count()};
        if (time < found) return found;
    }
}

std::int64_t day_of(std::string_view name, Time time) {
    return date::floor<date::days>(find(name)->to_local(as_sys(time))).time_since_epoch().count();
}

int weekday_of(std::int64_t day) { return weekday_of(date::local_days(date::days(day))); }

int minute_of(std::string_view name, Time time) {
    const auto shown = find(name)->to_local(as_sys(time));
    const auto since = shown - date::floor<date::days>(shown);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(since).count());
}

Time at(std::string_view name, std::int64_t day, std::int64_t minute) {
    const auto shown = date::local_days(date::days(day)) + std::chrono::minutes(minute);
    const auto found = find(name)->to_sys(shown, date::choose::earliest);
    return {std::chrono::duration_cast<Millis>(found.time_since_epoch()).count()};
}

Time next_hour(std::string_view name, int weekday, int hour, Time time) {
    Time found = next_hour(name, hour, time);
    while (local(name, found).weekday != weekday) found = next_hour(name, hour, found);
    return found;
}

}  // namespace kith::zone
