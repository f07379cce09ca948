#include "identity/sign_up_limit.hpp"

namespace kith::identity {

Done SignUpLimit::take(const std::string& network, Time now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(networks_, [&](const auto& one) { return now - one.second.since > hour_ms; });
    Tries& tries = networks_[network];
    if (tries.count == 0) tries.since = now;
    if (tries.count == most)
        return too_many("Many accounts were opened from your network. Please try again in an hour.");
    ++tries.count;
    return {};
}

}  // namespace kith::identity
