#pragma once

#include "conversation/conversation.hpp"
#include "pacing/pacing.hpp"

// Writing with and without one's name; private to conversation.
namespace kith::conversation {

// Whether a post here may be anonymous. Where only those who look after the group can write (a closed thread, a group
// that is not running), an alias would tell that it is one of them.
bool takes_anonymous(const groups::Access& access, bool is_closed);

// Where a post shall stand; `thread`: none for a new one.
struct Spot {
    ThreadId thread;
    bool is_closed = false;
};
// The voice of a new post. What was chosen is never changed into the member's name: fault `conflict`.
Result<Voice> voice_of(db::ReadTx& tx, const Actor& actor, const groups::Access& access, Spot spot,
                       std::optional<Voice> chosen);
// Of words on their way: as it was chosen then.
Voice voice_of(const pacing::Waiting& words);

// Keeps the choice for the next post in the thread.
void remember_voice(db::Tx& tx, const groups::Group& group, MemberId member, ThreadId thread, Voice voice);

// Under what the member is seen when they give support in a thread: their alias while they write under it.
PersonaId seen_as(db::ReadTx& tx, const Actor& actor, const groups::Access& access, ThreadId thread);

}  // namespace kith::conversation
