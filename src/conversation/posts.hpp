#pragma once

#include "conversation/conversation.hpp"

// What writing and looking after a post have in common; private to conversation.
namespace kith::conversation {

struct PostPlace {
    Post post;
    Thread thread;
    groups::Access access;
};
// A post that the actor may see, with what they may do where it stands. Fault `not_found`.
Result<PostPlace> place_of(db::ReadTx& tx, const Actor& actor, PostId id);
bool wrote(db::ReadTx& tx, const Actor& actor, const Post& post);

std::vector<std::string> picture_keys_in(std::string_view markdown);
// Shown in lists besides: those of a first post are its thread's.
void set_notes(db::Tx& tx, const Thread& thread, const Post& post, NoteSet notes);
void announce_edit(db::Tx& tx, const Thread& thread, PostId post);

}  // namespace kith::conversation
