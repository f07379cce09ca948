#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace kith {

// Where chance comes from: the operating system in production (platform/crypto), a seed in tests.
// Safe to call from any thread.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;

    // A secret of `bytes` random bytes as URL-safe base64 without padding (16 bytes are 128 bits).
    std::string token(std::size_t bytes = 18);
    // Uniform in [0, bound).
    std::uint64_t below(std::uint64_t bound);
};

// The same numbers for the same seed. For tests and demo data only.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::byte> bytes) override;

private:
    std::uint64_t state_;
};

}  // namespace kith
