#include "feeds/store.hpp"

namespace kith::feeds::store {

constexpr db::Sql find_sql = R"(
    select member_id, language
    from feed_key
    where key_digest = $1)";

std::optional<Key> find(db::ReadTx& tx, std::string_view digest) {
    return tx.first<Key>(find_sql, db::Blob{digest});
}

constexpr db::Sql made_at_sql = R"(
    select made_at_ms
    from feed_key
    where member_id = $1)";

std::optional<Time> made_at(db::ReadTx& tx, MemberId member) { return tx.first<Time>(made_at_sql, member); }

constexpr db::Sql put_sql = R"(
    insert into feed_key (member_id, key_digest, language, made_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id) do update
    set key_digest = excluded.key_digest,
        language = excluded.language,
        made_at_ms = excluded.made_at_ms)";

void put(db::Tx& tx, MemberId member, std::string_view digest, Language language) {
    tx.run(put_sql, member, db::Blob{digest}, language, tx.now());
}

constexpr db::Sql remove_sql = R"(
    delete from feed_key
    where member_id = $1)";

void remove(db::Tx& tx, MemberId member) { tx.run(remove_sql, member); }

}  // namespace kith::feeds::store
