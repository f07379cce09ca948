#include <algorithm>
#include <charconv>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zone/zone.hpp"
#include "rota/rules.hpp"

// Planning: shifts once and week by week.
namespace kith::rota {
namespace {

constexpr std::int64_t day_minutes = 24 * 60, plan_ahead_days = 366;

// "20:00" as minutes of the day.
std::optional<std::int64_t> minutes_in(std::string_view typed) {
    if (typed.size() != 5 || typed[2] != ':') return std::nullopt;
    const auto number = [](std::string_view digits) {
        int value = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
    };
    const int hour = number(typed.substr(0, 2)), minute = number(typed.substr(3));
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

struct Times {
    std::int64_t day = 0, from = 0, until = 0;
};

Result<Times> times_in(const ShiftForm& form, std::string_view zone, Time now) {
    const auto date = text::parse_date(form.day);
    if (!date) return invalid("Please choose a day.", "day");
    const Times out{date->ms / day_ms, minutes_in(form.from).value_or(-1),
                    minutes_in(form.until).value_or(-1)};
    if (out.from < 0) return invalid("Please write a time, such as 20:00.", "from");
    if (out.until < 0) return invalid("Please write a time, such as 20:00.", "until");
    const std::int64_t today = zone::day_of(zone, now);
    if (out.day < today) return invalid("This day has passed. Please choose another one.", "day");
    if (out.day > today + plan_ahead_days) return invalid("Please choose a day of the coming year.", "day");
    const std::int64_t minutes = out.until > out.from ? out.until - out.from
                                                      : out.until + day_minutes - out.from;
    if (minutes > shift_most_ms / minute_ms)
        return invalid("This is longer than 12 hours. Please plan two shifts, so that people can rest.",
                       "until");
    if (span_on(zone, out.day, out.from, out.until).ends_at <= now)
        return invalid("This time has passed. Please choose another one.", "from");
    return out;
}

// Whoever plans names anybody who can do it, by the name they have there; the others are there for themselves.
Result<MemberId> person_for(db::ReadTx& tx, const Desk& desk, GroupId group, PersonaId persona) {
    constexpr auto wrong = t_later("This person does not look after that group.");
    if (!desk.plans) {
        if (!may_cover(tx, desk.member, group)) return not_found();
        return desk.member;
    }
    if (!persona) return MemberId();
    if (identity::is_alias(tx, persona)) return invalid(wrong, "person");
    const MemberId member = identity::member_of(tx, persona);
    if (!member || !may_cover(tx, member, group) || name_on(tx, group, member) != persona)
        return invalid(wrong, "person");
    return member;
}

bool overlaps(const Span& a, const Span& b) { return a.begins_at < b.ends_at && b.begins_at < a.ends_at; }

Done require_free(db::ReadTx& tx, MemberId member, GroupId group, const Span& span, ShiftId but = {}) {
    if (!member) return {};
    for (const Shift& shift : store::shifts_of(tx, member, span.begins_at))
        if (shift.id != but && shift.group == group && overlaps(span_of(shift), span))
            return conflict("There is a shift at that time already, for the same person and group.", "from");
    return {};
}

Done plan_weekly(db::Tx& tx, const Actor& actor, const Times& times, GroupId group, MemberId member) {
    store::Pattern pattern{.group = group,
                           .member = member,
                           .weekday = zone::weekday_of(times.day),
                           .from = times.from,
                           .until = times.until,
                           .first_day = times.day};
    pattern.id = store::insert_pattern(tx, pattern);
    lay_out(tx, pattern, settings(tx).zone);
    audit::record(tx, actor, "rota.pattern_planned", "shift_pattern", pattern.id.value());
    return {};
}

}  // namespace

Span span_on(std::string_view zone, std::int64_t day, std::int64_t from, std::int64_t until) {
    const std::int64_t end = until > from ? until : until + day_minutes;
    return {zone::at(zone, day + from / day_minutes, from % day_minutes),
            zone::at(zone, day + end / day_minutes, end % day_minutes)};
}

void lay_out(db::Tx& tx, const store::Pattern& pattern, std::string_view zone) {
    const std::int64_t today = zone::day_of(zone, tx.now());
    for (std::int64_t day = std::max(pattern.first_day, today); day <= today + planned_ahead_days; ++day) {
        if (zone::weekday_of(day) != pattern.weekday) continue;
        const Span span = span_on(zone, day, pattern.from, pattern.until);
        // An hour that clocks leave out may be all of it.
        if (span.begins_at < span.ends_at && tx.now() < span.ends_at) store::lay_out(tx, pattern, day, span);
    }
}

Done plan_shift(db::Tx& tx, const Actor& actor, const ShiftForm& form) {
    const Desk at = TRY(desk(tx, actor));
    if (!at.sees(form.group)) return not_found();
    if (form.group && at.plans) TRY(groups::access(tx, actor, form.group));
    const std::string zone = settings(tx).zone;
    const Times times = TRY(times_in(form, zone, tx.now()));
    const MemberId member = TRY(person_for(tx, at, form.group, form.person));
    const Span span = span_on(zone, times.day, times.from, times.until);
    TRY(require_free(tx, member, form.group, span));
    if (member != at.member) tell(tx, member, form.group);
    if (form.weekly) return plan_weekly(tx, actor, times, form.group, member);
    const ShiftId id = store::insert_shift(
        tx, {.group = form.group, .member = member, .begins_at = span.begins_at, .ends_at = span.ends_at});
    audit::record(tx, actor, "rota.shift_planned", "shift", id.value());
    return {};
}

Done end_pattern(db::Tx& tx, const Actor& actor, PatternId id) {
    const Desk at = TRY(desk(tx, actor));
    const auto pattern = store::find_pattern(tx, id);
    if (!pattern || !at.sees(pattern->group)) return not_found();
    if (!at.plans && pattern->member != at.member)
        return forbidden("Only those who plan the rota, and whoever it is for, can do that.");
    if (pattern->ended) return {};
    store::end_pattern(tx, id);
    store::remove_shifts_of(tx, id);
    if (pattern->member != at.member) tell(tx, pattern->member, pattern->group);
    audit::record(tx, actor, "rota.pattern_ended", "shift_pattern", id.value());
    return {};
}

Done give_shift(db::Tx& tx, const Actor& actor, ShiftId id, PersonaId person) {
    const Desk at = TRY(desk(tx, actor));
    const Shift shift = TRY(visible_shift(tx, at, id));
    if (!at.plans) return forbidden("Only those who plan the rota can do that.");
    TRY(require_ahead(shift, tx.now()));
    const MemberId member = TRY(person_for(tx, at, shift.group, person));
    if (member == shift.member) return {};
    TRY(require_free(tx, member, shift.group, span_of(shift), id));
    CHECK(store::set_member(tx, id, shift.member, member));
    for (const MemberId one : {shift.member, member})
        if (one != at.member) tell(tx, one, shift.group);
    audit::record(tx, actor, "rota.shift_given", "shift", id.value());
    return {};
}

Done remove_shift(db::Tx& tx, const Actor& actor, ShiftId id) {
    const Desk at = TRY(desk(tx, actor));
    const Shift shift = TRY(visible_shift(tx, at, id));
    const bool is_own = shift.member == at.member && !shift.pattern;
    if (!at.plans && !is_own) return forbidden("Only those who plan the rota can do that.");
    TRY(require_ahead(shift, tx.now()));
    store::remove_shift(tx, id);
    if (shift.member != at.member) tell(tx, shift.member, shift.group);
    audit::record(tx, actor, "rota.shift_removed", "shift", id.value());
    return {};
}

Done take_shift(db::Tx& tx, const Actor& actor, ShiftId id) {
    const Desk at = TRY(desk(tx, actor));
    const Shift shift = TRY(visible_shift(tx, at, id));
    if (!may_cover(tx, at.member, shift.group))
        return forbidden("This shift is for those who look after that group.");
    TRY(require_ahead(shift, tx.now()));
    if (shift.member == at.member) return {};
    if (!shift.is_open() && !shift.offered_at) return conflict("Somebody has taken this shift already.");
    TRY(require_free(tx, at.member, shift.group, span_of(shift), id));
    if (!store::set_member(tx, id, shift.member, at.member))
        return conflict("Somebody has taken this shift already.");
    tell(tx, shift.member, shift.group);
    return {};
}

}  // namespace kith::rota
