#pragma once

#include "conversation/conversation.hpp"
#include "drafts/drafts.hpp"
#include "platform/http/context.hpp"

// The forms in which posts are written; private to conversation. post_pages.cpp does what they send.
namespace kith::conversation::pages {

// What was typed.
Draft draft_of(const http::Ctx& ctx);
bool wants_preview(const http::Ctx& ctx);
bool adds_picture(const http::Ctx& ctx);

// With what was typed, or what is begun; `more` goes behind the words. With a preview if one is wanted and nothing is
// wrong.
http::Response thread_form(http::Ctx& ctx, GroupId group, std::optional<Error> error,
                           std::string_view more = {});
http::Response reply_form(http::Ctx& ctx, ThreadId thread, std::optional<Error> error,
                          std::string_view more = {});
http::Response edit_form(http::Ctx& ctx, PostId post, std::optional<Error> error, std::string_view more = {});

}  // namespace kith::conversation::pages
