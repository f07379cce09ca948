#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "safeguarding/rights.hpp"
#include "safeguarding/safeguarding.hpp"

// All SQL of safeguarding: rows in, rows out, no decisions.
namespace kith::safeguarding::store {

std::optional<Case> find_case(db::ReadTx& tx, CaseId id);
std::optional<Case> open_case(db::ReadTx& tx, const Subject& subject);
// Those about posts under this name that nobody has decided.
std::vector<Case> open_cases_about(db::ReadTx& tx, PersonaId author);
CaseId insert_case(db::Tx& tx, const Subject& subject, Urgency urgency);
void set_urgency(db::Tx& tx, CaseId id, Urgency urgency, Urgency worst);
// Nobody has looked since it became so urgent, and nobody works on it.
void wait_anew(db::Tx& tx, CaseId id);
void reopen(db::Tx& tx, CaseId id);
void end_closings(db::Tx& tx, ThreadId thread);  // of those that closed it
// Each the oldest first, at most `limit`: crises, other open ones, closed ones whose appeal waits.
std::vector<Case> waiting_cases(db::ReadTx& tx, int limit);
// Others about the same name in the same group.
std::vector<Case> decided_before(db::ReadTx& tx, const Case& one, int limit);

void set_claim(db::Tx& tx, CaseId id, PersonaId by, Time until);
void end_claim(db::Tx& tx, CaseId id);
// False if it was decided before.
struct Decided {
    Outcome outcome = Outcome::nothing;
    std::string_view words;
    PersonaId by;
    bool did = false;
    std::string_view rule = {};
};
bool set_decision(db::Tx& tx, CaseId id, const Decided& decided);
void close_case(db::Tx& tx, CaseId id);
// One that was decided at that time without a report.
CaseId insert_decided(db::Tx& tx, const Subject& subject, const Decided& decided, Time at);
// The case by which a post was removed at that time or later, also with a hold.
std::optional<CaseId> removed_by_case(db::ReadTx& tx, const Subject& subject, Time at);

void insert_report(db::Tx& tx, CaseId id, std::optional<MemberId> member, Reason reason,
                   std::string_view words, std::string_view picture);
// By a rule.
void insert_notice(db::Tx& tx, CaseId id, Reason reason, std::string_view rule, Urgency urgency);
struct Known {
    std::string rule;
    Urgency urgency = Urgency::green;
};
// What rules noticed about a post, whether somebody has decided or not.
std::vector<Known> known_of(db::ReadTx& tx, PostId post);
void forget_appeal(db::Tx& tx, CaseId id);
std::int64_t reports_since(db::ReadTx& tx, MemberId member, Time since);
bool has_reported(db::ReadTx& tx, CaseId id, MemberId member);
std::vector<Reason> reasons_of(db::ReadTx& tx, CaseId id);  // each once
// Each member with each reason once.
struct Voice {
    MemberId member;
    Reason reason = Reason::other;
};
std::vector<Voice> voices_of(db::ReadTx& tx, CaseId id);
// The newest first, at most 100.
std::vector<Report> reports_of(db::ReadTx& tx, CaseId id);
// Whose they are, in the same order.
std::vector<std::optional<MemberId>> members_of_reports(db::ReadTx& tx, CaseId id);
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

// How many decisions put this persona's account on hold and stand, whether that has ended or not.
std::int64_t holds_decided_about(db::ReadTx& tx, PersonaId author);
std::vector<std::int64_t> ladder(db::ReadTx& tx);
void put_ladder(db::Tx& tx, std::span<const std::int64_t> days);

Targets targets(db::ReadTx& tx);
void set_targets(db::Tx& tx, const Targets& targets);

}  // namespace kith::safeguarding::store
