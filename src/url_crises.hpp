#pragma once

#include "url.hpp"

// Addresses of crises, as those of url.hpp.
namespace kith::url {

inline Url case_timeline(CaseId id) { return safety_case(id) / "timeline"; }  // all that was tried and done
inline Url case_attempts(CaseId id) { return safety_case(id) / "attempts"; }  // to reach the person
inline Url case_escalations(CaseId id) { return safety_case(id) / "escalations"; }  // to services outside
inline Url case_escalation_outcome(CaseId id, std::int64_t escalation) {
    return case_escalations(id) / escalation / "outcome";
}
inline Url case_contact(CaseId id) { return safety_case(id) / "contact"; }  // sealed details of the person
inline Url case_contact_agreement(CaseId id) { return case_contact(id) / "agreement"; }
inline Url case_contact_opening(CaseId id) { return case_contact(id) / "opening"; }
inline Url case_export(CaseId id) { return safety_case(id) / "export"; }  // for an authority
inline Url me_emergency_contact() { return Url("/me/emergency-contact"); }
inline Url me_debriefs() { return Url("/me/debriefs"); }  // notes to oneself after a crisis
inline Url me_debrief(std::int64_t debrief) { return me_debriefs() / debrief; }
inline Url debriefs() { return Url("/debriefs"); }  // those that were shared, for coordinators
inline Url debrief_talk(std::int64_t debrief) { return debriefs() / debrief / "talk"; }
inline Url admin_replies() { return Url("/admin/replies"); }    // words for decisions
inline Url admin_services() { return Url("/admin/services"); }  // the host's list of services outside

}  // namespace kith::url
