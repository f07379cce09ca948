#include "conversation/unmasking.hpp"

namespace kith::conversation::store {

constexpr db::Sql last_unmasking_sql = R"(
    select id, asked_by, reason, asked_at_ms, agreed_by, agreed_at_ms
    from unmasking
    where persona_id = $1
    order by id desc
    limit 1)";

std::optional<Unmask> last_unmasking(db::ReadTx& tx, PersonaId alias) {
    return tx.first<Unmask>(last_unmasking_sql, alias);
}

constexpr db::Sql insert_unmasking_sql = R"(
    insert into unmasking (persona_id, post_id, asked_by, reason, asked_at_ms)
    values ($1, $2, $3, $4, $5))";

void insert_unmasking(db::Tx& tx, PersonaId alias, PostId post, MemberId by, std::string_view reason) {
    tx.run(insert_unmasking_sql, alias, post, by, reason, tx.now());
}

constexpr db::Sql agree_sql = R"(
    update unmasking
    set agreed_by = $2,
        agreed_at_ms = $3
    where id = $1)";

void agree_to_unmasking(db::Tx& tx, std::int64_t unmasking, MemberId by) {
    tx.run(agree_sql, unmasking, by, tx.now());
}

constexpr db::Sql unmaskings_sql = R"(
    select post_id, asked_by, reason, asked_at_ms, agreed_by, agreed_at_ms
    from unmasking
    order by id desc
    limit $1)";

std::vector<UnmaskingRow> unmaskings(db::ReadTx& tx, int limit) {
    return tx.all<UnmaskingRow>(unmaskings_sql, limit);
}

}  // namespace kith::conversation::store
