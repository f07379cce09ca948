#include "content_notes/store.hpp"

namespace kith::content_notes::store {

constexpr db::Sql list_sql = R"(
    select id, words, case when retired_at_ms is null then 1 else 0 end
    from content_note
    order by id)";

std::vector<Note> list(db::ReadTx& tx) { return tx.all<Note>(list_sql); }

constexpr db::Sql insert_note_sql = R"(
    insert into content_note (id, words)
    values ($1, $2))";

void insert_note(db::Tx& tx, ContentNoteId id, std::string_view words) { tx.run(insert_note_sql, id, words); }

constexpr db::Sql set_words_sql = R"(
    update content_note
    set words = $2
    where id = $1)";

void set_words(db::Tx& tx, ContentNoteId id, std::string_view words) { tx.run(set_words_sql, id, words); }

constexpr db::Sql set_retired_sql = R"(
    update content_note
    set retired_at_ms = $2
    where id = $1)";

void set_retired(db::Tx& tx, ContentNoteId id, std::optional<Time> at) { tx.run(set_retired_sql, id, at); }

constexpr db::Sql choices_sql = R"(
    select note_id, choice
    from note_choice
    where member_id = $1)";

std::vector<Chosen> choices_of(db::ReadTx& tx, MemberId member) {
    return tx.all<Chosen>(choices_sql, member);
}

constexpr db::Sql put_choice_sql = R"(
    insert into note_choice (member_id, note_id, choice, chosen_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id, note_id) do update
    set choice = excluded.choice,
        chosen_at_ms = excluded.chosen_at_ms
    where note_choice.choice <> excluded.choice)";

void put_choice(db::Tx& tx, MemberId member, const Chosen& chosen) {
    tx.run(put_choice_sql, member, chosen.id, chosen.choice, tx.now());
}

}  // namespace kith::content_notes::store
