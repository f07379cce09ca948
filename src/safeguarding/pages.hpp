#pragma once

#include <unordered_map>

#include "platform/http/page.hpp"
#include "safeguarding/safeguarding.hpp"

// The pages of this feature; private to safeguarding.
namespace kith::safeguarding::pages {

// What both lists and cases show.
using Names = std::unordered_map<PersonaId, std::string>;
std::string name_of(const http::Ctx& ctx, const Names& names, PersonaId id);
void badge(Html& h, const http::Ctx& ctx, Urgency urgency);
// Into an open object.
void case_members(JsonWriter& j, const Case& one, std::optional<Time> due);
// How long there is still time; nothing once somebody has looked.
std::string clock_words(const http::Ctx& ctx, const Case& one, std::optional<Time> due);

// report_pages.cpp: reporting, and what came of it.
// A picture of a post, blurred; `words`: what can be seen.
void careful_picture(Html& h, std::string_view key, std::string_view words);
http::Response show_post_report(http::Ctx& ctx);
http::Response send_post_report(http::Ctx& ctx);
http::Response show_group_report(http::Ctx& ctx);
http::Response send_group_report(http::Ctx& ctx);
http::Response show_reported(http::Ctx& ctx);
http::Response show_my_reports(http::Ctx& ctx);

// queue_pages.cpp: what waits, and how long it may.
http::Response show_queue(http::Ctx& ctx);
http::Response show_triage(http::Ctx& ctx);
http::Response save_triage(http::Ctx& ctx);

// case_pages.cpp: one case, for those who work on it.
http::Response show_case(http::Ctx& ctx);
http::Response take_case(http::Ctx& ctx);
http::Response save_urgency(http::Ctx& ctx);
http::Response save_note(http::Ctx& ctx);
http::Response save_decision(http::Ctx& ctx);
http::Response save_second_reading(http::Ctx& ctx);
http::Response save_review(http::Ctx& ctx);

// decision_pages.cpp: for the author, and closing a thread.
http::Response show_my_decisions(http::Ctx& ctx);
http::Response send_appeal(http::Ctx& ctx);
http::Response show_removal_appeal(http::Ctx& ctx);
http::Response send_removal_appeal(http::Ctx& ctx);
http::Response save_closing(http::Ctx& ctx);
// With the words of the author, or the form for them.
void decision_card(Html& h, const http::Ctx& ctx, const OwnDecision& one, const Error* error);

// hold_page.cpp: for somebody whose account is on hold.
void end_of_hold(Html& h, const http::Ctx& ctx, const identity::Hold& hold);
http::Response show_my_hold(http::Ctx& ctx);

}  // namespace kith::safeguarding::pages
