#pragma once

#include <string_view>

#include "platform/http/forms.hpp"

// Forms about oneself: what was typed stays in them until it is right, passwords apart.
namespace kith::identity {

using http::check_box;
using http::choices;
using http::close_form;
using http::field;
using http::Field;
using http::Option;

// The beginning of a form that posts to `action`, with its token and where to go on afterwards.
void open_form_onward(Html& h, http::Ctx& ctx, const Url& action);
// Where to go on afterwards, as a hidden field.
void next_field(Html& h, const http::Ctx& ctx);
// A form that is nothing but a button.
void press(Html& h, http::Ctx& ctx, const Url& action, std::string_view button);

// Where `next` leads, as typed or in the address; else `otherwise`.
Url onward(const http::Ctx& ctx, const Url& otherwise);

// `to` with the same `next`, for links between pages that sign in.
Url with_next(const http::Ctx& ctx, const Url& to);

// http::form_page below no other page.
http::Response form_page(http::Ctx& ctx, std::string_view title, const Html& body, const Error* error);

}  // namespace kith::identity
