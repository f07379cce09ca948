#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "identity/identity.hpp"
#include "identity/passkeys.hpp"
#include "platform/http/page.hpp"

// The pages of identity, a few to a file: pages.cpp (signing in and out), pages_joining.cpp (new accounts),
// pages_me.cpp (my space), pages_security.cpp (how I sign in), pages_passkeys.cpp, pages_devices.cpp (sessions and
// tokens), pages_comfort.cpp (reading comfort and notices).
namespace kith::identity {

std::vector<http::Route> joining_routes();
std::vector<http::Route> pause_routes();
std::vector<http::Route> me_routes();
std::vector<http::Route> security_routes();
std::vector<http::Route> passkey_routes();
std::vector<http::Route> device_routes();
std::vector<http::Route> comfort_routes();

// Codes or secrets that are shown this once.
struct ShownOnce {
    std::string_view title;
    std::string_view words;
    std::span<const std::string> secrets;
    std::string_view button;
    Url onward;
    Html more{};  // below the button
};
http::Response shown_once_page(http::Ctx& ctx, const ShownOnce& shown);
http::Response recovery_codes_page(http::Ctx& ctx, std::span<const std::string> codes, const Url& onward,
                                   Html more = {});

// A cookie, and the device that asks for a new session.
std::string short_cookie(const Site& site, std::string_view name, std::string_view value,
                         std::int64_t seconds);
// After the password or the passkey: on to where they wanted to go, to the second step, or to the page where a holder
// of a role makes signing in safer.
http::Response come_in(http::Ctx& ctx, const SignedIn& in);
// The sign-in page with what was wrong.
http::Response sign_in_again(http::Ctx& ctx, const Error& error);
// Before what is grave: leads to the page that makes sure that it is really them, and back here. Nothing: they were
// asked lately.
std::optional<http::Response> ask_to_confirm(http::Ctx& ctx);
// A form that the script sends once the device has signed, hidden without scripts; and what it sent.
void passkey_form(Html& h, http::Ctx& ctx, const Url& action, std::string_view button);
Assertion typed_assertion(const http::Ctx& ctx);
void passkeys_part(Html& h, http::Ctx& ctx, std::span<const Passkey> keys);
// What a passkey is good for.
void passkey_words(Html& h, const http::Ctx& ctx);
Device device_of(const http::Ctx& ctx);
// Whether the door is open to everybody, or to this newcomer by the page they go on to.
bool may_sign_up(http::Ctx& ctx);

void new_password_field(Html& h, const http::Ctx& ctx, const Error* error);
void code_field(Html& h, const http::Ctx& ctx, std::string_view label, const Error* error);

}  // namespace kith::identity
