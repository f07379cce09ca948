#pragma once

#include "platform/http/context.hpp"

// "Saved.", once, on the page after a form of settings. A cookie names the page; nothing that anybody could send
// chooses the words.
namespace kith::http {

// done(), and the page at `to` says that it was saved.
Response saved(Ctx& ctx, const Url& to);

// For page(): whether this page is to say so, and what lets it say so but once.
bool says_saved(const Ctx& ctx);
std::string forget_saved(const Site& site);

}  // namespace kith::http
