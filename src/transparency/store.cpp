#include "transparency/store.hpp"

namespace kith::transparency::store {

constexpr db::Sql posts_sql = R"(
    select count(*)
    from post
    where created_at_ms >= $1 and created_at_ms < $2)";

std::int64_t posts(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(posts_sql, period.from, period.until);
}

constexpr db::Sql writers_sql = R"(
    select count(distinct a.member_id)
    from post p
    join persona a on a.id = p.author_id
    where p.created_at_ms >= $1 and p.created_at_ms < $2)";

std::int64_t writers(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(writers_sql, period.from, period.until);
}

constexpr db::Sql reports_sql = R"(
    select reason, by_member, case when rule <> '' then 1 else 0 end, count(*)
    from report
    where filed_at_ms >= $1 and filed_at_ms < $2
    group by reason, by_member, case when rule <> '' then 1 else 0 end)";

std::vector<Facts::Reports> reports(db::ReadTx& tx, const Period& period) {
    return tx.all<Facts::Reports>(reports_sql, period.from, period.until);
}

constexpr db::Sql opened_sql = R"(
    select c.worst, c.opened_at_ms,
           (select min(e.happened_at_ms)
            from case_event e
            where e.case_id = c.id and e.actor_id is not null),
           c.decided_at_ms,
           case when exists (select 1
                             from escalation e
                             where e.case_id = c.id) then 1 else 0 end,
           c.group_id
    from safety_case c
    where c.opened_at_ms >= $1 and c.opened_at_ms < $2
      and exists (select 1
                  from report r
                  where r.case_id = c.id))";

std::vector<Facts::Opened> opened(db::ReadTx& tx, const Period& period) {
    return tx.all<Facts::Opened>(opened_sql, period.from, period.until);
}

constexpr db::Sql escalations_sql = R"(
    select count(*)
    from escalation
    where told_at_ms >= $1 and told_at_ms < $2)";

std::int64_t escalations(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(escalations_sql, period.from, period.until);
}

constexpr db::Sql decided_sql = R"(
    select c.outcome, count(*)
    from safety_case c
    where c.decided_at_ms >= $1 and c.decided_at_ms < $2
      and exists (select 1
                  from report r
                  where r.case_id = c.id)
    group by c.outcome)";

std::vector<Facts::Decided> decided(db::ReadTx& tx, const Period& period) {
    return tx.all<Facts::Decided>(decided_sql, period.from, period.until);
}

constexpr db::Sql done_about_posts_sql = R"(
    select count(*)
    from safety_case c
    where c.decided_at_ms >= $1 and c.decided_at_ms < $2 and c.outcome <> 'nothing' and c.post_id > 0
      and exists (select 1
                  from report r
                  where r.case_id = c.id))";

std::int64_t done_about_posts(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(done_about_posts_sql, period.from, period.until);
}

// Not against a thread that was closed without a report: such closings are not among what could be asked about.
constexpr db::Sql asked_again_sql = R"(
    select count(*)
    from safety_case c
    join appeal a on a.case_id = c.id
    where c.decided_at_ms >= $1 and c.decided_at_ms < $2
      and (c.outcome <> 'closed' or exists (select 1
                                            from report r
                                            where r.case_id = c.id)))";

std::int64_t asked_again(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(asked_again_sql, period.from, period.until);
}

constexpr db::Sql case_events_sql = R"(
    select count(*)
    from case_event
    where kind = $3 and happened_at_ms >= $1 and happened_at_ms < $2)";

std::int64_t case_events(db::ReadTx& tx, const Period& period, safeguarding::Step step) {
    return tx.one<std::int64_t>(case_events_sql, period.from, period.until, step);
}

// A decision removes the post in the same transaction, at the same moment; what is opened again later keeps that event.
constexpr db::Sql removals_without_report_sql = R"(
    select count(*)
    from post_removal m
    where m.own = 0 and m.removed_at_ms >= $1 and m.removed_at_ms < $2
      and not exists (select 1
                      from safety_case c
                      join case_event d on d.case_id = c.id
                      where c.post_id = m.post_id and d.kind = 'decided' and d.happened_at_ms = m.removed_at_ms
                        and exists (select 1
                                    from report r
                                    where r.case_id = c.id))
      and not exists (select 1
                      from case_event e
                      join safety_case c on c.id = e.case_id
                      where c.post_id = m.post_id and e.kind = 'hidden' and e.happened_at_ms = m.removed_at_ms))";

std::int64_t removals_without_report(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(removals_without_report_sql, period.from, period.until);
}

constexpr db::Sql holds_by_host_sql = R"(
    select count(*)
    from suspension
    where case_id is null and from_ms >= $1 and from_ms < $2)";

std::int64_t holds_by_host(db::ReadTx& tx, const Period& period) {
    return tx.one<std::int64_t>(holds_by_host_sql, period.from, period.until);
}

constexpr db::Sql appeals_sql = R"(
    select filed_at_ms, outcome, decided_at_ms
    from appeal
    where filed_at_ms >= $1 and filed_at_ms < $2)";

std::vector<Facts::Appealed> appeals(db::ReadTx& tx, const Period& period) {
    return tx.all<Facts::Appealed>(appeals_sql, period.from, period.until);
}

// ---- the host's number, and what was published ---------------------------------------------------------------

constexpr db::Sql least_sql = R"(
    select least
    from transparency_rule
    where id = 1)";

std::int64_t least(db::ReadTx& tx) { return tx.one<std::int64_t>(least_sql); }

constexpr db::Sql set_least_sql = R"(
    update transparency_rule
    set least = $1
    where id = 1)";

void set_least(db::Tx& tx, std::int64_t least) { tx.run(set_least_sql, least); }

constexpr db::Sql published_sql = R"(
    select id, from_ms, until_ms, least, words, published_at_ms, withdrawn_at_ms, withdrawn_because
    from published_report
    order by id desc)";

std::vector<Row> published(db::ReadTx& tx) { return tx.all<Row>(published_sql); }

constexpr db::Sql find_published_sql = R"(
    select id, from_ms, until_ms, least, words, published_at_ms, withdrawn_at_ms, withdrawn_because
    from published_report
    where id = $1)";

std::optional<Row> find_published(db::ReadTx& tx, PublishedId id) {
    return tx.first<Row>(find_published_sql, id);
}

constexpr db::Sql figures_sql = R"(
    select figure, shown, coalesce(value, 0)
    from published_figure
    where report_id = $1
    order by place)";

std::vector<Figure> figures(db::ReadTx& tx, PublishedId id) { return tx.all<Figure>(figures_sql, id); }

constexpr db::Sql insert_published_sql = R"(
    insert into published_report (from_ms, until_ms, least, words, published_by, published_at_ms)
    values ($1, $2, $3, $4, $5, $6)
    returning id)";

PublishedId insert_published(db::Tx& tx, const Report& report, std::string_view words,
                             std::optional<PersonaId> by) {
    return *tx.first<PublishedId>(insert_published_sql, report.period.from, report.period.until, report.least,
                                  words, by, tx.now());
}

constexpr db::Sql insert_figure_sql = R"(
    insert into published_figure (report_id, place, figure, shown, value)
    values ($1, $2, $3, $4, $5))";

void insert_figure(db::Tx& tx, PublishedId id, std::int64_t place, const Figure& figure) {
    const bool is_exact = figure.shown == Shown::exact;
    tx.run(insert_figure_sql, id, place, figure.key, figure.shown,
           is_exact ? std::optional(figure.value) : std::nullopt);
}

constexpr db::Sql set_withdrawn_sql = R"(
    update published_report
    set withdrawn_at_ms = $2,
        withdrawn_because = $3
    where id = $1)";

void set_withdrawn(db::Tx& tx, PublishedId id, std::string_view because) {
    tx.run(set_withdrawn_sql, id, tx.now(), because);
}

}  // namespace kith::transparency::store
