#include "conversation/writing_limit.hpp"

#include <algorithm>

namespace kith::conversation {
namespace {

// Set once before serving, then only read.
Watch& watch() {
    static Watch set;
    return set;
}

}  // namespace

void use_watch(const Watch& set) { watch() = set; }
const Watch& the_watch() { return watch(); }

void WritingLimit::set(int posts_per_minute) {
    const std::lock_guard lock(mutex_);
    per_minute_ = posts_per_minute;
    members_.clear();
}

Done WritingLimit::take(MemberId member, Time now) {
    constexpr std::size_t most_members = 10'000;
    const std::lock_guard lock(mutex_);
    if (per_minute_ == 0) return {};
    // Whoever has been quiet for a minute has the full allowance again: nothing needs to be remembered.
    if (members_.size() > most_members)
        std::erase_if(members_, [&](const auto& m) { return now - m.second.at > minute_ms; });
    Allowance& allowance = members_[member];
    const double most = per_minute_;
    if (!allowance.at) allowance = {most, now};
    // A clock that was set back takes nothing away.
    const double grown = std::max(0.0, static_cast<double>(now - allowance.at) / minute_ms * most);
    allowance = {std::min(most, allowance.posts + grown), now};
    if (allowance.posts < 1)
        return too_many(
            "You have sent many posts in a short time. Please wait a minute, then send this again.");
    allowance.posts -= 1;
    return {};
}

}  // namespace kith::conversation
