#include "pictures/store.hpp"

namespace kith::pictures::store {

constexpr db::Sql find_sql = R"(
    select group_id, member_id, hidden
    from picture
    where picture_key = $1)";

std::optional<Place> find(db::ReadTx& tx, std::string_view key) { return tx.first<Place>(find_sql, key); }

constexpr db::Sql webp_sql = R"(
    select webp
    from picture
    where picture_key = $1)";

std::string webp(db::ReadTx& tx, std::string_view key) { return tx.one<std::string>(webp_sql, key); }

constexpr db::Sql insert_sql = R"(
    insert into picture (picture_key, group_id, member_id, webp, width, height, added_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7))";

void insert(db::Tx& tx, std::string_view key, GroupId group, MemberId member, const picture::Recoded& made) {
    tx.run(insert_sql, key, group, member, db::Blob{made.webp}, made.width, made.height, tx.now());
}

constexpr db::Sql attach_sql = R"(
    update picture
    set post_id = $4,
        member_id = null
    where picture_key = $1 and group_id = $2 and member_id = $3)";

void attach(db::Tx& tx, std::string_view key, GroupId group, MemberId member, PostId post) {
    tx.run(attach_sql, key, group, member, post);
}

constexpr db::Sql keys_sql = R"(
    select picture_key
    from picture
    where post_id = $1)";

std::vector<std::string> keys_of(db::ReadTx& tx, PostId post) { return tx.all<std::string>(keys_sql, post); }

constexpr db::Sql set_hidden_sql = R"(
    update picture
    set hidden = $2
    where picture_key = $1 and hidden <> $2)";

void set_hidden(db::Tx& tx, std::string_view key, bool hidden) { tx.run(set_hidden_sql, key, hidden); }

constexpr db::Sql remove_waiting_beyond_sql = R"(
    delete from picture
    where picture_key in (select picture_key
                          from picture
                          where member_id = $1
                          order by added_at_ms desc, picture_key
                          limit 1000 offset $2))";

void remove_waiting_beyond(db::Tx& tx, MemberId member, int kept) {
    tx.run(remove_waiting_beyond_sql, member, kept);
}

constexpr db::Sql remove_waiting_sql = R"(
    delete from picture
    where member_id is not null and added_at_ms < $1)";

void remove_waiting_before(db::Tx& tx, Time time) { tx.run(remove_waiting_sql, time); }

}  // namespace kith::pictures::store
