#include <algorithm>

#include "identity/identity.hpp"
#include "rota/rules.hpp"

// What comes round.
namespace kith::rota {
namespace {

constexpr std::int64_t keep_shifts_ms = 400 * day_ms, keep_handovers_ms = 90 * day_ms,
                       keep_taken_ms = 60 * day_ms;

// ---- shifts ----------------------------------------------------------------------------------------------

bool is_away_at(db::ReadTx& tx, MemberId member, Time at) {
    const auto pause = identity::standing_pause(tx, member);
    return pause && (!pause->until || at < *pause->until);
}

// Of who has no task there any more, or is on a break then.
void free_places(db::Tx& tx) {
    const Time far = tx.now() + (planned_ahead_days + 1) * day_ms;
    Reach reach(tx);
    for (const Shift& shift : store::shifts_between(tx, tx.now(), far)) {
        if (shift.is_open()) continue;
        if (!reach.covers(shift.member, shift.group) || is_away_at(tx, shift.member, shift.begins_at))
            store::set_member(tx, shift.id, shift.member, {});
    }
}

void lay_out_rota(db::Tx& tx) {
    const std::string zone = store::settings(tx).zone;
    for (const store::Pattern& pattern : store::standing_patterns(tx)) lay_out(tx, pattern, zone);
    free_places(tx);
}

// Those who plan hear of places of the next day that have nobody, and of people who would be alone.
void tell_of_gaps(db::Tx& tx) {
    std::set<GroupId> groups;
    for (const Gap& gap : gaps_ahead(tx, {.plans = true, .groups = all_groups(tx)}))
        if (gap.span.begins_at < tx.now() + day_ms) groups.insert(gap.group);
    for (const identity::Role role : {identity::Role::host, identity::Role::coordinator})
        for (const identity::Holder& holder : identity::holders_of(tx, role, {}))
            for (const GroupId group : groups)
                if (!holder.is_away) tell(tx, holder.member, group);
}

void forget_rota(db::Tx& tx) {
    store::forget_shifts_before(tx, tx.now() + -keep_shifts_ms);
    store::forget_handovers_before(tx, tx.now() + -keep_handovers_ms);
    store::forget_taken_before(tx, tx.now() + -keep_taken_ms);
}

// ---- cover that begins and ends --------------------------------------------------------------------------

std::vector<store::State> changed_cover(db::ReadTx& tx) {
    const std::vector<GroupId> groups = all_groups(tx);
    const Cover cover = cover_of(tx, groups, tx.now() + -day_ms);
    const std::vector<store::State> known = store::cover_states(tx);
    std::vector<store::State> out;
    for (const GroupId group : groups) {
        const auto before = std::ranges::find(known, group, &store::State::group);
        const bool was_covered = before == known.end() || before->is_covered;
        const bool is_covered = cover.covers(group, tx.now());
        if (is_covered != was_covered) out.push_back({group, is_covered});
    }
    return out;
}

void tell_cover(db::Tx& tx) {
    for (const store::State& state : changed_cover(tx)) {
        store::put_cover_state(tx, state);
        jobs::enqueue(tx, cover_changed, std::to_string(state.group.value()), tx.now());
    }
}

// Most minutes change nothing: they do not keep the writer busy.
jobs::Handler watch_cover(Services& services) {
    jobs::Handler out = jobs::round(services, tell_cover, minute_ms);
    out.run = [&services, tell = std::move(out.run)](const std::string& payload) {
        const bool any = services.db.read([](db::ReadTx& tx) { return !changed_cover(tx).empty(); });
        if (any) tell(payload);
    };
    return out;
}

}  // namespace

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out["lay_out_rota"] = jobs::round(services, lay_out_rota, hour_ms);
    out["tell_of_gaps"] = jobs::round(services, tell_of_gaps, day_ms);
    out["forget_rota"] = jobs::round(services, forget_rota, day_ms);
    out["keep_room"] = jobs::round(services, fill_room, 5 * minute_ms);
    out["watch_cover"] = watch_cover(services);
    return out;
}

}  // namespace kith::rota
