#include "safeguarding/store.hpp"

// What the host set.
namespace kith::safeguarding::store {

// ---- the ladder ----------------------------------------------------------------------------------------

constexpr db::Sql holds_decided_sql = R"(
    select count(*)
    from safety_case c
    where c.author_id = $1 and c.outcome = 'suspended'
      and not exists (select 1 from appeal a where a.case_id = c.id and a.outcome = 'overturned'))";

std::int64_t holds_decided_about(db::ReadTx& tx, PersonaId author) {
    return tx.one<std::int64_t>(holds_decided_sql, author);
}

constexpr db::Sql ladder_sql = R"(
    select days
    from suspension_step
    order by step)";

std::vector<std::int64_t> ladder(db::ReadTx& tx) { return tx.all<std::int64_t>(ladder_sql); }

constexpr db::Sql delete_ladder_sql = R"(
    delete from suspension_step)";
constexpr db::Sql insert_step_sql = R"(
    insert into suspension_step (step, days)
    values ($1, $2))";

void put_ladder(db::Tx& tx, std::span<const std::int64_t> days) {
    tx.run(delete_ladder_sql);
    for (std::size_t i = 0; i < days.size(); ++i)
        tx.run(insert_step_sql, static_cast<std::int64_t>(i + 1), days[i]);
}

// ---- how long a report may wait ----------------------------------------------------------------------

constexpr db::Sql targets_sql = R"(
    select amber, red, crisis, hide_after, pause_after
    from triage)";

Targets targets(db::ReadTx& tx) { return tx.one<Targets>(targets_sql); }

constexpr db::Sql set_targets_sql = R"(
    update triage
    set amber = $1,
        red = $2,
        crisis = $3,
        hide_after = $4,
        pause_after = $5)";

void set_targets(db::Tx& tx, const Targets& targets) {
    tx.run(set_targets_sql, targets.amber, targets.red, targets.crisis, targets.hide_after,
           targets.pause_after);
}

}  // namespace kith::safeguarding::store
