#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

// Tells another program of the host's that something happened (a webhook), so that it can wake somebody.
namespace kith::hook {

struct Hook {
    std::string url;     // https://, or http:// of this machine; empty: none
    std::string secret;  // both sides know it
};

// "t=1700000000000,v1=HEX": HMAC-SHA-256 of "TIME.BODY" with the secret, so that nobody else can call, and no call can
// be sent again later.
std::string signature(std::string_view secret, std::string_view body, Time at);

// Posts the JSON with its signature in the header Kith-Signature. False: it was not taken; try again later. Blocks for
// some seconds at most, and follows no redirect.
bool call(const Hook& hook, std::string_view json, Time now);

}  // namespace kith::hook
