#pragma once

#include "conversation/conversation.hpp"

// What the rules that write posts say to the list of those that wait for an answer; private to conversation.
namespace kith::conversation {

struct Speaker {
    MemberId member;
    Voice voice = Voice::name;
    bool is_new_alias = false;  // there was none of theirs in the thread
};
// This one waits from now on, if it begins something: a thread, or what somebody writes there. A first one is told to
// those who look after the group, and their own wait for nobody.
void expect_answer(db::Tx& tx, const groups::Access& access, const Speaker& by, const Thread& thread,
                   const Post& post);
// This one is the answer to what waited.
void take_answer(db::Tx& tx, const Post& post);
// This one was an answer and is gone: what it answered waits again.
void lose_answer(db::Tx& tx, PostId post);

}  // namespace kith::conversation
