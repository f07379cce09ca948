#include "doors/readers.hpp"

#include <algorithm>
#include <cmath>

namespace kith::doors {
namespace {

constexpr std::int64_t trickle_ms = 10 * second_ms;

// The finalizer of SplitMix64: every bit of the number decides about every bit of the result.
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

// Linear counting: how many different ones have set so many of the bits (Whang et al. 1990).
std::int64_t estimate(std::int64_t set, std::size_t bits) {
    const auto all = static_cast<double>(bits);
    const double free = std::max(1.0, all - static_cast<double>(set));
    return static_cast<std::int64_t>(std::lround(-all * std::log(free / all)));
}

bool is_over(Time began_at, Time now) { return now >= began_at + hour_ms || now < began_at; }

}  // namespace

Readers::Readers() : shards_(shards) {}

void Readers::forget() {
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        shard.slots.fill({});
    }
}

// Their own, or the first free or the least used of a few.
Readers::Slot& Readers::slot_for(Shard& shard, std::uint64_t reader, Time now) {
    Slot* best = nullptr;
    for (std::size_t i = 0; i < looked_at; ++i) {
        Slot& slot = shard.slots[(reader / shards + i) % slots_of_shard];
        if (slot.reader == reader && !is_over(slot.began_at, now)) return slot;
        if (slot.reader == reader || is_over(slot.began_at, now)) slot.set = -1;
        if (!best || slot.set < best->set) best = &slot;
    }
    *best = Slot{.reader = reader, .began_at = now};
    return *best;
}

Readers::Seen Readers::open(std::uint64_t reader, std::uint64_t thread, Time now, std::int64_t limit,
                            bool may_tell) {
    const std::uint64_t key = mixed(reader) | 1;
    Shard& shard = shards_[mixed(key) % shards];
    const std::lock_guard lock(shard.mutex);
    Slot& slot = slot_for(shard, key, now);
    const std::uint64_t bit = mixed(thread + 0x9e3779b97f4a7c15u) % (words * 64);
    std::uint64_t& word = slot.bits[bit / 64];
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    slot.set += (word & mask) == 0 ? 1 : 0;
    word |= mask;
    Seen seen{.opened = estimate(slot.set, words * 64), .began_at = slot.began_at};
    if (seen.opened <= limit || slot.last == thread) {
        slot.last = thread;
        return seen;
    }
    seen.open = now >= slot.let_at + trickle_ms;
    if (seen.open) {
        slot.let_at = now;
        slot.last = thread;
    }
    if (may_tell && seen.opened >= std::max(limit, 2 * slot.told)) seen.to_tell = slot.told = seen.opened;
    return seen;
}

}  // namespace kith::doors
