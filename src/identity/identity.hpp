#pragma once

#include <functional>
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
#include "platform/services.hpp"

// Who is here: members, their pseudonyms, how they sign in, what they may do.
namespace kith::identity {

// ---- rights: what other features ask -----------------------------------------------------------------

enum class Role { host, coordinator, researcher, facilitator, moderator };
constexpr auto enum_words(Role) {
    return std::to_array<std::string_view>(
        {"host", "coordinator", "researcher", "facilitator", "moderator"});
}

// Whether the actor holds the role now: site-wide, or in `group` for facilitator and moderator. The system
// holds every role. Suspended and closed members hold none.
bool has_role(db::ReadTx& tx, const Actor& actor, Role role, GroupId group = {});

// The acting member, or fault `unauthenticated` (guest) or `forbidden` (suspended, closed; says until when).
Result<MemberId> acting_member(db::ReadTx& tx, const Actor& actor);

// `forbidden` unless the actor is host (or the system).
Done require_host(db::ReadTx& tx, const Actor& actor);

// Gives or takes a role. By a host, a coordinator (not host or coordinator roles) or the system. Audited.
// At least one host remains: fault `conflict`.
Done grant_role(db::Tx& tx, const Actor& actor, MemberId member, Role role, GroupId group = {});
Done end_role(db::Tx& tx, const Actor& actor, MemberId member, Role role, GroupId group = {});
// Members holding the role in the group (facilitators and moderators are shown on the group's page).
std::vector<PersonaId> personas_with_role(db::ReadTx& tx, Role role, GroupId group);

// ---- names -------------------------------------------------------------------------------------------

struct Persona {
    PersonaId id;
    std::string name;
};
// The names of personas in one read; an unknown id is left out.
std::unordered_map<PersonaId, std::string> names_of(db::ReadTx& tx, std::span<const PersonaId> ids);
std::optional<PersonaId> find_persona(db::ReadTx& tx, std::string_view name);
// The main persona of a member, and the one used in a group (the main one unless another was chosen there).
PersonaId main_persona(db::ReadTx& tx, MemberId member);
// Makes (or renames) the persona a member uses in one group. Fault `conflict` when the name is taken.
Result<PersonaId> persona_for_group(db::Tx& tx, MemberId member, GroupId group, std::string_view name);
// The only bridge from content to a person: for rules that must reach the member, never for pages.
MemberId member_of(db::ReadTx& tx, PersonaId persona);
std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member);

// People a member does not want to see.
Done mute(db::Tx& tx, const Actor& actor, PersonaId persona);
Done unmute(db::Tx& tx, const Actor& actor, PersonaId persona);
std::vector<PersonaId> muted_by(db::ReadTx& tx, MemberId member);

// ---- accounts ----------------------------------------------------------------------------------------

struct SignUp {
    std::string name;
    std::string password;
    Language language = Language::en;
};
struct NewAccount {
    MemberId member;
    std::vector<std::string> recovery_codes;  // shown once
};
// Hashing takes time: call `hash` (crypto::hash_password) before the transaction. Faults: `invalid` (name,
// password), `conflict` never tells whether a name exists to anyone who could not sign up with it anyway.
Result<NewAccount> sign_up(db::Tx& tx, const SignUp& form, std::string_view password_hash, Random& random);

// A member without an account, to be claimed with a code. For imports.
Result<PersonaId> create_placeholder(db::Tx& tx, const Actor& actor, std::string_view name);
Result<std::string> create_claim_code(db::Tx& tx, const Actor& actor, PersonaId persona, Random& random);

// Suspends until a time or until lifted; ends every session. By the host or the system. Audited.
Done suspend(db::Tx& tx, const Actor& actor, MemberId member, std::string_view reason,
             std::optional<Time> until);
Done lift_suspension(db::Tx& tx, const Actor& actor, MemberId member);
Done close_account(db::Tx& tx, const Actor& actor);

// A signed-in session for a member without a password: tests, demo, sign-in itself. Returns the cookie value.
Result<std::string> start_session(db::Tx& tx, MemberId member, std::string_view device, Random& random);

// ---- sessions at the edge ----------------------------------------------------------------------------

// Rights of a member in groups come from the feature above: `groups` fills this in app/features.cpp.
using GroupRights = std::function<std::vector<GroupRight>(db::ReadTx&, MemberId)>;

// Finds who sent a request, in memory where possible. A session or token is dropped from memory the moment a
// change of kind `member` (or `site`) says so.
class Sessions {
public:
    Sessions(Services& services, GroupRights rights);
    ~Sessions();

    std::optional<http::Visitor> know_at_once(const http::Request& request);
    http::Visitor know(const http::Request& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// "__Host-kith" over TLS or on localhost, "kith" elsewhere.
std::string_view cookie_name(const Site& site);

std::vector<http::Route> routes();

}  // namespace kith::identity
