#include "replies/replies.hpp"

namespace kith::replies::store {

constexpr db::Sql list_sql = R"(
    select id, name, words
    from reply_template
    order by name, id)";

std::vector<Reply> list(db::ReadTx& tx) { return tx.all<Reply>(list_sql); }

constexpr db::Sql insert_sql = R"(
    insert into reply_template (name, words)
    values ($1, $2)
    returning id)";

std::int64_t insert(db::Tx& tx, const Reply& reply) {
    return tx.one<std::int64_t>(insert_sql, reply.name, reply.words);
}

constexpr db::Sql update_sql = R"(
    update reply_template
    set name = $2,
        words = $3
    where id = $1)";

bool update(db::Tx& tx, const Reply& reply) {
    return tx.run(update_sql, reply.id, reply.name, reply.words) > 0;
}

constexpr db::Sql remove_sql = R"(
    delete from reply_template
    where id = $1)";

bool remove(db::Tx& tx, std::int64_t id) { return tx.run(remove_sql, id) > 0; }

}  // namespace kith::replies::store
