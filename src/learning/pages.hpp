#pragma once

#include "learning/learning.hpp"
#include "platform/http/page.hpp"

// The pages of this feature; private to learning.
namespace kith::learning::pages {

std::string_view words_of(Flag flag);

// pages.cpp: reading posts by lot, and saying what a post needs.
http::Response show_next(http::Ctx& ctx);
http::Response show_label(http::Ctx& ctx);
http::Response save_label(http::Ctx& ctx);

// admin_pages.cpp: what was learned, for hosts.
http::Response show_learned(http::Ctx& ctx);
http::Response save_audit(http::Ctx& ctx);
http::Response act_on_flag(http::Ctx& ctx);

// report_page.cpp: how it has done, week by week.
http::Response show_report(http::Ctx& ctx);

// "84 of 100".
std::string of_hundred(const http::Ctx& ctx, double share);

}  // namespace kith::learning::pages
