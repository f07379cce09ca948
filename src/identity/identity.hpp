#pragma once

#include <functional>
#include <memory>
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
    return std::to_array<std::string_view>({"host", "coordinator", "researcher", "facilitator", "moderator"});
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
// What a member looks after now, group by group; nothing for suspended and closed members.
struct GroupRole {
    Role role = Role::facilitator;
    GroupId group;
};
std::vector<GroupRole> group_roles(db::ReadTx& tx, MemberId member);
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
// The member behind any of their names, for the command line and the host. Fault `not_found`.
Result<MemberId> find_member(db::ReadTx& tx, std::string_view name);
// Main names, the oldest member first.
std::vector<Persona> list_members(db::ReadTx& tx, int limit);
// Changes the main name, which is also the name to sign in with. Faults: `invalid`, `conflict`, field "name".
Done rename(db::Tx& tx, const Actor& actor, std::string_view name);
// The main persona of a member, and the one used in a group (the main one unless another was chosen there).
PersonaId main_persona(db::ReadTx& tx, MemberId member);
// The name a member uses in a group, the main one unless another was chosen there.
PersonaId persona_in(db::ReadTx& tx, MemberId member, GroupId group);
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
// What sign_up says about name and password without asking the database; before the hashing.
Done check_sign_up(const SignUp& form);
// 8 to 128 characters, not among the most used, without the name in it. Fault `invalid` of field `field`.
Done check_password(std::string_view password, std::string_view name, std::string_view field);

// A member without an account, to be claimed with a code. For imports.
Result<PersonaId> create_placeholder(db::Tx& tx, const Actor& actor, std::string_view name);
Result<std::string> create_claim_code(db::Tx& tx, const Actor& actor, PersonaId persona, Random& random);
// Makes a placeholder the account of the one who has its code. Faults: `invalid` (code, password). Audited.
Result<NewAccount> claim(db::Tx& tx, std::string_view code, std::string_view password,
                         std::string_view password_hash, Random& random);

// Suspends until a time or until lifted; ends every session. By the host or the system. Audited.
Done suspend(db::Tx& tx, const Actor& actor, MemberId member, std::string_view reason,
             std::optional<Time> until);
Done lift_suspension(db::Tx& tx, const Actor& actor, MemberId member);
// Ends sessions and tokens and forgets the e-mail address; signing in again opens the account again.
// Fault `conflict` for the last host. Audited.
Done close_account(db::Tx& tx, const Actor& actor);

// An address for notices, or none (empty). Fault `invalid`, field "email".
Done set_email(db::Tx& tx, const Actor& actor, std::string_view email);
Done set_comfort(db::Tx& tx, const Actor& actor, const Comfort& comfort);

// A signed-in session for a member without a password: tests, demo, sign-in itself. Returns the cookie value.
Result<std::string> start_session(db::Tx& tx, MemberId member, std::string_view device, Random& random);

// ---- signing in --------------------------------------------------------------------------------------

// `network` is the address of the browser; it is kept for minutes, as a keyed digest.
struct Device {
    std::string words;  // "Firefox, Android"
    std::string network;
    SessionId replaces;  // ended with success, so that a session never outlives a change of rights
};
struct SignIn {
    std::string name;
    std::string password;
    Device device;
};
// The value of a new session's cookie. One answer for a wrong name and a wrong password, and one time taken.
// Faults: `invalid`, `too_many` (10 failures of a name or 50 of a network in 15 minutes), `forbidden`
// (suspended; says until when). Outside any transaction: it opens its own around the slow hashing.
Result<std::string> sign_in(Services& services, const SignIn& form);

// With a recovery code instead of the password, which is replaced. Ends every other session.
struct Recovery {
    std::string name;
    std::string code;
    std::string password;
    Device device;
};
Result<std::string> recover(Services& services, const Recovery& form);

// claim() and a session, with the limits of signing in.
struct Claimed {
    NewAccount account;
    std::string cookie;
};
Result<Claimed> claim_and_sign_in(Services& services, std::string_view code, std::string_view password,
                                  const Device& device);

// By the member, who knows the present one. Ends every session but `keep`.
struct PasswordChange {
    std::string current;
    std::string password;
    SessionId keep;
};
Done change_password(Services& services, const Actor& actor, const PasswordChange& form);
// Makes ten new recovery codes; the old ones stop working.
Result<std::vector<std::string>> renew_recovery_codes(Services& services, const Actor& actor,
                                                      std::string_view password);
// By the host or the command line; ends every session.
Done set_password(db::Tx& tx, const Actor& actor, MemberId member, std::string_view password_hash);

// ---- sessions and tokens of a member -----------------------------------------------------------------

struct OpenSession {
    SessionId id;
    std::string device;
    Time created_at;
    Time seen_at;
};
std::vector<OpenSession> sessions_of(db::ReadTx& tx, MemberId member);
Done end_session(db::Tx& tx, const Actor& actor, SessionId session);
Done end_all_sessions(db::Tx& tx, const Actor& actor);

struct TokenForm {
    std::string name;
    Actor::Scope scope = Actor::Scope::read;
    int days = 90;
};
struct Token {
    TokenId id;
    std::string name;
    std::string scope;
    Time created_at;
    Time expires_at;
};
// The secret, shown once; only its digest is kept. Fault `invalid`.
Result<std::string> create_token(db::Tx& tx, const Actor& actor, const TokenForm& form, Random& random);
std::vector<Token> tokens_of(db::ReadTx& tx, MemberId member);
Done end_token(db::Tx& tx, const Actor& actor, TokenId token);

// Forgets failed tries after a day and ended sessions after 30 days. For the daily job.
void forget_old_sessions(db::Tx& tx);

// ---- sessions at the edge ----------------------------------------------------------------------------

// Rights of a member in groups come from the feature above: `groups` fills this in app/features.cpp.
using GroupRights = std::function<std::vector<GroupRight>(db::ReadTx&, MemberId)>;
// And those threads a member does not follow from `conversation`, ascending.
using MutedThreads = std::function<std::vector<ThreadId>(db::ReadTx&, MemberId)>;

// Finds who sent a request, in memory where possible. A session or token is dropped from memory the moment a
// change of kind `member` (or `site`) says so.
class Sessions {
public:
    Sessions(Services& services, GroupRights rights, MutedThreads muted_threads = {});
    ~Sessions();

    std::optional<http::Visitor> know_at_once(const http::Request& request);
    http::Visitor know(const http::Request& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Whether a session has neither ended nor run out: for streams that outlive their request.
bool session_stands(db::ReadTx& tx, SessionId session);

// "__Host-kith" over TLS or on localhost, "kith" elsewhere.
std::string_view cookie_name(const Site& site);

std::vector<http::Route> routes();

}  // namespace kith::identity
