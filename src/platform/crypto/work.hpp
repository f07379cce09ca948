#pragma once

#include <string>
#include <string_view>

// Hashes that cost something, or that browsers have as well.
namespace kith::crypto {

// SHA-256 as 32 raw bytes.
std::string sha256(std::string_view bytes);

// How many bits of the digest are zero before the first one.
int leading_zeros(std::string_view digest);

// Argon2id with a key of at least 16 bytes in place of a salt, as slow as a password: for what has so few values
// (networks) that whoever has the key could try them all.
std::string slow_digest(std::string_view key, std::string_view text);

}  // namespace kith::crypto
