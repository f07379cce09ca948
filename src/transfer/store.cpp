#include "transfer/store.hpp"

namespace kith::transfer::store {

constexpr db::Sql find_key_sql = R"(
    select key_digest
    from imported
    where source = 'kith' and kind = 'key')";

std::string digest_key(db::Tx& tx, const std::string& fresh) {
    if (auto known = tx.first<std::string>(find_key_sql)) return *std::move(known);
    insert_imported(tx, "kith", "key", fresh, 0);
    return fresh;
}

constexpr db::Sql imported_id_sql = R"(
    select id
    from imported
    where source = $1 and kind = $2 and key_digest = $3)";

std::optional<std::int64_t> imported_id(db::ReadTx& tx, std::string_view source, std::string_view kind,
                                        std::string_view digest) {
    return tx.first<std::int64_t>(imported_id_sql, source, kind, db::Blob{digest});
}

constexpr db::Sql insert_imported_sql = R"(
    insert into imported (source, kind, key_digest, id)
    values ($1, $2, $3, $4))";

void insert_imported(db::Tx& tx, std::string_view source, std::string_view kind, std::string_view digest,
                     std::int64_t id) {
    tx.run(insert_imported_sql, source, kind, db::Blob{digest}, id);
}

}  // namespace kith::transfer::store
