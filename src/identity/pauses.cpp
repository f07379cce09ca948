#include "identity/rules.hpp"
#include "identity/store.hpp"

namespace kith::identity {
namespace {

constexpr db::Sql put_pause_sql = R"(
    insert into pause (member_id, since_ms, until_ms)
    values ($1, $2, $3)
    on conflict (member_id) do update
    set since_ms = excluded.since_ms,
        until_ms = excluded.until_ms)";

constexpr db::Sql delete_pause_sql = R"(
    delete from pause
    where member_id = $1)";

constexpr db::Sql standing_pause_sql = R"(
    select since_ms, until_ms
    from pause
    where member_id = $1 and (until_ms is null or until_ms > $2))";

std::optional<Time> end_of(PauseLength length, Time now) {
    switch (length) {
        case PauseLength::open:
            return std::nullopt;
        case PauseLength::week:
            return now + 7 * day_ms;
        case PauseLength::two_weeks:
            return now + 14 * day_ms;
        case PauseLength::month:
            return now + 30 * day_ms;
    }
    return std::nullopt;
}

}  // namespace

Done begin_pause(db::Tx& tx, const Actor& actor, PauseLength length) {
    const MemberId member = TRY(acting_person(tx, actor));
    tx.run(put_pause_sql, member, tx.now(), end_of(length, tx.now()));
    announce_standing(tx, member);
    return {};
}

Done end_pause(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(acting_person(tx, actor));
    if (tx.run(delete_pause_sql, member) > 0) announce_standing(tx, member);
    return {};
}

std::optional<Pause> standing_pause(db::ReadTx& tx, MemberId member) {
    return tx.first<Pause>(standing_pause_sql, member, tx.now());
}

}  // namespace kith::identity
