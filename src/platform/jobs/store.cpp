#include "platform/jobs/store.hpp"

namespace kith::jobs {

constexpr db::Sql enqueue_sql = R"(
    insert into job (kind, payload, created_at_ms, due_at_ms)
    values ($1, $2, $3, $4))";

void enqueue(db::Tx& tx, std::string_view kind, std::string_view payload, Time due) {
    tx.run(enqueue_sql, kind, payload, tx.now(), due);
}

constexpr db::Sql list_sql = R"(
    select id, kind, payload, created_at_ms, due_at_ms, leased_until_ms, tries, last_error, done_at_ms,
           failed_at_ms
    from job
    order by id desc
    limit $1)";

std::vector<JobRow> list(db::ReadTx& tx, int limit) { return tx.all<JobRow>(list_sql, limit); }

constexpr db::Sql retry_sql = R"(
    update job
    set tries = 0,
        failed_at_ms = null,
        leased_until_ms = null,
        due_at_ms = $2
    where id = $1
      and failed_at_ms is not null)";

Done retry(db::Tx& tx, std::int64_t id) {
    if (tx.run(retry_sql, id, tx.now()) == 0) return not_found();
    return {};
}

constexpr db::Sql forget_done_sql = R"(
    delete from job
    where done_at_ms < $1)";

void forget_done_before(db::Tx& tx, Time time) { tx.run(forget_done_sql, time); }

namespace store {

constexpr db::Sql lease_sql = R"(
    update job
    set leased_until_ms = $2
    where id = (
        select id
        from job
        where done_at_ms is null
          and failed_at_ms is null
          and due_at_ms <= $1
          and (leased_until_ms is null or leased_until_ms <= $1)
        order by due_at_ms, id
        limit 1)
    returning id, kind, payload, created_at_ms, due_at_ms, leased_until_ms, tries, last_error, done_at_ms,
              failed_at_ms)";

std::optional<JobRow> lease(db::Tx& tx, Time until) { return tx.first<JobRow>(lease_sql, tx.now(), until); }

constexpr db::Sql mark_done_sql = R"(
    update job
    set done_at_ms = $2,
        leased_until_ms = null
    where id = $1)";

void mark_done(db::Tx& tx, std::int64_t id) { tx.run(mark_done_sql, id, tx.now()); }

constexpr db::Sql mark_failed_sql = R"(
    update job
    set tries = tries + 1,
        last_error = $2,
        leased_until_ms = null,
        due_at_ms = coalesce($3, due_at_ms),
        failed_at_ms = $4
    where id = $1)";

void mark_failed(db::Tx& tx, std::int64_t id, std::string_view error, std::optional<Time> due) {
    const std::optional<Time> failed_at = due ? std::nullopt : std::optional(tx.now());
    tx.run(mark_failed_sql, id, error, due, failed_at);
}

}  // namespace store
}  // namespace kith::jobs
