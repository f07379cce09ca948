#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

// Clocks of other places, by the time zones of this machine (the package tzdata).
namespace kith::zone {

// "Europe/Madrid" and the like, sorted; those that only keep an old spelling alive are left out. "UTC" is the first.
const std::vector<std::string>& names();
bool is_known(std::string_view name);

// What a clock shows there: the hour, and the day from 1 (Monday) to 7. As in UTC where the zone is not known.
struct Local {
    int hour = 0;
    int weekday = 1;
};
Local local(std::string_view name, Time time);
// The first moment after `time` at which a clock there shows the full hour. One that is left out when clocks go
// forward is the moment at which they do.
Time next_hour(std::string_view name, int hour, Time time);
// The same on a day of the week.
Time next_hour(std::string_view name, int weekday, int hour, Time time);

// A day there, as a number: 0 is 1 January 1970.
std::int64_t day_of(std::string_view name, Time time);
// From 1 (Monday) to 7.
int weekday_of(std::int64_t day);
// Minutes since that day began, as a clock there shows them.
int minute_of(std::string_view name, Time time);
// When a clock there shows so many minutes of the day; 1440 is the next midnight. A moment that comes twice is the
// first one; one that is left out when clocks go forward is the moment at which they do.
Time at(std::string_view name, std::int64_t day, std::int64_t minute);

}  // namespace kith::zone
