#include "platform/crypto/work.hpp"

#include <sodium.h>

#include <bit>

#include "base/check.hpp"

namespace kith::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sha256(std::string_view bytes) {
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes), bytes.size());
    return out;
}

int leading_zeros(std::string_view digest) {
    int zeros = 0;
    for (const char byte : digest) {
        zeros += std::countl_zero(static_cast<unsigned char>(byte));
        if (byte != 0) break;
    }
    return zeros;
}

std::string slow_digest(std::string_view key, std::string_view text) {
    constexpr unsigned long long passes = 2;
    constexpr std::size_t memory_bytes = 19 * 1024 * 1024;
    CHECK(key.size() >= crypto_pwhash_SALTBYTES && sodium_init() >= 0);
    std::string out(32, '\0');
    const int made = crypto_pwhash(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                   text.size(), bytes_of(key), passes, memory_bytes,
                                   crypto_pwhash_ALG_ARGON2ID13);
    CHECK(made == 0);  // out of memory
    return out;
}

}  // namespace kith::crypto
