#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "base/random.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
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
// By whoever may work on the case. Faults: `not_found`; `forbidden` for who lacks training; `invalid`, field "service",
// "minutes_ago", "said" or "reference". Audited.
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

// ---- sealed contact details ------------------------------------------------------------------------------

// How to reach somebody in an emergency. They leave it by their own choice, may change or delete it at any time, and
// nobody else is told that there is any. Sealed with a key that is kept apart from the database (ADR 0038).
struct Details {
    std::string name, phone, person, address;  // person: whom to call
};
// The key, in a file of this folder, which is made if there is none and `may_make`. Empty: it cannot be read.
std::string contact_key_in(const std::filesystem::path& folder, Random& random, bool may_make);
// Set before serving; empty: no details are taken.
void use_contact_key(std::string key);

// By a person. Faults: `invalid`, field "phone" where there is no way to reach anybody, or that of what is too long;
// `unavailable` without a key.
Done leave_contact(db::Tx& tx, const Actor& actor, const Details& typed);
Done delete_contact(db::Tx& tx, const Actor& actor);  // also of somebody on hold
std::optional<Time> contact_left_at(db::ReadTx& tx, MemberId member);
// For their own eyes, confirmed: fault `invalid`, field "current"; `not_found`; `conflict` with another key.
Result<Details> own_contact(db::ReadTx& tx, const Actor& actor);

inline constexpr std::int64_t opening_ms = day_ms;  // to agree, and then to see the details
struct Opening {
    enum class State { none, asked, agreed };
    State state = State::none;
    bool is_part = false;  // the actor is the one who asked, or who agreed
    PersonaId asked_by, agreed_by;
    std::string reason;
    Time asked_at, until;
};
constexpr auto enum_words(Opening::State) {
    return std::to_array<std::string_view>({"none", "asked", "agreed"});
}
// Two who may work on a case open the details of whoever wrote what it is about, while it is a crisis that is not
// closed. For others, and for other cases, `not_found`.
Result<Opening> opening_of(db::ReadTx& tx, const Actor& actor, CaseId id);
// Each step needs identity::require_confirmed (fault `invalid`, field "current") and is audited. Faults besides:
// `forbidden` for who lacks training; `invalid`, field "reason"; `conflict`. Those who can be the second are told.
Done ask_opening(db::Tx& tx, const Actor& actor, CaseId id, std::string_view reason);
Done agree_to_opening(db::Tx& tx, const Actor& actor, CaseId id);
// For the two alone, within the time; nothing where nothing was left, or the key is another one. It never says who they
// are here.
Result<std::optional<Details>> open_contact(db::Tx& tx, const Actor& actor, CaseId id);

// ---- afterwards ------------------------------------------------------------------------------------------

// Once a crisis is closed, whoever decided it and the second person are asked how they are. What they write stands at
// no case; it is for them alone, unless they share it with coordinators (hosts, where there are none).
enum class Share { nobody, read, call };  // call: they would like to talk
constexpr auto enum_words(Share) { return std::to_array<std::string_view>({"nobody", "read", "call"}); }
struct Debrief {
    std::int64_t id = 0;
    CaseId case_id;
    MemberId member;
    Time asked_at;
    std::optional<Time> answered_at;
    std::string hard, help;  // what was hard, what would help
    Share share = Share::nobody;
    std::optional<Time> talked_at;  // a coordinator has talked with them
};
// One's own, the newest first, at most 50.
std::vector<Debrief> debriefs_of(db::ReadTx& tx, MemberId member);
struct DebriefForm {
    std::string hard, help;
    Share share = Share::nobody;
};
// By its member, again and again. Faults: `not_found`; `invalid`, field "hard" or "help". Whoever is asked to call is
// told.
Done write_debrief(db::Tx& tx, const Actor& actor, std::int64_t id, const DebriefForm& form);
Done delete_debrief(db::Tx& tx, const Actor& actor, std::int64_t id);
// Of others, that were shared, the newest first, at most 50. By a coordinator or a host; for others `not_found`.
Result<std::vector<Debrief>> shared_debriefs(db::ReadTx& tx, const Actor& actor);
Done note_talk(db::Tx& tx, const Actor& actor, std::int64_t id);
// Asks them, from safeguarding::crisis_closed_job.
jobs::Handlers handlers(Services& services);

// ---- for an authority ------------------------------------------------------------------------------------

// A case as a file, when a law or an order makes a host give it away. Never in it: contact details, debriefs, and who
// stands behind an alias.
struct ExportForm {
    std::string requester, reference, reason;
    bool with_reporters = false;  // the request demands the names of those who reported
    std::string reporters_reason;
    bool is_silent = false;  // the law forbids to tell the people concerned, who else read of it a week later
    std::string silence_reason;
};
struct CaseFile {
    std::string html, json;
};
// By a host in person, not about their own words, confirmed; kept with who and why, and audited. Faults: `not_found`;
// `invalid`, the field of what is missing, or "current".
Result<CaseFile> export_case(db::Tx& tx, const Actor& actor, CaseId id, const ExportForm& form,
                             const Words& words);
struct Export {
    Time at;
    PersonaId by;
    std::string requester, reference, reason;
    bool with_reporters = false, is_silent = false;
};
// The newest first, for hosts. Fault `not_found`.
Result<std::vector<Export>> exports_of(db::ReadTx& tx, const Actor& actor, CaseId id);

// ---- the timeline ----------------------------------------------------------------------------------------

struct Timeline {
    safeguarding::Dossier dossier;
    std::optional<PersonaId>
        owner;  // who has it in hand: decided it, or took it on last; nothing: nobody yet
    std::vector<Attempt> attempts;
    std::vector<Escalation> escalations;
    std::optional<Opening> opening;  // of the contact details; nothing: this case opens none
};
// By whoever may work on the case. Fault `not_found`.
Result<Timeline> timeline(db::ReadTx& tx, const Actor& actor, CaseId id);

std::vector<http::Route> routes();

}  // namespace kith::crises
