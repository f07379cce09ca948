#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "identity/identity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"

// What the host writes for everybody, such as house rules and privacy notice: each version is kept as it was, and
// members agree to those that ask for it. Nobody's reading, help, data or leaving ever waits for an answer.
namespace kith::policies {

using PolicyId = Id<struct PolicyTag>;

inline constexpr std::size_t title_most = 80, changes_most = 300, text_most = 40'000;  // code points
inline constexpr std::size_t policies_most = 20;                                       // that hold

// The first two stand in place of the pages /rules and /privacy.
enum class Kind { rules, privacy, moderation, complaint, other };
constexpr auto enum_words(Kind) {
    return std::to_array<std::string_view>({"rules", "privacy", "moderation", "complaint", "other"});
}

struct Version {
    std::int64_t number = 0;
    std::string title;
    std::string markdown;
    std::string changes;  // what changed, in a sentence or two
    bool asks = false;    // members are asked to agree to it
    std::optional<PersonaId> published_by;
    Time published_at;
};
struct Policy {
    PolicyId id;
    Kind kind = Kind::other;
    std::int64_t number = 0;       // of the version that holds
    std::int64_t asks_number = 0;  // the newest version that everybody is asked about; 0: none
    std::optional<Time> retired_at;
};
struct Current {
    Policy policy;
    Version version;
};

// ---- reading: anybody --------------------------------------------------------------------------------------

// Those that hold, by kind.
std::vector<Current> list(db::ReadTx& tx);
// Also one that holds no more. Fault `not_found`.
Result<Current> find(db::ReadTx& tx, PolicyId id);
Result<Version> find_version(db::ReadTx& tx, PolicyId id, std::int64_t number);
// All versions, the newest first.
std::vector<Version> history(db::ReadTx& tx, PolicyId id);
// Where the host's words stand in place of the page "rules" or "privacy".
std::optional<Url> own_words(db::ReadTx& tx, std::string_view page);

// ---- writing: hosts ----------------------------------------------------------------------------------------

struct VersionForm {
    std::string title;
    std::string markdown;
    std::string changes;  // needed from the second version on
    bool asks = false;
};
// Each audited. Faults: `forbidden`; `not_found`; `conflict` for the same text and title as before or a policy that
// holds no more; `invalid`, field "kind", "title", "text" or "changes".
Result<PolicyId> write_policy(db::Tx& tx, const Actor& actor, std::optional<Kind> kind,
                              const VersionForm& form);
// `seen`: the version that the writer began from; fault `conflict` if there is a newer one.
Done write_version(db::Tx& tx, const Actor& actor, PolicyId id, std::int64_t seen, const VersionForm& form);
// Holds no more, and nobody is asked; its versions and answers stay.
Done retire(db::Tx& tx, const Actor& actor, PolicyId id);
// How many days members may write on before they answer. Fault `invalid`, field "days": 1 to 90.
std::int64_t grace_days(db::ReadTx& tx);
Done set_grace_days(db::Tx& tx, const Actor& actor, std::optional<std::int64_t> days);

// ---- answering: members ------------------------------------------------------------------------------------

enum class Answer { agreed, later, declined };
constexpr auto enum_words(Answer) { return std::to_array<std::string_view>({"agreed", "later", "declined"}); }

// What a member has not agreed to yet.
struct Open {
    Current current;
    std::optional<Answer> said;      // later or declined
    std::int64_t agreed_before = 0;  // the newest version that they agreed to; 0: none
    Time writes_until;               // from then on writing waits for a yes
};
std::vector<Open> open_for(db::ReadTx& tx, MemberId member);
// From when on pages show that something waits: at once, after the days of a "later", never after a "no".
std::optional<Time> asked_from(db::ReadTx& tx, MemberId member);
// For rules by which a member writes to others: fault `forbidden` while it waits.
Done require_agreed(db::ReadTx& tx, const Actor& actor);

// By the member in person, also on hold, of the version that holds. A no is no answer for ever: a yes may follow.
// Faults: `unauthenticated`, `forbidden`, `not_found`; `conflict` where a newer version came, or a second "later".
Done answer(db::Tx& tx, const Actor& actor, PolicyId id, std::int64_t number, Answer answer);
// For identity::Door.
std::vector<identity::ToAgree> to_agree(db::ReadTx& tx);
void agree_on_joining(db::Tx& tx, MemberId newcomer, std::string_view stamps);

// What a member agreed to, the newest first.
struct Agreed {
    PolicyId policy;
    std::int64_t number = 0;
    std::string title;
    Time at;
};
std::vector<Agreed> agreed_by(db::ReadTx& tx, MemberId member);
// How many said yes, and how many no, to the version that is asked about or one since; never who.
struct Count {
    std::int64_t agreed = 0, declined = 0;
};
Count count_answers(db::ReadTx& tx, const Policy& policy);

std::vector<http::Route> routes();

}  // namespace kith::policies
