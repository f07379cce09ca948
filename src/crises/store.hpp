#pragma once

#include "crises/crises.hpp"

// All SQL of crises: rows in, rows out, no decisions.
namespace kith::crises::store {

void insert_attempt(db::Tx& tx, CaseId id, PersonaId by, const AttemptForm& form);
std::vector<Attempt> attempts_of(db::ReadTx& tx, CaseId id);

std::vector<Service> services(db::ReadTx& tx);
std::int64_t insert_service(db::Tx& tx, const Service& service);
bool update_service(db::Tx& tx, const Service& service);  // false: there is none
bool delete_service(db::Tx& tx, std::int64_t id);

std::int64_t insert_escalation(db::Tx& tx, CaseId id, const Escalation& escalation);
std::vector<Escalation> escalations_of(db::ReadTx& tx, CaseId id);
bool set_outcome(db::Tx& tx, CaseId id, std::int64_t escalation, std::string_view words, PersonaId by);

void put_contact(db::Tx& tx, MemberId member, std::string_view sealed);
void delete_contact(db::Tx& tx, MemberId member);
std::optional<std::string> contact_of(db::ReadTx& tx, MemberId member);
std::optional<Time> contact_left_at(db::ReadTx& tx, MemberId member);

struct OpeningRow {
    std::int64_t id = 0;
    PersonaId asked_by;
    std::string reason;
    Time asked_at;
    std::optional<PersonaId> agreed_by;
    std::optional<Time> agreed_at;
};
std::optional<OpeningRow> last_opening(db::ReadTx& tx, CaseId id);
struct NewOpening {
    CaseId id;
    PersonaId author, asked_by;
    std::string_view reason;
};
void insert_opening(db::Tx& tx, const NewOpening& opening);
void agree_to_opening(db::Tx& tx, std::int64_t opening, PersonaId by);
void mark_opened(db::Tx& tx, std::int64_t opening);

// False where they were asked before.
bool insert_debrief(db::Tx& tx, CaseId id, MemberId member);
std::optional<Debrief> find_debrief(db::ReadTx& tx, std::int64_t id);
std::vector<Debrief> debriefs_of(db::ReadTx& tx, MemberId member);
std::vector<Debrief> shared_debriefs(db::ReadTx& tx);
void write_debrief(db::Tx& tx, std::int64_t id, const DebriefForm& form);
void delete_debrief(db::Tx& tx, std::int64_t id);
void mark_talked(db::Tx& tx, std::int64_t id, PersonaId by);

void insert_export(db::Tx& tx, CaseId id, PersonaId by, const ExportForm& form);
std::vector<Export> exports_of(db::ReadTx& tx, CaseId id);

std::int64_t attempts_between(db::ReadTx& tx, Time since, Time until);
std::int64_t reached_between(db::ReadTx& tx, Time since, Time until);
std::vector<Figures::OfService> told_between(db::ReadTx& tx, Time since, Time until);

}  // namespace kith::crises::store
