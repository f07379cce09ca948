#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "identity/edge.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/services.hpp"

// Accounts and how their members come in: a part of identity.hpp, which includes it.
namespace kith::identity {

// ---- accounts ----------------------------------------------------------------------------------------

struct SignUp {
    std::string name;
    std::string password;
    Language language = Language::en;
    std::string next = {};    // the page that the newcomer goes on to, such as an invitation's
    std::string agreed = {};  // what the form said they agree to, see Door::agree
};
struct NewAccount {
    MemberId member;
    std::vector<std::string> recovery_codes;  // shown once
    GroupId joined{};                         // by the invitation that opened the door
};
// Hashing takes time: call `hash` (crypto::hash_password) before the transaction. While the door is closed an
// invitation opens it, which is used up by that. Faults: `invalid` (name, password), `forbidden` while sign-up is
// closed and the newcomer not invited, `conflict` never tells whether a name exists to anyone who could not sign
// up with it anyway.
Result<NewAccount> sign_up(db::Tx& tx, const SignUp& form, std::string_view password_hash, Random& random);
// The same past the door, for set-up, demo and command line.
Result<NewAccount> add_account(db::Tx& tx, const SignUp& form, std::string_view password_hash,
                               Random& random);
// What sign_up says about name and password without asking the database; before the hashing.
Done check_sign_up(const SignUp& form);
// Where an address belongs, for limits: IPv4 as it is, also when written as IPv6 (::ffff:192.0.2.1); the first 64 bits
// of IPv6, which one household or provider line has for itself.
std::string network_of(std::string_view address);
enum class Way { open, by_invitation, closed };
// What a newcomer brought past the door, for the room that watches it (src/doors).
struct Ticket {
    std::string work;     // digest of the challenge that was answered; empty: none was asked
    std::string network;  // to be compared with accounts on hold; empty: there is none
};
// Words of the host that a newcomer agrees to by signing up; `stamp` says in which version.
struct ToAgree {
    std::string title;
    Url url;
    std::string stamp;
};
// Who may sign up, from the features above; app/features.cpp sets it before serving. Without: everybody.
struct Door {
    bool (*is_open)(db::ReadTx& tx) = nullptr;
    // Whether `next` is the page of an invitation that works now.
    bool (*is_invitation)(db::ReadTx& tx, std::string_view next) = nullptr;
    // Takes a use of it and makes the newcomer a member of its group.
    Result<GroupId> (*use_invitation)(db::Tx& tx, const Actor& newcomer, std::string_view next) = nullptr;
    // Whether roles wait until their holder has come in with a second factor.
    bool (*roles_need_factor)(db::ReadTx& tx) = nullptr;
    // How many may come in now: what the form carries for it, and whether what came back will do. Before the hashing
    // and outside any transaction. Faults `too_many`, `invalid`. Without: take_sign_up alone.
    void (*ask)(Html& h, http::Ctx& ctx, Way way) = nullptr;
    Result<Ticket> (*check)(http::Ctx& ctx, Way way) = nullptr;
    // In the transaction that makes the account.
    Done (*come_in)(db::Tx& tx, MemberId newcomer, const Ticket& ticket) = nullptr;
    // What a newcomer agrees to.
    std::vector<ToAgree> (*to_agree)(db::ReadTx& tx) = nullptr;
    // Writes down that they agreed to what `stamps` name, a space between two, as far as it stands today.
    void (*agree)(db::Tx& tx, MemberId newcomer, std::string_view stamps) = nullptr;
};
void use_door(const Door& door);
std::vector<ToAgree> to_agree(db::ReadTx& tx);
Way way_in(db::ReadTx& tx, std::string_view next);
// Counts a try of a network to sign up, so many an hour. Fault `too_many`. In a transaction of its own.
inline constexpr int sign_ups_of_network = 20;
Done take_sign_up(db::Tx& tx, std::string_view network, Random& random, int most = sign_ups_of_network);
// Counts a report of a network without an account, 10 an hour. Fault `too_many`. In a transaction of its own.
Done take_guest_report(db::Tx& tx, std::string_view network, Random& random);
// 8 to 128 characters, not among the most used, no mere row or repetition, without the name in it. Fault
// `invalid` of field `field`.
Done check_password(std::string_view password, std::string_view name, std::string_view field);

inline constexpr int claim_code_days = 30;
// When the account was opened, or came by an import.
Time joined_at(db::ReadTx& tx, MemberId member);
// A member without an account, to be claimed with a code. For imports.
Result<PersonaId> create_placeholder(db::Tx& tx, const Actor& actor, std::string_view name);
// Works once, for so many days; the code before stops working. By staff. Faults: `not_found`, `conflict` (has an
// account). Audited.
Result<std::string> create_claim_code(db::Tx& tx, const Actor& actor, PersonaId persona, Random& random);
// Makes a placeholder the account of the one who has its code. Faults: `invalid` (code, password). Audited.
Result<NewAccount> claim(db::Tx& tx, std::string_view code, std::string_view password,
                         std::string_view password_hash, Random& random);

// Suspends until a time or until lifted; ends every session and token. By the host or the system. Audited.
Done suspend(db::Tx& tx, const Actor& actor, MemberId member, std::string_view reason,
             std::optional<Time> until);
// Of those by the host.
Done lift_suspension(db::Tx& tx, const Actor& actor, MemberId member);

// An account on hold (table `suspension`). Its member can sign in, but finds only why, how to answer, their data, and
// help.
struct Hold {
    std::string reason;  // of a host: that of a case stands at the case
    Time from;
    std::optional<Time> until;  // nothing: until it is lifted
    CaseId by_case;             // of safeguarding; none: by the host
};
// Those that stand, the one that lasts longest first.
std::vector<Hold> standing_holds(db::ReadTx& tx, MemberId member);
struct HoldCause {
    CaseId by_case;
    Time written_at;  // of the post
};
// On hold by a case: for the rules of safeguarding. Sessions stay, without rights; it shows at the member to nobody
// else, or a case about an alias would tell whose it is. Fault `conflict`, in the same words for whoever had a task
// when the post was written (one given later would try out whose it is) or has no account.
Done hold_by_case(db::Tx& tx, MemberId member, const HoldCause& cause, std::optional<Time> until);
// False if none of this case stood.
bool end_hold_by_case(db::Tx& tx, MemberId member, CaseId by_case);

// Ends sessions and tokens, and forgets the e-mail address unless there is one more mail to send; signing in again
// opens the account again, and takes an erasure back that was asked for. Fault `conflict` for the last host. Audited.
enum class Address { forget, keep };
Done close_account(db::Tx& tx, const Actor& actor, Address address = Address::forget);

// An address for notices, or none (empty). One that is new gets a link to confirm it (job `mail_confirmation`, its
// payload is the member). By a person who knows the password. Faults: `invalid`, field "email" or "current";
// `too_many` after 5 of a day. Audited.
struct EmailForm {
    std::string email;
    std::string current;  // password
};
Done set_email(Services& services, const Actor& actor, const EmailForm& form);

// Where mails to a member go; nothing for who has no address or is not here (closed, suspended, on a break).
struct Mailbox {
    std::string email;
    Language language = Language::en;
    std::optional<Time> confirmed_at;
    std::optional<Time> paused_at;

    bool takes_mail() const { return confirmed_at && !paused_at; }
};
std::optional<Mailbox> mailbox_of(db::ReadTx& tx, MemberId member);
// Its owner has the link that came there. Fault `not_found` if it is not the member's address any more. Audited.
Done confirm_email(db::Tx& tx, MemberId member, std::string_view email);
// Mail to it came back: none is sent until the member saves an address again; a notice tells them. Audited.
void pause_email(db::Tx& tx, MemberId member);

// The key of a member's feed, as its digest; it ends where access tokens end. The caller has asked who acts.
struct FeedKey {
    MemberId member;
    Language language = Language::en;
};
std::optional<FeedKey> find_feed_key(db::ReadTx& tx, std::string_view digest);
std::optional<Time> feed_key_made_at(db::ReadTx& tx, MemberId member);
void put_feed_key(db::Tx& tx, MemberId member, std::string_view digest, Language language);
void end_feed_key(db::Tx& tx, MemberId member);

Done set_comfort(db::Tx& tx, const Actor& actor, const Comfort& comfort);

// A signed-in session for a member without a password: tests, demo, sign-in itself. Returns the cookie value.
Result<std::string> start_session(db::Tx& tx, MemberId member, std::string_view device, Random& random,
                                  bool second_factor = false);

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
// How far somebody came: the cookie of a session or, with a code still to come, of half a one (second_step.hpp).
struct SignedIn {
    std::string cookie;
    bool half = false;
};
// One answer for a wrong name and a wrong password, and one time taken.
// Faults: `invalid`; `too_many`: 10 failures of the name from this network or 50 of the network in 15 minutes, or
// more than 100 of the name from anywhere in a day and the last one just before. Audited. Outside any transaction: it
// opens its own around the slow hashing.
Result<SignedIn> sign_in(Services& services, const SignIn& form);

// With a recovery code instead of the password, which is replaced. Ends every other session. Codes cannot be
// guessed, so only tries from the same network count: whoever is kept out by others' failures comes in with one.
struct Recovery {
    std::string name;
    std::string code;
    std::string password;
    Device device;
};
Result<SignedIn> recover(Services& services, const Recovery& form);

// claim() and a session, with the limits of signing in.
struct Claimed {
    NewAccount account;
    std::string cookie;
};
Result<Claimed> claim_and_sign_in(Services& services, std::string_view code, std::string_view password,
                                  const Device& device);

// ---- another way back: the feature `recovery` ----------------------------------------------------------

// A code typed with the name to sign in with. `use` is asked in one transaction, with member 0 for a name that nobody
// has; false: the code is not theirs, which counts like a wrong recovery code and takes as long. Fault `too_many`.
// Outside any transaction.
struct NamedTry {
    std::string name;
    std::string network;
};
using UseCode = std::function<Result<bool>(db::Tx&, MemberId)>;
Result<bool> try_code(Services& services, const NamedTry& typed, const UseCode& use);
// Has an account that is open, also on a break or on hold, and holds no role of any kind.
bool is_plain_member(db::ReadTx& tx, MemberId member);
// Every way in is new for a member who has lost all: the password; sessions, tokens, passkeys, the app with codes and
// old recovery codes end. Returns ten new codes. The caller has made sure who it is. Fault `not_found`: no account.
Result<std::vector<std::string>> begin_anew(db::Tx& tx, MemberId member, std::string_view password_hash,
                                            Random& random);
// Where a warning about their account goes, also on a break or on hold; whatever they chose for notices.
std::optional<Mailbox> mailbox_for_warning(db::ReadTx& tx, MemberId member);
// What that feature shows: a warning above pages of one's own, and its part of the page of the ways to sign in.
// app/features.cpp sets it before serving.
struct OtherWay {
    void (*warn)(Html& h, http::Ctx& ctx) = nullptr;
    void (*part_of_security)(Html& h, http::Ctx& ctx) = nullptr;
};
void use_other_way(const OtherWay& way);
void show_warnings(Html& h, http::Ctx& ctx);

// ---- making sure who acts ------------------------------------------------------------------------------

// Makes sure that it is really the person who acts: by the present password, unless a proof of the last ten minutes
// stands. What is grave asks for it. Fault `invalid`, field "current"; `too_many`. Code that acts in somebody's name
// (Actor::session 0) needs none in the rules themselves.
inline constexpr std::int64_t confirmed_for_ms = 10 * minute_ms;
Done confirm(Services& services, const Actor& actor, std::string_view current);
// The same within a rule: fault `invalid`, field "current", unless a person confirmed lately that it is them.
Done require_confirmed(db::ReadTx& tx, const Actor& actor);

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
// By the host or the command line; ends every session. Audited.
Done set_password(db::Tx& tx, const Actor& actor, MemberId member, std::string_view password_hash);

// For somebody who has lost the device: ends passkeys and the app with codes. By the system. Audited.
Done end_second_factors(db::Tx& tx, const Actor& actor, MemberId member);

// ---- sessions and tokens of a member -----------------------------------------------------------------

struct OpenSession {
    SessionId id;
    std::string device;
    Time created_at;
    Time seen_at;
};
std::vector<OpenSession> sessions_of(db::ReadTx& tx, MemberId member);
// By a person. end_all_sessions ends every token as well, and is audited.
Done end_session(db::Tx& tx, const Actor& actor, SessionId session);
Done end_all_sessions(db::Tx& tx, const Actor& actor);

struct TokenForm {
    std::string name;
    Actor::Scope scope = Actor::Scope::read;
    int days = 90;
    std::string current;         // password
    bool second_factor = false;  // of the session that makes it
};
struct Token {
    TokenId id;
    std::string name;
    std::string scope;
    Time created_at;
    Time expires_at;
};
// The secret, shown once; only its digest is kept. By a person who knows the password. Fault `invalid`. Audited.
Result<std::string> create_token(Services& services, const Actor& actor, const TokenForm& form);
std::vector<Token> tokens_of(db::ReadTx& tx, MemberId member);
// By a person. Audited.
Done end_token(db::Tx& tx, const Actor& actor, TokenId token);

// Forgets failed tries after a day and ended sessions after 30 days. For the daily job.
void forget_old_sessions(db::Tx& tx);

}  // namespace kith::identity
