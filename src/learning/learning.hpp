#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assist/assist.hpp"
#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/services.hpp"
#include "safeguarding/safeguarding.hpp"

// What people here decide about posts teaches the house what to read first. What it learns can ask for a post to be
// read, as a rule does: it never makes anything less urgent, hides nothing, decides nothing, and no member is shown
// what it says. Where it fails, the rules go on alone.
namespace kith::learning {

using assist::Flag;
using safeguarding::Urgency;

// ---- labels ----------------------------------------------------------------------------------------------

// What somebody said of one flag, or showed by what they decided.
enum class Verdict { unsaid, no, yes };
constexpr auto enum_words(Verdict) { return std::to_array<std::string_view>({"unsaid", "no", "yes"}); }

// Why a post was shown to whoever labelled it. `chosen`: they came by themselves.
enum class Why { rule, model, report, audit, chosen };
constexpr auto enum_words(Why) {
    return std::to_array<std::string_view>({"rule", "model", "report", "audit", "chosen"});
}

// What a post needs, in one click: as it stands here, nothing.
struct LabelForm {
    Urgency urgency = Urgency::green;
    bool crisis = false, hostile = false, spam = false, advice = false;

    bool says_anything() const { return urgency != Urgency::green || crisis || hostile || spam || advice; }
};
// By whoever moderates the group, of a post that is not their own; once each, the last time counts. What needs
// somebody opens or joins a case, which is returned. Fault `not_found`.
Result<std::optional<CaseId>> label(db::Tx& tx, const Actor& actor, PostId post, const LabelForm& form);
// Nobody here may label it: `not_found`.
Done may_label(db::ReadTx& tx, const Actor& actor, PostId post);

// What a decision teaches; of one that is not made, or taken back, nothing.
void learn_from_case(db::Tx& tx, CaseId id);

// ---- the random audit ------------------------------------------------------------------------------------

// Of the posts of a day that nothing pointed to, each by lot; no day twice, and none before the last; none of the room
// of those who look after groups. Every tenth is for two people. A job draws from the day before.
void draw_lots(db::Tx& tx, Random& random, Time day);
// The next that this person may label, behind one that they left to others; nothing: none waits. Fault `not_found` for
// who moderates nothing.
Result<std::optional<PostId>> next_to_read(db::ReadTx& tx, const Actor& actor, PostId left = {});
std::int64_t audit_percent(db::ReadTx& tx);
// By a host; audited. Faults: `forbidden`; `invalid`, field "audit_percent": 0 to 50.
Done set_audit_percent(db::Tx& tx, const Actor& actor, std::int64_t percent);

// ---- models ----------------------------------------------------------------------------------------------

inline constexpr std::int64_t labels_needed = 250, positives_needed = 30;
inline constexpr std::int64_t shadow_ms = 14 * day_ms;
inline constexpr std::size_t versions_kept = 5;
inline constexpr std::int64_t loads[] = {5, 10, 20, 30};

// `rules`: it has not learned enough. `shadow`: it reads, and says nothing. `working`: it asks for posts to be read.
enum class State { rules, shadow, working };
constexpr auto enum_words(State) { return std::to_array<std::string_view>({"rules", "shadow", "working"}); }

// Why the rules are alone though there is a model.
enum class Trouble { none, missing, damaged, slow, no_number, failed };
constexpr auto enum_words(Trouble) {
    return std::to_array<std::string_view>({"", "missing", "damaged", "slow", "no_number", "failed"});
}

struct Standing {
    State state = State::rules;
    Time since;
    std::int64_t load = 10;  // of 100 posts, how many people would read for it
    std::int64_t model = 0;
    bool pinned = false;
    Trouble trouble = Trouble::none;
    Time trouble_at;
};
Standing standing(db::ReadTx& tx, Flag flag);

struct AtLoad {
    std::int64_t load = 0;
    double threshold = 0;
    std::int64_t found = 0, positives = 0;
    double foretold = 0;
};
// The model card.
struct Version {
    std::int64_t id = 0;
    Time made_at;
    bool taken = false;
    std::int64_t labels = 0, positives = 0;
    Time first_at, last_at;
    double auc = 0, auc_low = 0, auc_high = 0;
    double calibration_error = 0;
    std::vector<AtLoad> at_loads = {};
};
// The newest first.
std::vector<Version> versions(db::ReadTx& tx, Flag flag);

struct LabelCounts {
    std::int64_t labels = 0, positives = 0;
};
LabelCounts count_labels(db::ReadTx& tx, Flag flag);

// Learns anew where there is enough and something changed since; the new model takes the place of the one before unless
// it is worse or, at work, unfair. Outside of transactions but for reading and keeping.
void learn_anew(Services& services);

// Each by a host; audited. Faults: `forbidden`; `conflict`: what would be at work then points to people for who they
// are, or has not read along for two weeks.
Done turn_on(db::Tx& tx, const Actor& actor, Flag flag);
Done turn_off(db::Tx& tx, const Actor& actor, Flag flag);
Done set_load(db::Tx& tx, const Actor& actor, Flag flag, std::int64_t load);  // `invalid`, field "load"
// To a version that is kept; it stays until new ones may come again. Fault `not_found`.
Done go_back(db::Tx& tx, const Actor& actor, Flag flag, std::int64_t version);
Done let_new_ones_come(db::Tx& tx, const Actor& actor, Flag flag);

// Whether a host must look: a model fails, or the report of the week warns.
bool needs_host(db::ReadTx& tx);

// ---- reading ---------------------------------------------------------------------------------------------

// After the rules have read these posts (the payload of conversation::posts_written_job): never throws.
void read_posts(Services& services, const std::string& payload);

// What the page of a case says of a sign that is none of a rule (safeguarding::use_teller).
std::optional<safeguarding::Told> tell(db::ReadTx& tx, const Words& words, std::string_view source,
                                       std::string_view text);

// ---- how it does -----------------------------------------------------------------------------------------

struct Figure {
    std::string flag = {}, part = {}, name = {};
    std::optional<double> value = {}, low = {}, high = {};  // nothing: not enough evidence
    std::int64_t counted = 0;
    bool warns = false;
};
struct WeekReport {
    Time week;
    std::vector<Figure> figures;
};
void report_week(Services& services);
// The newest first, at most `limit`.
std::vector<WeekReport> week_reports(db::ReadTx& tx, int limit);

jobs::Handlers handlers(Services& services);
std::vector<http::Route> routes();

}  // namespace kith::learning
