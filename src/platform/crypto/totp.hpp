#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/random.hpp"

// Codes of an app (TOTP, RFC 6238): six digits, a new one every 30 seconds. liboath in the shape that Kith needs.
namespace kith::crypto {

// 160 bits of chance in base32, as apps take it.
std::string make_totp_secret(Random& random);
// The code of a step, which is a number of 30 seconds since 1970.
std::string totp_code(std::string_view secret, std::int64_t step);
// The step whose code was typed: the present one, the one before or the next, as clocks differ. Nothing: none of them.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Time now);
// What an app scans: otpauth://totp/...
std::string totp_address(std::string_view secret, std::string_view issuer, std::string_view account);

}  // namespace kith::crypto
