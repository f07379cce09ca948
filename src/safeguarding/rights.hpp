#pragma once

#include <vector>

#include "safeguarding/safeguarding.hpp"

// Who may work on what; private to safeguarding.
namespace kith::safeguarding {

// Members who moderate a group, and the hosts where nobody does; of a group itself, those who look after the whole
// site.
std::vector<MemberId> staff_for(db::ReadTx& tx, const Subject& subject);

// Whether the actor may work on a case, and under which name. Nothing for a case about their own words.
std::optional<PersonaId> working_name(db::ReadTx& tx, const Actor& actor, const Case& safety_case);

// The case, by somebody who may work on it. Fault `not_found`.
struct Desk {
    Case safety_case;
    PersonaId name;  // of the actor
};
Result<Desk> desk(db::ReadTx& tx, const Actor& actor, CaseId id);

bool is_same_person(db::ReadTx& tx, PersonaId a, PersonaId b);

}  // namespace kith::safeguarding
