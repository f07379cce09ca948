#pragma once

#include "conversation/conversation.hpp"

// What the rules that write posts say to the list of those that wait for an answer; private to conversation.
namespace kith::conversation {

// This one waits from now on, unless whoever looks after the group wrote it; a first one is told to those who do.
void expect_answer(db::Tx& tx, const groups::Access& access, MemberId author, const Thread& thread,
                   const Post& post, Voice voice);
// This one is the answer to what waited.
void take_answer(db::Tx& tx, const Post& post);
// This one was an answer and is gone: what it answered waits again.
void lose_answer(db::Tx& tx, PostId post);

}  // namespace kith::conversation
