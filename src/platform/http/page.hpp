#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/context.hpp"
#include "platform/json/writer.hpp"

namespace kith::http {

struct Crumb {
    std::string words;
    Url url;
};

// The frame of a page around its content (interface.md section 2).
struct Frame {
    std::string title;              // of the window: kept neutral, no condition or group name by itself
    std::string heading;            // the one h1; empty: the content brings its own
    std::vector<Crumb> crumbs;      // from the home page down to the parent
    std::string main_class;         // of <main>; tells the styles what this reader may do here
    std::string live;               // address of the event stream of this page, or empty
    std::string arrival_words;      // "New posts here": a link that says so when the stream tells of posts
    std::string style;              // rules for the page's one personal <style>, made by us from numbers only
    std::int64_t first_unread = 0;  // number of the first unread post: adds a skip link to it
    bool has_act_form = false;      // adds the form "act" that buttons of a shared fragment belong to
};

// A whole page. `content` is personal or small.
Response page(Ctx& ctx, const Frame& frame, const Html& content, int status = 200);

// A whole page whose shared part was cached: frame + `personal` in front, then `shared`, then the foot, which
// is part of the shared fragment: build it with `shared_part`.
Response page(Ctx& ctx, const Frame& frame, const Html& personal, FragmentPtr shared);

// The shared part of a page followed by the foot of the frame, ready to be cached for one language.
FragmentPtr shared_part(const Site& site, const Words& words, Html content, Time expires = {});

// What failed, as a page or as {"error": {"fault", "message", "field"}}; a guest who must sign in is sent to the
// sign-in page and comes back. What was typed into a form is on the page, and can be sent again where that helps.
Response error_page(Ctx& ctx, const Error& error);
// A form without the token of this session, with what was typed and a fresh token.
Response stale_form_page(Ctx& ctx);

// The JSON of an error.
JsonWriter error_body(const Error& error);

// The box above a form that was not right: what happened, with a link to the field (whose id is its name).
void error_summary(Html& h, const Ctx& ctx, const Error& error);
// The hidden field that each form of a signed-in person carries.
void token_field(Html& h, const Ctx& ctx);

// Content for JSON readers, with the data of the page.
Response json(const JsonWriter& body, int status = 200);

// After a form: 303 to `to` for pages, {"location": "..."} with 201 or 200 for JSON readers.
Response done(Ctx& ctx, const Url& to, int json_status = 200);

}  // namespace kith::http
