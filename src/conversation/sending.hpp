#pragma once

#include "conversation/conversation.hpp"
#include "pacing/pacing.hpp"

// Words on their way into a thread; private to conversation.
namespace kith::conversation {

// Whether somebody who moderates has read the words already.
enum class Looked { not_yet, already };
Result<ThreadId> start_thread(db::Tx& tx, const Actor& actor, GroupId group, std::string_view title,
                              const Draft& draft, Looked looked);
Result<PostId> write_post(db::Tx& tx, const Actor& actor, ThreadId thread, const Draft& draft, Looked looked);
Done edit_post(db::Tx& tx, const Actor& actor, PostId post, std::string_view markdown, std::string_view note,
               NoteSet notes, Looked looked);

// Keeps what must wait, with the faults of pacing::cause_to_wait. Whether it waits.
Result<bool> must_wait(db::Tx& tx, const groups::Access& access, Voice voice, pacing::Waiting words);

}  // namespace kith::conversation
