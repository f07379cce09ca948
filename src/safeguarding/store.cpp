#include "safeguarding/store.hpp"

#include <algorithm>

namespace kith::safeguarding::store {

// ---- cases -------------------------------------------------------------------------------------------

constexpr db::Sql find_case_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where id = $1)";

std::optional<Case> find_case(db::ReadTx& tx, CaseId id) { return tx.first<Case>(find_case_sql, id); }

constexpr db::Sql open_case_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where group_id = $1 and post_id = $2 and decided_at_ms is null)";

std::optional<Case> open_case(db::ReadTx& tx, const Subject& subject) {
    return tx.first<Case>(open_case_sql, subject.group, subject.post);
}

constexpr db::Sql open_cases_about_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where author_id = $1 and decided_at_ms is null
    order by id)";

std::vector<Case> open_cases_about(db::ReadTx& tx, PersonaId author) {
    return tx.all<Case>(open_cases_about_sql, author);
}

constexpr db::Sql insert_case_sql = R"(
    insert into safety_case (group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms)
    values ($1, $2, $3, $4, $4, $5, $5)
    returning id)";

CaseId insert_case(db::Tx& tx, const Subject& subject, Urgency urgency) {
    return tx.one<CaseId>(insert_case_sql, subject.group, subject.post, subject.author, urgency, tx.now());
}

constexpr db::Sql set_urgency_sql = R"(
    update safety_case
    set urgency = $2,
        worst = $3,
        urgent_since_ms = $4
    where id = $1)";

void set_urgency(db::Tx& tx, CaseId id, Urgency urgency, Urgency worst) {
    tx.run(set_urgency_sql, id, urgency, worst, tx.now());
}

constexpr db::Sql wait_anew_sql = R"(
    update safety_case
    set first_look_at_ms = null,
        claimed_by = null,
        claimed_until_ms = null
    where id = $1)";

void wait_anew(db::Tx& tx, CaseId id) { tx.run(wait_anew_sql, id); }

constexpr db::Sql reopen_sql = R"(
    update safety_case
    set outcome = null,
        words = '',
        decided_by = null,
        decided_at_ms = null,
        did = 0,
        rule = ''
    where id = $1)";

void reopen(db::Tx& tx, CaseId id) { tx.run(reopen_sql, id); }

constexpr db::Sql end_closings_sql = R"(
    update safety_case
    set did = 0
    where post_id > 0
      and post_id > $1
      and post_id < $2
      and outcome = 'closed'
      and did = 1)";

void end_closings(db::Tx& tx, ThreadId thread) {
    tx.run(end_closings_sql, PostId(thread, 0), PostId(ThreadId(thread.value() + 1), 0));
}

constexpr db::Sql crises_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where closed_at_ms is null and urgency = 'crisis'
    order by id
    limit $1)";
constexpr db::Sql green_cases_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where closed_at_ms is null and urgency <> 'crisis' and urgency = 'green' and decided_at_ms is null
    order by id
    limit $1)";
constexpr db::Sql open_cases_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where closed_at_ms is null and urgency <> 'crisis' and (urgency <> 'green' or decided_at_ms is not null)
    order by id
    limit $1)";
constexpr db::Sql appealed_cases_sql = R"(
    select c.id, c.group_id, c.post_id, c.author_id, c.urgency, c.worst, c.opened_at_ms, c.urgent_since_ms,
           c.first_look_at_ms, c.claimed_by, c.claimed_until_ms, c.outcome, c.words, c.decided_by, c.decided_at_ms,
           c.did, c.closed_at_ms, c.rule
    from appeal a
    join safety_case c on c.id = a.case_id
    where a.outcome is null
    order by a.case_id
    limit $1)";

std::vector<Case> waiting_cases(db::ReadTx& tx, int limit) {
    std::vector<Case> out = tx.all<Case>(crises_sql, limit);
    for (const db::Sql& sql : {open_cases_sql, green_cases_sql})
        for (Case& one : tx.all<Case>(sql, limit)) out.push_back(std::move(one));
    for (Case& one : tx.all<Case>(appealed_cases_sql, limit))
        if (one.closed_at) out.push_back(std::move(one));
    return out;
}

constexpr db::Sql closed_cases_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where author_id = $1 and group_id = $2 and id <> $3 and decided_at_ms is not null
    order by id desc
    limit $4)";

std::vector<Case> decided_before(db::ReadTx& tx, const Case& one, int limit) {
    return tx.all<Case>(closed_cases_sql, one.author, one.group, one.id, limit);
}

constexpr db::Sql decided_about_sql = R"(
    select id, group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms, first_look_at_ms,
           claimed_by, claimed_until_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms, rule
    from safety_case
    where author_id = $1 and outcome <> 'nothing'
    order by id desc
    limit $2)";

std::vector<Case> decided_about(db::ReadTx& tx, PersonaId author, int limit) {
    return tx.all<Case>(decided_about_sql, author, limit);
}

constexpr db::Sql set_claim_sql = R"(
    update safety_case
    set claimed_by = $2,
        claimed_until_ms = $3,
        first_look_at_ms = coalesce(first_look_at_ms, $4)
    where id = $1)";

void set_claim(db::Tx& tx, CaseId id, PersonaId by, Time until) {
    tx.run(set_claim_sql, id, by, until, tx.now());
}

constexpr db::Sql end_claim_sql = R"(
    update safety_case
    set claimed_by = null,
        claimed_until_ms = null
    where id = $1)";

void end_claim(db::Tx& tx, CaseId id) { tx.run(end_claim_sql, id); }

constexpr db::Sql set_decision_sql = R"(
    update safety_case
    set outcome = $2,
        words = $3,
        decided_by = $4,
        decided_at_ms = $5,
        did = $6,
        rule = $7,
        claimed_by = null,
        claimed_until_ms = null,
        first_look_at_ms = coalesce(first_look_at_ms, $5)
    where id = $1 and decided_at_ms is null)";

bool set_decision(db::Tx& tx, CaseId id, const Decided& decided) {
    return tx.run(set_decision_sql, id, decided.outcome, decided.words, decided.by, tx.now(), decided.did,
                  decided.rule) > 0;
}

constexpr db::Sql close_case_sql = R"(
    update safety_case
    set closed_at_ms = $2
    where id = $1)";

void close_case(db::Tx& tx, CaseId id) { tx.run(close_case_sql, id, tx.now()); }

constexpr db::Sql insert_decided_sql = R"(
    insert into safety_case (group_id, post_id, author_id, urgency, worst, opened_at_ms, urgent_since_ms,
                             first_look_at_ms, outcome, words, decided_by, decided_at_ms, did, closed_at_ms)
    values ($1, $2, $3, 'green', 'green', $4, $4, $4, $5, $6, $7, $4, $8, $4)
    returning id)";

CaseId insert_decided(db::Tx& tx, const Subject& subject, const Decided& decided, Time at) {
    return tx.one<CaseId>(insert_decided_sql, subject.group, subject.post, subject.author, at,
                          decided.outcome, decided.words, decided.by, decided.did);
}

constexpr db::Sql removed_by_case_sql = R"(
    select id
    from safety_case
    where author_id = $1 and post_id = $2 and outcome in ('removed', 'suspended') and decided_at_ms >= $3
    order by id desc
    limit 1)";

std::optional<CaseId> removed_by_case(db::ReadTx& tx, const Subject& subject, Time at) {
    return tx.first<CaseId>(removed_by_case_sql, subject.author, subject.post, at);
}

// ---- reports -----------------------------------------------------------------------------------------

constexpr db::Sql insert_report_sql = R"(
    insert into report (case_id, member_id, by_member, reason, words, filed_at_ms, picture)
    values ($1, $2, $3, $4, $5, $6, $7))";

void insert_report(db::Tx& tx, CaseId id, std::optional<MemberId> member, Reason reason,
                   std::string_view words, std::string_view picture) {
    tx.run(insert_report_sql, id, member, member.has_value(), reason, words, tx.now(), picture);
}

constexpr db::Sql insert_notice_sql = R"(
    insert into report (case_id, by_member, reason, words, filed_at_ms, rule, urgency)
    values ($1, 0, $2, '', $3, $4, $5))";

void insert_notice(db::Tx& tx, CaseId id, Reason reason, std::string_view rule, Urgency urgency) {
    tx.run(insert_notice_sql, id, reason, tx.now(), rule, urgency);
}

constexpr db::Sql known_sql = R"(
    select r.rule, r.urgency
    from safety_case c
    join report r on r.case_id = c.id
    where c.post_id = $1 and c.post_id > 0 and r.rule <> '')";

std::vector<Known> known_of(db::ReadTx& tx, PostId post) { return tx.all<Known>(known_sql, post); }

constexpr db::Sql forget_appeal_sql = R"(
    delete from appeal
    where case_id = $1)";

void forget_appeal(db::Tx& tx, CaseId id) { tx.run(forget_appeal_sql, id); }

constexpr db::Sql reports_since_sql = R"(
    select count(*)
    from report
    where member_id = $1 and filed_at_ms > $2)";

std::int64_t reports_since(db::ReadTx& tx, MemberId member, Time since) {
    return tx.one<std::int64_t>(reports_since_sql, member, since);
}

constexpr db::Sql has_reported_sql = R"(
    select 1
    from report
    where member_id = $1 and case_id = $2)";

bool has_reported(db::ReadTx& tx, CaseId id, MemberId member) {
    return tx.exists(has_reported_sql, member, id);
}

constexpr db::Sql reasons_sql = R"(
    select distinct reason
    from report
    where case_id = $1)";

std::vector<Reason> reasons_of(db::ReadTx& tx, CaseId id) { return tx.all<Reason>(reasons_sql, id); }

constexpr db::Sql voices_sql = R"(
    select distinct member_id, reason
    from report
    where case_id = $1 and member_id is not null)";

std::vector<Voice> voices_of(db::ReadTx& tx, CaseId id) { return tx.all<Voice>(voices_sql, id); }

constexpr db::Sql reports_sql = R"(
    select reason, words, filed_at_ms, by_member, rule, picture
    from report
    where case_id = $1
    order by id desc
    limit 100)";

std::vector<Report> reports_of(db::ReadTx& tx, CaseId id) { return tx.all<Report>(reports_sql, id); }

constexpr db::Sql members_of_reports_sql = R"(
    select member_id
    from report
    where case_id = $1
    order by id desc
    limit 100)";

std::vector<std::optional<MemberId>> members_of_reports(db::ReadTx& tx, CaseId id) {
    return tx.all<std::optional<MemberId>>(members_of_reports_sql, id);
}

constexpr db::Sql reports_by_sql = R"(
    select c.post_id, c.group_id, r.reason, r.filed_at_ms, c.outcome, c.closed_at_ms
    from report r
    join safety_case c on c.id = r.case_id
    where r.member_id = $1
    order by r.id desc
    limit $2)";

std::vector<OwnReport> reports_by(db::ReadTx& tx, MemberId member, int limit) {
    return tx.all<OwnReport>(reports_by_sql, member, limit);
}

constexpr db::Sql reporters_sql = R"(
    select distinct member_id
    from report
    where case_id = $1 and member_id is not null)";

std::vector<MemberId> reporters_of(db::ReadTx& tx, CaseId id) { return tx.all<MemberId>(reporters_sql, id); }

// ---- what was done -----------------------------------------------------------------------------------

constexpr db::Sql insert_event_sql = R"(
    insert into case_event (case_id, kind, actor_id, words, happened_at_ms)
    values ($1, $2, $3, $4, $5))";

void insert_event(db::Tx& tx, CaseId id, Step step, std::optional<PersonaId> actor, std::string_view words) {
    tx.run(insert_event_sql, id, step, actor, words, tx.now());
}

constexpr db::Sql events_sql = R"(
    select kind, actor_id, words, happened_at_ms
    from case_event
    where case_id = $1
    order by id desc
    limit 500)";

std::vector<Event> events_of(db::ReadTx& tx, CaseId id) {
    std::vector<Event> out = tx.all<Event>(events_sql, id);
    std::ranges::reverse(out);
    return out;
}

// ---- appeals -----------------------------------------------------------------------------------------

constexpr db::Sql insert_appeal_sql = R"(
    insert into appeal (case_id, member_id, words, filed_at_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

bool insert_appeal(db::Tx& tx, CaseId id, MemberId member, std::string_view words) {
    return tx.run(insert_appeal_sql, id, member, words, tx.now()) > 0;
}

constexpr db::Sql appeal_sql = R"(
    select words, filed_at_ms, outcome, answer
    from appeal
    where case_id = $1)";

std::optional<Appeal> appeal_of(db::ReadTx& tx, CaseId id) { return tx.first<Appeal>(appeal_sql, id); }

constexpr db::Sql answer_appeal_sql = R"(
    update appeal
    set outcome = $2,
        answer = $3,
        decided_by = $4,
        decided_at_ms = $5
    where case_id = $1 and outcome is null)";

bool answer_appeal(db::Tx& tx, CaseId id, Review outcome, std::string_view words, PersonaId by) {
    return tx.run(answer_appeal_sql, id, outcome, words, by, tx.now()) > 0;
}

}  // namespace kith::safeguarding::store
