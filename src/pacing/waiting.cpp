#include <algorithm>

#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/store.hpp"
#include "platform/text/time_words.hpp"

// Whether somebody may write now, and what waits until somebody has looked.
namespace kith::pacing {
namespace {

// Staff write under their name at any time. Under an alias they wait as everybody does, or it would tell that it is one
// of them.
bool is_free(const Writing& writing) { return writing.is_staff && !writing.is_anonymous; }

Time next_turn(db::ReadTx& tx, MemberId member, std::span<const Setting> settings) {
    Time out;
    for (const Setting& one : settings) {
        if (one.pace.slow_minutes == 0) continue;
        const Time last = store::last_turn(tx, member, one.group, one.thread);
        if (last) out = std::max(out, last + one.pace.slow_minutes * minute_ms);
    }
    return out > tx.now() ? out : Time();
}

// "14:20", in world time as everything here; with the day where it is another one.
std::string moment(Time at, Time now) {
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const std::int64_t minutes = (at.ms + minute_ms - 1) / minute_ms % (24 * 60);
    const std::string clock = two(minutes / 60) + ":" + two(minutes % 60) + " UTC";
    return at.ms / day_ms == now.ms / day_ms ? clock : text::iso(at).substr(0, 10) + ", " + clock;
}

bool is_new(db::ReadTx& tx, const Writing& writing) {
    const std::int64_t most = newcomer_posts(tx, writing.group).value_or(site_newcomer_posts(tx));
    if (most == 0) return false;
    // What is written anonymously waits whoever wrote it: otherwise waiting would say that it is somebody new.
    if (writing.is_anonymous) return true;
    const auto known = store::newcomer_posts(tx, writing.member, writing.group);
    return known ? *known < most : !writing.has_written;
}

// Those about the name that this carries.
std::vector<store::ReadFirstRow> measures(db::ReadTx& tx, const Writing& writing) {
    auto out = store::read_first_of(tx, writing.member, writing.group);
    const PersonaId name = writing.is_anonymous ? writing.alias : PersonaId();
    std::erase_if(out, [&](const store::ReadFirstRow& row) {
        return row.alias != name || (writing.is_anonymous && !name);
    });
    return out;
}

}  // namespace

Result<std::optional<Cause>> cause_to_wait(db::ReadTx& tx, const Writing& writing) {
    const std::vector<Setting> settings = store::standing(tx, writing.group, writing.thread);
    const Pace pace = together(settings);
    const bool free = is_free(writing);
    if (pace.read_only && !free)
        return conflict("For a while this can only be read. Your words are kept, you can send them later.");
    const Time turn = free || writing.is_change || writing.is_danger || pace.slow_minutes == 0
                          ? Time()
                          : next_turn(tx, writing.member, settings);
    if (turn)
        return tl::unexpected(
            Error{Fault::too_many,
                  t_later("It is quiet here for a while. You can write again at %1. Your words are kept."),
                  "text",
                  {},
                  moment(turn, tx.now())});
    if (writing.tells_method) return std::optional(Cause::method);
    if (free) return std::optional<Cause>();
    if (pace.held_first) return std::optional(Cause::place);
    if (!measures(tx, writing).empty()) return std::optional(Cause::person);
    if (is_new(tx, writing)) return std::optional(Cause::newcomer);
    return std::optional<Cause>();
}

void take_turn(db::Tx& tx, const Writing& writing) {
    if (writing.is_change) return;
    bool is_slow = false;
    for (const Setting& one : store::standing(tx, writing.group, writing.thread)) {
        if (one.pace.slow_minutes == 0) continue;
        store::put_turn(tx, writing.member, one.group, one.thread);
        is_slow = true;
    }
    if (is_slow) tx.changed({.kind = Change::Kind::member, .member = writing.member});
}

// ---- by a case ---------------------------------------------------------------------------------------------

void read_first(db::Tx& tx, CaseId by_case, const ReadFirst& what) {
    const auto until = what.days > 0 ? std::optional(tx.now() + what.days * day_ms) : std::nullopt;
    store::put_read_first(tx, by_case, what, until);
}

void end_read_first(db::Tx& tx, CaseId by_case) { store::end_read_first(tx, by_case); }

std::optional<Measure> standing_read_first(db::ReadTx& tx, CaseId by_case) {
    return store::standing_read_first(tx, by_case);
}

bool may_be_anonymous(db::ReadTx& tx, MemberId member, GroupId group, PersonaId alias) {
    const auto rows = store::read_first_of(tx, member, group);
    const auto is_it = [&](const store::ReadFirstRow& row) { return alias && row.alias == alias; };
    return rows.empty() || std::ranges::any_of(rows, is_it);
}

// ---- what waits --------------------------------------------------------------------------------------------

namespace {

notices::Kind kind_of(const Waiting& words) {
    return words.is_danger ? notices::Kind::danger_waits : notices::Kind::words_wait;
}

void tell_staff(db::Tx& tx, const Waiting& words) {
    std::vector<identity::Holder> people = identity::holders_in(tx, words.group);
    std::erase_if(people,
                  [&](const identity::Holder& one) { return one.is_away || one.member == words.member; });
    if (people.empty()) people = identity::holders_of(tx, identity::Role::host, {});
    for (const identity::Holder& one : people)
        if (one.member != words.member) notices::tell(tx, one.member, kind_of(words), {.group = words.group});
}

void announce(db::Tx& tx, const Waiting& words) {
    if (words.member) tx.changed({.kind = Change::Kind::member, .member = *words.member});
}

}  // namespace

ThreadId Waiting::thread() const {
    if (kind == Place::thread) return {};
    return kind == Place::reply ? ThreadId(place) : PostId(place).thread();
}

std::int64_t let_wait(db::Tx& tx, const Waiting& words) {
    const std::int64_t id = store::insert_waiting(tx, words);
    tell_staff(tx, words);
    const std::int64_t numbers[] = {id, 1};
    if (words.is_danger)
        jobs::enqueue(tx, danger_job, jobs::payload_of(numbers), tx.now(), jobs::Lane::urgent);
    announce(tx, words);
    return id;
}

bool is_waiting(db::ReadTx& tx, MemberId member, std::string_view form_key) {
    return !form_key.empty() && store::is_waiting(tx, member, form_key);
}

bool waits_to_change(db::ReadTx& tx, MemberId member, PostId post) {
    return std::ranges::any_of(waiting_of(tx, member), [&](const Waiting& one) {
        return one.kind == Place::change && one.place == post.value() && !one.looked_at;
    });
}

std::optional<Waiting> find_waiting(db::ReadTx& tx, std::int64_t id) { return store::find_waiting(tx, id); }

std::vector<Waiting> waiting_in(db::ReadTx& tx, GroupId group) {
    constexpr int most = 50;
    return store::waiting_in(tx, group, most);
}

bool anything_waits(db::ReadTx& tx, GroupId group) { return store::anything_waits(tx, group); }

std::vector<Waiting> waiting_of(db::ReadTx& tx, MemberId member) {
    constexpr int most = 50;
    return store::waiting_of(tx, member, most);
}

bool look(db::Tx& tx, const Waiting& one, Outcome outcome, std::optional<PersonaId> by,
          std::string_view words) {
    if (!store::set_outcome(tx, one.id, outcome, by, words)) return false;
    announce(tx, one);
    if (!store::anything_waits(tx, one.group))
        for (const notices::Kind kind : {notices::Kind::words_wait, notices::Kind::danger_waits})
            notices::settle(tx, kind, {.group = one.group});
    return true;
}

void let_in(db::Tx& tx, const Waiting& one, const Writing& writing) {
    if (one.cause == Cause::newcomer && !writing.is_anonymous && !writing.is_change)
        store::count_newcomer(tx, writing.member, writing.group);
    for (const store::ReadFirstRow& row : measures(tx, writing)) store::count_read(tx, row.by_case);
    store::forget_words(tx, one.id);
}

void forget_looked_before(db::Tx& tx, Time time) { store::delete_looked_before(tx, time); }

Counts counts_since(db::ReadTx& tx, GroupId group, Time since) {
    return store::counts_since(tx, group, since);
}

// ---- for pages ---------------------------------------------------------------------------------------------

Time Here::good_until(Time now) const {
    Time out{INT64_MAX};
    for (const Setting& one : settings)
        if (one.until && *one.until > now) out = std::min(out, *one.until);
    if (next_turn && next_turn > now) out = std::min(out, next_turn);
    return out;
}

Here here(db::ReadTx& tx, MemberId member, GroupId group, ThreadId thread) {
    Here out{.settings = store::standing(tx, group, thread), .next_turn = {}, .own = {}};
    if (!member) return out;
    out.next_turn = next_turn(tx, member, out.settings);
    for (Waiting& one : waiting_of(tx, member))
        if (!one.looked_at && one.group == group && one.thread() == thread) out.own.push_back(std::move(one));
    return out;
}

}  // namespace kith::pacing
