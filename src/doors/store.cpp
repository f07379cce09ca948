#include "doors/store.hpp"

namespace kith::doors::store {

constexpr db::Sql numbers_sql = R"(
    select per_network, per_hour, busy_from, asking, new_days, threads_a_day, posts_a_day, same_words,
           reads_an_hour
    from door_rule)";

Numbers numbers(db::ReadTx& tx) { return tx.one<Numbers>(numbers_sql); }

constexpr db::Sql set_numbers_sql = R"(
    update door_rule
    set per_network = $1,
        per_hour = $2,
        busy_from = $3,
        asking = $4,
        new_days = $5,
        threads_a_day = $6,
        posts_a_day = $7,
        same_words = $8,
        reads_an_hour = $9)";

void set_numbers(db::Tx& tx, const Numbers& n) {
    tx.run(set_numbers_sql, n.per_network, n.per_hour, n.busy_from, n.asking, n.new_days, n.threads_a_day,
           n.posts_a_day, n.same_words, n.reads_an_hour);
}

constexpr db::Sql secret_sql = R"(
    select secret
    from door_secret
    where purpose = $1)";

std::optional<std::string> secret(db::ReadTx& tx, Purpose purpose) {
    return tx.first<std::string>(secret_sql, purpose);
}

constexpr db::Sql insert_secret_sql = R"(
    insert into door_secret (purpose, secret)
    values ($1, $2)
    on conflict do nothing)";

void insert_secret(db::Tx& tx, Purpose purpose, std::string_view secret) {
    tx.run(insert_secret_sql, purpose, secret);
}

constexpr db::Sql forget_secret_sql = R"(
    delete from door_secret
    where purpose = $1)";

void forget_secret(db::Tx& tx, Purpose purpose) { tx.run(forget_secret_sql, purpose); }

// ---- signing up ------------------------------------------------------------------------------------------

constexpr db::Sql add_count_sql = R"(
    insert into door_count (slot, came, turned_away, worked, waited)
    values ($1, $2, $3, $4, $5)
    on conflict (slot) do update
    set came = door_count.came + excluded.came,
        turned_away = door_count.turned_away + excluded.turned_away,
        worked = door_count.worked + excluded.worked,
        waited = door_count.waited + excluded.waited)";

void add_count(db::Tx& tx, std::int64_t slot, const Count& count) {
    tx.run(add_count_sql, slot, count.came, count.turned_away, count.worked, count.waited);
}

constexpr db::Sql count_from_sql = R"(
    select cast(coalesce(sum(came), 0) as bigint), cast(coalesce(sum(turned_away), 0) as bigint),
           cast(coalesce(sum(worked), 0) as bigint), cast(coalesce(sum(waited), 0) as bigint)
    from door_count
    where slot >= $1)";

Count count_from(db::ReadTx& tx, std::int64_t first_slot) {
    return tx.one<Count>(count_from_sql, first_slot);
}

constexpr db::Sql is_spent_sql = R"(
    select 1
    from spent_work
    where work_digest = $1)";

bool is_spent(db::ReadTx& tx, std::string_view work) { return tx.exists(is_spent_sql, db::Blob{work}); }

constexpr db::Sql spend_sql = R"(
    insert into spent_work (work_digest, at_ms)
    values ($1, $2)
    on conflict do nothing)";

bool spend(db::Tx& tx, std::string_view work) { return tx.run(spend_sql, db::Blob{work}, tx.now()) == 1; }

// ---- invitations -----------------------------------------------------------------------------------------

constexpr db::Sql find_stop_sql = R"(
    select stopped_by, stopped_at_ms, undone_at_ms
    from invitation_stop
    where invitation_id = $1)";

std::optional<Stop> find_stop(db::ReadTx& tx, InvitationId id) { return tx.first<Stop>(find_stop_sql, id); }

constexpr db::Sql put_stop_sql = R"(
    insert into invitation_stop (invitation_id, stopped_by, stopped_at_ms)
    values ($1, $2, $3)
    on conflict (invitation_id) do update
    set stopped_by = excluded.stopped_by,
        stopped_at_ms = excluded.stopped_at_ms,
        undone_at_ms = null)";

void put_stop(db::Tx& tx, InvitationId id, PersonaId by) { tx.run(put_stop_sql, id, by, tx.now()); }

constexpr db::Sql end_stop_sql = R"(
    update invitation_stop
    set undone_at_ms = $2
    where invitation_id = $1)";

void end_stop(db::Tx& tx, InvitationId id) { tx.run(end_stop_sql, id, tx.now()); }

constexpr db::Sql stopped_by_sql = R"(
    select member_id
    from stopped_member
    where invitation_id = $1
    order by member_id)";

std::vector<MemberId> stopped_by(db::ReadTx& tx, InvitationId id) {
    return tx.all<MemberId>(stopped_by_sql, id);
}

constexpr db::Sql insert_stopped_sql = R"(
    insert into stopped_member (invitation_id, member_id)
    values ($1, $2))";

void insert_stopped(db::Tx& tx, InvitationId id, MemberId member) { tx.run(insert_stopped_sql, id, member); }

constexpr db::Sql forget_stopped_sql = R"(
    delete from stopped_member
    where invitation_id = $1)";

void forget_stopped(db::Tx& tx, InvitationId id) { tx.run(forget_stopped_sql, id); }

// ---- reading, holds --------------------------------------------------------------------------------------

constexpr db::Sql update_alarm_sql = R"(
    update reading_alarm
    set opened = $3,
        last_at_ms = $4
    where member_id is not distinct from $1 and began_at_ms = $2)";
constexpr db::Sql insert_alarm_sql = R"(
    insert into reading_alarm (member_id, opened, began_at_ms, last_at_ms)
    values ($1, $3, $2, $4))";

void put_alarm(db::Tx& tx, std::optional<MemberId> member, std::int64_t opened, Time began_at) {
    if (tx.run(update_alarm_sql, member, began_at, opened, tx.now()) > 0) return;
    tx.run(insert_alarm_sql, member, began_at, opened, tx.now());
}

constexpr db::Sql alarms_sql = R"(
    select id, member_id, opened, began_at_ms, last_at_ms
    from reading_alarm
    order by last_at_ms desc, id desc
    limit $1)";

std::vector<ReadingAlarm> alarms(db::ReadTx& tx, int limit) {
    return tx.all<ReadingAlarm>(alarms_sql, limit);
}

constexpr db::Sql put_network_sql = R"(
    insert into held_network (member_id, network_digest, until_ms)
    values ($1, $2, $3)
    on conflict (member_id, network_digest) do update
    set until_ms = excluded.until_ms)";

void put_network(db::Tx& tx, MemberId member, std::string_view digest, Time until) {
    tx.run(put_network_sql, member, db::Blob{digest}, until);
}

constexpr db::Sql any_network_sql = R"(
    select 1
    from held_network
    where until_ms > $1)";

bool any_network(db::ReadTx& tx) { return tx.exists(any_network_sql, tx.now()); }

constexpr db::Sql is_network_held_sql = R"(
    select 1
    from held_network
    where network_digest = $1 and until_ms > $2)";

bool is_network_held(db::ReadTx& tx, std::string_view digest) {
    return tx.exists(is_network_held_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql held_members_sql = R"(
    select distinct member_id
    from held_network)";

std::vector<MemberId> held_members(db::ReadTx& tx) { return tx.all<MemberId>(held_members_sql); }

constexpr db::Sql forget_networks_of_sql = R"(
    delete from held_network
    where member_id = $1)";

void forget_networks_of(db::Tx& tx, MemberId member) { tx.run(forget_networks_of_sql, member); }

constexpr db::Sql put_hint_sql = R"(
    insert into door_hint (member_id, at_ms)
    values ($1, $2)
    on conflict do nothing)";

void put_hint(db::Tx& tx, MemberId member) { tx.run(put_hint_sql, member, tx.now()); }

constexpr db::Sql hints_sql = R"(
    select member_id, at_ms
    from door_hint
    order by at_ms desc
    limit $1)";

std::vector<Hint> hints(db::ReadTx& tx, int limit) { return tx.all<Hint>(hints_sql, limit); }

// ---- upkeep ----------------------------------------------------------------------------------------------

constexpr db::Sql forget_counts_sql = R"(
    delete from door_count
    where slot < $1)";

void forget_counts_before(db::Tx& tx, std::int64_t slot) { tx.run(forget_counts_sql, slot); }

constexpr db::Sql forget_spent_sql = R"(
    delete from spent_work
    where at_ms < $1)";

void forget_spent_before(db::Tx& tx, Time time) { tx.run(forget_spent_sql, time); }

constexpr db::Sql forget_alarms_sql = R"(
    delete from reading_alarm
    where last_at_ms < $1)";

void forget_alarms_before(db::Tx& tx, Time time) { tx.run(forget_alarms_sql, time); }

constexpr db::Sql forget_hints_sql = R"(
    delete from door_hint
    where at_ms < $1)";

void forget_hints_before(db::Tx& tx, Time time) { tx.run(forget_hints_sql, time); }

constexpr db::Sql forget_networks_sql = R"(
    delete from held_network
    where until_ms < $1)";

void forget_networks_before(db::Tx& tx, Time time) { tx.run(forget_networks_sql, time); }

constexpr db::Sql forget_stopped_before_sql = R"(
    delete from stopped_member
    where invitation_id in (select invitation_id
                            from invitation_stop
                            where stopped_at_ms < $1))";
constexpr db::Sql forget_stops_sql = R"(
    delete from invitation_stop
    where stopped_at_ms < $1)";

void forget_stops_before(db::Tx& tx, Time time) {
    tx.run(forget_stopped_before_sql, time);
    tx.run(forget_stops_sql, time);
}

}  // namespace kith::doors::store
