#include "recovery/store.hpp"

#include <algorithm>

namespace kith::recovery::store {

constexpr db::Sql helpers_sql = R"(
    select id, member_id, name, made_at_ms, begun_at_ms
    from helper
    where member_id = $1)";

std::vector<Helper> helpers_of(db::ReadTx& tx, MemberId member) {
    std::vector<Helper> out = tx.all<Helper>(helpers_sql, member);
    std::ranges::sort(out, {}, &Helper::id);
    return out;
}

constexpr db::Sql by_code_sql = R"(
    select id, member_id, name, made_at_ms, begun_at_ms
    from helper
    where member_id = $1 and code_digest = $2)";

std::optional<Helper> by_code(db::ReadTx& tx, MemberId member, std::string_view digest) {
    return tx.first<Helper>(by_code_sql, member, db::Blob{digest});
}

constexpr db::Sql insert_sql = R"(
    insert into helper (member_id, name, code_digest, made_at_ms)
    values ($1, $2, $3, $4))";

void insert(db::Tx& tx, MemberId member, std::string_view name, std::string_view digest) {
    tx.run(insert_sql, member, name, db::Blob{digest}, tx.now());
}

constexpr db::Sql begin_sql = R"(
    update helper
    set begun_at_ms = $2
    where id = $1)";

void begin(db::Tx& tx, HelperId id) { tx.run(begin_sql, id, tx.now()); }

constexpr db::Sql remove_sql = R"(
    delete from helper
    where id = $1 and member_id = $2)";

bool remove(db::Tx& tx, MemberId member, HelperId id) { return tx.run(remove_sql, id, member) == 1; }

constexpr db::Sql remove_begun_sql = R"(
    delete from helper
    where member_id = $1 and begun_at_ms > $2)";

std::int64_t remove_begun(db::Tx& tx, MemberId member, Time since) {
    return tx.run(remove_begun_sql, member, since);
}

}  // namespace kith::recovery::store
