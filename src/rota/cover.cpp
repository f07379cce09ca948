#include <algorithm>

#include "identity/identity.hpp"
#include "rota/rules.hpp"

namespace kith::rota {
namespace {

constexpr std::int64_t longest_ms = shift_most_ms + hour_ms;  // a shift in the night in which clocks go back

std::int64_t overlap(const Span& a, const Span& b) {
    return std::max<std::int64_t>(0, std::min(a.ends_at, b.ends_at) - std::max(a.begins_at, b.begins_at));
}

// Somebody is on them, also those that have begun before.
std::vector<Shift> taken_shifts(db::ReadTx& tx, Time from, Time until) {
    std::vector<Shift> out = store::shifts_between(tx, from + -longest_ms, until);
    std::erase_if(out, [&](const Shift& shift) { return shift.is_open() || shift.ends_at <= from; });
    return out;
}

Cover cover_between(db::ReadTx& tx, std::span<const GroupId> groups, Time from, Time until) {
    const std::vector<Shift> taken = taken_shifts(tx, from, until);
    const bool any_for_all = std::ranges::any_of(taken, [](const Shift& shift) { return !shift.group; });
    Cover out;
    for (const GroupId group : groups) {
        const auto able = any_for_all ? who_may_cover(tx, group) : std::set<MemberId>();
        std::vector<Span> spans;
        for (const Shift& shift : shifts_for(taken, group, able)) spans.push_back(span_of(shift));
        out.put(group, merged(std::move(spans)));
    }
    return out;
}

Time planned_until(Time now) { return now + planned_ahead_days * day_ms; }

}  // namespace

std::vector<Span> merged(std::vector<Span> spans) {
    std::ranges::sort(spans, {}, &Span::begins_at);
    std::vector<Span> out;
    for (const Span& span : spans) {
        if (!out.empty() && span.begins_at <= out.back().ends_at) {
            out.back().ends_at = std::max(out.back().ends_at, span.ends_at);
        } else {
            out.push_back(span);
        }
    }
    return out;
}

std::span<const Span> Cover::spans(GroupId group) const {
    const auto found = spans_.find(group);
    return found == spans_.end() ? std::span<const Span>() : found->second;
}

bool Cover::covers(GroupId group, Time at) const {
    if (!has_rota(group)) return true;
    return std::ranges::any_of(spans(group),
                               [&](const Span& span) { return span.begins_at <= at && at < span.ends_at; });
}

std::int64_t Cover::covered_between(GroupId group, Time from, Time until) const {
    if (!has_rota(group)) return std::max<std::int64_t>(0, until - from);
    std::int64_t out = 0;
    for (const Span& span : spans(group)) out += overlap(span, {from, until});
    return out;
}

Time Cover::after(GroupId group, Time since, std::int64_t ms) const {
    Time last = since;
    for (const Span& span : spans(group)) {
        const Time begin = std::max(span.begins_at, since);
        if (span.ends_at <= begin) continue;
        if (ms <= span.ends_at - begin) return begin + ms;
        ms -= span.ends_at - begin;
        last = span.ends_at;
    }
    return last + ms;
}

Cover cover_of(db::ReadTx& tx, std::span<const GroupId> groups, Time from) {
    return cover_between(tx, groups, from, planned_until(tx.now()));
}

std::int64_t covered_between(db::ReadTx& tx, GroupId group, Time from, Time until) {
    const GroupId groups[] = {group};
    const Time far = std::max(until, planned_until(tx.now()));
    return cover_between(tx, groups, from, far).covered_between(group, from, until);
}

bool covered_now(db::ReadTx& tx, GroupId group, Time now) {
    const GroupId groups[] = {group};
    return cover_of(tx, groups, now + -day_ms).covers(group, now);
}

std::vector<MemberId> first_to_tell(db::ReadTx& tx, GroupId group, std::vector<MemberId> members) {
    std::vector<MemberId> out;
    for (const Shift& shift : taken_shifts(tx, tx.now(), tx.now() + 1)) {
        const bool is_here = !shift.group || shift.group == group;
        if (is_here && std::ranges::find(members, shift.member) != members.end() &&
            std::ranges::find(out, shift.member) == out.end())
            out.push_back(shift.member);
    }
    return out.empty() ? std::move(members) : out;
}

}  // namespace kith::rota
