#include <algorithm>

#include "rota/rules.hpp"

namespace kith::rota {
namespace {

// How many are there between two moments in which nothing changes.
struct Stretch {
    Span span;
    bool is_planned = false;
    std::map<MemberId, GroupId> people;  // with what their shift is for
};

// Every moment at which a shift begins or ends.
std::vector<Time> moments(std::span<const Shift> shifts, const Span& window) {
    std::set<Time> out;
    for (const Shift& shift : shifts)
        for (const Time at : {shift.begins_at, shift.ends_at})
            out.insert(std::clamp(at, window.begins_at, window.ends_at));
    return {out.begin(), out.end()};
}

std::vector<Stretch> stretches(std::span<const Shift> shifts, GroupId group, const Span& window) {
    const std::vector<Time> at = moments(shifts, window);
    std::vector<Stretch> out;
    for (std::size_t i = 1; i < at.size(); ++i) {
        Stretch one{{at[i - 1], at[i]}};
        for (const Shift& shift : shifts) {
            if (shift.begins_at > one.span.begins_at || shift.ends_at < one.span.ends_at) continue;
            if (shift.group == group || shift.member) one.is_planned = true;
            if (shift.member) one.people.emplace(shift.member, shift.group);
        }
        out.push_back(std::move(one));
    }
    return out;
}

// Those in a row that lack the same are one.
void add(std::vector<Gap>& out, Gap gap) {
    const bool goes_on = !out.empty() && out.back().group == gap.group && out.back().alone == gap.alone &&
                         out.back().span.ends_at == gap.span.begins_at;
    if (goes_on) out.back().span.ends_at = gap.span.ends_at;
    else out.push_back(gap);
}

void add_gaps(std::vector<Gap>& out, std::span<const Shift> shifts, GroupId group, std::size_t least,
              const Span& window) {
    for (const Stretch& one : stretches(shifts, group, window)) {
        if (!one.is_planned || one.people.size() >= least) continue;
        const auto alone = one.people.empty() ? std::pair<const MemberId, GroupId>() : *one.people.begin();
        add(out, {group, one.span, alone.first, alone.second});
    }
}

}  // namespace

bool needs_two(db::ReadTx& tx, GroupId group) {
    const std::vector<GroupId> paired = store::paired(tx);
    return std::ranges::find(paired, group) != paired.end();
}

std::vector<Gap> gaps_ahead(db::ReadTx& tx, const Desk& desk) {
    const Span window{tx.now(), tx.now() + gaps_shown_days * day_ms};
    const std::vector<Shift> all = shifts_during(tx, window);
    const std::vector<GroupId> paired = store::paired(tx);
    std::vector<GroupId> groups = desk.groups;
    groups.push_back({});
    Reach reach(tx);
    std::vector<Gap> out;
    for (const GroupId group : groups) {
        const std::size_t least = std::ranges::find(paired, group) == paired.end() ? 1 : 2;
        add_gaps(out, shifts_for(all, group, reach), group, least, window);
    }
    std::ranges::stable_sort(out, {}, [](const Gap& gap) { return gap.span.begins_at; });
    return out;
}

}  // namespace kith::rota
