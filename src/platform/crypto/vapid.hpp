#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

// Who sends a push signal, as push services ask for it (VAPID, RFC 8292): a key pair on the curve P-256 and a token
// signed with it (JWT with ES256, RFC 7515 and 7518). By OpenSSL, which libfido2 and libcurl bring along.
namespace kith::crypto {

std::string make_vapid_key();  // private, as base64url of its DER form
// What browsers and services know it by: base64url of the 65 bytes of its point.
std::string vapid_public_key(std::string_view private_key);
// For one service ("https://push.example.org"), until `expires`, by whom `contact` (an address of this site) reaches.
std::string vapid_token(std::string_view private_key, std::string_view service, std::string_view contact,
                        Time expires);

}  // namespace kith::crypto
