#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "groups/groups.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"

// The people who look after groups: when they are here, what they hand over, and when it is time to rest.
namespace kith::rota {

using ShiftId = Id<struct ShiftTag>;
using PatternId = Id<struct PatternTag>;
using HandoverId = Id<struct HandoverTag>;

inline constexpr std::int64_t shift_most_ms = 12 * hour_ms;          // by the clock
inline constexpr std::int64_t longest_ms = shift_most_ms + hour_ms;  // in the night in which clocks go back
inline constexpr std::int64_t planned_ahead_days = 28;               // patterns are laid out so far
inline constexpr std::int64_t gaps_shown_days = 14;
inline constexpr std::size_t words_most = 2000;  // code points, of a handover note

// ---- cover: what other features ask --------------------------------------------------------------------

struct Span {
    Time begins_at, ends_at;
    bool operator==(const Span&) const = default;
};

// When somebody is on shift for some groups, as it was read once. A group has a rota while a pattern stands for it or a
// shift is planned in that time, also where nobody has taken any. Without one every minute counts, as if somebody were
// always here.
class Cover {
public:
    // Of a group with a rota: in order, none touching another.
    void put(GroupId group, std::vector<Span> spans) { spans_[group] = std::move(spans); }
    std::span<const Span> spans(GroupId group) const;

    bool has_rota(GroupId group) const { return spans_.contains(group); }
    bool covers(GroupId group, Time at) const;
    // When so much covered time has passed since then. What is left after the last shift counts on from its end.
    Time after(GroupId group, Time since, std::int64_t ms) const;

private:
    std::map<GroupId, std::vector<Span>> spans_;
};
// From then on, and as far ahead as shifts are planned.
Cover cover_of(db::ReadTx& tx, std::span<const GroupId> groups, Time from);
// Whether somebody is on shift for the group; always where there is no rota.
bool covered_now(db::ReadTx& tx, GroupId group, Time now);
// Those of `members` who are on shift for the group now; all of them where none is.
std::vector<MemberId> first_to_tell(db::ReadTx& tx, GroupId group, std::vector<MemberId> members);

// Asked for when somebody begins to be there for a group, or nobody is any more. Its payload is the group.
inline constexpr std::string_view cover_changed = "cover_changed";

// ---- shifts --------------------------------------------------------------------------------------------

struct Shift {
    ShiftId id;
    GroupId group;    // none: every group that its member looks after
    MemberId member;  // none: a place that waits for somebody
    Time begins_at, ends_at;
    PatternId pattern;               // none: planned once
    std::optional<Time> offered_at;  // its member would like somebody else to take it

    bool is_open() const { return !member; }
    bool is_on(Time now) const { return begins_at <= now && now < ends_at; }
};

// What somebody may see and do: everything for hosts and coordinators, who plan; their groups for the others.
struct Desk {
    MemberId member;
    bool plans = false;
    std::vector<GroupId> groups;  // by name; those of a host or coordinator are all

    bool sees(GroupId group) const;
};
// Fault `not_found` for who looks after nothing.
Result<Desk> desk(db::ReadTx& tx, const Actor& actor);
// Whether the member can be on shift for the group: a host, or who moderates or leads it; of all groups, of any.
bool may_cover(db::ReadTx& tx, MemberId member, GroupId group);

// What begins in that time and the desk may see, in order.
std::vector<Shift> shifts_between(db::ReadTx& tx, const Desk& desk, Time from, Time until);
// Fault `not_found`.
Result<Shift> visible_shift(db::ReadTx& tx, const Desk& desk, ShiftId id);
// The shift that they are on, or else the next one.
std::optional<Shift> next_shift(db::ReadTx& tx, MemberId member);
// Who is there at some of the same time for the same group, as names on their shifts.
std::vector<std::string> beside(db::ReadTx& tx, const Shift& shift);

struct ShiftForm {
    GroupId group;
    PersonaId person;   // none: a place that waits for somebody
    std::string day;    // "2026-05-03"
    std::string from;   // "20:00", by the community's clock
    std::string until;  // "02:00" is of the next day, "00:00" the end of the day
    bool weekly = false;
};
// By those who plan, for anybody; by the others for themselves. Faults: `not_found`; `forbidden`; `invalid`, fields
// "day" (passed, or further than a year), "from", "until" (longer than 12 hours), "person" (does not look after the
// group); `conflict`, field "from": they are on at that time already. Audited.
Done plan_shift(db::Tx& tx, const Actor& actor, const ShiftForm& form);
// No more of them from now on. By those who plan, and by whoever it is for. Audited.
Done end_pattern(db::Tx& tx, const Actor& actor, PatternId id);

// Each before the shift has ended; fault `conflict` otherwise, and where somebody was quicker.
// One that is open or offered, by whoever can be on it.
Done take_shift(db::Tx& tx, const Actor& actor, ShiftId id);
// By its member: they stay until somebody takes it; and back.
enum class Offer { made, withdrawn };
Done offer_shift(db::Tx& tx, const Actor& actor, ShiftId id, Offer offer);
// By its member, who cannot come: the place is open, and those who can take it and those who plan are told.
Done leave_shift(db::Tx& tx, const Actor& actor, ShiftId id);
// By those who plan: to somebody, or to nobody yet. Whom it concerns is told. Audited. Fault `invalid`, field "person".
Done give_shift(db::Tx& tx, const Actor& actor, ShiftId id, PersonaId person);
// By those who plan, and by a volunteer who planned it once for themselves. Audited.
Done remove_shift(db::Tx& tx, const Actor& actor, ShiftId id);

// A time in which fewer are there than should be: nobody, or one person alone where two are asked for.
struct Gap {
    GroupId group;
    Span span;
    MemberId alone;     // none: nobody
    GroupId alone_for;  // what their shift is for
};
// Of the next 14 days, in order. By those who plan; others see those of their groups.
std::vector<Gap> gaps_ahead(db::ReadTx& tx, const Desk& desk);
bool needs_two(db::ReadTx& tx, GroupId group);

// ---- handover ------------------------------------------------------------------------------------------

struct Handover {
    HandoverId id;
    GroupId group;
    PersonaId author;
    std::string words;
    Time written_at;
};
// For those who look after the same groups. Fault `invalid`, field "words".
Done write_handover(db::Tx& tx, const Actor& actor, GroupId group, std::string_view words);
// The newest first, at most 20.
std::vector<Handover> handovers(db::ReadTx& tx, const Desk& desk);
// Of others, that the member has not read.
bool handover_waits(db::ReadTx& tx, const Desk& desk);
Done read_handovers(db::Tx& tx, const Actor& actor, HandoverId last);

// ---- settings ------------------------------------------------------------------------------------------

struct Settings {
    std::string zone = "UTC";     // of the community's clock
    std::int64_t shift_most = 4;  // urgent cases that one person takes on in a shift; 0: no limit
    std::int64_t week_most = 12;  // the same in seven days
    GroupId room;                 // the group of those who look after groups; none
};
Settings settings(db::ReadTx& tx);
std::vector<GroupId> paired_groups(db::ReadTx& tx);  // where two should be there
// By a host; audited. Shifts that patterns laid out keep their hours by the new clock. Faults: `forbidden`; `invalid`,
// fields "zone", "shift_most", "week_most" (0 to 100), "room" (not by invitation).
Done set_settings(db::Tx& tx, const Actor& actor, const Settings& typed, std::span<const GroupId> paired);

// ---- time to rest --------------------------------------------------------------------------------------

// How much somebody has taken on: urgent cases of this shift, or of the last 8 hours where they are on none; and of the
// last seven days.
struct Load {
    std::int64_t shift = 0, week = 0;
    bool needs_rest = false;
};
Load load_of(db::ReadTx& tx, MemberId member);
// Whether they need rest and have not begun with this case: it is for somebody else.
bool is_too_much(db::ReadTx& tx, MemberId member, CaseId id);
// Somebody takes on an urgent case. Whom it is too much for is refused, with fault `conflict`, but `alone`: nobody else
// is there, as the caller has seen; that is kept. Once for each case.
enum class Company { others, alone };
Done take_on(db::Tx& tx, MemberId member, CaseId id, Company company);
// Somebody who is on shift now, by the name that they have on that shift.
struct OnShift {
    MemberId member;
    PersonaId name;
};
// Those of `members` who are on shift for the group now and need no rest: they can take over.
std::vector<OnShift> who_can_take_over(db::ReadTx& tx, GroupId group, std::span<const MemberId> members);
// The main names of those who need rest, by name: for those who plan.
std::vector<std::string> who_needs_rest(db::ReadTx& tx, const Desk& desk);

// ---- the room ------------------------------------------------------------------------------------------

// Whether the group is the room of those who look after groups.
bool is_room(db::ReadTx& tx, GroupId group);
// Whoever has a task belongs to it, and nobody else.
void fill_room(db::Tx& tx);

// ---- for pages -----------------------------------------------------------------------------------------

// "When they are here" in the note about a group, and who helps while nobody is; in the room, where notes are.
void show_hours(Html& h, const http::Ctx& ctx, GroupId group);
// The same in a sentence about all groups, from what remember_hours() last saw; empty without a rota.
std::string hours_in_words(const Words& words, Time now);
void remember_hours(db::Database& db);
// For the first page: when the reader is on, with whom, what there is to read.
void show_next_shift(Html& h, http::Ctx& ctx);

std::vector<http::Route> routes();
// Lays patterns out, gives places free of who has no task any more, notices cover that begins and ends, keeps the room.
jobs::Handlers handlers(Services& services);

}  // namespace kith::rota
