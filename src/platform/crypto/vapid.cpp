#include "platform/crypto/vapid.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include "base/check.hpp"
#include "platform/crypto/passkey.hpp"
#include "platform/json/writer.hpp"

namespace kith::crypto {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free>;
using Signature = std::unique_ptr<ECDSA_SIG, Free>;

constexpr int number_bytes = 32;  // of P-256

Key key_from(std::string_view private_key) {
    const std::string der = from_base64url(private_key);
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    Key key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
    CHECK(key != nullptr);
    return key;
}

// OpenSSL's DER of two numbers as JWT writes them: each in 32 bytes.
std::string as_numbers(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    CHECK(signature != nullptr);
    std::array<unsigned char, 2 * number_bytes> out{};
    CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out.data(), number_bytes) == number_bytes);
    CHECK(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out.data() + number_bytes, number_bytes) ==
          number_bytes);
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

std::string sign(EVP_PKEY* key, std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    const Digest digest(EVP_MD_CTX_new());
    std::size_t size = 0;
    CHECK(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) == 1);
    CHECK(EVP_DigestSign(digest.get(), nullptr, &size, bytes, text.size()) == 1);
    std::string der(size, '\0');
    CHECK(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(der.data()), &size, bytes,
                         text.size()) == 1);
    der.resize(size);
    return as_numbers(der);
}

}  // namespace

std::string make_vapid_key() {
    const Key key(EVP_EC_gen("P-256"));
    CHECK(key != nullptr);
    unsigned char* der = nullptr;
    const int size = i2d_PrivateKey(key.get(), &der);
    CHECK(size > 0);
    const std::string out = to_base64url(
        {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return out;
}

std::string vapid_public_key(std::string_view private_key) {
    const Key key = key_from(private_key);
    std::array<unsigned char, 2 * number_bytes + 1> point{};
    std::size_t size = 0;
    CHECK(EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                          &size) == 1);
    return to_base64url({reinterpret_cast<const char*>(point.data()), size});
}

std::string vapid_token(std::string_view private_key, std::string_view service, std::string_view contact,
                        Time expires) {
    JsonWriter header, claims;
    header.object().member("typ", "JWT").member("alg", "ES256").end();
    claims.object().member("aud", service).member("exp", expires.ms / second_ms).member("sub", contact).end();
    const std::string text = to_base64url(header.str()) + "." + to_base64url(claims.str());
    return text + "." + to_base64url(sign(key_from(private_key).get(), text));
}

}  // namespace kith::crypto
