#include "training/store.hpp"

namespace kith::training::store {

constexpr db::Sql modules_sql = R"(
    select id, title, words, questions, statement, months, retired_at_ms
    from training_module
    order by id)";

std::vector<Module> modules(db::ReadTx& tx) { return tx.all<Module>(modules_sql); }

constexpr db::Sql find_module_sql = R"(
    select id, title, words, questions, statement, months, retired_at_ms
    from training_module
    where id = $1)";

std::optional<Module> find_module(db::ReadTx& tx, ModuleId id) {
    return tx.first<Module>(find_module_sql, id);
}

constexpr db::Sql insert_module_sql = R"(
    insert into training_module (title, words, questions, statement, months)
    values ($1, $2, $3, $4, $5)
    returning id)";

ModuleId insert_module(db::Tx& tx, const Module& module) {
    return tx.one<ModuleId>(insert_module_sql, module.title, module.words, module.questions, module.statement,
                            module.months);
}

constexpr db::Sql set_module_sql = R"(
    update training_module
    set title = $2,
        words = $3,
        questions = $4,
        statement = $5,
        months = $6
    where id = $1)";

void set_module(db::Tx& tx, const Module& module) {
    tx.run(set_module_sql, module.id, module.title, module.words, module.questions, module.statement,
           module.months);
}

constexpr db::Sql set_retired_sql = R"(
    update training_module
    set retired_at_ms = $2
    where id = $1)";

void set_retired(db::Tx& tx, ModuleId id, std::optional<Time> at) { tx.run(set_retired_sql, id, at); }

constexpr db::Sql needs_sql = R"(
    select role, module_id, from_ms
    from training_need
    order by role, module_id)";

std::vector<Need> needs(db::ReadTx& tx) { return tx.all<Need>(needs_sql); }

constexpr db::Sql put_need_sql = R"(
    insert into training_need (role, module_id, from_ms)
    values ($1, $2, $3)
    on conflict do nothing)";

void put_need(db::Tx& tx, const Need& need) { tx.run(put_need_sql, need.role, need.module, need.from); }

constexpr db::Sql remove_need_sql = R"(
    delete from training_need
    where role = $1 and module_id = $2)";

void remove_need(db::Tx& tx, identity::Role role, ModuleId module) { tx.run(remove_need_sql, role, module); }

constexpr db::Sql finished_by_sql = R"(
    select module_id, done_at_ms, expires_at_ms
    from training_done
    where member_id = $1)";

std::vector<Finished> finished_by(db::ReadTx& tx, MemberId member) {
    return tx.all<Finished>(finished_by_sql, member);
}

constexpr db::Sql put_finished_sql = R"(
    insert into training_done (member_id, module_id, done_at_ms, expires_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id, module_id) do update
    set done_at_ms = excluded.done_at_ms,
        expires_at_ms = excluded.expires_at_ms,
        reminded_at_ms = null)";

void put_finished(db::Tx& tx, MemberId member, const Finished& finished) {
    tx.run(put_finished_sql, member, finished.module, finished.at, finished.expires_at);
}

constexpr db::Sql due_before_sql = R"(
    select member_id, module_id
    from training_done
    where expires_at_ms < $1 and reminded_at_ms is null)";

std::vector<Due> due_before(db::ReadTx& tx, Time time) { return tx.all<Due>(due_before_sql, time); }

constexpr db::Sql set_reminded_sql = R"(
    update training_done
    set reminded_at_ms = $3
    where member_id = $1 and module_id = $2)";

void set_reminded(db::Tx& tx, const Due& due) { tx.run(set_reminded_sql, due.member, due.module, tx.now()); }

}  // namespace kith::training::store
