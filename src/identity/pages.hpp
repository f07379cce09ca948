#pragma once

#include <span>
#include <string>
#include <vector>

#include "identity/identity.hpp"
#include "platform/http/page.hpp"

// The pages of identity, a few to a file: pages.cpp (coming and going), pages_me.cpp (my space),
// pages_devices.cpp (sessions and tokens), pages_comfort.cpp (reading comfort and notices).
namespace kith::identity {

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

// What a browser that signs out is told to forget.
http::Response& forget_all(http::Ctx& ctx, http::Response& response);

}  // namespace kith::identity
