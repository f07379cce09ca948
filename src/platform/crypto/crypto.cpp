#include "platform/crypto/crypto.hpp"

#include <sodium.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "base/check.hpp"
#include "platform/embed/embed.hpp"

namespace kith::crypto {
namespace {

constexpr std::size_t digest_bytes = 32;

struct Cost {
    unsigned long long passes = 2;
    std::size_t memory_bytes = 19 * 1024 * 1024;
};
Cost cost;

void require_sodium() {
    static const int ready = sodium_init();
    CHECK(ready >= 0);
}

// Lets two hash at a time.
class Turn {
public:
    Turn() {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [] { return running_ < 2; });
        ++running_;
    }
    ~Turn() {
        const std::lock_guard lock(mutex_);
        --running_;
        free_.notify_one();
    }

private:
    static inline std::mutex mutex_;
    static inline std::condition_variable free_;
    static inline int running_ = 0;
};

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SystemRandom::SystemRandom() { require_sodium(); }

void SystemRandom::fill(std::span<std::byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

std::string seal(std::string_view key, std::string_view text) {
    CHECK(key.size() == seal_key_bytes);
    require_sodium();
    std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
    auto* const bytes = reinterpret_cast<unsigned char*>(sealed.data());
    randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                          reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes,
                          reinterpret_cast<const unsigned char*>(key.data()));
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_ENCODED_LEN(sealed.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes, sealed.size(), variant);
    out.pop_back();  // the zero
    return out;
}

std::optional<std::string> unseal(std::string_view key, std::string_view sealed) {
    CHECK(key.size() == seal_key_bytes);
    require_sodium();
    constexpr std::size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    std::string bytes(sealed.size(), '\0');
    std::size_t size = 0;
    const int decoded = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                          sealed.data(), sealed.size(), nullptr, &size, nullptr,
                                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (decoded != 0 || size < around) return std::nullopt;
    std::string text(size - around, '\0');
    const auto* const start = reinterpret_cast<const unsigned char*>(bytes.data());
    const int opened = crypto_secretbox_open_easy(
        reinterpret_cast<unsigned char*>(text.data()), start + crypto_secretbox_NONCEBYTES,
        size - crypto_secretbox_NONCEBYTES, start, reinterpret_cast<const unsigned char*>(key.data()));
    return opened == 0 ? std::optional(std::move(text)) : std::nullopt;
}

std::uint64_t short_digest(std::span<const unsigned char, short_key_bytes> key, std::string_view bytes) {
    static_assert(short_key_bytes == crypto_shorthash_KEYBYTES);
    std::uint64_t out = 0;
    static_assert(sizeof out == crypto_shorthash_BYTES);
    crypto_shorthash(reinterpret_cast<unsigned char*>(&out), bytes_of(bytes), bytes.size(), key.data());
    return out;
}

std::string digest(std::string_view bytes) { return keyed_digest({}, bytes); }

namespace {

std::string in_hex(std::string_view raw) {
    std::string hex(raw.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes_of(raw), raw.size());
    hex.pop_back();
    return hex;
}

}  // namespace

std::string digest_hex(std::string_view bytes) { return in_hex(digest(bytes)); }

std::string keyed_digest(std::string_view key, std::string_view bytes) {
    require_sodium();
    std::string out(digest_bytes, '\0');
    const int done = crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                        bytes_of(bytes), bytes.size(), key.empty() ? nullptr : bytes_of(key),
                                        key.size());
    CHECK(done == 0);
    return out;
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
    require_sodium();
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> out{};
    crypto_auth_hmacsha256_final(&state, out.data());
    return in_hex({reinterpret_cast<const char*>(out.data()), out.size()});
}

std::string hash_password(std::string_view password) {
    require_sodium();
    const Turn turn;
    char out[crypto_pwhash_STRBYTES];
    const int done = crypto_pwhash_str_alg(out, password.data(), password.size(), cost.passes,
                                           cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0) throw std::runtime_error("not enough memory to hash a password");
    return out;
}

bool verify_password(std::string_view hash, std::string_view password) {
    require_sodium();
    if (!password.data()) password = "";  // nobody typed anything: a view of nothing
    const Turn turn;
    const std::string terminated(hash);
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

const std::string& nobodys_hash() {
    static const std::string hash = [] {
        std::string secret(32, '\0');
        randombytes_buf(secret.data(), secret.size());
        return hash_password(secret);
    }();
    return hash;
}

void make_hashing_cheap_for_tests() { cost = {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN}; }

bool is_breached(std::string_view password) {
    const std::string_view list = embed::text("breached.txt");
    std::string line = "\n";
    for (const char c : password) line += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    line += '\n';
    return list.find(line) != std::string_view::npos;
}

}  // namespace kith::crypto
