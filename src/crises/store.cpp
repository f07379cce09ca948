#include "crises/store.hpp"

namespace kith::crises::store {

// ---- reaching the person -----------------------------------------------------------------------------

constexpr db::Sql insert_attempt_sql = R"(
    insert into contact_attempt (case_id, by_id, way, reached, words, tried_at_ms)
    values ($1, $2, $3, $4, $5, $6))";

void insert_attempt(db::Tx& tx, CaseId id, PersonaId by, const AttemptForm& form) {
    tx.run(insert_attempt_sql, id, by, *form.way, form.reached == Reached::yes, form.words, tx.now());
}

constexpr db::Sql attempts_sql = R"(
    select by_id, way, reached, words, tried_at_ms
    from contact_attempt
    where case_id = $1
    order by id
    limit 500)";

std::vector<Attempt> attempts_of(db::ReadTx& tx, CaseId id) { return tx.all<Attempt>(attempts_sql, id); }

// ---- services outside --------------------------------------------------------------------------------

constexpr db::Sql services_sql = R"(
    select id, name, purpose, contact, hours, note, country
    from outside_service
    order by country, name, id)";

std::vector<Service> services(db::ReadTx& tx) { return tx.all<Service>(services_sql); }

constexpr db::Sql insert_service_sql = R"(
    insert into outside_service (name, purpose, contact, hours, note, country)
    values ($1, $2, $3, $4, $5, $6)
    returning id)";

std::int64_t insert_service(db::Tx& tx, const Service& service) {
    return tx.one<std::int64_t>(insert_service_sql, service.name, service.purpose, service.contact,
                                service.hours, service.note, service.country);
}

constexpr db::Sql update_service_sql = R"(
    update outside_service
    set name = $2,
        purpose = $3,
        contact = $4,
        hours = $5,
        note = $6,
        country = $7
    where id = $1)";

bool update_service(db::Tx& tx, const Service& service) {
    return tx.run(update_service_sql, service.id, service.name, service.purpose, service.contact,
                  service.hours, service.note, service.country) > 0;
}

constexpr db::Sql delete_service_sql = R"(
    delete from outside_service
    where id = $1)";

bool delete_service(db::Tx& tx, std::int64_t id) { return tx.run(delete_service_sql, id) > 0; }

constexpr db::Sql insert_escalation_sql = R"(
    insert into escalation (case_id, by_id, service, told_at_ms, said, reference, noted_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning id)";

std::int64_t insert_escalation(db::Tx& tx, CaseId id, const Escalation& escalation) {
    return tx.one<std::int64_t>(insert_escalation_sql, id, escalation.by, escalation.service,
                                escalation.told_at, escalation.said, escalation.reference, tx.now());
}

constexpr db::Sql escalations_sql = R"(
    select id, by_id, service, told_at_ms, said, reference, outcome, outcome_by, outcome_at_ms
    from escalation
    where case_id = $1
    order by id
    limit 500)";

std::vector<Escalation> escalations_of(db::ReadTx& tx, CaseId id) {
    return tx.all<Escalation>(escalations_sql, id);
}

constexpr db::Sql set_outcome_sql = R"(
    update escalation
    set outcome = $3,
        outcome_by = $4,
        outcome_at_ms = $5
    where id = $2 and case_id = $1)";

bool set_outcome(db::Tx& tx, CaseId id, std::int64_t escalation, std::string_view words, PersonaId by) {
    return tx.run(set_outcome_sql, id, escalation, words, by, tx.now()) > 0;
}

// ---- sealed contact details --------------------------------------------------------------------------

constexpr db::Sql put_contact_sql = R"(
    insert into emergency_contact (member_id, sealed, left_at_ms)
    values ($1, $2, $3)
    on conflict (member_id) do update
    set sealed = $2,
        left_at_ms = $3)";

void put_contact(db::Tx& tx, MemberId member, std::string_view sealed) {
    tx.run(put_contact_sql, member, sealed, tx.now());
}

constexpr db::Sql delete_contact_sql = R"(
    delete from emergency_contact
    where member_id = $1)";

void delete_contact(db::Tx& tx, MemberId member) { tx.run(delete_contact_sql, member); }

constexpr db::Sql contact_sql = R"(
    select sealed
    from emergency_contact
    where member_id = $1)";

std::optional<std::string> contact_of(db::ReadTx& tx, MemberId member) {
    return tx.first<std::string>(contact_sql, member);
}

constexpr db::Sql contact_left_sql = R"(
    select left_at_ms
    from emergency_contact
    where member_id = $1)";

std::optional<Time> contact_left_at(db::ReadTx& tx, MemberId member) {
    return tx.first<Time>(contact_left_sql, member);
}

constexpr db::Sql last_opening_sql = R"(
    select id, asked_by, reason, asked_at_ms, agreed_by, agreed_at_ms
    from contact_opening
    where case_id = $1
    order by id desc
    limit 1)";

std::optional<OpeningRow> last_opening(db::ReadTx& tx, CaseId id) {
    return tx.first<OpeningRow>(last_opening_sql, id);
}

constexpr db::Sql insert_opening_sql = R"(
    insert into contact_opening (case_id, author_id, asked_by, reason, asked_at_ms)
    values ($1, $2, $3, $4, $5))";

void insert_opening(db::Tx& tx, const NewOpening& opening) {
    tx.run(insert_opening_sql, opening.id, opening.author, opening.asked_by, opening.reason, tx.now());
}

constexpr db::Sql agree_sql = R"(
    update contact_opening
    set agreed_by = $2,
        agreed_at_ms = $3
    where id = $1)";

void agree_to_opening(db::Tx& tx, std::int64_t opening, PersonaId by) {
    tx.run(agree_sql, opening, by, tx.now());
}

constexpr db::Sql mark_opened_sql = R"(
    update contact_opening
    set opened_at_ms = $2
    where id = $1 and opened_at_ms is null)";

void mark_opened(db::Tx& tx, std::int64_t opening) { tx.run(mark_opened_sql, opening, tx.now()); }

// ---- afterwards --------------------------------------------------------------------------------------

constexpr db::Sql insert_debrief_sql = R"(
    insert into debrief (case_id, member_id, asked_at_ms)
    values ($1, $2, $3)
    on conflict do nothing)";

bool insert_debrief(db::Tx& tx, CaseId id, MemberId member) {
    return tx.run(insert_debrief_sql, id, member, tx.now()) > 0;
}

constexpr db::Sql find_debrief_sql = R"(
    select id, case_id, member_id, asked_at_ms, answered_at_ms, hard, help, share, talked_at_ms
    from debrief
    where id = $1)";

std::optional<Debrief> find_debrief(db::ReadTx& tx, std::int64_t id) {
    return tx.first<Debrief>(find_debrief_sql, id);
}

constexpr db::Sql debriefs_sql = R"(
    select id, case_id, member_id, asked_at_ms, answered_at_ms, hard, help, share, talked_at_ms
    from debrief
    where member_id = $1
    order by id desc
    limit 50)";

std::vector<Debrief> debriefs_of(db::ReadTx& tx, MemberId member) {
    return tx.all<Debrief>(debriefs_sql, member);
}

constexpr db::Sql shared_debriefs_sql = R"(
    select id, case_id, member_id, asked_at_ms, answered_at_ms, hard, help, share, talked_at_ms
    from debrief
    where share <> 'nobody'
    order by id desc
    limit 50)";

std::vector<Debrief> shared_debriefs(db::ReadTx& tx) { return tx.all<Debrief>(shared_debriefs_sql); }

constexpr db::Sql write_debrief_sql = R"(
    update debrief
    set hard = $2,
        help = $3,
        share = $4,
        answered_at_ms = $5
    where id = $1)";

void write_debrief(db::Tx& tx, std::int64_t id, const DebriefForm& form) {
    tx.run(write_debrief_sql, id, form.hard, form.help, form.share, tx.now());
}

constexpr db::Sql delete_debrief_sql = R"(
    delete from debrief
    where id = $1)";

void delete_debrief(db::Tx& tx, std::int64_t id) { tx.run(delete_debrief_sql, id); }

constexpr db::Sql mark_talked_sql = R"(
    update debrief
    set talked_at_ms = $2,
        talked_by = $3
    where id = $1 and talked_at_ms is null)";

void mark_talked(db::Tx& tx, std::int64_t id, PersonaId by) { tx.run(mark_talked_sql, id, tx.now(), by); }

// ---- for an authority --------------------------------------------------------------------------------

constexpr db::Sql insert_export_sql = R"(
    insert into case_export (case_id, by_id, made_at_ms, requester, reference, reason, with_reporters,
                             reporters_reason, is_silent, silence_reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))";

void insert_export(db::Tx& tx, CaseId id, PersonaId by, const ExportForm& form) {
    tx.run(insert_export_sql, id, by, tx.now(), form.requester, form.reference, form.reason,
           form.with_reporters, form.reporters_reason, form.is_silent, form.silence_reason);
}

constexpr db::Sql exports_sql = R"(
    select made_at_ms, by_id, requester, reference, reason, with_reporters, is_silent
    from case_export
    where case_id = $1
    order by id desc
    limit 100)";

std::vector<Export> exports_of(db::ReadTx& tx, CaseId id) { return tx.all<Export>(exports_sql, id); }

// ---- figures -----------------------------------------------------------------------------------------

constexpr db::Sql attempts_between_sql = R"(
    select count(*)
    from contact_attempt
    where tried_at_ms >= $1 and tried_at_ms < $2)";

std::int64_t attempts_between(db::ReadTx& tx, Time since, Time until) {
    return tx.one<std::int64_t>(attempts_between_sql, since, until);
}

constexpr db::Sql reached_between_sql = R"(
    select count(*)
    from contact_attempt
    where tried_at_ms >= $1 and tried_at_ms < $2 and reached = 1)";

std::int64_t reached_between(db::ReadTx& tx, Time since, Time until) {
    return tx.one<std::int64_t>(reached_between_sql, since, until);
}

constexpr db::Sql told_between_sql = R"(
    select service, count(*) as told
    from escalation
    where told_at_ms >= $1 and told_at_ms < $2
    group by service
    order by told desc, service
    limit 100)";

std::vector<Figures::OfService> told_between(db::ReadTx& tx, Time since, Time until) {
    return tx.all<Figures::OfService>(told_between_sql, since, until);
}

}  // namespace kith::crises::store
