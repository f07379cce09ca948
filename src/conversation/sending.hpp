#pragma once

#include "conversation/conversation.hpp"
#include "pacing/pacing.hpp"

// Words on their way into a thread; private to conversation.
namespace kith::conversation {

// What is kept, and shown, of a text that was typed: the preview and the post are made of the same.
std::string kept_text(std::string_view typed);
std::string html_of(std::string_view kept);

// edit_post; true: the change waits until somebody has looked.
Result<bool> change_post(db::Tx& tx, const Actor& actor, PostId post, std::string_view markdown,
                         std::string_view note, NoteSet notes);

// Who writes checked words, and how; `access`: what they may do there.
pacing::Writing writing_of(db::ReadTx& tx, const groups::Access& access, const pacing::Waiting& words);
// Keeps what must wait, with the faults of pacing::take_turn and let_wait. Whether it waits.
Result<bool> must_wait(db::Tx& tx, const pacing::Writing& writing, pacing::Waiting words);

// Words stand in the thread from now on: those that need not wait, and those that were let through. Nothing is asked
// but whether they find room. `alias`: that their author has there already. Faults: `conflict` where the thread is
// full; `invalid` for a picture that cannot be seen there.
Result<PostId> put_thread(db::Tx& tx, const groups::Access& access, const pacing::Waiting& words);
Result<PostId> put_reply(db::Tx& tx, const groups::Access& access, const Thread& thread,
                         const pacing::Waiting& words, PersonaId alias);
// In place of the words `last`.
Done put_change(db::Tx& tx, const Thread& thread, const Post& post, const Version& last,
                const pacing::Waiting& words);

}  // namespace kith::conversation
