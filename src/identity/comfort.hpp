#pragma once

#include <string>

#include "platform/http/message.hpp"
#include "platform/http/session.hpp"
#include "platform/http/site.hpp"

// How a guest likes to read, kept by the guest: "kith-comfort=en.dark.calm.on.IE".
namespace kith::identity {

// From the cookie, else the browser's language and the usual choices.
Comfort comfort_of_guest(const http::Request& request, const Site& site);
// The whole Set-Cookie header.
std::string comfort_cookie(const Comfort& comfort, const Site& site);

}  // namespace kith::identity
