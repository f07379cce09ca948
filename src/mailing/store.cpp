#include "mailing/store.hpp"

namespace kith::mailing::store {

constexpr db::Sql link_key_sql = R"(
    select link_key
    from mail_key)";

std::optional<std::string> link_key(db::ReadTx& tx) { return tx.first<std::string>(link_key_sql); }

constexpr db::Sql insert_link_key_sql = R"(
    insert into mail_key (id, link_key)
    values (1, $1)
    on conflict do nothing)";

void insert_link_key(db::Tx& tx, std::string_view key) { tx.run(insert_link_key_sql, db::Blob{key}); }

// ---- answers -------------------------------------------------------------------------------------------

constexpr db::Sql put_answer_address_sql = R"(
    insert into answer_address (member_id, thread_id, number, digest, voice, made_at_ms)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (member_id, thread_id, number) do update
    set digest = excluded.digest,
        voice = excluded.voice,
        made_at_ms = excluded.made_at_ms)";

void put_answer_address(db::Tx& tx, const AnswerAddress& address, std::string_view digest) {
    tx.run(put_answer_address_sql, address.member, address.post.thread(), address.post.number(),
           db::Blob{digest}, address.voice, tx.now());
}

constexpr db::Sql set_answer_offered_sql = R"(
    update answer_address
    set sent_at_ms = $4
    where member_id = $1 and thread_id = $2 and number = $3)";

void set_answer_offered(db::Tx& tx, MemberId member, PostId post) {
    tx.run(set_answer_offered_sql, member, post.thread(), post.number(), tx.now());
}

constexpr db::Sql was_answer_offered_sql = R"(
    select 1
    from answer_address
    where member_id = $1 and thread_id = $2 and number = $3 and sent_at_ms is not null)";

bool was_answer_offered(db::ReadTx& tx, MemberId member, PostId post) {
    return tx.exists(was_answer_offered_sql, member, post.thread(), post.number());
}

namespace {

struct AnswerAddressRow {
    MemberId member;
    ThreadId thread;
    std::int64_t number = 0;
    conversation::Voice voice = conversation::Voice::name;
};

}  // namespace

constexpr db::Sql find_answer_address_sql = R"(
    select member_id, thread_id, number, voice
    from answer_address
    where digest = $1 and made_at_ms > $2)";

std::optional<AnswerAddress> find_answer_address(db::ReadTx& tx, std::string_view digest, Time since) {
    const auto row = tx.first<AnswerAddressRow>(find_answer_address_sql, db::Blob{digest}, since);
    if (!row) return std::nullopt;
    return AnswerAddress{row->member, PostId(row->thread, row->number), row->voice};
}

constexpr db::Sql was_answered_sql = R"(
    select 1
    from answered_mail
    where digest = $1)";

bool was_answered(db::ReadTx& tx, std::string_view digest) {
    return tx.exists(was_answered_sql, db::Blob{digest});
}

constexpr db::Sql insert_answered_sql = R"(
    insert into answered_mail (digest, member_id, answered_at_ms)
    values ($1, $2, $3))";

void insert_answered(db::Tx& tx, std::string_view digest, MemberId member) {
    tx.run(insert_answered_sql, db::Blob{digest}, member, tx.now());
}

constexpr db::Sql answers_since_sql = R"(
    select count(*)
    from answered_mail
    where member_id = $1 and answered_at_ms > $2)";

std::int64_t answers_since(db::ReadTx& tx, MemberId member, Time since) {
    return tx.one<std::int64_t>(answers_since_sql, member, since);
}

constexpr db::Sql delete_old_addresses_sql = R"(
    delete from answer_address
    where made_at_ms < $1)";
constexpr db::Sql delete_old_answers_sql = R"(
    delete from answered_mail
    where answered_at_ms < $1)";

void delete_answers_before(db::Tx& tx, Time time) {
    tx.run(delete_old_addresses_sql, time);
    tx.run(delete_old_answers_sql, time);
}

}  // namespace kith::mailing::store
