#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random.hpp"

// libsodium in the few shapes that Kith needs.
namespace kith::crypto {

// The operating system's randomness.
class SystemRandom final : public Random {
public:
    SystemRandom();
    void fill(std::span<std::byte> bytes) override;
};

// BLAKE2b-256 as 32 raw bytes.
std::string digest(std::string_view bytes);
std::string digest_hex(std::string_view bytes);
// With a secret key of 16 to 64 bytes: for values that could be guessed (names, addresses).
std::string keyed_digest(std::string_view key, std::string_view bytes);

// HMAC-SHA-256 (RFC 2104) as 64 hexadecimal digits, for programs of others to check.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

// Text that only the key (32 bytes) reads and makes, for links: letters, digits, - and _. Nothing for what the key did
// not seal.
inline constexpr std::size_t seal_key_bytes = 32;
std::string seal(std::string_view key, std::string_view text);
std::optional<std::string> unseal(std::string_view key, std::string_view sealed);

// With a secret key of 16 bytes: SipHash-2-4, quick for a few bytes.
inline constexpr std::size_t short_key_bytes = 16;
std::uint64_t short_digest(std::span<const unsigned char, short_key_bytes> key, std::string_view bytes);

// Argon2id, 19 MiB and 2 passes (OWASP password storage, 2024), as libsodium's string with its own salt.
// At most two run at a time, so that a rush of sign-ins cannot use up the memory.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);
// A hash that no password has, for people who do not exist: so that a wrong name takes as long as a wrong password.
const std::string& nobodys_hash();
// In tests hashing costs as little as it can.
void make_hashing_cheap_for_tests();

// Whether the password is among the most used of published breaches (list embedded; no request is made).
bool is_breached(std::string_view password);

}  // namespace kith::crypto
