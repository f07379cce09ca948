#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "groups/groups.hpp"
#include "identity/identity.hpp"

// What the rules and pages of this feature share.
namespace kith::groups {

namespace store {
struct NewMembership;
}

// access() that may lead, or `not_found`.
Result<Access> leading(db::ReadTx& tx, const Actor& actor, GroupId group);

// access(), or what somebody whose stay a leader ended may still know: that the group is there.
Result<Access> known(db::ReadTx& tx, const Actor& actor, GroupId group);

// Whether the actor is a host, a coordinator or the system; `forbidden` if not.
bool runs_site(db::ReadTx& tx, const Actor& actor);
Done require_site_lead(db::ReadTx& tx, const Actor& actor);

// The column for who did it: nothing for the system.
inline std::optional<MemberId> doer(const Actor& actor) {
    return actor.is_member() ? std::optional(actor.member) : std::nullopt;
}

// persona_here() of those who hold a role, in their order.
std::vector<PersonaId> personas_here(db::ReadTx& tx, GroupId group,
                                     std::span<const identity::Holder> holders);

// Fault `conflict` with the reason if nobody new can join.
Done check_room(db::ReadTx& tx, const Group& group);
// Whether another member finds no place. Who was suspended, left the site or never came keeps none.
bool is_full(db::ReadTx& tx, const Group& group);

constexpr std::size_t words_most = 1'000;  // code points, of a request or a reason
// The persona for a name as typed; the one of persona_here() for no name.
Result<PersonaId> persona_named(db::Tx& tx, MemberId member, GroupId group, std::string_view name);
// False if the member belongs already.
bool let_in(db::Tx& tx, const store::NewMembership& membership);
// Leaves a request with those who lead the group. Faults: `invalid`, `conflict`.
Result<Joined> ask(db::Tx& tx, MemberId member, GroupId group, const Joining& form);
// When the member may ask again after a no; nothing if that is now.
std::optional<Time> pause_until(db::ReadTx& tx, GroupId group, MemberId member);

// The digest of an invitation code, however it was typed.
std::string code_digest(std::string_view typed);
// "k7m2-p9xq-4hd3-w8nz" of the address of an invitation's page; empty for other pages.
std::string_view invitation_code_in(std::string_view next);

// Whether a member is facilitator or moderator of the group.
bool has_task(db::ReadTx& tx, GroupId group, MemberId member);
// Caches and sessions that know about this membership.
void membership_changed(db::Tx& tx, GroupId group, MemberId member);

}  // namespace kith::groups
