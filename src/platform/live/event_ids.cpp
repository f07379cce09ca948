#include "platform/live/event_ids.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kith {
namespace {

// Luby and Rackoff: four rounds of a Feistel network make a permutation nobody tells from a random one; two more
// keep that so for as many numbers as a half has (Patarin, Security of Random Feistel Schemes, 2004).
constexpr int rounds = 6;
constexpr std::size_t id_length = 16;
// Of all 64-bit numbers few are below: what was guessed is hardly ever taken for an id.
constexpr std::uint64_t most_sequence = std::uint64_t{1} << 40;

}  // namespace

EventIds::EventIds(std::string_view secret) {
    const std::string digest = crypto::digest(secret);
    std::copy_n(digest.begin(), key_.size(), key_.begin());
}

std::uint32_t EventIds::mixed(int round, std::uint32_t half) const {
    const char bytes[] = {static_cast<char>(round), static_cast<char>(half), static_cast<char>(half >> 8),
                          static_cast<char>(half >> 16), static_cast<char>(half >> 24)};
    return static_cast<std::uint32_t>(crypto::short_digest(key_, {bytes, sizeof bytes}));
}

std::string EventIds::id_of(std::int64_t sequence) const {
    auto left = static_cast<std::uint32_t>(static_cast<std::uint64_t>(sequence) >> 32);
    auto right = static_cast<std::uint32_t>(sequence);
    for (int round = 0; round < rounds; ++round) {
        left ^= mixed(round, right);
        std::swap(left, right);
    }
    char digits[id_length];
    const std::uint64_t number = std::uint64_t{left} << 32 | right;
    const auto end = std::to_chars(digits, digits + id_length, number, 16).ptr;
    return std::string(static_cast<std::size_t>(digits + id_length - end), '0').append(digits, end);
}

std::optional<std::int64_t> EventIds::sequence_of(std::string_view id) const {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number, 16);
    if (id.size() != id_length || error != std::errc() || end != id.data() + id.size()) return std::nullopt;
    auto left = static_cast<std::uint32_t>(number >> 32);
    auto right = static_cast<std::uint32_t>(number);
    for (int round = rounds; round-- > 0;) {
        std::swap(left, right);
        left ^= mixed(round, right);
    }
    const std::uint64_t sequence = std::uint64_t{left} << 32 | right;
    if (sequence >= most_sequence) return std::nullopt;
    return static_cast<std::int64_t>(sequence);
}

}  // namespace kith
