#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/http/page.hpp"

// Forms about oneself: what was typed stays in them until it is right, passwords apart.
namespace kith::identity {

struct Field {
    std::string_view name;   // and id
    std::string_view label;  // in the reader's language
    std::string_view hint = {};
    std::string_view value = {};
    std::string_view type = "text";
    std::string_view autocomplete = "off";
};
void field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error);
// Never filled in.
void password_field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error);

struct Option {
    std::string_view value;
    std::string_view words;
};
struct Choices {
    std::string_view name;  // and id
    std::string_view legend;
    std::string_view chosen;
};
void choices(Html& h, const http::Ctx& ctx, const Choices& choices, std::span<const Option> options,
             const Error* error);
// One box to tick.
void check_box(Html& h, const http::Ctx& ctx, std::string_view name, std::string_view words,
               const Error* error);

// The beginning of a form that posts to `action`, with its token and where to go on afterwards; its one
// button and its end; and a form that is nothing but a button.
void open_form(Html& h, http::Ctx& ctx, const Url& action);
void close_form(Html& h, std::string_view button);
// Where to go on afterwards, as a hidden field.
void next_field(Html& h, const http::Ctx& ctx);
void press(Html& h, http::Ctx& ctx, const Url& action, std::string_view button);

// Where `next` leads, as typed or in the address; else `otherwise`.
Url onward(const http::Ctx& ctx, const Url& otherwise);

// `to` with the same `next`, for links between pages that sign in.
Url with_next(const http::Ctx& ctx, const Url& to);

// The present password, before something grave; nothing once they have shown lately that it is them.
void current_password_field(Html& h, const http::Ctx& ctx, const Error* error);

// A page around a form, with what was wrong above it, "Error:" in the window's title and status 422 then; JSON
// readers get the error alone.
http::Response form_page(http::Ctx& ctx, std::string_view title, const Html& body, const Error* error);

// ---- names that look real ------------------------------------------------------------------------------

// The warning about the typed name, unless the person wants to keep it.
std::optional<Error> name_warning(const http::Form& form);
// The field for a name, with the warning and the choice to keep it.
void name_field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error);

}  // namespace kith::identity
