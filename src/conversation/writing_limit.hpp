#pragma once

#include <mutex>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "conversation/conversation.hpp"

namespace kith::conversation {

const Watch& the_watch();  // as use_watch set it

// How fast one member may post: so many in a minute, saved up while nothing is sent. In memory, on this node.
class WritingLimit {
public:
    void set(int posts_per_minute);  // 0: no limit. Everybody begins anew.
    // Takes one post, or fails with `too_many`.
    Done take(MemberId member, Time now);

private:
    struct Allowance {
        double posts = 0;
        Time at;
    };
    std::mutex mutex_;
    std::unordered_map<MemberId, Allowance> members_;
    int per_minute_ = 0;
};

}  // namespace kith::conversation
