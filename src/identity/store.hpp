#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"

// All SQL of identity: rows in, rows out. store.cpp: members and names; alias_store.cpp; rights_store.cpp: roles,
// suspensions, closures; session_store.cpp: sessions, tokens, codes, tries; staff_store.cpp: members as staff know
// them.
namespace kith::identity::store {

// ---- members and accounts ----------------------------------------------------------------------------

MemberId insert_member(db::Tx& tx, Language language);
bool member_exists(db::ReadTx& tx, MemberId member);
Time joined_at(db::ReadTx& tx, MemberId member);
Language language_of(db::ReadTx& tx, MemberId member);
void set_comfort(db::Tx& tx, MemberId member, const Comfort& comfort);

struct Account {
    MemberId member;
    std::string password_hash;
    std::string email;  // empty: none
};
std::optional<Account> account_by_key(db::ReadTx& tx, std::string_view name_key);
std::optional<Account> account_of(db::ReadTx& tx, MemberId member);
// False when the name is somebody's already.
bool insert_account(db::Tx& tx, MemberId member, std::string_view name_key, std::string_view hash);
bool set_password(db::Tx& tx, MemberId member, std::string_view hash);
void set_name_key(db::Tx& tx, MemberId member, std::string_view name_key);
// Another address is not confirmed yet.
void set_email(db::Tx& tx, MemberId member, std::string_view email);
std::optional<Mailbox> mailbox_of(db::ReadTx& tx, MemberId member);
bool confirm_email(db::Tx& tx, MemberId member, std::string_view email);
bool pause_email(db::Tx& tx, MemberId member);

// ---- personas ----------------------------------------------------------------------------------------

struct PersonaRow {
    PersonaId id;
    MemberId member;
    std::optional<GroupId> group;
    std::string name;
};
// Nothing when the name is somebody's already.
std::optional<PersonaId> insert_persona(db::Tx& tx, MemberId member, std::optional<GroupId> group,
                                        std::string_view name, std::string_view name_key);
void rename_persona(db::Tx& tx, PersonaId persona, std::string_view name, std::string_view name_key);
std::optional<PersonaRow> persona_by_key(db::ReadTx& tx, std::string_view name_key);
std::optional<PersonaRow> find_persona(db::ReadTx& tx, PersonaId persona);
// A name that a persona carried before, and whose it is.
void retire_name(db::Tx& tx, const PersonaRow& persona, std::string_view name_key);
void unretire_name(db::Tx& tx, std::string_view name_key);
bool is_erased_name(db::ReadTx& tx, std::string_view digest);
std::optional<MemberId> owner_of_retired(db::ReadTx& tx, std::string_view name_key);
// In one group, or the main one.
std::optional<PersonaRow> persona_in(db::ReadTx& tx, MemberId member, std::optional<GroupId> group);
std::optional<MemberId> member_of(db::ReadTx& tx, PersonaId persona);
// With the alias of one thread.
std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member, ThreadId thread);
inline constexpr std::size_t names_at_once = 20;
// Ids of 0 fill up.
std::vector<Persona> names_of(db::ReadTx& tx, const std::array<PersonaId, names_at_once>& ids);
std::vector<Persona> main_personas(db::ReadTx& tx, int limit);

// ---- aliases: alias_store.cpp -------------------------------------------------------------------------

PersonaId insert_alias(db::Tx& tx, MemberId member, GroupId group);
void place_alias(db::Tx& tx, PersonaId alias, ThreadId thread, std::string_view name, std::string_view key);
std::optional<Persona> find_alias(db::ReadTx& tx, MemberId member, ThreadId thread);
std::int64_t count_aliases(db::ReadTx& tx, ThreadId thread);
bool is_alias(db::ReadTx& tx, PersonaId persona);
std::vector<PersonaId> every_persona_of(db::ReadTx& tx, MemberId member);
std::vector<Alias> aliases_of(db::ReadTx& tx, MemberId member, int limit);

void insert_mute(db::Tx& tx, MemberId member, PersonaId persona, GroupId group);
void delete_mute(db::Tx& tx, MemberId member, PersonaId persona);
// The names that were muted, and whom that means where.
std::vector<PersonaId> muted_names(db::ReadTx& tx, MemberId member);
std::vector<Muted> muted_by(db::ReadTx& tx, MemberId member);

// ---- roles, suspensions, closures --------------------------------------------------------------------

// A group of 0 is the whole site.
struct Grant {
    Role role = Role::host;
    GroupId group;
};
bool holds(db::ReadTx& tx, MemberId member, const Grant& grant);
std::vector<Grant> grants_of(db::ReadTx& tx, MemberId member);
// Given then or before, and not ended.
bool had_task_at(db::ReadTx& tx, MemberId member, Time time);
void insert_grant(db::Tx& tx, MemberId member, const Grant& grant, std::optional<MemberId> by);
bool end_grant(db::Tx& tx, MemberId member, const Grant& grant, std::optional<MemberId> by);
// Active members, the longest in the role first; also who is on hold by a case, which shows nowhere.
std::vector<Holder> holders(db::ReadTx& tx, const Grant& grant);
// Suspended by a host, closed, or without an account. Ascending.
std::vector<MemberId> inactive_members(db::ReadTx& tx);
bool is_there_another_host(db::ReadTx& tx, MemberId but);

// Standing ones, the one that lasts longest first.
std::vector<Hold> standing_holds(db::ReadTx& tx, MemberId member);
bool is_held(db::ReadTx& tx, MemberId member);
// Its beginning is now.
void insert_hold(db::Tx& tx, MemberId member, const Hold& hold, std::optional<MemberId> by);
// Those by a host; or by one case.
bool lift_holds(db::Tx& tx, MemberId member, CaseId by_case, std::optional<MemberId> by);

std::optional<Time> closed_at(db::ReadTx& tx, MemberId member);
void insert_closure(db::Tx& tx, MemberId member);
bool delete_closure(db::Tx& tx, MemberId member);
bool delete_erasure(db::Tx& tx, MemberId member);

// ---- for those who look after the site ---------------------------------------------------------------

struct KnownRow {
    PersonaId persona;
    std::string name;
    MemberId member;
    std::int64_t accounts = 0, suspensions = 0, closures = 0;
    std::int64_t hosts = 0, coordinators = 0, researchers = 0;  // grants of the role
};
struct KnownRange {
    PersonaId after;
    PersonaId last;       // at most
    std::string pattern;  // for the key of the name
    int limit = 1;
};
std::vector<KnownRow> known_members(db::ReadTx& tx, const KnownRange& range);

void insert_look_up(db::Tx& tx, PersonaId persona, MemberId by, std::string_view reason);
std::vector<LookUp> look_ups(db::ReadTx& tx, int limit);

// ---- sessions, tokens, codes, tries ------------------------------------------------------------------

struct NewSession {
    MemberId member;
    std::string digest;
    std::string form_token;
    std::string device;
    Time expires;
    bool second_factor = false;
};
void insert_session(db::Tx& tx, const NewSession& session);
// Whose session or token this is, if it still stands.
std::optional<MemberId> session_member(db::ReadTx& tx, std::string_view digest);
std::optional<MemberId> token_member(db::ReadTx& tx, std::string_view digest);

struct SessionRow {
    SessionId id;
    MemberId member;
    std::string form_token;
    Time seen_at;
    Time expires;
    std::string name;
    Language language = Language::en;
    Theme theme = Theme::automatic;
    View view = View::calm;
    bool keys = true;
    std::string country;
    bool second_factor = false;
    Time confirmed_at;
};
bool session_stands(db::ReadTx& tx, SessionId session);
std::optional<SessionRow> find_session(db::ReadTx& tx, std::string_view digest);
struct TokenRow {
    MemberId member;
    std::string scope;
    Time expires;
    std::string name;
    Language language = Language::en;
    Theme theme = Theme::automatic;
    View view = View::calm;
    bool keys = true;
    std::string country;
    bool second_factor = false;
};
std::optional<TokenRow> find_token(db::ReadTx& tx, std::string_view digest);
void touch_session(db::Tx& tx, SessionId session);
std::vector<OpenSession> sessions_of(db::ReadTx& tx, MemberId member);
bool end_session(db::Tx& tx, MemberId member, SessionId session);
// Whose it was, if it was open.
std::optional<MemberId> end_session_of_anyone(db::Tx& tx, SessionId session);
void end_sessions(db::Tx& tx, MemberId member, SessionId but);  // but 0: all of them

void insert_token(db::Tx& tx, MemberId member, const Token& token, std::string_view digest,
                  bool second_factor);
std::vector<Token> tokens_of(db::ReadTx& tx, MemberId member);
bool end_token(db::Tx& tx, MemberId member, TokenId token);
// And the key of a feed, which is one, too.
void end_tokens(db::Tx& tx, MemberId member);
std::optional<FeedKey> find_feed_key(db::ReadTx& tx, std::string_view digest);
std::optional<Time> feed_key_made_at(db::ReadTx& tx, MemberId member);
void put_feed_key(db::Tx& tx, MemberId member, std::string_view digest, Language language);
void delete_feed_key(db::Tx& tx, MemberId member);

// Without a time: one of the member's own. With one: made by a host.
void insert_recovery_code(db::Tx& tx, MemberId member, std::string_view digest, std::optional<Time> expires);
void delete_reset_codes(db::Tx& tx, MemberId member);
bool use_recovery_code(db::Tx& tx, MemberId member, std::string_view digest);
void delete_recovery_codes(db::Tx& tx, MemberId member);
std::int64_t unused_recovery_codes(db::ReadTx& tx, MemberId member);

void insert_claim_code(db::Tx& tx, MemberId member, std::string_view digest, Time expires);
std::optional<MemberId> use_claim_code(db::Tx& tx, std::string_view digest);
void delete_claim_codes(db::Tx& tx, MemberId member);

void insert_attempt(db::Tx& tx, std::string_view key_digest);
struct Tries {
    std::int64_t count = 0;
    Time last;
};
// Under either digest.
Tries tries_since(db::ReadTx& tx, std::string_view key_digest, std::string_view or_digest, Time since);
void delete_attempts_before(db::Tx& tx, Time time);
void delete_sessions_before(db::Tx& tx, Time time);

}  // namespace kith::identity::store
