#include "mailing/store.hpp"

namespace kith::mailing::store {

constexpr db::Sql link_key_sql = R"(
    select link_key
    from mail_key)";

std::optional<std::string> link_key(db::ReadTx& tx) { return tx.first<std::string>(link_key_sql); }

constexpr db::Sql insert_link_key_sql = R"(
    insert into mail_key (id, link_key)
    values (1, $1)
    on conflict do nothing)";

void insert_link_key(db::Tx& tx, std::string_view key) { tx.run(insert_link_key_sql, db::Blob{key}); }

}  // namespace kith::mailing::store
