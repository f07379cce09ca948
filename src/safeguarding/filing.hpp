#pragma once

#include "safeguarding/rights.hpp"

// What reports by people and what rules notice have in common; private to safeguarding.
namespace kith::safeguarding {

struct Opened {
    CaseId id;
    bool is_crisis_now = false;  // and was none before
};
// What is open already can only become more urgent. A crisis waits anew, whoever works on it.
Opened open_or_join(db::Tx& tx, const Subject& subject, Urgency urgency);
// A crisis waits for somebody: see crisis_waits_job. May be asked for again.
void ask_to_page(db::Tx& tx, CaseId id);
// Once of each case, and once more when it becomes a crisis.
void tell_staff(db::Tx& tx, const Subject& subject, bool is_crisis);

}  // namespace kith::safeguarding
