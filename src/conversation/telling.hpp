#pragma once

#include "conversation/conversation.hpp"
#include "notices/notices.hpp"

// Who hears of what happens in a thread; private to conversation.
namespace kith::conversation {

// Tells a member of something in a thread, unless they muted the thread or the person it is from, or want no news of
// what has these content notes.
void tell_unless_muted(db::Tx& tx, MemberId reader, notices::Kind kind, const notices::About& about,
                       NoteSet notes = {});

// Whoever is answered or named by a new post of `writer`, and may read here, hears of it once.
void tell_readers(db::Tx& tx, const Thread& thread, const Post& post, MemberId writer,
                  std::string_view markdown);
// Whoever is named by a text and was not by the one before it.
void tell_newly_named(db::Tx& tx, const Thread& thread, const Post& post, MemberId writer,
                      std::string_view before, std::string_view after);

}  // namespace kith::conversation
