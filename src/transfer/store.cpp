#include "transfer/store.hpp"

namespace kith::transfer::store {

constexpr db::Sql find_digest_key_sql = R"(
    select digest_key
    from import_key
    where id = 1)";

std::optional<std::string> find_digest_key(db::ReadTx& tx) {
    return tx.first<std::string>(find_digest_key_sql);
}

constexpr db::Sql insert_digest_key_sql = R"(
    insert into import_key (id, digest_key)
    values (1, $1))";

std::string digest_key(db::Tx& tx, const std::string& fresh) {
    if (auto known = find_digest_key(tx)) return *std::move(known);
    tx.run(insert_digest_key_sql, db::Blob{fresh});
    return fresh;
}

constexpr db::Sql imported_sql = R"(
    select kind, key_digest, id
    from imported
    where group_id = $1 and source = $2)";

std::vector<Imported> imported(db::ReadTx& tx, GroupId group, std::string_view source) {
    return tx.all<Imported>(imported_sql, group, source);
}

constexpr db::Sql insert_imported_sql = R"(
    insert into imported (group_id, source, kind, key_digest, id)
    values ($1, $2, $3, $4, $5))";

void insert_imported(db::Tx& tx, GroupId group, std::string_view source, const Imported& row) {
    tx.run(insert_imported_sql, group, source, row.kind, db::Blob{row.digest}, row.id);
}

constexpr db::Sql set_thread_sql = R"(
    insert into imported (group_id, source, kind, key_digest, id)
    values ($1, $2, $3, $4, $5)
    on conflict (group_id, source, kind, key_digest) do update
    set id = excluded.id)";

void set_thread(db::Tx& tx, GroupId group, std::string_view source, const Imported& row) {
    tx.run(set_thread_sql, group, source, row.kind, db::Blob{row.digest}, row.id);
}

constexpr db::Sql find_person_sql = R"(
    select member_id
    from imported_person
    where key_digest = $1)";

std::optional<MemberId> find_person(db::ReadTx& tx, std::string_view digest) {
    return tx.first<MemberId>(find_person_sql, db::Blob{digest});
}

constexpr db::Sql insert_person_sql = R"(
    insert into imported_person (key_digest, member_id)
    values ($1, $2))";

void insert_person(db::Tx& tx, std::string_view digest, MemberId member) {
    tx.run(insert_person_sql, db::Blob{digest}, member);
}

}  // namespace kith::transfer::store
