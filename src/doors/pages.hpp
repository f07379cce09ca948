#pragma once

#include "doors/doors.hpp"
#include "platform/http/page.hpp"

// The pages of doors: door_page.cpp (who is at the door, and the numbers), stop_pages.cpp (one flood, one invitation).
namespace kith::doors::pages {

http::Response show_door(http::Ctx& ctx);
http::Response save_numbers(http::Ctx& ctx);
http::Response show_flood(http::Ctx& ctx);
http::Response decide_flood(http::Ctx& ctx);
http::Response show_invitation(http::Ctx& ctx);
http::Response decide_invitation(http::Ctx& ctx);

// "It is hidden and removed ..." of a flood, in few words.
std::string_view state_words(const Flood& flood);

}  // namespace kith::doors::pages
