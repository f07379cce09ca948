#include "base/random.hpp"

#include <array>
#include <cstring>
#include <mutex>
#include <vector>

namespace kith {
namespace {

constexpr char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t splitmix(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

std::mutex seeded_mutex;

}  // namespace

std::string Random::token(std::size_t bytes) {
    std::vector<std::byte> raw(bytes);
    fill(raw);
    std::string out;
    out.reserve((bytes * 4 + 2) / 3);
    unsigned buffer = 0;
    int bits = 0;
    for (const std::byte b : raw) {
        buffer = (buffer << 8) | std::to_integer<unsigned>(b);
        for (bits += 8; bits >= 6; bits -= 6) out += base64url[(buffer >> (bits - 6)) & 63];
    }
    if (bits > 0) out += base64url[(buffer << (6 - bits)) & 63];
    return out;
}

std::uint64_t Random::below(std::uint64_t bound) {
    // Rejection sampling: numbers past the last whole multiple of bound are drawn again.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
        std::uint64_t value = 0;
        fill(std::as_writable_bytes(std::span(&value, 1)));
        if (value < limit) return value % bound;
    }
}

void SeededRandom::fill(std::span<std::byte> bytes) {
    const std::lock_guard lock(seeded_mutex);
    while (!bytes.empty()) {
        const std::uint64_t value = splitmix(state_);
        const std::size_t n = bytes.size() < sizeof value ? bytes.size() : sizeof value;
        std::memcpy(bytes.data(), &value, n);
        bytes = bytes.subspan(n);
    }
}

}  // namespace kith
