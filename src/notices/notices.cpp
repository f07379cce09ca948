#include "notices/notices.hpp"

#include <limits>

namespace kith::notices {
namespace {

void announce(db::Tx& tx, MemberId member) { tx.changed({.kind = Change::Kind::notice, .member = member}); }

template <class Number>
std::optional<Number> if_set(Number number) {
    return number == Number{} ? std::nullopt : std::optional(number);
}

constexpr db::Sql already_told_sql = R"(
    select 1
    from notice
    where member_id = $1 and read_at_ms is null and kind = $2
      and coalesce(group_id, 0) = $3 and coalesce(thread_id, 0) = $4 and coalesce(number, 0) = $5)";

constexpr db::Sql insert_notice_sql = R"(
    insert into notice (member_id, kind, group_id, thread_id, number, persona_id, created_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7))";

}  // namespace

void tell(db::Tx& tx, MemberId member, Kind kind, const About& about) {
    if (tx.exists(already_told_sql, member, kind, about.group, about.thread, about.number)) return;
    tx.run(insert_notice_sql, member, kind, if_set(about.group), if_set(about.thread), if_set(about.number),
           if_set(about.from), tx.now());
    announce(tx, member);
}

constexpr db::Sql notices_before_sql = R"(
    select id, kind, coalesce(group_id, 0), coalesce(thread_id, 0), coalesce(number, 0),
           coalesce(persona_id, 0), created_at_ms, read_at_ms
    from notice
    where member_id = $1 and id < $2
    order by id desc
    limit $3)";

std::vector<Notice> list_for(db::ReadTx& tx, MemberId member, std::int64_t before, int limit) {
    constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();
    return tx.all<Notice>(notices_before_sql, member, before == 0 ? newest : before, limit);
}

constexpr db::Sql any_unread_sql = R"(
    select 1
    from notice
    where member_id = $1 and read_at_ms is null
    limit 1)";

bool any_unread(db::ReadTx& tx, MemberId member) { return tx.exists(any_unread_sql, member); }

constexpr db::Sql mark_all_read_sql = R"(
    update notice
    set read_at_ms = $2
    where member_id = $1 and read_at_ms is null)";

void mark_all_read(db::Tx& tx, MemberId member) {
    // No news: open pages need not hear of it.
    if (tx.run(mark_all_read_sql, member, tx.now()) > 0)
        tx.changed({.kind = Change::Kind::member, .member = member});
}

constexpr db::Sql mark_read_from_sql = R"(
    update notice
    set read_at_ms = $3
    where member_id = $1 and persona_id = $2 and number > 0 and read_at_ms is null)";

void mark_read_from(db::Tx& tx, MemberId member, PersonaId from) {
    if (tx.run(mark_read_from_sql, member, from, tx.now()) > 0) announce(tx, member);
}

}  // namespace kith::notices
