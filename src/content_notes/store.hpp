#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "content_notes/content_notes.hpp"

// All SQL of content_notes: rows in, rows out, no decisions.
namespace kith::content_notes::store {

std::vector<Note> list(db::ReadTx& tx);
void insert_note(db::Tx& tx, ContentNoteId id, std::string_view words);
void set_words(db::Tx& tx, ContentNoteId id, std::string_view words);
void set_retired(db::Tx& tx, ContentNoteId id, std::optional<Time> at);

std::vector<Chosen> choices_of(db::ReadTx& tx, MemberId member);
void put_choice(db::Tx& tx, MemberId member, const Chosen& chosen);

}  // namespace kith::content_notes::store
