#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

#include "base/clock.hpp"

namespace kith::doors {

// How many different conversations each reader opened within an hour: in memory, on this node, never written down. Room
// is made once, so that counting takes some dozen nanoseconds and no memory; where it is short, who read least is
// forgotten.
class Readers {
public:
    Readers();
    void forget();  // everybody begins anew

    struct Seen {
        bool open = true;          // false: above the limit, and not yet time for one more
        std::int64_t opened = 0;   // an estimate, right to a few in a hundred
        std::int64_t to_tell = 0;  // at least so many, for the first time; 0: nothing new
        Time began_at;
    };
    // Above the limit a reader opens one more every 10 seconds, and goes on with the last one. `to_tell` comes once at
    // the limit and once at each doubling, if `may_tell`.
    Seen open(std::uint64_t reader, std::uint64_t thread, Time now, std::int64_t limit, bool may_tell);

private:
    static constexpr std::size_t words = 64;  // 4096 bits a reader: counts up to some 20,000
    struct Slot {
        std::uint64_t reader = 0;  // 0: free
        std::uint64_t last = 0;    // thread
        Time began_at, let_at;
        std::int64_t told = 0;
        std::int64_t set = 0;  // bits
        std::array<std::uint64_t, words> bits{};
    };
    static constexpr std::size_t shards = 16, slots_of_shard = 128, looked_at = 8;
    struct Shard {
        std::mutex mutex;
        std::array<Slot, slots_of_shard> slots{};
    };

    static Slot& slot_for(Shard& shard, std::uint64_t reader, Time now);
    std::vector<Shard> shards_;
};

}  // namespace kith::doors
