#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groups/groups.hpp"

// What the rules and pages of this feature share.
namespace kith::groups {

// access() that may lead, or `not_found`.
Result<Access> leading(db::ReadTx& tx, const Actor& actor, GroupId group);

// Whether the actor is a host, a coordinator or the system; `forbidden` if not.
bool runs_site(db::ReadTx& tx, const Actor& actor);
Done require_site_lead(db::ReadTx& tx, const Actor& actor);

// Every group the actor may know of, by name; those led without belonging to them at the end.
std::vector<Group> listed_groups(db::ReadTx& tx, const Actor& actor);

// The column for who did it: nothing for the system.
inline std::optional<MemberId> doer(const Actor& actor) {
    return actor.is_member() ? std::optional(actor.member) : std::nullopt;
}

// Caches and sessions that know about this membership.
void membership_changed(db::Tx& tx, GroupId group, MemberId member);

// Who shall look after a group, or no longer: the holder of a name, as facilitator or moderator.
struct LeadForm {
    std::string name;
    std::string role;
    bool ends = false;
};
// By a host or coordinator. Faults: `invalid` with field "person" or "role".
Done change_lead(db::Tx& tx, const Actor& actor, GroupId group, const LeadForm& form);

}  // namespace kith::groups
