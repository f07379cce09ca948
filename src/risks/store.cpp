#include "risks/store.hpp"

namespace kith::risks::store {

constexpr db::Sql standing_sql = R"(
    select id, number, retired_at_ms
    from risk
    where retired_at_ms is null
    order by id)";

std::vector<Row> standing(db::ReadTx& tx) { return tx.all<Row>(standing_sql); }

constexpr db::Sql due_sql = R"(
    select id
    from risk
    where retired_at_ms is null and review_at_ms <= $1 and coalesce(reminded_at_ms, 0) <= $2
    order by id)";

std::vector<RiskId> due(db::ReadTx& tx, Time told_before) {
    return tx.all<RiskId>(due_sql, tx.now(), told_before);
}

constexpr db::Sql find_sql = R"(
    select id, number, retired_at_ms
    from risk
    where id = $1)";

std::optional<Row> find(db::ReadTx& tx, RiskId id) { return tx.first<Row>(find_sql, id); }

constexpr db::Sql insert_sql = R"(
    insert into risk (number, review_at_ms)
    values (1, $1)
    returning id)";

RiskId insert(db::Tx& tx, Time review_at) { return *tx.first<RiskId>(insert_sql, review_at); }

constexpr db::Sql set_number_sql = R"(
    update risk
    set number = $2,
        review_at_ms = $3,
        reminded_at_ms = null
    where id = $1)";

void set_number(db::Tx& tx, RiskId id, std::int64_t number, Time review_at) {
    tx.run(set_number_sql, id, number, review_at);
}

constexpr db::Sql set_reminded_sql = R"(
    update risk
    set reminded_at_ms = $2
    where id = $1)";

void set_reminded(db::Tx& tx, RiskId id) { tx.run(set_reminded_sql, id, tx.now()); }

constexpr db::Sql set_retired_sql = R"(
    update risk
    set retired_at_ms = $2
    where id = $1)";

void set_retired(db::Tx& tx, RiskId id) { tx.run(set_retired_sql, id, tx.now()); }

constexpr db::Sql version_sql = R"(
    select number, title, words, likelihood, severity, measures, owner, changes, review_at_ms, written_by,
           written_at_ms
    from risk_version
    where risk_id = $1 and number = $2)";

std::optional<Version> version(db::ReadTx& tx, RiskId id, std::int64_t number) {
    return tx.first<Version>(version_sql, id, number);
}

constexpr db::Sql versions_sql = R"(
    select number, title, words, likelihood, severity, measures, owner, changes, review_at_ms, written_by,
           written_at_ms
    from risk_version
    where risk_id = $1
    order by number desc)";

std::vector<Version> versions(db::ReadTx& tx, RiskId id) { return tx.all<Version>(versions_sql, id); }

constexpr db::Sql insert_version_sql = R"(
    insert into risk_version (risk_id, number, title, words, likelihood, severity, measures, owner, changes,
                              review_at_ms, written_by, written_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))";

void insert_version(db::Tx& tx, RiskId id, const Version& v) {
    tx.run(insert_version_sql, id, v.number, v.title, v.words, v.likelihood, v.severity, v.measures, v.owner,
           v.changes, v.review_at, v.written_by, v.written_at);
}

}  // namespace kith::risks::store
