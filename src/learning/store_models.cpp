#include "learning/store.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::learning::store {

// ---- flags -----------------------------------------------------------------------------------------------

constexpr db::Sql standing_sql = R"(
    select state, since_ms, load, model_id, pinned, fault, fault_at_ms
    from learned_flag
    where flag = $1)";

Standing standing(db::ReadTx& tx, Flag flag) { return tx.one<Standing>(standing_sql, flag); }

constexpr db::Sql set_state_sql = R"(
    update learned_flag
    set state = $2,
        since_ms = $3
    where flag = $1)";

void set_state(db::Tx& tx, Flag flag, State state, Time since) { tx.run(set_state_sql, flag, state, since); }

constexpr db::Sql set_load_sql = R"(
    update learned_flag
    set load = $2
    where flag = $1)";

void set_load(db::Tx& tx, Flag flag, std::int64_t load) { tx.run(set_load_sql, flag, load); }

constexpr db::Sql set_model_sql = R"(
    update learned_flag
    set model_id = $2,
        pinned = $3,
        fault = '',
        fault_at_ms = 0
    where flag = $1)";

void set_model(db::Tx& tx, Flag flag, std::int64_t model, bool pinned) {
    tx.run(set_model_sql, flag, model, pinned);
}

constexpr db::Sql set_trouble_sql = R"(
    update learned_flag
    set fault = $2,
        fault_at_ms = $3
    where flag = $1 and fault <> $2)";

void set_trouble(db::Tx& tx, Flag flag, Trouble trouble) { tx.run(set_trouble_sql, flag, trouble, tx.now()); }

constexpr db::Sql any_trouble_sql = R"(
    select 1
    from learned_flag
    where fault <> '')";

bool any_trouble(db::ReadTx& tx) { return tx.exists(any_trouble_sql); }

// ---- versions --------------------------------------------------------------------------------------------

constexpr db::Sql insert_version_sql = R"(
    insert into learned_model (flag, made_at_ms, taken, bytes, lessons, labels, positives, first_at_ms,
                               last_at_ms, auc, auc_low, auc_high, calibration_error, unseen, spread)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    returning id)";
constexpr db::Sql insert_load_sql = R"(
    insert into learned_load (model_id, load, threshold, found, positives, foretold)
    values ($1, $2, $3, $4, $5, $6))";

std::int64_t insert_version(db::Tx& tx, Flag flag, const NewVersion& made) {
    const Version& card = made.card;
    const auto id = tx.one<std::int64_t>(insert_version_sql, flag, tx.now(), card.taken, db::Blob{made.bytes},
                                         made.lessons, card.labels, card.positives, card.first_at,
                                         card.last_at, card.auc, card.auc_low, card.auc_high,
                                         card.calibration_error, made.unseen, made.spread);
    for (const AtLoad& at : card.at_loads)
        tx.run(insert_load_sql, id, at.load, at.threshold, at.found, at.positives, at.foretold);
    return id;
}

constexpr db::Sql versions_sql = R"(
    select id, made_at_ms, taken, labels, positives, first_at_ms, last_at_ms, auc, auc_low, auc_high,
           calibration_error
    from learned_model
    where flag = $1
    order by id desc
    limit $2)";
constexpr db::Sql loads_sql = R"(
    select load, threshold, found, positives, foretold
    from learned_load
    where model_id = $1
    order by load)";

std::vector<Version> versions(db::ReadTx& tx, Flag flag, int most) {
    std::vector<Version> out;
    for (const db::Row row : tx.query(versions_sql, flag, most))
        out.push_back({row.get<std::int64_t>(0), row.get<Time>(1), row.get<bool>(2), row.get<std::int64_t>(3),
                       row.get<std::int64_t>(4), row.get<Time>(5), row.get<Time>(6), row.get<double>(7),
                       row.get<double>(8), row.get<double>(9), row.get<double>(10)});
    for (Version& one : out) one.at_loads = tx.all<AtLoad>(loads_sql, one.id);
    return out;
}

constexpr db::Sql bytes_sql = R"(
    select bytes
    from learned_model
    where id = $1)";

std::optional<std::string> model_bytes(db::ReadTx& tx, std::int64_t model) {
    return tx.first<std::string>(bytes_sql, model);
}

constexpr db::Sql last_lessons_sql = R"(
    select lessons
    from learned_model
    where flag = $1
    order by id desc
    limit 1)";

std::optional<std::string> last_lessons(db::ReadTx& tx, Flag flag) {
    return tx.first<std::string>(last_lessons_sql, flag);
}

constexpr db::Sql as_learned_sql = R"(
    select spread, unseen
    from learned_model
    where id = $1)";

std::optional<Before> as_learned(db::ReadTx& tx, std::int64_t model) {
    return tx.first<Before>(as_learned_sql, model);
}

constexpr db::Sql forget_loads_sql = R"(
    delete from learned_load
    where model_id = $1)";
constexpr db::Sql forget_version_sql = R"(
    delete from learned_model
    where id = $1)";

void forget_version(db::Tx& tx, std::int64_t model) {
    tx.run(forget_loads_sql, model);
    tx.run(forget_version_sql, model);
}

constexpr db::Sql threshold_sql = R"(
    select threshold
    from learned_load
    where model_id = $1 and load = $2)";

std::optional<double> threshold_of(db::ReadTx& tx, std::int64_t model, std::int64_t load) {
    return tx.first<double>(threshold_sql, model, load);
}

// ---- figures ---------------------------------------------------------------------------------------------

constexpr db::Sql forget_figures_sql = R"(
    delete from learning_figure
    where week_ms = $1)";

void forget_figures(db::Tx& tx, Time week) { tx.run(forget_figures_sql, week); }

constexpr db::Sql forget_figures_before_sql = R"(
    delete from learning_figure
    where week_ms < $1)";

void forget_figures_before(db::Tx& tx, Time week) { tx.run(forget_figures_before_sql, week); }

constexpr db::Sql put_figure_sql = R"(
    insert into learning_figure (week_ms, flag, part, name, value, low, high, counted, warns)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9))";

void put_figure(db::Tx& tx, Time week, const Figure& one) {
    tx.run(put_figure_sql, week, one.flag, one.part, one.name, one.value, one.low, one.high, one.counted,
           one.warns);
}

constexpr db::Sql weeks_sql = R"(
    select distinct week_ms
    from learning_figure
    order by week_ms desc
    limit $1)";

std::vector<Time> weeks(db::ReadTx& tx, int most) { return tx.all<Time>(weeks_sql, most); }

constexpr db::Sql figures_sql = R"(
    select flag, part, name, value, low, high, counted, warns
    from learning_figure
    where week_ms = $1
    order by flag, part, name)";

std::vector<Figure> figures(db::ReadTx& tx, Time week) { return tx.all<Figure>(figures_sql, week); }

constexpr db::Sql any_warning_sql = R"(
    select 1
    from learning_figure
    where week_ms >= $1 and warns = 1)";

bool any_warning(db::ReadTx& tx, Time since) { return tx.exists(any_warning_sql, since); }

}  // namespace kith::learning::store
