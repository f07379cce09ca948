#pragma once

#include <span>

#include "matching/matching.hpp"
#include "platform/http/context.hpp"
#include "platform/json/writer.hpp"

// The pages of this feature; private to matching.
namespace kith::matching::pages {

// pages.cpp: what a member says about themselves, and what fits it.
http::Response show(http::Ctx& ctx);
http::Response save(http::Ctx& ctx);

// fit_pages.cpp: is a group right for me?
http::Response show_fit(http::Ctx& ctx);
http::Response save_fit(http::Ctx& ctx);

// Cards of groups with the reasons; nothing for none.
void group_cards(Html& h, const http::Ctx& ctx, std::span<const Suggestion> suggestions);
void groups_json(JsonWriter& j, const http::Ctx& ctx, std::span<const Suggestion> suggestions);

}  // namespace kith::matching::pages
