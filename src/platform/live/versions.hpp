#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "base/ids.hpp"

namespace kith {

// A number for each thread, group and member that grows when it changes: what a cache remembers beside its
// entry, so that an entry is good exactly while its numbers still match. Take the numbers before reading
// the database, never after. Ids share slots, so an entry may be dropped for a neighbour's sake, never kept wrongly.
class Versions {
public:
    std::uint32_t of(ThreadId id) const { return slot(threads_, id.value()); }
    std::uint32_t of(GroupId id) const { return slot(groups_, id.value()); }
    std::uint32_t of(MemberId id) const { return slot(members_, id.value()); }
    // Of the list of a group's threads: a new post moves its thread up.
    std::uint32_t of_threads_in(GroupId id) const { return slot(lists_, id.value()); }
    std::uint32_t of_site() const { return site_.load(std::memory_order_acquire); }

    void grow(ThreadId id) { grow(threads_, id.value()); }
    void grow(GroupId id) { grow(groups_, id.value()); }
    void grow(MemberId id) { grow(members_, id.value()); }
    void grow_threads_in(GroupId id) { grow(lists_, id.value()); }
    void grow_site() { site_.fetch_add(1, std::memory_order_acq_rel); }

private:
    static constexpr std::size_t slots = 1 << 14;
    using Slots = std::array<std::atomic<std::uint32_t>, slots>;

    static std::uint32_t slot(const Slots& all, std::int64_t id) {
        return all[static_cast<std::size_t>(id) % slots].load(std::memory_order_acquire);
    }
    static void grow(Slots& all, std::int64_t id) {
        all[static_cast<std::size_t>(id) % slots].fetch_add(1, std::memory_order_acq_rel);
    }

    Slots threads_{}, groups_{}, lists_{}, members_{};
    std::atomic<std::uint32_t> site_{1};
};

}  // namespace kith
