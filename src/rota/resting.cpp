#include <algorithm>

#include "identity/identity.hpp"
#include "rota/rules.hpp"

// How much somebody has taken on.
namespace kith::rota {
namespace {

constexpr std::int64_t without_shift_ms = 8 * hour_ms, week_ms = 7 * day_ms;

Time shift_began(db::ReadTx& tx, MemberId member) {
    const auto shift = next_shift(tx, member);
    return shift && shift->is_on(tx.now()) ? shift->begins_at : tx.now() + -without_shift_ms;
}

bool is_reached(std::int64_t count, std::int64_t most) { return most > 0 && count >= most; }

}  // namespace

Load load_of(db::ReadTx& tx, MemberId member) {
    const Settings limits = store::settings(tx);
    Load out{.shift = store::count_taken(tx, member, shift_began(tx, member)),
             .week = store::count_taken(tx, member, tx.now() + -week_ms)};
    out.needs_rest = is_reached(out.shift, limits.shift_most) || is_reached(out.week, limits.week_most);
    return out;
}

bool is_too_much(db::ReadTx& tx, MemberId member, CaseId id) {
    return !store::has_taken(tx, member, id) && load_of(tx, member).needs_rest;
}

Done take_on(db::Tx& tx, MemberId member, CaseId id, Company company) {
    const bool is_past = is_too_much(tx, member, id);
    if (company == Company::others && is_past)
        return conflict(
            "You have carried a lot. Please leave this to somebody else and rest. If nobody else is there, "
            "you can still take it on.");
    store::insert_taken(tx, member, id, is_past ? Company::alone : Company::others);
    return {};
}

std::vector<OnShift> who_can_take_over(db::ReadTx& tx, GroupId group, std::span<const MemberId> members) {
    std::vector<OnShift> out = on_shift(tx, group, members);
    std::erase_if(out, [&](const OnShift& one) { return load_of(tx, one.member).needs_rest; });
    return out;
}

std::vector<std::string> who_needs_rest(db::ReadTx& tx, const Desk& desk) {
    if (!desk.plans) return {};
    std::vector<MemberId> members = store::who_took_any(tx, tx.now() + -week_ms);
    std::ranges::sort(members);
    members.erase(std::ranges::unique(members).begin(), members.end());
    std::vector<PersonaId> personas;
    for (const MemberId member : members)
        if (load_of(tx, member).needs_rest) personas.push_back(identity::main_persona(tx, member));
    std::vector<std::string> out;
    for (const auto& [id, name] : identity::names_of(tx, personas)) out.push_back(name);
    std::ranges::sort(out);
    return out;
}

}  // namespace kith::rota
