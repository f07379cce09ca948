#pragma once

#include <string_view>
#include <vector>

#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "site/site.hpp"

// The pages of this feature, a few to a file, and what their forms share.
namespace kith::site {

std::vector<http::Route> setup_routes();     // setup.cpp
std::vector<http::Route> help_now_routes();  // help_now.cpp: urgent help
std::vector<http::Route> help_routes();      // help.cpp: safety, rules, privacy ...
std::vector<http::Route> offline_routes();   // offline.cpp: on the home screen, and without a network
std::vector<http::Route> file_routes();      // files.cpp: assets, robots.txt, health
std::vector<http::Route> admin_routes();     // admin.cpp: checklist and settings
std::vector<http::Route> member_routes();    // admin_members.cpp, admin_member.cpp: the list, one person
std::vector<http::Route> look_up_routes();   // admin_look_ups.cpp
std::vector<http::Route> record_routes();    // admin_records.cpp: jobs and audit
std::vector<http::Route> design_routes();    // design.cpp

// What an entry of the audit log says, a translation key; empty for a verb that has no words.
std::string_view audit_words(std::string_view verb);

// The bytes of an asset under its own name; empty if the build lacks it.
std::string_view asset_bytes(std::string_view logical);

// ---- forms --------------------------------------------------------------------------------------------

using http::admin_frame;
using http::check_box;
using http::close_form;
using http::field;
using http::Field;
using http::form_page;
using http::open_form;
using identity::current_password_field;

// The field "helplines", with how to write a line.
void helplines_field(Html& h, const http::Ctx& ctx, std::string_view value, const Error* error);
void language_choice(Html& h, const http::Ctx& ctx, Language chosen);
Language typed_language(const http::Form& form, Language otherwise);
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

}  // namespace kith::site
