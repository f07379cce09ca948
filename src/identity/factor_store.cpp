#include "identity/factor_store.hpp"

namespace kith::identity::store {

// ---- apps with codes -----------------------------------------------------------------------------------

constexpr db::Sql code_app_sql = R"(
    select secret, created_at_ms, confirmed_at_ms
    from code_app
    where member_id = $1)";

std::optional<CodeAppRow> code_app(db::ReadTx& tx, MemberId member) {
    return tx.first<CodeAppRow>(code_app_sql, member);
}

constexpr db::Sql has_code_app_sql = R"(
    select 1
    from code_app
    where member_id = $1 and confirmed_at_ms is not null)";

bool has_code_app(db::ReadTx& tx, MemberId member) { return tx.exists(has_code_app_sql, member); }

constexpr db::Sql put_code_app_sql = R"(
    insert into code_app (member_id, secret, created_at_ms, last_step)
    values ($1, $2, $3, 0)
    on conflict (member_id) do update
    set secret = excluded.secret,
        created_at_ms = excluded.created_at_ms,
        confirmed_at_ms = null,
        last_step = 0)";

void put_code_app(db::Tx& tx, MemberId member, std::string_view secret) {
    tx.run(put_code_app_sql, member, secret, tx.now());
}

constexpr db::Sql confirm_code_app_sql = R"(
    update code_app
    set confirmed_at_ms = $2
    where member_id = $1)";

void confirm_code_app(db::Tx& tx, MemberId member) { tx.run(confirm_code_app_sql, member, tx.now()); }

constexpr db::Sql use_step_sql = R"(
    update code_app
    set last_step = $2
    where member_id = $1 and last_step < $2)";

bool use_step(db::Tx& tx, MemberId member, std::int64_t step) {
    return tx.run(use_step_sql, member, step) == 1;
}

constexpr db::Sql delete_code_app_sql = R"(
    delete from code_app
    where member_id = $1)";

bool delete_code_app(db::Tx& tx, MemberId member) { return tx.run(delete_code_app_sql, member) == 1; }

// ---- half sessions -------------------------------------------------------------------------------------

constexpr db::Sql insert_half_sql = R"(
    insert into half_session (token_digest, member_id, device, tries, expires_at_ms)
    values ($1, $2, $3, 0, $4))";

void insert_half(db::Tx& tx, std::string_view digest, MemberId member, std::string_view device,
                 Time expires) {
    tx.run(insert_half_sql, db::Blob{digest}, member, device, expires);
}

constexpr db::Sql half_session_sql = R"(
    select member_id, device, tries
    from half_session
    where token_digest = $1 and expires_at_ms > $2)";

std::optional<HalfRow> half_session(db::ReadTx& tx, std::string_view digest) {
    return tx.first<HalfRow>(half_session_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql count_half_try_sql = R"(
    update half_session
    set tries = tries + 1
    where token_digest = $1)";

void count_half_try(db::Tx& tx, std::string_view digest) { tx.run(count_half_try_sql, db::Blob{digest}); }

constexpr db::Sql delete_half_sql = R"(
    delete from half_session
    where token_digest = $1)";

void delete_half(db::Tx& tx, std::string_view digest) { tx.run(delete_half_sql, db::Blob{digest}); }

constexpr db::Sql delete_halves_sql = R"(
    delete from half_session
    where member_id = $1)";

void delete_halves(db::Tx& tx, MemberId member) { tx.run(delete_halves_sql, member); }

// ---- what a session has shown --------------------------------------------------------------------------

constexpr db::Sql set_second_factor_sql = R"(
    update session
    set second_factor = 1
    where id = $1)";

void set_second_factor(db::Tx& tx, SessionId session) { tx.run(set_second_factor_sql, session); }

constexpr db::Sql has_second_factor_sql = R"(
    select 1
    from session
    where id = $1 and second_factor = 1)";

bool has_second_factor(db::ReadTx& tx, SessionId session) {
    return tx.exists(has_second_factor_sql, session);
}

constexpr db::Sql clear_sessions_sql = R"(
    update session
    set second_factor = 0
    where member_id = $1 and ended_at_ms is null)";
constexpr db::Sql clear_tokens_sql = R"(
    update api_token
    set second_factor = 0
    where member_id = $1 and ended_at_ms is null)";

void clear_second_factors(db::Tx& tx, MemberId member) {
    tx.run(clear_sessions_sql, member);
    tx.run(clear_tokens_sql, member);
}

constexpr db::Sql set_confirmed_sql = R"(
    update session
    set confirmed_at_ms = $2
    where id = $1)";

void set_confirmed(db::Tx& tx, SessionId session) { tx.run(set_confirmed_sql, session, tx.now()); }

constexpr db::Sql confirmed_at_sql = R"(
    select confirmed_at_ms
    from session
    where id = $1 and ended_at_ms is null)";

Time confirmed_at(db::ReadTx& tx, SessionId session) {
    return tx.first<Time>(confirmed_at_sql, session).value_or(Time{});
}

// ---- passkeys ------------------------------------------------------------------------------------------

constexpr db::Sql passkeys_of_sql = R"(
    select id, member_id, name, credential_id, public_key, algorithm, user_handle, sign_count,
           created_at_ms, used_at_ms
    from passkey
    where member_id = $1
    order by id
    limit 50)";

std::vector<PasskeyRow> passkeys_of(db::ReadTx& tx, MemberId member) {
    return tx.all<PasskeyRow>(passkeys_of_sql, member);
}

constexpr db::Sql has_passkey_sql = R"(
    select 1
    from passkey
    where member_id = $1
    limit 1)";

bool has_passkey(db::ReadTx& tx, MemberId member) { return tx.exists(has_passkey_sql, member); }

constexpr db::Sql passkey_with_sql = R"(
    select id, member_id, name, credential_id, public_key, algorithm, user_handle, sign_count,
           created_at_ms, used_at_ms
    from passkey
    where credential_id = $1)";

std::optional<PasskeyRow> passkey_with(db::ReadTx& tx, std::string_view credential_id) {
    return tx.first<PasskeyRow>(passkey_with_sql, credential_id);
}

constexpr db::Sql insert_passkey_sql = R"(
    insert into passkey (member_id, name, credential_id, public_key, algorithm, user_handle, sign_count,
                         created_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict do nothing)";

bool insert_passkey(db::Tx& tx, const PasskeyRow& passkey) {
    return tx.run(insert_passkey_sql, passkey.member, passkey.name, passkey.credential_id, passkey.public_key,
                  passkey.algorithm, passkey.user_handle, passkey.sign_count, tx.now()) == 1;
}

constexpr db::Sql note_use_sql = R"(
    update passkey
    set sign_count = $2,
        used_at_ms = $3
    where id = $1)";

void note_use(db::Tx& tx, PasskeyId passkey, std::int64_t sign_count) {
    tx.run(note_use_sql, passkey, sign_count, tx.now());
}

constexpr db::Sql rename_passkey_sql = R"(
    update passkey
    set name = $3
    where id = $2 and member_id = $1)";

bool rename_passkey(db::Tx& tx, MemberId member, PasskeyId passkey, std::string_view name) {
    return tx.run(rename_passkey_sql, member, passkey, name) == 1;
}

constexpr db::Sql delete_passkey_sql = R"(
    delete from passkey
    where id = $2 and member_id = $1)";

bool delete_passkey(db::Tx& tx, MemberId member, PasskeyId passkey) {
    return tx.run(delete_passkey_sql, member, passkey) == 1;
}

constexpr db::Sql insert_challenge_sql = R"(
    insert into passkey_challenge (challenge_digest, member_id, user_handle, expires_at_ms)
    values ($1, $2, $3, $4))";

void insert_challenge(db::Tx& tx, std::string_view digest, const ChallengeRow& challenge, Time expires) {
    tx.run(insert_challenge_sql, db::Blob{digest}, challenge.member, challenge.user_handle, expires);
}

constexpr db::Sql use_challenge_sql = R"(
    delete from passkey_challenge
    where challenge_digest = $1 and expires_at_ms > $2
    returning member_id, user_handle)";

std::optional<ChallengeRow> use_challenge(db::Tx& tx, std::string_view digest) {
    return tx.first<ChallengeRow>(use_challenge_sql, db::Blob{digest}, tx.now());
}

// ---- the keys of each day ------------------------------------------------------------------------------

constexpr db::Sql daily_key_sql = R"(
    select secret
    from daily_key
    where day = $1)";

std::optional<std::string> daily_key(db::ReadTx& tx, std::int64_t day) {
    return tx.first<std::string>(daily_key_sql, day);
}

constexpr db::Sql insert_daily_key_sql = R"(
    insert into daily_key (day, secret)
    values ($1, $2)
    on conflict do nothing)";

void insert_daily_key(db::Tx& tx, std::int64_t day, std::string_view secret) {
    tx.run(insert_daily_key_sql, day, secret);
}

constexpr db::Sql delete_old_halves_sql = R"(
    delete from half_session
    where expires_at_ms < $1)";
constexpr db::Sql delete_old_challenges_sql = R"(
    delete from passkey_challenge
    where expires_at_ms < $1)";
constexpr db::Sql delete_old_keys_sql = R"(
    delete from daily_key
    where day < $1)";

void delete_old_factors(db::Tx& tx, std::int64_t first_day) {
    tx.run(delete_old_halves_sql, tx.now());
    tx.run(delete_old_challenges_sql, tx.now());
    tx.run(delete_old_keys_sql, first_day);
}

}  // namespace kith::identity::store
