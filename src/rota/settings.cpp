#include <algorithm>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "platform/zone/zone.hpp"
#include "rota/rules.hpp"

namespace kith::rota {
namespace {

Done check(db::ReadTx& tx, const Settings& typed) {
    constexpr auto range = t_later("Please write a number from 1 to 100, or 0 for no limit.");
    const auto is_right = [](std::int64_t number) { return number >= 0 && number <= 100; };
    if (!zone::is_known(typed.zone)) return invalid("Please choose a place from the list.", "zone");
    if (!is_right(typed.shift_most)) return invalid(range, "shift_most");
    if (!is_right(typed.week_most)) return invalid(range, "week_most");
    if (!typed.room) return {};
    const auto room = groups::access(tx, Actor::system(), typed.room);
    if (!room || room->group.admission != groups::Admission::invitation || room->group.archived_at)
        return invalid("Please choose a group that people join by invitation.", "room");
    return {};
}

// What patterns laid out keeps its hours by the new clock.
void move_shifts(db::Tx& tx, std::string_view zone) {
    for (const store::Pattern& pattern : store::standing_patterns(tx))
        for (const store::LaidOut& one : store::laid_out(tx, pattern.id))
            store::set_span(tx, one.id, span_on(zone, one.day, pattern.from, pattern.until));
}

}  // namespace

Settings settings(db::ReadTx& tx) { return store::settings(tx); }

std::vector<GroupId> paired_groups(db::ReadTx& tx) { return store::paired(tx); }

Done set_settings(db::Tx& tx, const Actor& actor, const Settings& typed, std::span<const GroupId> paired) {
    TRY(identity::require_host(tx, actor));
    TRY(check(tx, typed));
    const Settings before = store::settings(tx);
    store::set_settings(tx, typed);
    store::clear_paired(tx);
    const std::vector<GroupId> known = all_groups(tx);
    for (const GroupId group : paired)
        if (!group || std::ranges::find(known, group) != known.end()) store::insert_paired(tx, group);
    if (before.zone != typed.zone) move_shifts(tx, typed.zone);
    if (before.room != typed.room) empty_room(tx, before.room);
    fill_room(tx);
    audit::record(tx, actor, "rota.changed", "site", 0);
    return {};
}

}  // namespace kith::rota
