#include "site/store.hpp"

namespace kith::site::store {

constexpr db::Sql settings_sql = R"(
    select key, value
    from setting)";

std::map<std::string, std::string, std::less<>> settings(db::ReadTx& tx) {
    std::map<std::string, std::string, std::less<>> out;
    for (const db::Row row : tx.query(settings_sql))
        out.emplace(row.get<std::string>(0), row.get<std::string>(1));
    return out;
}

constexpr db::Sql put_setting_sql = R"(
    insert into setting (key, value, changed_at_ms)
    values ($1, $2, $3)
    on conflict (key) do update
    set value = excluded.value,
        changed_at_ms = excluded.changed_at_ms)";

void put_setting(db::Tx& tx, std::string_view key, std::string_view value) {
    tx.run(put_setting_sql, key, value, tx.now());
}

constexpr db::Sql put_first_setting_sql = R"(
    insert into setting (key, value, changed_at_ms)
    values ($1, $2, $3)
    on conflict (key) do nothing)";

void put_first_setting(db::Tx& tx, std::string_view key, std::string_view value) {
    tx.run(put_first_setting_sql, key, value, tx.now());
}

}  // namespace kith::site::store
