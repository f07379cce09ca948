#include "notices/notices.hpp"

#include "notices/kinds.hpp"
#include "notices/wishes.hpp"

#include <limits>

namespace kith::notices {
namespace {

void announce(db::Tx& tx, MemberId member) { tx.changed({.kind = Change::Kind::notice, .member = member}); }

constexpr db::Sql already_told_sql = R"(
    select 1
    from notice
    where member_id = $1 and read_at_ms is null and kind = $2 and group_id = $3 and thread_id = $4
      and (persona_id = $5 or number = $6))";

constexpr db::Sql insert_notice_sql = R"(
    insert into notice (member_id, kind, group_id, thread_id, number, persona_id, created_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7))";

}  // namespace

bool is_told(db::ReadTx& tx, MemberId member, Kind kind, const About& about) {
    constexpr std::int64_t none = -1;
    const PersonaId from = gathers(kind) ? about.from : PersonaId(none);
    const std::int64_t number = gathers(kind) ? none : about.number;
    return tx.exists(already_told_sql, member, kind, about.group, about.thread, from, number);
}

void tell(db::Tx& tx, MemberId member, Kind kind, const About& about) {
    if (is_told(tx, member, kind, about)) return;
    const Wish wish = wish_of(tx, member);
    const Weight weight = weight_of(kind);
    if (wish.way == Way::important && weight == Weight::light) return;
    tx.run(insert_notice_sql, member, kind, about.group, about.thread, about.number, about.from, tx.now());
    const Haste haste = weight == Weight::danger || weight == Weight::account ? Haste::now : Haste::usual;
    if (kind != Kind::mail_paused && weight != Weight::account) plan_mail(tx, member, wish, haste);
    plan_push(tx, member, haste);
    announce(tx, member);
}

constexpr db::Sql mark_one_read_sql = R"(
    update notice
    set read_at_ms = $6
    where member_id = $1 and kind = $2 and group_id = $3 and thread_id = $4 and number = $5
      and read_at_ms is null)";

void tell_again(db::Tx& tx, MemberId member, Kind kind, const About& about) {
    tx.run(mark_one_read_sql, member, kind, about.group, about.thread, about.number, tx.now());
    tell(tx, member, kind, about);
}

constexpr db::Sql notices_before_sql = R"(
    select id, kind, group_id, thread_id, number, persona_id, created_at_ms, read_at_ms
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

constexpr db::Sql mark_read_in_sql = R"(
    update notice
    set read_at_ms = $3
    where member_id = $1 and thread_id = $2 and read_at_ms is null and kind in ('reply', 'mention'))";

void mark_read_in(db::Tx& tx, MemberId member, ThreadId thread) {
    if (tx.run(mark_read_in_sql, member, thread, tx.now()) > 0)
        tx.changed({.kind = Change::Kind::member, .member = member});
}

constexpr db::Sql mark_read_at_sql = R"(
    update notice
    set read_at_ms = $4
    where member_id = $1 and thread_id = $2 and number = $3 and read_at_ms is null)";

void mark_read_at(db::Tx& tx, MemberId member, PostId post) {
    if (tx.run(mark_read_at_sql, member, post.thread(), post.number(), tx.now()) > 0)
        tx.changed({.kind = Change::Kind::member, .member = member});
}

constexpr db::Sql settle_sql = R"(
    update notice
    set read_at_ms = $5
    where group_id = $2 and thread_id = $3 and number = $4 and kind = $1 and read_at_ms is null
      and kind in ('report', 'crisis', 'second_reading', 'appeal')
    returning member_id)";

constexpr db::Sql settle_waiting_sql = R"(
    update notice
    set read_at_ms = $3
    where group_id = $2 and kind = $1 and read_at_ms is null and kind in ('words_wait', 'danger_waits')
    returning member_id)";

void settle(db::Tx& tx, Kind kind, const About& about) {
    if (kind == Kind::words_wait || kind == Kind::danger_waits)
        for (const MemberId member : tx.all<MemberId>(settle_waiting_sql, kind, about.group, tx.now()))
            tx.changed({.kind = Change::Kind::member, .member = member});
    for (const MemberId member :
         tx.all<MemberId>(settle_sql, kind, about.group, about.thread, about.number, tx.now()))
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
