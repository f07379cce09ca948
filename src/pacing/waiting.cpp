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
    const std::int64_t most = store::first_posts(tx, writing.group);
    if (most == 0) return false;
    // What is written anonymously waits whoever wrote it: otherwise waiting would say that it is somebody new.
    if (writing.is_anonymous) return true;
    const auto known = store::newcomer_posts(tx, writing.member, writing.group);
    return known ? *known < most : !writing.has_written;
}

// Whether a measure is about the name that this carries.
bool is_about(const store::ReadFirstRow& row, const Writing& writing) {
    if (!writing.is_anonymous) return !row.alias;
    return writing.alias && row.alias == writing.alias;
}

// By cases; fault `conflict` for an alias that would be a way around them.
Result<bool> is_read_first(db::ReadTx& tx, const Writing& writing) {
    const auto rows = store::read_first_of(tx, writing.member, writing.group);
    const bool is_it = std::ranges::any_of(
        rows, [&](const store::ReadFirstRow& row) { return is_about(row, writing); });
    if (writing.is_anonymous && !rows.empty() && !is_it)
        return conflict("For now you cannot write anonymously in this group. You can write under your name.");
    return is_it;
}

Result<std::optional<Cause>> cause_in(db::ReadTx& tx, const Writing& writing,
                                      std::span<const Setting> settings) {
    const Pace pace = together(settings);
    const bool free = is_free(writing);
    if (pace.read_only && !free)
        return conflict("For a while this can only be read. Your words are kept, you can send them later.");
    const Time turn = free || writing.is_change || writing.is_danger || pace.slow_minutes == 0
                          ? Time()
                          : next_turn(tx, writing.member, settings);
    const bool by_case = !free && TRY(is_read_first(tx, writing));
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
    if (by_case) return std::optional(Cause::person);
    if (is_new(tx, writing)) return std::optional(Cause::newcomer);
    return std::optional<Cause>();
}

}  // namespace

Result<std::optional<Cause>> cause_to_wait(db::ReadTx& tx, const Writing& writing) {
    return cause_in(tx, writing, store::standing(tx, writing.group, writing.thread));
}

Result<std::optional<Cause>> take_turn(db::Tx& tx, const Writing& writing) {
    const std::vector<Setting> settings = store::standing(tx, writing.group, writing.thread);
    const std::optional<Cause> cause = TRY(cause_in(tx, writing, settings));
    if (writing.is_change || together(settings).slow_minutes == 0) return cause;
    for (const Setting& one : settings)
        if (one.pace.slow_minutes > 0) store::put_turn(tx, writing.member, one.group, one.thread);
    tx.changed({.kind = Change::Kind::member, .member = writing.member});
    return cause;
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

// People are woken for one of a member's words in a group at a time: the oldest.
void wake_for(db::Tx& tx, std::int64_t id, Time at) {
    const std::int64_t numbers[] = {id, at.ms};
    jobs::enqueue(tx, danger_job, jobs::payload_of(numbers), at, jobs::Lane::urgent);
}

}  // namespace

ThreadId Waiting::thread() const {
    if (kind == Place::thread) return {};
    return kind == Place::reply ? ThreadId(place) : PostId(place).thread();
}

Done let_wait(db::Tx& tx, const Waiting& words) {
    const auto older = words.kind == Place::change
                           ? store::waiting_change(tx, *words.member, PostId(words.place))
                           : std::nullopt;
    const store::Load load = store::load_of(tx, *words.member, words.group);
    if (!older && (words.is_danger ? load.in_danger : load.usual) >= waiting_most)
        return tl::unexpected(Error{
            Fault::too_many,
            t_later("Many of your posts wait here for a look. Please give people the time to read them. "
                    "Your words are kept, you can send them later."),
            "text"});
    const std::int64_t id = store::insert_waiting(tx, words);
    tell_staff(tx, words);
    if (words.is_danger && load.in_danger == 0) wake_for(tx, id, tx.now());
    if (older) look(tx, *older, Outcome::taken_back, std::nullopt, "");
    announce(tx, words);
    return {};
}

void take_back_change(db::Tx& tx, MemberId author, PostId post) {
    if (const auto older = store::waiting_change(tx, author, post))
        look(tx, *older, Outcome::taken_back, std::nullopt, "");
}

bool is_waiting(db::ReadTx& tx, MemberId member, std::string_view form_key) {
    return !form_key.empty() && store::is_waiting(tx, member, form_key);
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

namespace {

// Whoever looked at one has the next of these words before them: for those nobody is woken at once.
void look_at_danger(db::Tx& tx, const Waiting& one, Outcome outcome, bool has_somebody_looked) {
    constexpr std::int64_t rest_ms = 5 * minute_ms;
    if (outcome != Outcome::let_through)
        jobs::enqueue(tx, danger_hidden_job, std::to_string(one.id), tx.now(), jobs::Lane::urgent);
    const auto next = store::first_danger(tx, *one.member, one.group);
    if (next && *next > one.id)
        wake_for(tx, *next, has_somebody_looked ? tx.now() + rest_ms : one.written_at);
}

}  // namespace

bool look(db::Tx& tx, const Waiting& one, Outcome outcome, std::optional<PersonaId> by,
          std::string_view words) {
    if (!store::set_outcome(tx, one.id, outcome, by, words)) return false;
    announce(tx, one);
    if (one.is_danger) look_at_danger(tx, one, outcome, by.has_value());
    if (!store::anything_waits(tx, one.group))
        for (const notices::Kind kind : {notices::Kind::words_wait, notices::Kind::danger_waits})
            notices::settle(tx, kind, {.group = one.group});
    return true;
}

void let_in(db::Tx& tx, const Waiting& one, const Writing& writing) {
    if (one.cause == Cause::newcomer && !writing.is_anonymous && !writing.is_change)
        store::count_newcomer(tx, writing.member, writing.group);
    for (const store::ReadFirstRow& row : store::read_first_of(tx, writing.member, writing.group))
        if (is_about(row, writing)) store::count_read(tx, row.by_case);
    store::forget_words(tx, one.id);
}

void note_paged(db::Tx& tx, std::int64_t id) { store::count_paging(tx, id); }

void note_case(db::Tx& tx, std::int64_t id, CaseId left) { store::set_case(tx, id, left); }

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
    for (Waiting& one : store::own_in(tx, member, group))
        if (one.thread() == thread) out.own.push_back(std::move(one));
    return out;
}

}  // namespace kith::pacing
