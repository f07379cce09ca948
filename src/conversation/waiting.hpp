#pragma once

#include "conversation/conversation.hpp"
#include "pacing/pacing.hpp"

// Posts that wait until somebody who moderates the group has looked.
namespace kith::conversation {

// Whether a title that its author gives now would wait, or be refused.
bool would_wait(db::ReadTx& tx, const groups::Access& access, const Thread& thread, MemberId author,
                std::string_view title);

// What one sees of it who looks: never whose it is where it was written anonymously.
struct ToLookAt {
    pacing::Waiting words;
    std::string name;   // under which it will stand; empty: an alias that is not there yet
    std::string title;  // of its thread
    bool own = false;   // the actor's: somebody else looks
};
// The oldest first. For those who moderate the group; for others `not_found`.
Result<std::vector<ToLookAt>> to_look_at(db::ReadTx& tx, const Actor& actor, GroupId group);
// It stands there as newly written, by its author, who is told, and may be on hold by now: otherwise that would tell
// who an alias is. Faults: `not_found`; `forbidden` for who lacks training; `conflict` for the actor's own, for what
// somebody else was faster with, where its author has left, and where nothing new can stand.
Result<PostId> let_through(db::Tx& tx, const Actor& actor, std::int64_t id);
// The author reads these words and finds their own as a draft. Faults: the same; `invalid`, field "words".
Done send_back(db::Tx& tx, const Actor& actor, std::int64_t id, std::string_view words);
// By the author: a draft again.
Done take_back(db::Tx& tx, const Actor& actor, std::int64_t id);

// The text as it will be shown, and as its author finds it above the thread or the list: nobody else.
Post shown_post(const pacing::Waiting& words);
void own_waiting(Html& h, const http::Ctx& ctx, const pacing::Here& here,
                 std::span<const content_notes::Note> note_list);

// By those who moderate the group of the thread; pacing::set_pace.
Done set_thread_pace(db::Tx& tx, const Actor& actor, ThreadId thread, const pacing::PaceForm& form);

}  // namespace kith::conversation
