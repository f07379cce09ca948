#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "safeguarding/safeguarding.hpp"

// All SQL of safeguarding: rows in, rows out, no decisions.
namespace kith::safeguarding::store {

std::optional<Case> find_case(db::ReadTx& tx, CaseId id);
std::optional<Case> open_case(db::ReadTx& tx, const Subject& subject);
CaseId insert_case(db::Tx& tx, const Subject& subject, PersonaId author, Urgency urgency);
void set_urgency(db::Tx& tx, CaseId id, Urgency urgency);
// Open ones, then closed ones whose appeal waits; each the oldest first.
std::vector<Case> waiting_cases(db::ReadTx& tx, int limit);
std::vector<Case> closed_cases_of(db::ReadTx& tx, PersonaId author, CaseId but, int limit);

void set_claim(db::Tx& tx, CaseId id, PersonaId by, Time until);
void end_claim(db::Tx& tx, CaseId id);
// False if it was decided before.
bool set_decision(db::Tx& tx, CaseId id, Outcome outcome, std::string_view words, PersonaId by);
void close_case(db::Tx& tx, CaseId id);

std::optional<std::int64_t> open_report_of(db::ReadTx& tx, CaseId id, MemberId member);
void insert_report(db::Tx& tx, CaseId id, std::optional<MemberId> member, Reason reason,
                   std::string_view words);
void replace_report(db::Tx& tx, std::int64_t report, Reason reason, std::string_view words);
std::vector<Report> reports_of(db::ReadTx& tx, CaseId id);
std::vector<OwnReport> reports_by(db::ReadTx& tx, MemberId member, int limit);
// Who reported, to be told of the end; those with an account.
std::vector<MemberId> reporters_of(db::ReadTx& tx, CaseId id);

void insert_event(db::Tx& tx, CaseId id, Step step, std::optional<PersonaId> actor, std::string_view words);
std::vector<Event> events_of(db::ReadTx& tx, CaseId id);

// Decided ones about what these personas wrote, the newest first.
std::vector<Case> decided_about(db::ReadTx& tx, PersonaId author, int limit);

bool insert_appeal(db::Tx& tx, CaseId id, MemberId member, std::string_view words);
std::optional<Appeal> appeal_of(db::ReadTx& tx, CaseId id);
// False if somebody answered it before.
bool answer_appeal(db::Tx& tx, CaseId id, Review outcome, std::string_view words, PersonaId by);

struct Target {
    Urgency urgency = Urgency::amber;
    std::int64_t minutes = 0;
};
std::vector<Target> targets(db::ReadTx& tx);
void set_target(db::Tx& tx, const Target& target);

}  // namespace kith::safeguarding::store
