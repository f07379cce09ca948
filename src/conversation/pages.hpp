#pragma once

#include "platform/http/router.hpp"

// Handlers of this feature, in two files; private to conversation.
namespace kith::conversation::pages {

// pages.cpp: reading.
http::Response show_group(http::Ctx& ctx);
http::Response show_thread(http::Ctx& ctx);
std::optional<http::Response> show_thread_at_once(http::Ctx& ctx);
http::Response thread_events(http::Ctx& ctx);
http::Response my_events(http::Ctx& ctx);
http::Response show_search(http::Ctx& ctx);
http::Response show_post(http::Ctx& ctx);
http::Response show_options(http::Ctx& ctx);
http::Response show_history(http::Ctx& ctx);

// post_pages.cpp: writing.
http::Response ask_new_thread(http::Ctx& ctx);
http::Response start_thread(http::Ctx& ctx);
http::Response ask_reply(http::Ctx& ctx);
http::Response send_reply(http::Ctx& ctx);
http::Response ask_editing(http::Ctx& ctx);
http::Response save_editing(http::Ctx& ctx);
http::Response ask_removal(http::Ctx& ctx);
http::Response remove(http::Ctx& ctx);
http::Response restore(http::Ctx& ctx);
http::Response support(http::Ctx& ctx);
http::Response mute_author(http::Ctx& ctx);
http::Response mute_thread(http::Ctx& ctx);
http::Response close_thread(http::Ctx& ctx);
http::Response preview(http::Ctx& ctx);

}  // namespace kith::conversation::pages
