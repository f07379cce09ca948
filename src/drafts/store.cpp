#include "drafts/store.hpp"

namespace kith::drafts::store {
namespace {

Draft draft_in(const db::Row& row) {
    return {.place = {row.get<Kind>(0), row.get<std::int64_t>(1)},
            .typed = {.title = row.get<std::string>(2),
                      .markdown = row.get<std::string>(3),
                      .note = row.get<std::string>(4),
                      .reply_to = row.get<std::int64_t>(5),
                      .voice = row.get<std::string>(6),
                      .notes = row.get<std::string>(8)},
            .saved_at = row.get<Time>(7)};
}

}  // namespace

constexpr db::Sql find_sql = R"(
    select kind, place_id, title, markdown, note, reply_to, voice, saved_at_ms, notes
    from draft
    where member_id = $1 and kind = $2 and place_id = $3)";

std::optional<Draft> find(db::ReadTx& tx, MemberId member, Place place) {
    for (const db::Row row : tx.query(find_sql, member, place.kind, place.id)) return draft_in(row);
    return std::nullopt;
}

constexpr db::Sql exists_sql = R"(
    select 1
    from draft
    where member_id = $1 and kind = $2 and place_id = $3)";

bool exists(db::ReadTx& tx, MemberId member, Place place) {
    return tx.first<std::int64_t>(exists_sql, member, place.kind, place.id).has_value();
}

constexpr db::Sql any_sql = R"(
    select 1
    from draft
    where member_id = $1
    limit 1)";

bool any(db::ReadTx& tx, MemberId member) { return tx.first<std::int64_t>(any_sql, member).has_value(); }

constexpr db::Sql count_sql = R"(
    select count(*)
    from draft
    where member_id = $1)";

std::int64_t count(db::ReadTx& tx, MemberId member) { return tx.one<std::int64_t>(count_sql, member); }

constexpr db::Sql list_sql = R"(
    select kind, place_id, title, markdown, note, reply_to, voice, saved_at_ms, notes
    from draft
    where member_id = $1)";

std::vector<Draft> list_of(db::ReadTx& tx, MemberId member) {
    std::vector<Draft> out;
    for (const db::Row row : tx.query(list_sql, member)) out.push_back(draft_in(row));
    return out;
}

constexpr db::Sql put_sql = R"(
    insert into draft (member_id, kind, place_id, title, markdown, note, reply_to, voice, saved_at_ms, notes)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (member_id, kind, place_id) do update
    set title = excluded.title,
        markdown = excluded.markdown,
        note = excluded.note,
        reply_to = excluded.reply_to,
        voice = excluded.voice,
        notes = excluded.notes,
        saved_at_ms = excluded.saved_at_ms)";

void put(db::Tx& tx, MemberId member, Place place, const Typed& typed) {
    tx.run(put_sql, member, place.kind, place.id, typed.title, typed.markdown, typed.note, typed.reply_to,
           typed.voice, tx.now(), typed.notes);
}

constexpr db::Sql remove_sql = R"(
    delete from draft
    where member_id = $1 and kind = $2 and place_id = $3)";

bool remove(db::Tx& tx, MemberId member, Place place) {
    return tx.run(remove_sql, member, place.kind, place.id) > 0;
}

constexpr db::Sql remove_before_sql = R"(
    delete from draft
    where saved_at_ms < $1)";

void remove_before(db::Tx& tx, Time time) { tx.run(remove_before_sql, time); }

}  // namespace kith::drafts::store
