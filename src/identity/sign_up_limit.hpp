#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace kith::identity {

// How many accounts one network may open in an hour, so that nobody fills the house or tries out names. In memory.
class SignUpLimit {
public:
    static constexpr int most = 20;
    // Takes one try, or fails with `too_many`.
    Done take(const std::string& network, Time now);

private:
    struct Tries {
        int count = 0;
        Time since;
    };
    std::mutex mutex_;
    std::unordered_map<std::string, Tries> networks_;
};

}  // namespace kith::identity
