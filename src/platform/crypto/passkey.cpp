#include "platform/crypto/passkey.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <memory>

namespace kith::crypto {
namespace {

constexpr unsigned char present = 0x01, recognised = 0x04;  // flags of authenticator data
constexpr std::size_t flags_at = 32, least_data = 37;

struct FreeCredential {
    void operator()(fido_cred_t* p) const { fido_cred_free(&p); }
};
struct FreeAssertion {
    void operator()(fido_assert_t* p) const { fido_assert_free(&p); }
};
struct FreeEs256 {
    void operator()(es256_pk_t* p) const { es256_pk_free(&p); }
};
struct FreeEddsa {
    void operator()(eddsa_pk_t* p) const { eddsa_pk_free(&p); }
};

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

tl::unexpected<Error> no_passkey() {
    return invalid("Your device did not send a passkey that we can read.", "");
}

void be_ready() {
    static const bool once = [] {
        fido_init(0);
        return true;
    }();
    static_cast<void>(once);
}

bool is_for(const PasskeyHome& home, std::string_view data) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), bytes_of(home.rp_id), home.rp_id.size());
    return data.size() >= least_data && sodium_memcmp(hash.data(), data.data(), hash.size()) == 0;
}

bool was_recognised(std::string_view data) {
    const auto flags = static_cast<unsigned char>(data[flags_at]);
    return (flags & present) && (flags & recognised);
}

std::string copy_of(const unsigned char* bytes, std::size_t size) {
    return bytes ? std::string(reinterpret_cast<const char*>(bytes), size) : std::string();
}

// libfido2 reads a key only where the algorithm was expected.
Result<NewCredential> read_with(int algorithm, const PasskeyHome& home, std::string_view client_data,
                                std::string_view data) {
    const std::unique_ptr<fido_cred_t, FreeCredential> credential(fido_cred_new());
    fido_cred_t* const c = credential.get();
    if (!c || fido_cred_set_type(c, algorithm) != FIDO_OK ||
        fido_cred_set_clientdata(c, bytes_of(client_data), client_data.size()) != FIDO_OK ||
        fido_cred_set_rp(c, home.rp_id.c_str(), nullptr) != FIDO_OK ||
        fido_cred_set_authdata_raw(c, bytes_of(data), data.size()) != FIDO_OK)
        return no_passkey();
    NewCredential out{.id = copy_of(fido_cred_id_ptr(c), fido_cred_id_len(c)),
                      .key = {copy_of(fido_cred_pubkey_ptr(c), fido_cred_pubkey_len(c)), algorithm},
                      .sign_count = fido_cred_sigcount(c)};
    if (out.id.empty() || out.key.bytes.empty()) return no_passkey();
    return out;
}

bool verify(const fido_assert_t* assertion, const PublicKey& key) {
    if (key.algorithm == COSE_ES256) {
        const std::unique_ptr<es256_pk_t, FreeEs256> pk(es256_pk_new());
        return pk && es256_pk_from_ptr(pk.get(), key.bytes.data(), key.bytes.size()) == FIDO_OK &&
               fido_assert_verify(assertion, 0, COSE_ES256, pk.get()) == FIDO_OK;
    }
    const std::unique_ptr<eddsa_pk_t, FreeEddsa> pk(eddsa_pk_new());
    return pk && eddsa_pk_from_ptr(pk.get(), key.bytes.data(), key.bytes.size()) == FIDO_OK &&
           fido_assert_verify(assertion, 0, COSE_EDDSA, pk.get()) == FIDO_OK;
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), variant);
    out.pop_back();  // its final zero
    return out;
}

std::string from_base64url(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    const int wrong = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                        text.size(), nullptr, &size, nullptr,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.resize(wrong ? 0 : size);
    return out;
}

PasskeyHome passkey_home(std::string_view public_url) {
    const std::size_t scheme = public_url.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::size_t end = public_url.find('/', scheme + 3);
    const std::string_view origin = public_url.substr(0, end);
    const std::string_view host = origin.substr(scheme + 3);
    return {std::string(origin), std::string(host.substr(0, host.rfind(':')))};
}

Result<ClientData> parse_client_data(std::string_view text) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(text, error);
    if (error || !value.is_object()) return no_passkey();
    const boost::json::object& object = value.get_object();
    const auto word = [&](std::string_view key) {
        const auto* const found = object.if_contains(key);
        return found && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    const auto* const cross = object.if_contains("crossOrigin");
    return ClientData{.type = word("type"),
                      .challenge = word("challenge"),
                      .origin = word("origin"),
                      .cross_origin = cross && cross->is_bool() && cross->get_bool()};
}

Result<NewCredential> read_credential(const PasskeyHome& home, std::string_view client_data,
                                      std::string_view authenticator_data) {
    be_ready();
    if (!is_for(home, authenticator_data) || !was_recognised(authenticator_data)) return no_passkey();
    for (const int algorithm : {COSE_ES256, COSE_EDDSA})
        if (auto found = read_with(algorithm, home, client_data, authenticator_data)) return found;
    return no_passkey();
}

Result<std::uint32_t> check_assertion(const PasskeyHome& home, const PublicKey& key,
                                      std::string_view client_data, std::string_view authenticator_data,
                                      std::string_view signature) {
    be_ready();
    const std::unique_ptr<fido_assert_t, FreeAssertion> assertion(fido_assert_new());
    fido_assert_t* const a = assertion.get();
    if (!a || fido_assert_set_clientdata(a, bytes_of(client_data), client_data.size()) != FIDO_OK ||
        fido_assert_set_rp(a, home.rp_id.c_str()) != FIDO_OK || fido_assert_set_count(a, 1) != FIDO_OK ||
        fido_assert_set_authdata_raw(a, 0, bytes_of(authenticator_data), authenticator_data.size()) !=
            FIDO_OK ||
        fido_assert_set_sig(a, 0, bytes_of(signature), signature.size()) != FIDO_OK ||
        fido_assert_set_up(a, FIDO_OPT_TRUE) != FIDO_OK || fido_assert_set_uv(a, FIDO_OPT_TRUE) != FIDO_OK ||
        !verify(a, key))
        return no_passkey();
    return fido_assert_sigcount(a, 0);
}

}  // namespace kith::crypto
