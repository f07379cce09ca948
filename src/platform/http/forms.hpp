#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "platform/http/page.hpp"

// Forms: what was typed stays in them until it is right, passwords apart. `error` is what was wrong, or null; it stands
// at the field that it is about. Labels, hints and the words of options are in the reader's language.
namespace kith::http {

struct Field {
    std::string_view name;  // and id
    std::string_view label;
    std::string_view hint = {};
    std::string_view value = {};  // never shown in a password
    std::string_view type = "text";
    std::string_view autocomplete = "off";
    int rows = 0;  // more than 0: a text area
};
void field(Html& h, const Ctx& ctx, const Field& field, const Error* error);

struct Option {
    std::string_view value;
    std::string_view words;
};
struct Choices {
    std::string_view name;  // and id
    std::string_view label;
    std::string_view chosen;
    bool required = false;
};
// One of a few, all of them to be seen.
void choices(Html& h, const Ctx& ctx, const Choices& choices, std::span<const Option> options,
             const Error* error);
// One of many: option by option.
void open_selection(Html& h, const Ctx& ctx, const Choices& choices, const Error* error);
void option(Html& h, std::string_view value, std::string_view words, std::string_view chosen);
void close_selection(Html& h);

// One box to tick.
struct Box {
    std::string_view name;  // and id
    std::string_view label;
    std::string_view hint = {};
    bool checked = false;
};
void check_box(Html& h, const Ctx& ctx, const Box& box, const Error* error = nullptr);

// The beginning of a form that posts to `action`, with its token; its one button and its end.
void open_form(Html& h, const Ctx& ctx, const Url& action);
void close_form(Html& h, std::string_view button);

// The frame of a page below "Look after the site"; `below`: what lies between them.
Frame admin_frame(const Ctx& ctx, std::string_view title, std::optional<Crumb> below = {});

// Whether what was wrong can be put right in the form: shown there, and not as a page of its own.
bool belongs_to_form(const Error& error);
// After a form that was not taken: its page again, or what failed.
Response form_again(Ctx& ctx, const Error& error, Response (*page)(Ctx& ctx, const Error* error));

// A page around a form, with what was wrong above it, "Error:" in the window's title and status 422 then, also for a
// conflict; JSON readers get the error alone, or the title.
Response form_page(Ctx& ctx, const Frame& frame, const Html& content, const Error* error);

}  // namespace kith::http
