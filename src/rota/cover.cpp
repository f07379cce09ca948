#include <algorithm>

#include "identity/identity.hpp"
#include "rota/rules.hpp"

namespace kith::rota {
namespace {

// Whether a shift or pattern makes a rota for the group. A place for all groups that nobody has taken does so in each:
// whose it was is not known any more.
template <class Planned>
bool is_planned_for(const Planned& one, GroupId group, Reach& reach) {
    return one.group == group || (!one.group && (!one.member || reach.covers(one.member, group)));
}

std::vector<Span> taken_spans(std::span<const Shift> shifts, GroupId group, Reach& reach) {
    std::vector<Span> out;
    for (const Shift& shift : shifts_for(shifts, group, reach))
        if (!shift.is_open()) out.push_back(span_of(shift));
    return merged(std::move(out));
}

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
    const std::vector<Shift> shifts = shifts_during(tx, {from, tx.now() + planned_ahead_days * day_ms});
    const std::vector<store::Pattern> patterns = store::standing_patterns(tx);
    Reach reach(tx);
    Cover out;
    for (const GroupId group : groups) {
        const auto is_its = [&](const auto& one) { return is_planned_for(one, group, reach); };
        if (std::ranges::any_of(shifts, is_its) || std::ranges::any_of(patterns, is_its))
            out.put(group, taken_spans(shifts, group, reach));
    }
    return out;
}

bool covered_now(db::ReadTx& tx, GroupId group, Time now) {
    const GroupId groups[] = {group};
    return cover_of(tx, groups, now + -day_ms).covers(group, now);
}

std::vector<OnShift> on_shift(db::ReadTx& tx, GroupId group, std::span<const MemberId> members) {
    std::vector<OnShift> out;
    for (const Shift& shift : shifts_during(tx, {tx.now(), tx.now() + 1})) {
        const bool is_here = (!shift.group || shift.group == group) &&
                             std::ranges::find(members, shift.member) != members.end();
        if (is_here && std::ranges::find(out, shift.member, &OnShift::member) == out.end())
            out.push_back({shift.member, name_on(tx, shift.group, shift.member)});
    }
    return out;
}

std::vector<MemberId> first_to_tell(db::ReadTx& tx, GroupId group, std::vector<MemberId> members) {
    std::vector<MemberId> out;
    for (const OnShift& one : on_shift(tx, group, members)) out.push_back(one.member);
    return out.empty() ? std::move(members) : out;
}

}  // namespace kith::rota
