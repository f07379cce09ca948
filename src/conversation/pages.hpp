#pragma once

#include "conversation/conversation.hpp"
#include "platform/http/router.hpp"

// Handlers of this feature, in three files; private to conversation.
namespace kith::conversation::pages {

// pages.cpp: reading.
http::Response show_group(http::Ctx& ctx);
http::Response show_thread(http::Ctx& ctx);
std::optional<http::Response> show_thread_at_once(http::Ctx& ctx);
http::Response thread_events(http::Ctx& ctx);
http::Response group_events(http::Ctx& ctx);
http::Response my_events(http::Ctx& ctx);
http::Response show_post(http::Ctx& ctx);
http::Response show_unread(http::Ctx& ctx);

// search_pages.cpp
http::Response show_search(http::Ctx& ctx);

// json.cpp: the same for programs.
http::Response thread_json(http::Ctx& ctx);
http::Response group_json(http::Ctx& ctx);
http::Response post_json(http::Ctx& ctx, const Post& post);
http::Response options_json(const Options& options, std::int64_t supports);

// post_pages.cpp: writing; its forms are in writing_forms.cpp.
http::Response ask_new_thread(http::Ctx& ctx);
http::Response start_thread(http::Ctx& ctx);
http::Response ask_reply(http::Ctx& ctx);
http::Response send_reply(http::Ctx& ctx);
http::Response ask_editing(http::Ctx& ctx);
http::Response save_editing(http::Ctx& ctx);
http::Response preview(http::Ctx& ctx);

// care_pages.cpp: what else may be done with posts and threads.
http::Response show_options(http::Ctx& ctx);
http::Response show_history(http::Ctx& ctx);
http::Response ask_title(http::Ctx& ctx);
http::Response save_title(http::Ctx& ctx);
http::Response ask_removal(http::Ctx& ctx);
http::Response ask_notes(http::Ctx& ctx);
http::Response save_notes(http::Ctx& ctx);
http::Response remove(http::Ctx& ctx);
http::Response restore(http::Ctx& ctx);
http::Response support(http::Ctx& ctx);
http::Response mute_author(http::Ctx& ctx);
http::Response mute_thread(http::Ctx& ctx);
http::Response mark_read(http::Ctx& ctx);

// voice_pages.cpp: where I wrote anonymously.
http::Response show_my_aliases(http::Ctx& ctx);

// unanswered_pages.cpp
http::Response show_unanswered(http::Ctx& ctx);
http::Response settle(http::Ctx& ctx);

// waiting_pages.cpp
http::Response show_waiting(http::Ctx& ctx);
http::Response answer_waiting(http::Ctx& ctx);
http::Response show_my_waiting(http::Ctx& ctx);
http::Response show_thread_pace(http::Ctx& ctx);
http::Response save_thread_pace(http::Ctx& ctx);

// unmasking_pages.cpp
http::Response show_unmasking(http::Ctx& ctx);
http::Response ask_unmasking(http::Ctx& ctx);
http::Response agree_to_unmasking(http::Ctx& ctx);
http::Response show_unmasked(http::Ctx& ctx);
http::Response show_unmaskings(http::Ctx& ctx);

// An error of a form is shown with the form; any other is a page of its own.
inline bool belongs_to_form(const Error& error) {
    return error.fault == Fault::invalid || error.fault == Fault::conflict || error.fault == Fault::too_many;
}

// The content notes that are ticked.
NoteSet notes_in(const http::Form& form);

// The number of a post in its thread; 0 if it is none.
std::int64_t number_in(std::string_view text);

}  // namespace kith::conversation::pages
