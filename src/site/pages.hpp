#pragma once

#include <string_view>
#include <vector>

#include "platform/http/page.hpp"
#include "site/site.hpp"

// The pages of this feature, a few to a file, and what their forms share.
namespace kith::site {

std::vector<http::Route> setup_routes();    // setup.cpp
std::vector<http::Route> help_routes();     // help.cpp: urgent help, safety, rules, privacy ...
std::vector<http::Route> file_routes();     // files.cpp: assets, robots.txt, health
std::vector<http::Route> admin_routes();    // admin.cpp: checklist and settings
std::vector<http::Route> member_routes();   // admin_members.cpp, admin_member.cpp: the list, one person
std::vector<http::Route> look_up_routes();  // admin_look_ups.cpp
std::vector<http::Route> record_routes();   // admin_records.cpp: jobs and audit
std::vector<http::Route> design_routes();   // design.cpp

// ---- forms --------------------------------------------------------------------------------------------

struct Field {
    std::string_view name;   // and id
    std::string_view label;  // in the reader's language
    std::string_view hint = {};
    std::string_view value = {};
    std::string_view type = "text";
    std::string_view autocomplete = "off";
    int rows = 0;  // more than 0: a text area
};
void field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error);
void check_box(Html& h, std::string_view name, std::string_view words, bool checked);
// One that is never ticked already, with what was wrong.
void check_box(Html& h, const http::Ctx& ctx, std::string_view name, std::string_view words,
               const Error* error);
// The host's own password, before something grave: field "current". Nothing once it was given lately.
void current_password_field(Html& h, const http::Ctx& ctx, const Error* error);
void radio(Html& h, std::string_view name, std::string_view value, std::string_view words, bool checked);
void language_choice(Html& h, const http::Ctx& ctx, Language chosen);
Language typed_language(const http::Form& form, Language otherwise);
// A form with its token up to its fields; its one button and end.
void open_form(Html& h, const http::Ctx& ctx, const Url& action);
void close_form(Html& h, std::string_view button);

// A page with what was wrong above its content, "Error:" in the window's title and status 422 then; JSON readers get
// the error alone.
http::Response form_page(http::Ctx& ctx, const http::Frame& frame, const Html& content, const Error* error);

// Codes that are shown this once, and where to go on.
struct ShownOnce {
    std::string_view heading = {};  // below the title of the page
    std::string_view words;
    std::vector<std::string> codes;
    std::string_view button;
    Url onward;
    std::string_view also = {};  // what else can be done now; empty: nothing
    std::string_view also_button = {};
    Url also_onward = Url("/");
};
http::Response shown_once_page(http::Ctx& ctx, const http::Frame& frame, const ShownOnce& shown);

// One person with all that may be done; `error` is what was wrong with it.
http::Response member_page(http::Ctx& ctx, const identity::MemberFile& file, const Error* error);
http::Response get_member(http::Ctx& ctx);
http::Response post_member(http::Ctx& ctx);
void badges(Html& h, const http::Ctx& ctx, const identity::KnownMember& member);
void member_fields(JsonWriter& j, const identity::KnownMember& member);

// The frame of a page below "Look after the site".
http::Frame admin_frame(const http::Ctx& ctx, std::string_view title);

}  // namespace kith::site
