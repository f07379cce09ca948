#pragma once

#include "notices/notices.hpp"
#include "safeguarding/rights.hpp"

// What reports, by people and by rules, and what is done about them have in common; private to safeguarding.
namespace kith::safeguarding {

struct Opened {
    CaseId id;
    bool is_crisis_now = false;  // and was none before
};
// What is open already can only become more urgent. A crisis waits anew, whoever works on it.
Opened open_or_join(db::Tx& tx, const Subject& subject, Urgency urgency);
// A crisis waits for somebody: see crisis_waits_job. May be asked for again.
void ask_to_page(db::Tx& tx, CaseId id);
// What notices about it lead to.
notices::About about(const Subject& subject);
inline notices::About about(const Case& one) { return about(subject_of(one)); }
// Once of each case, and once more when it becomes a crisis.
void tell_staff(db::Tx& tx, const Subject& subject, bool is_crisis);

}  // namespace kith::safeguarding
