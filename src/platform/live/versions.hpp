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
    // Names stand in posts and lists. Numbers only grow, so their sum stays the same only if both do.
    std::uint32_t of(ThreadId id) const { return slot(threads_, id.value()) + names(); }
    std::uint32_t of(GroupId id) const { return slot(groups_, id.value()); }
    std::uint32_t of(MemberId id) const { return slot(members_, id.value()); }
    // Of the list of a group's threads: a new post moves its thread up.
    std::uint32_t of_threads_in(GroupId id) const { return slot(lists_, id.value()) + names(); }
    std::uint32_t of_site() const { return site_.load(std::memory_order_acquire); }
    // Sequence of the last change whose numbers have grown: what is read from now on holds it, and all before.
    std::int64_t last_change() const { return last_change_.load(std::memory_order_acquire); }

    void grow(ThreadId id) { grow(threads_, id.value()); }
    void grow(GroupId id) { grow(groups_, id.value()); }
    void grow(MemberId id) { grow(members_, id.value()); }
    void grow_threads_in(GroupId id) { grow(lists_, id.value()); }
    void grow_names() { names_.fetch_add(1, std::memory_order_acq_rel); }
    void grow_site() { site_.fetch_add(1, std::memory_order_acq_rel); }
    // After the numbers of this change have grown, never before. Only ever goes forward.
    void reach(std::int64_t sequence) {
        std::int64_t known = last_change_.load(std::memory_order_relaxed);
        while (known < sequence && !last_change_.compare_exchange_weak(known, sequence)) {
        }
    }

private:
    static constexpr std::size_t slots = 1 << 14;
    using Slots = std::array<std::atomic<std::uint32_t>, slots>;

    std::uint32_t names() const { return names_.load(std::memory_order_acquire); }
    static std::uint32_t slot(const Slots& all, std::int64_t id) {
        return all[static_cast<std::size_t>(id) % slots].load(std::memory_order_acquire);
    }
    static void grow(Slots& all, std::int64_t id) {
        all[static_cast<std::size_t>(id) % slots].fetch_add(1, std::memory_order_acq_rel);
    }

    Slots threads_{}, groups_{}, lists_{}, members_{};
    std::atomic<std::uint32_t> names_{0}, site_{1};
    std::atomic<std::int64_t> last_change_{0};
};

}  // namespace kith
