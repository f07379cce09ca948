#include "identity/store.hpp"

namespace kith::identity::store {

// ---- sessions ----------------------------------------------------------------------------------------

constexpr db::Sql insert_session_sql = R"(
    insert into session (member_id, token_digest, form_token, device, created_at_ms, seen_at_ms,
                         expires_at_ms, second_factor)
    values ($1, $2, $3, $4, $5, $5, $6, $7))";

void insert_session(db::Tx& tx, const NewSession& session) {
    tx.run(insert_session_sql, session.member, db::Blob{session.digest}, session.form_token, session.device,
           tx.now(), session.expires, session.second_factor);
}

constexpr db::Sql session_member_sql = R"(
    select member_id
    from session
    where token_digest = $1 and ended_at_ms is null and expires_at_ms > $2)";

std::optional<MemberId> session_member(db::ReadTx& tx, std::string_view digest) {
    return tx.first<MemberId>(session_member_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql session_stands_sql = R"(
    select 1
    from session
    where id = $1 and ended_at_ms is null and expires_at_ms > $2)";

bool session_stands(db::ReadTx& tx, SessionId session) {
    return tx.exists(session_stands_sql, session, tx.now());
}

constexpr db::Sql find_session_sql = R"(
    select s.id, s.member_id, s.form_token, s.seen_at_ms, s.expires_at_ms, p.name,
           m.language, m.theme, m.view, m.keys, m.country, s.second_factor, s.confirmed_at_ms
    from session s
    join member m on m.id = s.member_id
    join persona p on p.member_id = s.member_id and p.group_id is null
    where s.token_digest = $1 and s.ended_at_ms is null and s.expires_at_ms > $2)";

std::optional<SessionRow> find_session(db::ReadTx& tx, std::string_view digest) {
    return tx.first<SessionRow>(find_session_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql touch_session_sql = R"(
    update session
    set seen_at_ms = $2
    where id = $1 and seen_at_ms < $2)";

void touch_session(db::Tx& tx, SessionId session) { tx.run(touch_session_sql, session, tx.now()); }

constexpr db::Sql sessions_of_sql = R"(
    select id, device, created_at_ms, seen_at_ms
    from session
    where member_id = $1 and ended_at_ms is null and expires_at_ms > $2
    order by seen_at_ms desc, id desc
    limit 100)";

std::vector<OpenSession> sessions_of(db::ReadTx& tx, MemberId member) {
    return tx.all<OpenSession>(sessions_of_sql, member, tx.now());
}

constexpr db::Sql end_session_sql = R"(
    update session
    set ended_at_ms = $3
    where id = $2 and member_id = $1 and ended_at_ms is null)";

bool end_session(db::Tx& tx, MemberId member, SessionId session) {
    return tx.run(end_session_sql, member, session, tx.now()) == 1;
}

constexpr db::Sql end_session_of_anyone_sql = R"(
    update session
    set ended_at_ms = $2
    where id = $1 and ended_at_ms is null
    returning member_id)";

std::optional<MemberId> end_session_of_anyone(db::Tx& tx, SessionId session) {
    return tx.first<MemberId>(end_session_of_anyone_sql, session, tx.now());
}

constexpr db::Sql end_sessions_sql = R"(
    update session
    set ended_at_ms = $3
    where member_id = $1 and ended_at_ms is null and id <> $2)";

void end_sessions(db::Tx& tx, MemberId member, SessionId but) {
    tx.run(end_sessions_sql, member, but, tx.now());
}

constexpr db::Sql delete_sessions_before_sql = R"(
    delete from session
    where expires_at_ms < $1 or ended_at_ms < $1)";

void delete_sessions_before(db::Tx& tx, Time time) { tx.run(delete_sessions_before_sql, time); }

// ---- tokens ------------------------------------------------------------------------------------------

constexpr db::Sql insert_token_sql = R"(
    insert into api_token (member_id, name, token_digest, scope, created_at_ms, expires_at_ms,
                           second_factor)
    values ($1, $2, $3, $4, $5, $6, $7))";

void insert_token(db::Tx& tx, MemberId member, const Token& token, std::string_view digest,
                  bool second_factor) {
    tx.run(insert_token_sql, member, token.name, db::Blob{digest}, token.scope, token.created_at,
           token.expires_at, second_factor);
}

constexpr db::Sql token_member_sql = R"(
    select member_id
    from api_token
    where token_digest = $1 and ended_at_ms is null and expires_at_ms > $2)";

std::optional<MemberId> token_member(db::ReadTx& tx, std::string_view digest) {
    return tx.first<MemberId>(token_member_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql find_token_sql = R"(
    select t.member_id, t.scope, t.expires_at_ms, p.name, m.language, m.theme, m.view, m.keys,
           m.country, t.second_factor
    from api_token t
    join member m on m.id = t.member_id
    join persona p on p.member_id = t.member_id and p.group_id is null
    where t.token_digest = $1 and t.ended_at_ms is null and t.expires_at_ms > $2)";

std::optional<TokenRow> find_token(db::ReadTx& tx, std::string_view digest) {
    return tx.first<TokenRow>(find_token_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql tokens_of_sql = R"(
    select id, name, scope, created_at_ms, expires_at_ms
    from api_token
    where member_id = $1 and ended_at_ms is null and expires_at_ms > $2
    order by id desc
    limit 100)";

std::vector<Token> tokens_of(db::ReadTx& tx, MemberId member) {
    return tx.all<Token>(tokens_of_sql, member, tx.now());
}

constexpr db::Sql end_token_sql = R"(
    update api_token
    set ended_at_ms = $3
    where id = $2 and member_id = $1 and ended_at_ms is null)";

bool end_token(db::Tx& tx, MemberId member, TokenId token) {
    return tx.run(end_token_sql, member, token, tx.now()) == 1;
}

constexpr db::Sql end_tokens_sql = R"(
    update api_token
    set ended_at_ms = $2
    where member_id = $1 and ended_at_ms is null)";

void end_tokens(db::Tx& tx, MemberId member) {
    tx.run(end_tokens_sql, member, tx.now());
    delete_feed_key(tx, member);
}

// ---- the key of a feed -------------------------------------------------------------------------------

constexpr db::Sql find_feed_key_sql = R"(
    select member_id, language
    from feed_key
    where key_digest = $1)";

std::optional<FeedKey> find_feed_key(db::ReadTx& tx, std::string_view digest) {
    return tx.first<FeedKey>(find_feed_key_sql, db::Blob{digest});
}

constexpr db::Sql feed_key_made_at_sql = R"(
    select made_at_ms
    from feed_key
    where member_id = $1)";

std::optional<Time> feed_key_made_at(db::ReadTx& tx, MemberId member) {
    return tx.first<Time>(feed_key_made_at_sql, member);
}

constexpr db::Sql put_feed_key_sql = R"(
    insert into feed_key (member_id, key_digest, language, made_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id) do update
    set key_digest = excluded.key_digest,
        language = excluded.language,
        made_at_ms = excluded.made_at_ms)";

void put_feed_key(db::Tx& tx, MemberId member, std::string_view digest, Language language) {
    tx.run(put_feed_key_sql, member, db::Blob{digest}, language, tx.now());
}

constexpr db::Sql delete_feed_key_sql = R"(
    delete from feed_key
    where member_id = $1)";

void delete_feed_key(db::Tx& tx, MemberId member) { tx.run(delete_feed_key_sql, member); }

// ---- recovery and claim codes ------------------------------------------------------------------------

constexpr db::Sql insert_recovery_code_sql = R"(
    insert into recovery_code (member_id, code_digest, created_at_ms, expires_at_ms)
    values ($1, $2, $3, $4))";

void insert_recovery_code(db::Tx& tx, MemberId member, std::string_view digest, std::optional<Time> expires) {
    tx.run(insert_recovery_code_sql, member, db::Blob{digest}, tx.now(), expires);
}

constexpr db::Sql use_recovery_code_sql = R"(
    update recovery_code
    set used_at_ms = $3
    where member_id = $1 and code_digest = $2 and used_at_ms is null
      and (expires_at_ms is null or expires_at_ms > $3))";

bool use_recovery_code(db::Tx& tx, MemberId member, std::string_view digest) {
    return tx.run(use_recovery_code_sql, member, db::Blob{digest}, tx.now()) == 1;
}

constexpr db::Sql delete_reset_codes_sql = R"(
    delete from recovery_code
    where member_id = $1 and expires_at_ms is not null)";

void delete_reset_codes(db::Tx& tx, MemberId member) { tx.run(delete_reset_codes_sql, member); }

constexpr db::Sql delete_recovery_codes_sql = R"(
    delete from recovery_code
    where member_id = $1)";

void delete_recovery_codes(db::Tx& tx, MemberId member) { tx.run(delete_recovery_codes_sql, member); }

constexpr db::Sql unused_recovery_codes_sql = R"(
    select count(*)
    from recovery_code
    where member_id = $1 and used_at_ms is null and expires_at_ms is null)";

std::int64_t unused_recovery_codes(db::ReadTx& tx, MemberId member) {
    return tx.one<std::int64_t>(unused_recovery_codes_sql, member);
}

constexpr db::Sql insert_claim_code_sql = R"(
    insert into claim_code (code_digest, member_id, created_at_ms, expires_at_ms)
    values ($1, $2, $3, $4))";

void insert_claim_code(db::Tx& tx, MemberId member, std::string_view digest, Time expires) {
    tx.run(insert_claim_code_sql, db::Blob{digest}, member, tx.now(), expires);
}

constexpr db::Sql use_claim_code_sql = R"(
    update claim_code
    set used_at_ms = $2
    where code_digest = $1 and used_at_ms is null and expires_at_ms > $2
    returning member_id)";

std::optional<MemberId> use_claim_code(db::Tx& tx, std::string_view digest) {
    return tx.first<MemberId>(use_claim_code_sql, db::Blob{digest}, tx.now());
}

constexpr db::Sql delete_claim_codes_sql = R"(
    delete from claim_code
    where member_id = $1)";

void delete_claim_codes(db::Tx& tx, MemberId member) { tx.run(delete_claim_codes_sql, member); }

// ---- tries to sign in --------------------------------------------------------------------------------

constexpr db::Sql insert_attempt_sql = R"(
    insert into attempt (key_digest, at_ms)
    values ($1, $2))";

void insert_attempt(db::Tx& tx, std::string_view key_digest) {
    tx.run(insert_attempt_sql, db::Blob{key_digest}, tx.now());
}

constexpr db::Sql tries_since_sql = R"(
    select count(*), coalesce(max(at_ms), 0)
    from attempt
    where key_digest in ($1, $2) and at_ms > $3)";

Tries tries_since(db::ReadTx& tx, std::string_view key_digest, std::string_view or_digest, Time since) {
    return tx.one<Tries>(tries_since_sql, db::Blob{key_digest}, db::Blob{or_digest}, since);
}

constexpr db::Sql delete_attempts_before_sql = R"(
    delete from attempt
    where at_ms < $1)";

void delete_attempts_before(db::Tx& tx, Time time) { tx.run(delete_attempts_before_sql, time); }

}  // namespace kith::identity::store
