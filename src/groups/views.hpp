#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "groups/groups.hpp"
#include "platform/http/context.hpp"
#include "platform/json/writer.hpp"

// Groups in words and HTML.
namespace kith::groups {

// Whether the reader runs this site, as far as menus go.
bool looks_after_site(const http::Ctx& ctx);

std::string_view admission_words(const http::Ctx& ctx, Admission admission);     // "Ask to join"
std::string_view admission_sentence(const http::Ctx& ctx, Admission admission);  // who may join and read
std::string_view leadership_words(const http::Ctx& ctx, Leadership leadership);
// "Day 9 of 28. Closes in 3 days."; empty for a group that has always been open and stays so.
std::string date_words(const http::Ctx& ctx, const Group& group);
// "Ana and Rio", "Nobody yet".
std::string list_of(const http::Ctx& ctx, std::span<const std::string> names);
// Who leads the group, who does what in it, and when they are there.
void leaders(Html& h, const http::Ctx& ctx, const Group& group, std::span<const std::string> facilitators,
             std::span<const std::string> moderators);
// The rules for a member who has not said yes to them yet.
void rules_to_agree_to(Html& h, const http::Ctx& ctx, const Group& group);
// A group as an object of JSON, for those who may know of it.
void group_json(JsonWriter& j, const Group& group, Time now);

struct Pages {
    int page = 1;
    int last = 1;
};
// Links to the pages of a list; nothing for one page. `address` has no page in it.
void pagination(Html& h, const http::Ctx& ctx, const Url& address, Pages pages);

}  // namespace kith::groups
