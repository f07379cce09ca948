#include <algorithm>
#include <functional>

#include "identity/identity.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"

// What waits, in which order, and all about one of it.
namespace kith::safeguarding {
namespace {

constexpr int cases_shown = 20, cases_read = 500, earlier_most = 10;

std::vector<Reason> reasons_of(db::ReadTx& tx, CaseId id) {
    std::vector<Reason> out = store::reasons_of(tx, id);
    std::ranges::stable_sort(out);
    std::ranges::stable_sort(out, std::greater(), urgency_of);
    return out;
}

bool comes_before(const QueueRow& a, const QueueRow& b) {
    const auto key = [](const QueueRow& row) {
        const Case& one = row.safety_case;
        const bool is_first = one.urgency == Urgency::crisis && !one.decided_at;
        return std::pair(!is_first, row.due_at ? row.due_at->ms : INT64_MAX);
    };
    return key(a) < key(b);
}

std::vector<Case> cases_in(db::ReadTx& tx, const Reach& reach) {
    std::vector<Case> out = store::waiting_cases(tx, cases_read);
    std::erase_if(out, [&](const Case& one) { return !may_work_on(tx, reach, one); });
    return out;
}

// Of the groups of these cases, since the oldest of them began to wait.
rota::Cover cover_for(db::ReadTx& tx, std::span<const Case> cases) {
    std::vector<GroupId> groups;
    Time since = tx.now();
    for (const Case& one : cases) {
        groups.push_back(one.group);
        since = std::min(since, one.decided_at.value_or(one.urgent_since));
    }
    std::ranges::sort(groups);
    groups.erase(std::ranges::unique(groups).begin(), groups.end());
    return rota::cover_of(tx, groups, since);
}

// Whether it is for this person to go on.
bool is_next_for(db::ReadTx& tx, MemberId member, const Case& one) {
    const auto is_them = [&](PersonaId persona) { return identity::member_of(tx, persona) == member; };
    if (!one.decided_at) return !one.is_claimed(tx.now()) || is_them(*one.claimed_by);
    return !is_them(*one.decided_by);  // to be read by a second person, or an appeal
}

}  // namespace

std::optional<Time> due_at(const Case& one, const Targets& targets, const rota::Cover& cover) {
    const auto after = [&](Time since, std::int64_t minutes) {
        return cover.after(one.group, since, minutes * minute_ms);
    };
    // A second reading is due as what is red.
    if (one.decided_at) return after(*one.decided_at, targets.red);
    switch (one.urgency) {
        case Urgency::crisis:
            return one.urgent_since + targets.crisis * minute_ms;
        case Urgency::red:
            return after(one.urgent_since, targets.red);
        case Urgency::amber:
            return after(one.urgent_since, targets.amber);
        case Urgency::green:
            return std::nullopt;
    }
    return std::nullopt;
}

namespace {

constexpr std::int64_t appeal_ms = 7 * day_ms;  // a complaint is decided in seven days

std::optional<Appeal> waiting_appeal(db::ReadTx& tx, const Case& one) {
    auto appeal = one.closed_at ? store::appeal_of(tx, one.id) : std::nullopt;
    return appeal && !appeal->outcome ? appeal : std::nullopt;
}

// All that the actor may work on, in the order of the queue, without the reasons.
std::vector<QueueRow> rows_for(db::ReadTx& tx, const Reach& reach) {
    const Targets limits = targets(tx);
    const std::vector<Case> cases = cases_in(tx, reach);
    const rota::Cover cover = cover_for(tx, cases);
    std::vector<QueueRow> out;
    for (const Case& one : cases) {
        const auto appeal = waiting_appeal(tx, one);
        out.push_back({.safety_case = one,
                       .reasons = {},
                       .due_at = appeal ? appeal->filed_at + appeal_ms : due_at(one, limits, cover),
                       .has_appeal = appeal.has_value()});
    }
    std::ranges::stable_sort(out, comes_before);
    return out;
}

}  // namespace

Result<Queue> queue(db::ReadTx& tx, const Actor& actor) {
    const Reach reach = reach_of(tx, actor);
    if (reach.nowhere()) return not_found();
    Queue out{.rows = rows_for(tx, reach)};
    out.are_all = out.rows.size() <= cases_shown;
    if (!out.are_all) out.rows.resize(cases_shown);
    for (QueueRow& row : out.rows) row.reasons = reasons_of(tx, row.safety_case.id);
    return out;
}

std::optional<CaseId> next_case(db::ReadTx& tx, const Actor& actor, CaseId but) {
    const Reach reach = reach_of(tx, actor);
    if (reach.nowhere()) return std::nullopt;
    for (const QueueRow& row : rows_for(tx, reach))
        if (row.safety_case.id != but && is_next_for(tx, reach.member, row.safety_case))
            return row.safety_case.id;
    return std::nullopt;
}

std::optional<Urgency> most_urgent(db::ReadTx& tx, const Actor& actor) {
    const Reach reach = reach_of(tx, actor);
    if (reach.nowhere()) return std::nullopt;
    std::optional<Urgency> out;
    for (const Case& one : cases_in(tx, reach))
        if ((!out || one.urgency > *out) && is_next_for(tx, reach.member, one)) out = one.urgency;
    return out;
}

Result<Dossier> dossier(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(desk(tx, actor, id));
    Dossier out{.reports = store::reports_of(tx, id),
                .events = store::events_of(tx, id),
                .appeal = store::appeal_of(tx, id)};
    if (at.safety_case.post) out.earlier = store::decided_before(tx, at.safety_case, earlier_most);
    const Case cases[] = {at.safety_case};
    const auto appeal = waiting_appeal(tx, at.safety_case);
    out.due_at = appeal ? appeal->filed_at + appeal_ms
                        : due_at(at.safety_case, targets(tx), cover_for(tx, cases));
    out.safety_case = std::move(at.safety_case);
    return out;
}

Result<std::vector<std::optional<MemberId>>> reporters_of(db::ReadTx& tx, const Actor& actor, CaseId id) {
    TRY(desk(tx, actor, id));
    if (!identity::has_role(tx, actor, identity::Role::host)) return not_found();
    return store::members_of_reports(tx, id);
}

}  // namespace kith::safeguarding
