#pragma once

#include <span>
#include <string>
#include <vector>

#include "identity/identity.hpp"
#include "platform/http/page.hpp"

// The pages of identity, a few to a file: pages.cpp (signing in and out), pages_joining.cpp (new accounts),
// pages_me.cpp (my space), pages_devices.cpp (sessions and tokens), pages_comfort.cpp (reading comfort and notices).
namespace kith::identity {

std::vector<http::Route> joining_routes();
std::vector<http::Route> me_routes();
std::vector<http::Route> device_routes();
std::vector<http::Route> comfort_routes();

// Codes or secrets that are shown this once.
struct ShownOnce {
    std::string_view title;
    std::string_view words;
    std::span<const std::string> secrets;
    std::string_view button;
    Url onward;
};
http::Response shown_once_page(http::Ctx& ctx, const ShownOnce& shown);
http::Response recovery_codes_page(http::Ctx& ctx, std::span<const std::string> codes, const Url& onward);

// The cookie of a new session, and the device that asks for it.
std::string kept_cookie(const Site& site, std::string_view value);
Device device_of(const http::Ctx& ctx);
// Whether the door is open to everybody, or to this newcomer by the page they go on to.
bool may_sign_up(http::Ctx& ctx);

void new_password_field(Html& h, const http::Ctx& ctx, const Error* error);
void code_field(Html& h, const http::Ctx& ctx, std::string_view label, const Error* error);

}  // namespace kith::identity
