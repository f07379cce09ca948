#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rota/rota.hpp"

// All SQL of rota: rows in, rows out, no decisions.
namespace kith::rota::store {

// ---- shifts ----------------------------------------------------------------------------------------------

struct Pattern {
    PatternId id;
    GroupId group;
    MemberId member;                                // none: a place that waits for somebody
    std::int64_t weekday = 1, from = 0, until = 0;  // minutes of the day
    std::int64_t first_day = 0;
    bool ended = false;
};
PatternId insert_pattern(db::Tx& tx, const Pattern& pattern);
std::optional<Pattern> find_pattern(db::ReadTx& tx, PatternId id);
std::vector<Pattern> standing_patterns(db::ReadTx& tx);
void end_pattern(db::Tx& tx, PatternId id);
// Its shifts that have not begun.
void remove_shifts_of(db::Tx& tx, PatternId id);

ShiftId insert_shift(db::Tx& tx, const Shift& shift);
// Nothing where the pattern has one on that day, also one that was removed.
void lay_out(db::Tx& tx, const Pattern& pattern, std::int64_t day, const Span& span);
std::optional<Shift> find_shift(db::ReadTx& tx, ShiftId id);
// That begin in [from, until), in order.
std::vector<Shift> shifts_between(db::ReadTx& tx, Time from, Time until);
// That end after `from`, in order.
std::vector<Shift> shifts_of(db::ReadTx& tx, MemberId member, Time from);
// The same of a pattern, with the day of the pattern.
struct LaidOut {
    ShiftId id;
    std::int64_t day = 0;
};
std::vector<LaidOut> laid_out(db::ReadTx& tx, PatternId id);
void set_span(db::Tx& tx, ShiftId id, const Span& span);
// Whose it is now; false where it was not `from`'s any more.
bool set_member(db::Tx& tx, ShiftId id, MemberId from, MemberId to);
void set_offered(db::Tx& tx, ShiftId id, std::optional<Time> at);
void remove_shift(db::Tx& tx, ShiftId id);
void forget_shifts_before(db::Tx& tx, Time time);

struct State {
    GroupId group;
    bool is_covered = false;
};
std::vector<State> cover_states(db::ReadTx& tx);
void put_cover_state(db::Tx& tx, const State& state);

// ---- handover --------------------------------------------------------------------------------------------

void insert_handover(db::Tx& tx, const Handover& handover);
// The newest first.
std::vector<Handover> handovers(db::ReadTx& tx, GroupId group, int limit);
std::vector<Handover> newest_handovers(db::ReadTx& tx, int limit);  // of every group
HandoverId last_read(db::ReadTx& tx, MemberId member);
void set_last_read(db::Tx& tx, MemberId member, HandoverId last);
void forget_handovers_before(db::Tx& tx, Time time);

// Whom the house has put into the room.
std::vector<MemberId> room_members(db::ReadTx& tx);
void insert_into_room(db::Tx& tx, MemberId member);
void remove_from_room(db::Tx& tx, MemberId member);

// ---- settings and load -----------------------------------------------------------------------------------

Settings settings(db::ReadTx& tx);
void set_settings(db::Tx& tx, const Settings& settings);
std::vector<GroupId> paired(db::ReadTx& tx);
void clear_paired(db::Tx& tx);
void insert_paired(db::Tx& tx, GroupId group);

bool has_taken(db::ReadTx& tx, MemberId member, CaseId id);
void insert_taken(db::Tx& tx, MemberId member, CaseId id, Company company);
std::int64_t count_taken(db::ReadTx& tx, MemberId member, Time since);
std::vector<MemberId> who_took_any(db::ReadTx& tx, Time since);
void forget_taken_before(db::Tx& tx, Time time);

}  // namespace kith::rota::store
