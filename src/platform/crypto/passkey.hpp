#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

// Passkeys (WebAuthn level 2), checked with libfido2. Bytes travel as base64url without padding.
namespace kith::crypto {

std::string to_base64url(std::string_view bytes);
// Empty where it is none.
std::string from_base64url(std::string_view text);

// Where passkeys belong: "https://kith.example" and its host. Browsers refuse hosts that are numbers.
struct PasskeyHome {
    std::string origin;
    std::string rp_id;
};
PasskeyHome passkey_home(std::string_view public_url);

// What a browser says an answer is about.
struct ClientData {
    std::string type;       // "webauthn.create", "webauthn.get"
    std::string challenge;  // base64url
    std::string origin;
    bool cross_origin = false;
};
// Fault `invalid` for anything that is no such thing.
Result<ClientData> parse_client_data(std::string_view json);

struct PublicKey {
    std::string bytes;  // as libfido2 has it: x and y of ES256, 32 bytes of EdDSA
    int algorithm = 0;  // COSE: -7 ES256, -8 EdDSA
};
struct NewCredential {
    std::string id;
    PublicKey key;
    std::uint32_t sign_count = 0;
};
// From the authenticator data of a new passkey. Without attestation nothing in it is signed; what is checked is whose
// site it is for, that somebody was present and was recognised by the device, and a key that we know. Fault `invalid`.
Result<NewCredential> read_credential(const PasskeyHome& home, std::string_view client_data,
                                      std::string_view authenticator_data);

// The counter of a passkey that signed for this site, recognising its person. Fault `invalid`.
Result<std::uint32_t> check_assertion(const PasskeyHome& home, const PublicKey& key,
                                      std::string_view client_data, std::string_view authenticator_data,
                                      std::string_view signature);

}  // namespace kith::crypto
