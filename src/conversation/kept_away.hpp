#pragma once

#include "conversation/conversation.hpp"

// What a reader keeps away by its content notes; private to conversation. Nobody loses sight of their own.
namespace kith::conversation {

inline bool is_kept_away(db::ReadTx& tx, const content_notes::Choices& choices, NoteSet notes,
                         PersonaId author, MemberId reader) {
    return choices.keeps_away(notes) && identity::member_of(tx, author) != reader;
}

inline bool is_no_news(db::ReadTx& tx, const content_notes::Choices& choices, NoteSet notes, PersonaId author,
                       MemberId reader) {
    return choices.wants_no_news(notes) && identity::member_of(tx, author) != reader;
}

}  // namespace kith::conversation
