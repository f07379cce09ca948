#include "platform/crypto/totp.hpp"

#include <liboath/oath.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "base/check.hpp"

namespace kith::crypto {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr std::int64_t step_seconds = 30;
constexpr unsigned digits = 6;

struct Free {
    void operator()(char* text) const { std::free(text); }
};
using Text = std::unique_ptr<char, Free>;

std::string from_base32(std::string_view secret) {
    char* bytes = nullptr;
    std::size_t size = 0;
    CHECK(oath_base32_decode(secret.data(), secret.size(), &bytes, &size) == OATH_OK);
    const Text owned(bytes);
    return std::string(bytes, size);
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c)) {
            out += c;
        } else {
            out.append({'%', hex[byte >> 4], hex[byte & 15]});
        }
    }
    return out;
}

}  // namespace

std::string make_totp_secret(Random& random) {
    std::array<std::byte, secret_bytes> bytes{};
    random.fill(bytes);
    char* text = nullptr;
    std::size_t size = 0;
    CHECK(oath_base32_encode(reinterpret_cast<const char*>(bytes.data()), bytes.size(), &text, &size) ==
          OATH_OK);
    const Text owned(text);
    return std::string(text, size);
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    const std::string key = from_base32(secret);
    std::array<char, digits + 1> code{};
    CHECK(oath_totp_generate(key.data(), key.size(), step * step_seconds, step_seconds, 0, digits,
                             code.data()) == OATH_OK);
    return code.data();
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Time now) {
    const std::int64_t present = now.ms / second_ms / step_seconds;
    std::optional<std::int64_t> found;
    if (code.size() != digits) return found;
    for (std::int64_t step = present - 1; step <= present + 1; ++step) {
        const std::string right = totp_code(secret, step);
        if (sodium_memcmp(right.data(), code.data(), digits) == 0) found = step;
    }
    return found;
}

std::string totp_address(std::string_view secret, std::string_view issuer, std::string_view account) {
    const std::string from = percent_encoded(issuer);
    return "otpauth://totp/" + from + ":" + percent_encoded(account) + "?secret=" + std::string(secret) +
           "&issuer=" + from;
}

}  // namespace kith::crypto
