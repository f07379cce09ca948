#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"

// What could go wrong here, and what is done about it: a record that its keepers look at again on a day they set.
namespace kith::risks {

using RiskId = Id<struct RiskTag>;

inline constexpr std::size_t title_most = 100, words_most = 4000, owner_most = 100;  // code points

enum class Likelihood { rare, possible, likely };
constexpr auto enum_words(Likelihood) {
    return std::to_array<std::string_view>({"rare", "possible", "likely"});
}
enum class Severity { slight, serious, grave };
constexpr auto enum_words(Severity) {
    return std::to_array<std::string_view>({"slight", "serious", "grave"});
}

struct Version {
    std::int64_t number = 0;
    std::string title;
    std::string words;  // what could go wrong, and for whom
    Likelihood likelihood = Likelihood::possible;
    Severity severity = Severity::serious;
    std::string measures;  // what is done about it
    std::string owner;     // who sees to it, in words
    std::string changes;   // since the version before
    Time review_at;
    std::optional<PersonaId> written_by;
    Time written_at;
};
struct Risk {
    RiskId id;
    std::optional<Time> retired_at;
    Version now;

    bool is_due(Time at) const { return !retired_at && now.review_at <= at; }
};

// All by hosts and coordinators: fault `forbidden` for others.
Done require_keeper(db::ReadTx& tx, const Actor& actor);

// Those that stand: what is due first, then the gravest and likeliest.
Result<std::vector<Risk>> list(db::ReadTx& tx, const Actor& actor);
struct History {
    Risk risk;
    std::vector<Version> versions;  // the newest first
};
Result<History> find(db::ReadTx& tx, const Actor& actor, RiskId id);

struct Form {
    std::string title, words, measures, owner, changes;
    std::optional<Likelihood> likelihood;
    std::optional<Severity> severity;
    std::optional<Time> review_at;
    std::int64_t seen = 0;  // the version that the writer began from
};
// Each audited. Faults: `invalid` with the field, also for a day of review that is not ahead or more than two years
// away; `conflict`, field "words", if somebody wrote a newer version meanwhile. From the second version on it says what
// changed, if only that somebody looked.
Result<RiskId> add(db::Tx& tx, const Actor& actor, const Form& form);
Done change(db::Tx& tx, const Actor& actor, RiskId id, const Form& form);
Done retire(db::Tx& tx, const Actor& actor, RiskId id);

// The daily job: tells hosts of what is due, and again each week until somebody has looked.
void remind(db::Tx& tx);
jobs::Handlers handlers(Services& services);

std::vector<http::Route> routes();

}  // namespace kith::risks
