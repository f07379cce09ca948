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
#include "identity/accounts.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/http/session.hpp"
#include "platform/services.hpp"

// Who is here: members, their pseudonyms, how they sign in, what they may do.
namespace kith::identity {

// ---- rights: what other features ask -----------------------------------------------------------------

enum class Role { host, coordinator, researcher, facilitator, moderator };
constexpr auto enum_words(Role) {
    return std::to_array<std::string_view>({"host", "coordinator", "researcher", "facilitator", "moderator"});
}

// Whether the actor holds the role now: site-wide, or in `group` for facilitator and moderator. The system
// holds every role. Suspended and closed members hold none, nor does a person who came without a second factor where
// roles need one.
bool has_role(db::ReadTx& tx, const Actor& actor, Role role, GroupId group = {});

// The acting member, or fault `unauthenticated` (guest) or `forbidden` (suspended, closed; says until when, in the
// member's language).
Result<MemberId> acting_member(db::ReadTx& tx, const Actor& actor);
// The same, but an access token is `forbidden` as well: for what concerns the account itself.
Result<MemberId> acting_person(db::ReadTx& tx, const Actor& actor);
// The same two, but also of somebody on hold: for what stays open to them, such as another look at why, or erasure.
Result<MemberId> present_member(db::ReadTx& tx, const Actor& actor);
Result<MemberId> present_person(db::ReadTx& tx, const Actor& actor);

// The member who is here in person, also on hold, once the present password was right; tries are limited. Fault
// `invalid`, field "current". Outside any transaction: hashing takes time.
Result<MemberId> proven(Services& services, const Actor& actor, std::string_view current);

// `forbidden` unless the actor is host (or the system).
Done require_host(db::ReadTx& tx, const Actor& actor);

// Gives or takes a role. By a host, a coordinator (not host or coordinator roles) or the system. Audited.
// At least one host remains: fault `conflict`. A person has confirmed that it is them: fault `invalid`, field
// "current".
Done grant_role(db::Tx& tx, const Actor& actor, MemberId member, Role role, GroupId group = {});
Done end_role(db::Tx& tx, const Actor& actor, MemberId member, Role role, GroupId group = {});
// What a member holds now, and what of it is in a group; nothing for suspended and closed members.
struct GroupRole {
    Role role = Role::facilitator;
    GroupId group;  // 0: the whole site
    bool operator==(const GroupRole&) const = default;
};
std::vector<GroupRole> roles_of(db::ReadTx& tx, MemberId member);
std::vector<GroupRole> group_roles(db::ReadTx& tx, MemberId member);
// Those in which the actor may act now: none for a person who needs a second factor for them and came without.
std::vector<GroupRole> acting_roles(db::ReadTx& tx, const Actor& actor);
// Members holding the role in the group (facilitators and moderators are shown on the group's page).
std::vector<PersonaId> personas_with_role(db::ReadTx& tx, Role role, GroupId group);
// The same with the members themselves, for rules that must reach them; a group of 0 for site-wide roles.
struct Holder {
    MemberId member;
    PersonaId persona;     // the main one
    bool is_away = false;  // on a break: not named meanwhile
};
std::vector<Holder> holders_of(db::ReadTx& tx, Role role, GroupId group);
// Those who look after one group as facilitators or moderators, each once.
std::vector<Holder> holders_in(db::ReadTx& tx, GroupId group);
// Everybody who is suspended by a host, has closed the account or never claimed it. Ascending.
std::vector<MemberId> inactive_members(db::ReadTx& tx);

// ---- breaks ------------------------------------------------------------------------------------------

// A member on a break is here for nobody: every page leads to the way back, no mail and no event reaches them, and no
// group names them among those who look after it. Notices gather. Nobody is told. By a person.
inline constexpr int days_to_reopen = 21;  // a closed account; then it is erased, and its words stay
enum class PauseLength { open, week, two_weeks, month };
constexpr auto enum_words(PauseLength) {
    return std::to_array<std::string_view>({"open", "week", "two_weeks", "month"});
}
struct Pause {
    Time since;
    std::optional<Time> until;  // nothing: until they come back
};
Done begin_pause(db::Tx& tx, const Actor& actor, PauseLength length);
Done end_pause(db::Tx& tx, const Actor& actor);  // nothing to do if there is none
std::optional<Pause> standing_pause(db::ReadTx& tx, MemberId member);

// ---- names -------------------------------------------------------------------------------------------

struct Persona {
    PersonaId id;
    std::string name;
};
// The names of personas in one read; an unknown id is left out.
std::unordered_map<PersonaId, std::string> names_of(db::ReadTx& tx, std::span<const PersonaId> ids);
std::optional<PersonaId> find_persona(db::ReadTx& tx, std::string_view name);
// The member behind any of their names, for the command line. Fault `not_found`.
Result<MemberId> find_member(db::ReadTx& tx, std::string_view name);
// Main names, the oldest member first.
std::vector<Persona> list_members(db::ReadTx& tx, int limit);
// Changes the main name, which is also the name to sign in with. The old one stays reserved for the member.
// By a person. Faults: `invalid`, `conflict`, field "name"; `too_many` after 5 tries of an hour. Audited. Outside
// any transaction: a refused name counts as a try, so that nobody finds out in bulk which names exist.
Done rename(Services& services, const Actor& actor, std::string_view name);
PersonaId main_persona(db::ReadTx& tx, MemberId member);
// The persona with this name that a member may use in one group: the main one, one they used there before, or
// a new one, so that what was written keeps its name. Faults: `conflict`, field "name", when it is somebody
// else's; `too_many` as for rename, but for the system. The caller then hands a `conflict` to count_refused_name
// once its own transaction is undone.
Result<PersonaId> persona_for_group(db::Tx& tx, const Actor& actor, MemberId member, GroupId group,
                                    std::string_view name);
void count_refused_name(Services& services, const Actor& actor, const Error& error);
// The only bridge from content to a person: for rules that must reach the member, never for pages. A host who
// needs to know uses look_up.
MemberId member_of(db::ReadTx& tx, PersonaId persona);
// Every name of a member, and their alias in one thread.
std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member, ThreadId thread = {});

// Their aliases as well: for their own eyes, never for a page of others.
std::vector<PersonaId> every_persona_of(db::ReadTx& tx, MemberId member);

// ---- aliases: writing without one's name ---------------------------------------------------------------

// An alias stands for a member in one thread alone: "Anonymous Heron". It is a persona that no name leads to: nobody
// finds it by typing, mentions it or looks it up, and no rule tells others which of a member's names it belongs to.
// Hiding an alias hides that alias alone, and hiding a member's name hides none of their aliases.
inline constexpr std::string_view alias_begins = "Anonymous ";
// A name as it is shown: an alias in the reader's language, any other name as it is.
std::string_view shown_name(std::string_view name, const Words& words);
std::optional<Persona> alias_in(db::ReadTx& tx, MemberId member, ThreadId thread);
// The member's alias in the thread, made on first use.
PersonaId alias_for(db::Tx& tx, MemberId member, GroupId group, ThreadId thread);
// One for a thread that is about to be made; place_alias gives it its thread and name in the same transaction.
PersonaId new_alias(db::Tx& tx, MemberId member, GroupId group);
void place_alias(db::Tx& tx, PersonaId alias, ThreadId thread);
bool is_alias(db::ReadTx& tx, PersonaId persona);
// For the member alone, the newest thread first.
struct Alias {
    ThreadId thread;
    std::string name;
};
std::vector<Alias> aliases_of(db::ReadTx& tx, MemberId member, int limit);

// Somebody whose posts a member does not want to see: by this name everywhere, or in one group alone, where the
// person had another name before.
struct Muted {
    PersonaId persona;
    GroupId group{};  // 0: everywhere
};
bool is_muted(std::span<const Muted> muted, PersonaId author, GroupId group);

// People a member does not want to see, by the name they have in a group. Whoever takes a new name in that group
// afterwards stays muted there; their other names, here and elsewhere, do not, so that no name tells of another.
// What was told of them counts as read.
Done mute(db::Tx& tx, const Actor& actor, PersonaId persona, GroupId group);
Done unmute(db::Tx& tx, const Actor& actor, PersonaId persona);
std::vector<Muted> muted_by(db::ReadTx& tx, MemberId member);

// What is kept of the name of an erased member, so that nobody else takes it.
std::string erased_digest(std::string_view name_key);

// ---- for those who look after the site ---------------------------------------------------------------

enum class Standing { active, on_hold, closed, placeholder };
constexpr auto enum_words(Standing) {
    return std::to_array<std::string_view>({"active", "on_hold", "closed", "placeholder"});
}

struct KnownMember {
    Persona persona;  // the main name
    MemberId member;
    Standing standing = Standing::active;
    bool host = false, coordinator = false, researcher = false;
};
struct MemberSearch {
    std::string words;  // a part of the main name; empty: everybody
    PersonaId after;    // of the page before
    int limit = 50;
};
// The oldest member first. By staff (host, coordinator); for others fault `not_found`.
Result<std::vector<KnownMember>> find_members(db::ReadTx& tx, const Actor& actor, const MemberSearch& search);

struct MemberFile {
    KnownMember known;
    std::optional<Hold> hold;  // by a host; for the host alone
    std::optional<Time> closed_at;
};
// The member with this main persona. By staff. Fault `not_found`, also for a name of a group.
Result<MemberFile> member_file(db::ReadTx& tx, const Actor& actor, PersonaId persona);

// Who writes under a name: the main persona behind it. By the host, who says why. Kept with who and when, and
// audited. Faults: `forbidden`, `invalid` (field "name", "reason").
struct LookUpForm {
    std::string name;
    std::string reason;
};
Result<PersonaId> look_up(db::Tx& tx, const Actor& actor, const LookUpForm& form);
struct LookUp {
    Time at;
    std::string by;    // main name
    std::string name;  // that was looked up, as it is now
    std::string reason;
};
// The newest first. By the host.
Result<std::vector<LookUp>> list_look_ups(db::ReadTx& tx, const Actor& actor, int limit);

// What needs the host's own password, field "current". Audited.
struct Proof {
    std::string current;
};
Done appoint_host(Services& services, const Actor& actor, MemberId member, const Proof& proof);
Done dismiss_host(Services& services, const Actor& actor, MemberId member, const Proof& proof);
// A recovery code for a member who has lost everything: works once, for a day; the one before stops working.
// Fault `not_found` for a member without an account.
Result<std::string> create_reset_code(Services& services, const Actor& actor, MemberId member,
                                      const Proof& proof);

std::vector<http::Route> routes();

}  // namespace kith::identity
