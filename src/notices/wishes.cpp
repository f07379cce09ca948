#include "notices/wishes.hpp"

#include "platform/jobs/jobs.hpp"
#include "platform/zone/zone.hpp"

namespace kith::notices {
namespace {

constexpr std::int64_t gather_ms = minute_ms;            // more may come at once
constexpr std::int64_t given_up_after_ms = 3 * hour_ms;  // longer than a job is tried
constexpr int most_in_a_mail = 50;

struct WishRow {
    Way way = Way::site;
    std::int64_t hour = 0, weekday = 0, quiet_from = 0, quiet_until = 0;
    std::string zone;
    bool tells_more = false, answers = false;
    std::optional<Time> due;
    std::int64_t mailed = 0;
};

constexpr db::Sql wish_sql = R"(
    select way, hour, weekday, quiet_from, quiet_until, zone, tells_more, answers, due_at_ms, mailed_id
    from notice_wish
    where member_id = $1)";

std::optional<WishRow> find(db::ReadTx& tx, MemberId member) { return tx.first<WishRow>(wish_sql, member); }

Wish wish_in(const WishRow& row) {
    return {.way = row.way,
            .hour = row.hour,
            .weekday = row.weekday,
            .quiet_from = row.quiet_from,
            .quiet_until = row.quiet_until,
            .zone = row.zone,
            .tells_more = row.tells_more,
            .answers = row.answers};
}

bool is_quiet(const Wish& wish, int hour) {
    if (wish.quiet_from <= wish.quiet_until) return hour >= wish.quiet_from && hour < wish.quiet_until;
    return hour >= wish.quiet_from || hour < wish.quiet_until;
}

constexpr db::Sql set_due_sql = R"(
    update notice_wish
    set due_at_ms = $2
    where member_id = $1)";

void let_mail_go(db::Tx& tx, MemberId member, Time due) {
    tx.run(set_due_sql, member, due);
    jobs::enqueue(tx, "mail", std::to_string(member.value()), due);
}

}  // namespace

Wish wish_of(db::ReadTx& tx, MemberId member) {
    const auto row = find(tx, member);
    return row ? wish_in(*row) : Wish();
}

Time mail_time(const Wish& wish, Time now) {
    const int hour = static_cast<int>(wish.hour);
    if (wish.way == Way::daily) return zone::next_hour(wish.zone, hour, now);
    if (wish.way == Way::weekly) return zone::next_hour(wish.zone, static_cast<int>(wish.weekday), hour, now);
    const Time soon = now + gather_ms;
    if (!is_quiet(wish, zone::local(wish.zone, soon).hour)) return soon;
    return zone::next_hour(wish.zone, static_cast<int>(wish.quiet_until), soon);
}

void plan_mail(db::Tx& tx, MemberId member, const Wish& wish, Haste haste) {
    if (haste == Haste::now && !by_mail(wish.way))
        return jobs::enqueue(tx, danger_mail_job, std::to_string(member.value()), tx.now());
    if (!by_mail(wish.way)) return;
    if (haste == Haste::now) return let_mail_go(tx, member, tx.now());
    const auto row = find(tx, member);
    const bool is_on_its_way = row && row->due && tx.now() - *row->due < given_up_after_ms;
    if (!is_on_its_way) let_mail_go(tx, member, mail_time(wish, tx.now()));
}

constexpr db::Sql set_wish_sql = R"(
    insert into notice_wish (member_id, way, hour, weekday, quiet_from, quiet_until, zone, tells_more, answers,
                             mailed_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (member_id) do update
    set way = excluded.way,
        hour = excluded.hour,
        weekday = excluded.weekday,
        quiet_from = excluded.quiet_from,
        quiet_until = excluded.quiet_until,
        zone = excluded.zone,
        tells_more = excluded.tells_more,
        answers = excluded.answers,
        due_at_ms = null,
        mailed_id = excluded.mailed_id)";

constexpr db::Sql newest_sql = R"(
    select id
    from notice
    where member_id = $1
    order by id desc
    limit 1)";

// Whoever begins to get mails is not told of what was there before.
void set_wish(db::Tx& tx, MemberId member, const Wish& wish) {
    const auto before = find(tx, member);
    const bool begins = by_mail(wish.way) && (!before || !by_mail(before->way));
    const std::int64_t mailed = begins               ? tx.first<std::int64_t>(newest_sql, member).value_or(0)
                                : before.has_value() ? before->mailed
                                                     : 0;
    tx.run(set_wish_sql, member, wish.way, wish.hour, wish.weekday, wish.quiet_from, wish.quiet_until,
           wish.zone, wish.tells_more, wish.answers, mailed);
    if (before && before->due && by_mail(wish.way)) let_mail_go(tx, member, mail_time(wish, tx.now()));
}

constexpr db::Sql unmailed_sql = R"(
    select id, kind, group_id, thread_id, number, persona_id, created_at_ms, read_at_ms
    from notice
    where member_id = $1 and id > $2 and read_at_ms is null
      and kind not in ('mail_paused', 'coming_back', 'came_back')
    order by id desc
    limit $3)";

std::optional<Mail> due_mail(db::ReadTx& tx, MemberId member) {
    const auto row = find(tx, member);
    if (!row || !row->due || tx.now() < *row->due) return std::nullopt;
    return Mail{wish_in(*row), tx.all<Notice>(unmailed_sql, member, row->mailed, most_in_a_mail)};
}

constexpr db::Sql end_mail_sql = R"(
    update notice_wish
    set due_at_ms = null,
        mailed_id = case when mailed_id < $2 then $2 else mailed_id end
    where member_id = $1)";

void end_mail(db::Tx& tx, MemberId member, std::int64_t last) { tx.run(end_mail_sql, member, last); }

// ---- signals on devices --------------------------------------------------------------------------------

constexpr db::Sql want_push_sql = R"(
    insert into push_wish (member_id)
    values ($1)
    on conflict do nothing)";
constexpr db::Sql want_no_push_sql = R"(
    delete from push_wish
    where member_id = $1)";

void set_push(db::Tx& tx, MemberId member, bool wanted) {
    tx.run(wanted ? want_push_sql : want_no_push_sql, member);
}

namespace {

struct PushRow {
    std::optional<Time> due;
};

constexpr db::Sql push_sql = R"(
    select due_at_ms
    from push_wish
    where member_id = $1)";

constexpr db::Sql set_push_due_sql = R"(
    update push_wish
    set due_at_ms = $2
    where member_id = $1)";

// Whoever has chosen nothing has no quiet hours.
Time push_time(const std::optional<WishRow>& row, Time now) {
    if (!row || !is_quiet(wish_in(*row), zone::local(row->zone, now).hour)) return now;
    return zone::next_hour(row->zone, static_cast<int>(row->quiet_until), now);
}

}  // namespace

void plan_push(db::Tx& tx, MemberId member, Haste haste) {
    const auto row = tx.first<PushRow>(push_sql, member);
    const bool is_on_its_way = row && row->due && tx.now() - *row->due < given_up_after_ms;
    if (!row || (is_on_its_way && haste == Haste::usual)) return;
    const Time due = haste == Haste::now ? tx.now() : push_time(find(tx, member), tx.now());
    tx.run(set_push_due_sql, member, due);
    const jobs::Lane lane = haste == Haste::now ? jobs::Lane::urgent : jobs::Lane::usual;
    jobs::enqueue(tx, "push", std::to_string(member.value()), due, lane);
}

bool is_push_due(db::ReadTx& tx, MemberId member) {
    const auto row = tx.first<PushRow>(push_sql, member);
    return row && row->due && *row->due <= tx.now();
}

constexpr db::Sql end_push_sql = R"(
    update push_wish
    set due_at_ms = null
    where member_id = $1)";

void end_push(db::Tx& tx, MemberId member) { tx.run(end_push_sql, member); }

}  // namespace kith::notices
