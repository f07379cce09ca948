#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "platform/http/router.hpp"
#include "platform/words/countries.hpp"
#include "safeguarding/safeguarding.hpp"

// What people do in a case besides deciding, when somebody may be in danger: they try to reach the person and tell
// services outside, and all of it stands in one timeline.
namespace kith::crises {

inline constexpr std::size_t words_most = 1000;  // code points, of whatever somebody writes here
inline constexpr std::size_t line_most = 120;    // and of a name, a number, a place

// ---- reaching the person ---------------------------------------------------------------------------------

enum class Way { here, phone, facilitator, other };
constexpr auto enum_words(Way) {
    return std::to_array<std::string_view>({"here", "phone", "facilitator", "other"});
}
enum class Reached { no, yes };
constexpr auto enum_words(Reached) { return std::to_array<std::string_view>({"no", "yes"}); }

struct AttemptForm {
    std::optional<Way> way;
    std::optional<Reached> reached;
    std::string words;  // may be empty
};
// By whoever may work on the case, also once it is decided. Faults: `not_found`; `invalid`, field "way", "reached" or
// "words". Audited.
Done note_attempt(db::Tx& tx, const Actor& actor, CaseId id, const AttemptForm& form);

struct Attempt {
    PersonaId by;
    Way way = Way::here;
    bool reached = false;
    std::string words;
    Time at;
};

// ---- services outside ------------------------------------------------------------------------------------

struct Service {
    std::int64_t id = 0;
    std::string name, purpose, contact, hours, note;
    std::string country;  // code; empty: for all
};
std::vector<Service> services(db::ReadTx& tx);
inline constexpr std::size_t services_most = 50;
// Adds one (id 0) or changes it; `country` as it was typed. By a host; audited. Faults: `forbidden`, `not_found`;
// `invalid`, field "name", "purpose", "contact", "hours", "note" or "country"; `conflict` when there are 50.
Done put_service(db::Tx& tx, const Actor& actor, const Service& typed);
// What was told to it stays in the cases. By a host; audited.
Done delete_service(db::Tx& tx, const Actor& actor, std::int64_t id);

inline constexpr std::int64_t minutes_ago_most = 7 * 24 * 60;
struct EscalationForm {
    std::string service;            // its name, from the list or not
    std::int64_t minutes_ago = -1;  // when it was told
    std::string said;
    std::string reference;  // may be empty
};
// By whoever may work on the case. Faults: `not_found`; `invalid`, field "service", "minutes_ago", "said" or
// "reference". Audited.
Done note_escalation(db::Tx& tx, const Actor& actor, CaseId id, const EscalationForm& form);
// What came of it; the newest words stand. The same people; field "outcome".
Done note_outcome(db::Tx& tx, const Actor& actor, CaseId id, std::int64_t escalation, std::string_view words);

struct Escalation {
    std::int64_t id = 0;
    PersonaId by;
    std::string service;
    Time told_at;
    std::string said, reference;
    std::string outcome;  // empty: not known yet
    std::optional<PersonaId> outcome_by;
    std::optional<Time> outcome_at;
};

// How often, for a report to the public. By a host. Fault `forbidden`.
struct Figures {
    std::int64_t attempts = 0, reached = 0;
    struct OfService {
        std::string service;
        std::int64_t told = 0;
    };
    std::vector<OfService> services;  // the one told most often first, at most 100
};
Result<Figures> figures(db::ReadTx& tx, const Actor& actor, Time since, Time until);

// ---- the timeline ----------------------------------------------------------------------------------------

struct Timeline {
    safeguarding::Dossier dossier;
    std::optional<PersonaId>
        owner;  // who has it in hand: decided it, or took it on last; nothing: nobody yet
    std::vector<Attempt> attempts;
    std::vector<Escalation> escalations;
};
// By whoever may work on the case. Fault `not_found`.
Result<Timeline> timeline(db::ReadTx& tx, const Actor& actor, CaseId id);

std::vector<http::Route> routes();

}  // namespace kith::crises
