#pragma once

#include <string_view>
#include <vector>

#include "platform/http/forms.hpp"
#include "policies/policies.hpp"

// The pages of this feature, and what they share.
namespace kith::policies {

std::vector<http::Route> reading_routes();    // pages.cpp: anybody
std::vector<http::Route> agreement_routes();  // agreement_page.cpp: members
std::vector<http::Route> admin_routes();      // admin_pages.cpp: hosts

std::string_view kind_words(Kind kind);  // a translation key
// "Since 3 May 2026, version 4", with what changed below.
void dated(Html& h, const http::Ctx& ctx, const Version& version);
// The differences between two versions, in words.
void differences(Html& h, const http::Ctx& ctx, const Version& before, const Version& after);
void version_json(JsonWriter& j, const Version& version);

}  // namespace kith::policies
