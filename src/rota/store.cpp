#include "rota/store.hpp"

namespace kith::rota::store {
namespace {

std::optional<MemberId> or_none(MemberId member) { return member ? std::optional(member) : std::nullopt; }

}  // namespace

// ---- patterns --------------------------------------------------------------------------------------------

constexpr db::Sql insert_pattern_sql = R"(
    insert into shift_pattern (group_id, member_id, weekday, from_minute, until_minute, first_day)
    values ($1, $2, $3, $4, $5, $6)
    returning id)";

PatternId insert_pattern(db::Tx& tx, const Pattern& pattern) {
    return tx.one<PatternId>(insert_pattern_sql, pattern.group, or_none(pattern.member), pattern.weekday,
                             pattern.from, pattern.until, pattern.first_day);
}

constexpr db::Sql find_pattern_sql = R"(
    select id, group_id, coalesce(member_id, 0), weekday, from_minute, until_minute, first_day,
           case when ended_at_ms is null then 0 else 1 end
    from shift_pattern
    where id = $1)";

std::optional<Pattern> find_pattern(db::ReadTx& tx, PatternId id) {
    return tx.first<Pattern>(find_pattern_sql, id);
}

constexpr db::Sql standing_patterns_sql = R"(
    select id, group_id, coalesce(member_id, 0), weekday, from_minute, until_minute, first_day, 0
    from shift_pattern
    where ended_at_ms is null
    order by id)";

std::vector<Pattern> standing_patterns(db::ReadTx& tx) { return tx.all<Pattern>(standing_patterns_sql); }

constexpr db::Sql end_pattern_sql = R"(
    update shift_pattern
    set ended_at_ms = $2
    where id = $1 and ended_at_ms is null)";

void end_pattern(db::Tx& tx, PatternId id) { tx.run(end_pattern_sql, id, tx.now()); }

constexpr db::Sql remove_shifts_of_sql = R"(
    update shift
    set removed_at_ms = $2
    where pattern_id = $1 and begins_at_ms > $2 and removed_at_ms is null)";

void remove_shifts_of(db::Tx& tx, PatternId id) { tx.run(remove_shifts_of_sql, id, tx.now()); }

// ---- shifts ----------------------------------------------------------------------------------------------

constexpr db::Sql insert_shift_sql = R"(
    insert into shift (group_id, member_id, begins_at_ms, ends_at_ms)
    values ($1, $2, $3, $4)
    returning id)";

ShiftId insert_shift(db::Tx& tx, const Shift& shift) {
    return tx.one<ShiftId>(insert_shift_sql, shift.group, or_none(shift.member), shift.begins_at,
                           shift.ends_at);
}

constexpr db::Sql lay_out_sql = R"(
    insert into shift (group_id, member_id, begins_at_ms, ends_at_ms, pattern_id, day)
    values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing)";

void lay_out(db::Tx& tx, const Pattern& pattern, std::int64_t day, const Span& span) {
    tx.run(lay_out_sql, pattern.group, or_none(pattern.member), span.begins_at, span.ends_at, pattern.id,
           day);
}

constexpr db::Sql find_shift_sql = R"(
    select id, group_id, coalesce(member_id, 0), begins_at_ms, ends_at_ms, coalesce(pattern_id, 0),
           offered_at_ms
    from shift
    where id = $1 and removed_at_ms is null)";

std::optional<Shift> find_shift(db::ReadTx& tx, ShiftId id) { return tx.first<Shift>(find_shift_sql, id); }

constexpr db::Sql shifts_between_sql = R"(
    select id, group_id, coalesce(member_id, 0), begins_at_ms, ends_at_ms, coalesce(pattern_id, 0),
           offered_at_ms
    from shift
    where begins_at_ms >= $1 and begins_at_ms < $2 and removed_at_ms is null
    order by begins_at_ms)";

std::vector<Shift> shifts_between(db::ReadTx& tx, Time from, Time until) {
    return tx.all<Shift>(shifts_between_sql, from, until);
}

constexpr db::Sql shifts_of_sql = R"(
    select id, group_id, member_id, begins_at_ms, ends_at_ms, coalesce(pattern_id, 0), offered_at_ms
    from shift
    where member_id = $1 and begins_at_ms > $2 and ends_at_ms > $3 and removed_at_ms is null
    order by begins_at_ms)";

std::vector<Shift> shifts_of(db::ReadTx& tx, MemberId member, Time from) {
    return tx.all<Shift>(shifts_of_sql, member, from + -longest_ms, from);
}

constexpr db::Sql laid_out_sql = R"(
    select id, day
    from shift
    where pattern_id = $1 and begins_at_ms > $2 and removed_at_ms is null)";

std::vector<LaidOut> laid_out(db::ReadTx& tx, PatternId id) {
    return tx.all<LaidOut>(laid_out_sql, id, tx.now());
}

constexpr db::Sql set_span_sql = R"(
    update shift
    set begins_at_ms = $2,
        ends_at_ms = $3
    where id = $1)";

void set_span(db::Tx& tx, ShiftId id, const Span& span) {
    tx.run(set_span_sql, id, span.begins_at, span.ends_at);
}

constexpr db::Sql set_member_sql = R"(
    update shift
    set member_id = $3,
        offered_at_ms = null
    where id = $1 and coalesce(member_id, 0) = $2 and removed_at_ms is null)";

bool set_member(db::Tx& tx, ShiftId id, MemberId from, MemberId to) {
    return tx.run(set_member_sql, id, from, or_none(to)) == 1;
}

constexpr db::Sql set_offered_sql = R"(
    update shift
    set offered_at_ms = $2
    where id = $1)";

void set_offered(db::Tx& tx, ShiftId id, std::optional<Time> at) { tx.run(set_offered_sql, id, at); }

constexpr db::Sql remove_shift_sql = R"(
    update shift
    set removed_at_ms = $2
    where id = $1)";

void remove_shift(db::Tx& tx, ShiftId id) { tx.run(remove_shift_sql, id, tx.now()); }

constexpr db::Sql forget_shifts_sql = R"(
    delete from shift
    where begins_at_ms < $1)";

void forget_shifts_before(db::Tx& tx, Time time) { tx.run(forget_shifts_sql, time); }

constexpr db::Sql cover_states_sql = R"(
    select group_id, is_covered
    from cover_state
    order by group_id)";

std::vector<State> cover_states(db::ReadTx& tx) { return tx.all<State>(cover_states_sql); }

constexpr db::Sql put_cover_state_sql = R"(
    insert into cover_state (group_id, is_covered, since_ms)
    values ($1, $2, $3)
    on conflict (group_id) do update
    set is_covered = excluded.is_covered,
        since_ms = excluded.since_ms)";

void put_cover_state(db::Tx& tx, const State& state) {
    tx.run(put_cover_state_sql, state.group, state.is_covered, tx.now());
}

// ---- handover --------------------------------------------------------------------------------------------

constexpr db::Sql insert_handover_sql = R"(
    insert into handover (group_id, author_id, words, written_at_ms)
    values ($1, $2, $3, $4))";

void insert_handover(db::Tx& tx, const Handover& handover) {
    tx.run(insert_handover_sql, handover.group, handover.author, handover.words, tx.now());
}

constexpr db::Sql handovers_sql = R"(
    select id, group_id, author_id, words, written_at_ms
    from handover
    where group_id = $1
    order by id desc
    limit $2)";

std::vector<Handover> handovers(db::ReadTx& tx, GroupId group, int limit) {
    return tx.all<Handover>(handovers_sql, group, limit);
}

constexpr db::Sql newest_handovers_sql = R"(
    select id, group_id, author_id, words, written_at_ms
    from handover
    order by id desc
    limit $1)";

std::vector<Handover> newest_handovers(db::ReadTx& tx, int limit) {
    return tx.all<Handover>(newest_handovers_sql, limit);
}

constexpr db::Sql last_read_sql = R"(
    select handover_id
    from handover_read
    where member_id = $1)";

HandoverId last_read(db::ReadTx& tx, MemberId member) {
    return tx.first<HandoverId>(last_read_sql, member).value_or(HandoverId());
}

constexpr db::Sql set_last_read_sql = R"(
    insert into handover_read (member_id, handover_id)
    values ($1, $2)
    on conflict (member_id) do update
    set handover_id = excluded.handover_id
    where handover_read.handover_id < excluded.handover_id)";

void set_last_read(db::Tx& tx, MemberId member, HandoverId last) { tx.run(set_last_read_sql, member, last); }

constexpr db::Sql forget_handovers_sql = R"(
    delete from handover
    where written_at_ms < $1)";

void forget_handovers_before(db::Tx& tx, Time time) { tx.run(forget_handovers_sql, time); }

// ---- the room --------------------------------------------------------------------------------------------

constexpr db::Sql room_members_sql = R"(
    select member_id
    from room_member
    order by member_id)";

std::vector<MemberId> room_members(db::ReadTx& tx) { return tx.all<MemberId>(room_members_sql); }

constexpr db::Sql insert_into_room_sql = R"(
    insert into room_member (member_id)
    values ($1)
    on conflict do nothing)";

void insert_into_room(db::Tx& tx, MemberId member) { tx.run(insert_into_room_sql, member); }

constexpr db::Sql remove_from_room_sql = R"(
    delete from room_member
    where member_id = $1)";

void remove_from_room(db::Tx& tx, MemberId member) { tx.run(remove_from_room_sql, member); }

// ---- settings and load -----------------------------------------------------------------------------------

constexpr db::Sql settings_sql = R"(
    select zone, shift_most, week_most, room_id
    from rota_setting)";

Settings settings(db::ReadTx& tx) { return tx.one<Settings>(settings_sql); }

constexpr db::Sql set_settings_sql = R"(
    update rota_setting
    set zone = $1,
        shift_most = $2,
        week_most = $3,
        room_id = $4)";

void set_settings(db::Tx& tx, const Settings& settings) {
    tx.run(set_settings_sql, settings.zone, settings.shift_most, settings.week_most, settings.room);
}

constexpr db::Sql paired_sql = R"(
    select group_id
    from paired_group
    order by group_id)";

std::vector<GroupId> paired(db::ReadTx& tx) { return tx.all<GroupId>(paired_sql); }

constexpr db::Sql clear_paired_sql = R"(
    delete from paired_group)";

void clear_paired(db::Tx& tx) { tx.run(clear_paired_sql); }

constexpr db::Sql insert_paired_sql = R"(
    insert into paired_group (group_id)
    values ($1)
    on conflict do nothing)";

void insert_paired(db::Tx& tx, GroupId group) { tx.run(insert_paired_sql, group); }

constexpr db::Sql has_taken_sql = R"(
    select 1
    from taken_case
    where member_id = $1 and case_id = $2)";

bool has_taken(db::ReadTx& tx, MemberId member, CaseId id) { return tx.exists(has_taken_sql, member, id); }

constexpr db::Sql insert_taken_sql = R"(
    insert into taken_case (member_id, case_id, taken_at_ms, is_alone)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

void insert_taken(db::Tx& tx, MemberId member, CaseId id, Company company) {
    tx.run(insert_taken_sql, member, id, tx.now(), company == Company::alone);
}

constexpr db::Sql count_taken_sql = R"(
    select count(*)
    from taken_case
    where member_id = $1 and taken_at_ms >= $2)";

std::int64_t count_taken(db::ReadTx& tx, MemberId member, Time since) {
    return tx.one<std::int64_t>(count_taken_sql, member, since);
}

constexpr db::Sql who_took_any_sql = R"(
    select member_id
    from taken_case
    where taken_at_ms >= $1)";

// As often as they took one.
std::vector<MemberId> who_took_any(db::ReadTx& tx, Time since) {
    return tx.all<MemberId>(who_took_any_sql, since);
}

constexpr db::Sql forget_taken_sql = R"(
    delete from taken_case
    where taken_at_ms < $1)";

void forget_taken_before(db::Tx& tx, Time time) { tx.run(forget_taken_sql, time); }

}  // namespace kith::rota::store
