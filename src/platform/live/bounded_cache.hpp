#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace kith {

// Shared values by key, the least recently found dropped when they weigh more than `limit_bytes`.
// Thread-safe; a found value stays valid while it is held.
template <class Key, class Value, class Hash = std::hash<Key>>
class BoundedCache {
public:
    using Pointer = std::shared_ptr<const Value>;

    explicit BoundedCache(std::size_t limit_bytes) : shard_limit_(limit_bytes / shards) {}

    Pointer find(const Key& key) {
        Shard& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.index.find(key);
        if (found == shard.index.end()) return nullptr;
        shard.order.splice(shard.order.begin(), shard.order, found->second);
        return found->second->value;
    }

    void put(const Key& key, Pointer value, std::size_t weight_bytes) {
        Shard& shard = shard_of(key);
        const std::lock_guard lock(shard.mutex);
        erase(shard, key);
        shard.order.push_front({key, std::move(value), weight_bytes + overhead_bytes});
        shard.index[key] = shard.order.begin();
        shard.weight += weight_bytes + overhead_bytes;
        while (shard.weight > shard_limit_ && !shard.order.empty()) {
            const Key oldest = shard.order.back().key;
            erase(shard, oldest);
        }
    }

    void clear() {
        for (Shard& shard : shards_) {
            const std::lock_guard lock(shard.mutex);
            shard.index.clear();
            shard.order.clear();
            shard.weight = 0;
        }
    }

private:
    static constexpr std::size_t shards = 16;
    static constexpr std::size_t overhead_bytes = 160;  // list and index nodes, roughly

    struct Entry {
        Key key;
        Pointer value;
        std::size_t weight;
    };
    struct Shard {
        std::mutex mutex;
        std::list<Entry> order;
        std::unordered_map<Key, typename std::list<Entry>::iterator, Hash> index;
        std::size_t weight = 0;
    };

    Shard& shard_of(const Key& key) { return shards_[(Hash()(key) >> 7) % shards]; }

    static void erase(Shard& shard, const Key& key) {
        const auto found = shard.index.find(key);
        if (found == shard.index.end()) return;
        shard.weight -= found->second->weight;
        shard.order.erase(found->second);
        shard.index.erase(found);
    }

    std::size_t shard_limit_;
    std::array<Shard, shards> shards_;
};

}  // namespace kith
