#pragma once

#include "pacing/pacing.hpp"

// Parts of the pages; private to pacing.
namespace kith::pacing {

void slow_field(Html& h, const http::Ctx& ctx, std::string_view chosen, std::string_view zero,
                const Error* error);
std::string pace_in_words(const http::Ctx& ctx, const Pace& pace);

// newcomer_pages.cpp
http::Response show_newcomers(http::Ctx& ctx);
http::Response save_newcomers(http::Ctx& ctx);
// A number of posts: nothing where it was left empty, -1 for what is none.
std::optional<std::int64_t> posts_typed(const http::Ctx& ctx);

}  // namespace kith::pacing
