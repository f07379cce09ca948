#include "platform/jobs/store.hpp"

namespace kith::jobs {

constexpr db::Sql enqueue_sql = R"(
    insert into job (kind, payload, created_at_ms, due_at_ms, lane)
    values ($1, $2, $3, $4, $5))";

void enqueue(db::Tx& tx, std::string_view kind, std::string_view payload, Time due, Lane lane) {
    tx.run(enqueue_sql, kind, payload, tx.now(), due, lane);
}

constexpr db::Sql rounds_sql = R"(
    select id, kind, payload, created_at_ms, every_ms, due_at_ms, leased_until_ms, tries, last_error,
           last_error_at_ms, last_run_at_ms, done_at_ms, failed_at_ms
    from job
    where every_ms is not null
    order by kind)";

std::vector<JobRow> rounds(db::ReadTx& tx) { return tx.all<JobRow>(rounds_sql); }

constexpr db::Sql list_sql = R"(
    select id, kind, payload, created_at_ms, every_ms, due_at_ms, leased_until_ms, tries, last_error,
           last_error_at_ms, last_run_at_ms, done_at_ms, failed_at_ms
    from job
    where every_ms is null
    order by id desc
    limit $1)";

std::vector<JobRow> list(db::ReadTx& tx, int limit) { return tx.all<JobRow>(list_sql, limit); }

constexpr db::Sql count_sql = R"(
    select (select count(*)
            from job
            where done_at_ms is null
              and failed_at_ms is null
              and due_at_ms <= $1),
           (select count(*)
            from job
            where failed_at_ms is not null))";

Counts count(db::ReadTx& tx) { return tx.one<Counts>(count_sql, tx.now()); }

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

constexpr db::Sql give_back_sql = R"(
    update job
    set leased_until_ms = $1
    where done_at_ms is null
      and failed_at_ms is null
      and leased_until_ms > $1)";

void give_back_leased(db::Tx& tx) {
    if (tx.engine() == db::Engine::sqlite) tx.run(give_back_sql, tx.now());
}

namespace store {

constexpr db::Sql come_round_sql = R"(
    insert into job (kind, payload, created_at_ms, every_ms, due_at_ms, lane)
    values ($1, '', $2, $3, $2, $4)
    on conflict (kind) where every_ms is not null do update
    set every_ms = excluded.every_ms,
        lane = excluded.lane)";

void come_round(db::Tx& tx, std::string_view kind, std::int64_t every_ms, Lane lane) {
    tx.run(come_round_sql, kind, tx.now(), every_ms, lane);
}

constexpr db::Sql forget_round_sql = R"(
    delete from job
    where kind = $1
      and every_ms is not null)";

void forget_round(db::Tx& tx, std::string_view kind) { tx.run(forget_round_sql, kind); }

constexpr db::Sql any_due_sql = R"(
    select 1
    from job
    where done_at_ms is null
      and failed_at_ms is null
      and due_at_ms <= $1
      and (leased_until_ms is null or leased_until_ms <= $1)
      and lane in ('urgent', $2)
    limit 1)";

bool any_due(db::ReadTx& tx, Lane lane) { return tx.exists(any_due_sql, tx.now(), lane); }

constexpr db::Sql lease_sql = R"(
    update job
    set leased_until_ms = $2,
        tries = tries + case when leased_until_ms is null then 0 else 1 end,
        last_error = case when leased_until_ms is null then last_error else $3 end,
        last_error_at_ms = case when leased_until_ms is null then last_error_at_ms else $1 end
    where id = (
        select id
        from job
        where done_at_ms is null
          and failed_at_ms is null
          and due_at_ms <= $1
          and (leased_until_ms is null or leased_until_ms <= $1)
          and lane in ('urgent', $4)
        order by due_at_ms, id
        limit 1)
    returning id, kind, payload, created_at_ms, every_ms, due_at_ms, leased_until_ms, tries, last_error,
              last_error_at_ms, last_run_at_ms, done_at_ms, failed_at_ms)";

std::optional<JobRow> lease(db::Tx& tx, Lane lane, Time until) {
    return tx.first<JobRow>(lease_sql, tx.now(), until, "the server ended while it ran", lane);
}

constexpr db::Sql mark_done_sql = R"(
    update job
    set last_run_at_ms = $3,
        leased_until_ms = null,
        tries = case when every_ms is null then tries else 0 end,
        due_at_ms = case when every_ms is null then due_at_ms else $3 + every_ms end,
        done_at_ms = case when every_ms is null then $3 end
    where id = $1
      and leased_until_ms = $2)";

void mark_done(db::Tx& tx, const JobRow& leased) {
    tx.run(mark_done_sql, leased.id, leased.leased_until, tx.now());
}

constexpr db::Sql mark_failed_sql = R"(
    update job
    set tries = tries + 1,
        last_error = $3,
        last_error_at_ms = $4,
        leased_until_ms = null,
        due_at_ms = coalesce($5, due_at_ms),
        failed_at_ms = $6
    where id = $1
      and leased_until_ms = $2)";

void mark_failed(db::Tx& tx, const JobRow& leased, std::string_view error, std::optional<Time> due) {
    const std::optional<Time> failed_at = due ? std::nullopt : std::optional(tx.now());
    tx.run(mark_failed_sql, leased.id, leased.leased_until, error, tx.now(), due, failed_at);
}

}  // namespace store
}  // namespace kith::jobs
