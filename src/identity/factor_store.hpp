#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"

// The SQL of what signs in besides a password: apps with codes, half sessions, passkeys, and the keys of each day.
namespace kith::identity::store {

// ---- apps with codes -----------------------------------------------------------------------------------

struct CodeAppRow {
    std::string secret;
    Time created_at;
    std::optional<Time> confirmed_at;
};
std::optional<CodeAppRow> code_app(db::ReadTx& tx, MemberId member);
bool has_code_app(db::ReadTx& tx, MemberId member);  // a confirmed one
void put_code_app(db::Tx& tx, MemberId member, std::string_view secret);
void confirm_code_app(db::Tx& tx, MemberId member);
// False if a code of this step or a later one was used before.
bool use_step(db::Tx& tx, MemberId member, std::int64_t step);
bool delete_code_app(db::Tx& tx, MemberId member);

// ---- half sessions -------------------------------------------------------------------------------------

struct HalfRow {
    MemberId member;
    std::string device;
    int tries = 0;
};
void insert_half(db::Tx& tx, std::string_view digest, MemberId member, std::string_view device, Time expires);
std::optional<HalfRow> half_session(db::ReadTx& tx, std::string_view digest);
void count_half_try(db::Tx& tx, std::string_view digest);
void delete_half(db::Tx& tx, std::string_view digest);
void delete_halves(db::Tx& tx, MemberId member);

// ---- what a session has shown --------------------------------------------------------------------------

void set_second_factor(db::Tx& tx, SessionId session);
bool has_second_factor(db::ReadTx& tx, SessionId session);
// Of every session and token of the member.
void clear_second_factors(db::Tx& tx, MemberId member);
void set_confirmed(db::Tx& tx, SessionId session);
Time confirmed_at(db::ReadTx& tx, SessionId session);

// ---- passkeys ------------------------------------------------------------------------------------------

struct PasskeyRow {
    PasskeyId id;
    MemberId member;
    std::string name;
    std::string credential_id;
    std::string public_key;
    int algorithm = 0;
    std::string user_handle;
    std::int64_t sign_count = 0;
    Time created_at;
    std::optional<Time> used_at;
};
std::vector<PasskeyRow> passkeys_of(db::ReadTx& tx, MemberId member);
bool has_passkey(db::ReadTx& tx, MemberId member);
std::optional<PasskeyRow> passkey_with(db::ReadTx& tx, std::string_view credential_id);
// False when the device holds it already.
bool insert_passkey(db::Tx& tx, const PasskeyRow& passkey);
void note_use(db::Tx& tx, PasskeyId passkey, std::int64_t sign_count);
bool rename_passkey(db::Tx& tx, MemberId member, PasskeyId passkey, std::string_view name);
bool delete_passkey(db::Tx& tx, MemberId member, PasskeyId passkey);

struct ChallengeRow {
    MemberId member;
    std::string user_handle;
};
void insert_challenge(db::Tx& tx, std::string_view digest, const ChallengeRow& challenge, Time expires);
// Takes it away; nothing when it is none, used or too old.
std::optional<ChallengeRow> use_challenge(db::Tx& tx, std::string_view digest);

// ---- the keys of each day ------------------------------------------------------------------------------

std::optional<std::string> daily_key(db::ReadTx& tx, std::int64_t day);
// The first one stands.
void insert_daily_key(db::Tx& tx, std::int64_t day, std::string_view secret);

// What is over: half sessions, challenges, and the keys of days before.
void delete_old_factors(db::Tx& tx, std::int64_t first_day);

}  // namespace kith::identity::store
