#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/http/session.hpp"

// Groups: topics, admission, membership, invitations, opening and closing.
namespace kith::groups {

enum class Admission { open, request, invitation };
constexpr auto enum_words(Admission) {
    return std::to_array<std::string_view>({"open", "request", "invitation"});
}
enum class Leadership { peer, professional };
constexpr auto enum_words(Leadership) {
    return std::to_array<std::string_view>({"peer", "professional"});
}
// Where a group stands in its life, from its dates.
enum class Phase { announced, running, closed, archived };
constexpr auto enum_words(Phase) {
    return std::to_array<std::string_view>({"announced", "running", "closed", "archived"});
}

struct Group {
    GroupId id;
    std::optional<TopicId> topic;
    std::string name;
    std::string purpose;  // Markdown
    std::string rules;    // Markdown
    Admission admission = Admission::open;
    Leadership leadership = Leadership::peer;
    bool public_reading = false;
    std::optional<int> size_limit;
    std::optional<Time> opens_at;
    std::optional<Time> closes_at;
    bool sensitive = false;
    Time created_at;
    std::optional<Time> archived_at;
};
Phase phase(const Group& group, Time now);

// ---- what other features ask ---------------------------------------------------------------------------

// What the actor may do in a group, decided on rows of this transaction.
struct Access {
    Group group;
    Phase phase = Phase::running;
    bool read = false;     // threads and posts
    bool write = false;    // post, support: members while the group runs; leaders also before and after
    bool lead = false;     // facilitator, coordinator or host
    bool moderate = false; // moderator, facilitator or host
    bool member = false;
    PersonaId persona;     // the actor's name here, when a member
};
// Fault `not_found` for a group whose existence the actor may not know (invitation-only, not a member).
Result<Access> access(db::ReadTx& tx, const Actor& actor, GroupId group);
// access() that may read, or `not_found`; that may write, or `forbidden` with the reason in kind words.
Result<Access> readable(db::ReadTx& tx, const Actor& actor, GroupId group);
Result<Access> writable(db::ReadTx& tx, const Actor& actor, GroupId group);

// Every group whose posts the actor may read (memberships, led groups, open groups with public reading or
// for any signed-in member). For search, home and feeds.
std::vector<GroupId> readable_groups(db::ReadTx& tx, const Actor& actor);
// Groups the member belongs to, with their names.
struct MyGroup {
    GroupId id;
    std::string name;
    std::optional<Time> closes_at;
};
std::vector<MyGroup> groups_of(db::ReadTx& tx, MemberId member);
std::unordered_map<GroupId, std::string> names_of(db::ReadTx& tx, std::span<const GroupId> ids);
// For Sessions: rights in all groups of a member, ascending by group.
std::vector<GroupRight> rights_of(db::ReadTx& tx, MemberId member);

// ---- rules ---------------------------------------------------------------------------------------------

struct GroupForm {
    std::string name;
    std::string purpose;
    std::string rules;
    std::optional<TopicId> topic;
    Admission admission = Admission::open;
    Leadership leadership = Leadership::peer;
    bool public_reading = false;
    std::optional<int> size_limit;
    std::optional<Time> opens_at;
    std::optional<Time> closes_at;
    bool sensitive = false;
};
// By a host or coordinator. Faults: `invalid` with the field, `conflict` (name taken). Audited.
Result<GroupId> create_group(db::Tx& tx, const Actor& actor, const GroupForm& form);
Done change_group(db::Tx& tx, const Actor& actor, GroupId group, const GroupForm& form);
std::optional<GroupId> find_group(db::ReadTx& tx, std::string_view name);

struct Joining {
    bool rules_agreed = false;
    std::string name;             // another pseudonym for this group; empty: the main one
    std::string invitation_code;  // for invitation-only groups
    std::string request_words;    // why, for groups by request
};
enum class Joined { now, requested };
// Faults: `invalid` (rules not agreed), `conflict` (full, closed, already), `not_found`.
Result<Joined> join(db::Tx& tx, const Actor& actor, GroupId group, const Joining& form);
Done leave(db::Tx& tx, const Actor& actor, GroupId group, std::string_view reason);
Done decide_request(db::Tx& tx, const Actor& actor, RequestId request, bool accept);
// Puts a member in without asking (imports, demo, coordinators). By the system, a host or coordinator.
Done add_member(db::Tx& tx, const Actor& actor, GroupId group, MemberId member, PersonaId persona);

struct InvitationForm {
    std::string label;
    Time expires_at;
    int uses = 1;
};
struct NewInvitation {
    InvitationId id;
    std::string code;  // shown once; only its digest is kept
};
Result<NewInvitation> create_invitation(db::Tx& tx, const Actor& actor, GroupId group,
                                        const InvitationForm& form, Random& random);
Done revoke_invitation(db::Tx& tx, const Actor& actor, InvitationId invitation);
// The group an invitation code opens now, or `not_found` (unknown, expired, used up, revoked: one answer).
Result<Group> group_for_code(db::ReadTx& tx, std::string_view code);

Result<TopicId> create_topic(db::Tx& tx, const Actor& actor, std::optional<TopicId> parent,
                             std::string_view name);

std::vector<http::Route> routes();

}  // namespace kith::groups
