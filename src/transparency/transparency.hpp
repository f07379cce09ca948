#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "platform/cli/cli.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "rota/rota.hpp"
#include "safeguarding/safeguarding.hpp"
#include "transparency/suppression.hpp"

// What was reported and what became of it in some time, in numbers that tell of nobody. Reads everybody's tables and
// writes none of them.
namespace kith::transparency {

inline constexpr std::int64_t least_least = 3, least_most = 20;
inline constexpr std::size_t words_most = 2000;  // code points

constexpr auto enum_words(Shown) { return std::to_array<std::string_view>({"exact", "few", "withheld"}); }

// Whole days of UTC.
struct Period {
    Time from;
    Time until;  // the first moment behind it

    Time last_day() const { return until + -day_ms; }
};
// Of two days, the last one included. Fault `invalid`, field "from" or "to": no day, the wrong way round, more than ten
// years, or it has not begun.
Result<Period> period_of(std::string_view from, std::string_view to, Time now);
// The last three whole months.
Period last_quarter(Time now);

// What happened in a period.
struct Facts {
    std::int64_t posts = 0, writers = 0;  // accounts that wrote one of them
    struct Reports {
        safeguarding::Reason reason = safeguarding::Reason::other;
        bool by_member = false, by_rule = false;
        std::int64_t count = 0;
    };
    std::vector<Reports> reports;
    // Cases that somebody or a rule reported, opened in it.
    struct Opened {
        safeguarding::Urgency worst = safeguarding::Urgency::amber;
        Time opened_at;
        std::optional<Time> looked_at;  // when a person first did something about it
        std::optional<Time> decided_at;
        bool is_escalated = false;  // a service outside was told
        GroupId group = {};
    };
    std::vector<Opened> opened;
    rota::Cover cover = {};        // of their groups, from four weeks before
    std::int64_t escalations = 0;  // in it, of any case
    // Of cases decided in it, also older ones.
    struct Decided {
        safeguarding::Outcome outcome = safeguarding::Outcome::nothing;
        std::int64_t count = 0;
    };
    std::vector<Decided> decided;
    std::int64_t done_about_posts = 0;  // of these, about a post, and something was done
    std::int64_t asked_again =
        0;  // of what was done about posts in it, with or without a report: with an appeal
    std::int64_t hidden = 0, removed_without_report = 0, held_until_a_look = 0, held_by_host = 0;
    struct Appealed {
        Time filed_at;
        std::optional<safeguarding::Review> outcome;
        std::optional<Time> decided_at;
    };
    std::vector<Appealed> appeals;
    safeguarding::Targets targets = {};  // what was promised
};

// A count, or a time in minutes ("look.crisis.median"); docs/operators/transparency.md lists them.
struct Figure {
    std::string key;
    Shown shown = Shown::exact;
    std::int64_t value = 0;  // 0 unless it is shown exactly
};
struct Report {
    Period period;
    std::int64_t least = 5;  // under this a count is "fewer than"
    std::vector<Figure> figures;

    // Withheld where there is none of that name.
    Figure at(std::string_view key) const;
};

// Made safe by suppress().
Report count(const Facts& facts, const Period& period, std::int64_t least);
// What happened, counted now. By a host or the system. Fault `forbidden`.
Result<Report> report_for(db::ReadTx& tx, const Actor& actor, const Period& period);
// Under how many counts are "fewer than". By a host; audited. Fault `invalid`, field "least": 3 to 20.
std::int64_t least(db::ReadTx& tx);
Done set_least(db::Tx& tx, const Actor& actor, std::optional<std::int64_t> least);

// ---- published: anybody ------------------------------------------------------------------------------------

using PublishedId = Id<struct PublishedReportTag>;
struct Published {
    PublishedId id;
    Period period;
    std::string words;
    Time published_at;
    std::optional<Time> withdrawn_at;
    std::string withdrawn_because;
};
// The newest first.
std::vector<Published> published(db::ReadTx& tx);
struct Frozen {
    Published about;
    Report report;  // without figures once it is withdrawn
};
// Fault `not_found`.
Result<Frozen> find_published(db::ReadTx& tx, PublishedId id);

// By a host; audited. Faults: `forbidden`; `invalid`, field "words"; `conflict` for a time that is not over yet, or
// that overlaps a report that stands: the difference of the two would tell of few people.
Result<PublishedId> publish(db::Tx& tx, const Actor& actor, const Period& period, std::string_view words);
// A report as it is, for publish() and the demo.
PublishedId keep(db::Tx& tx, const Report& report, std::string_view words, std::optional<PersonaId> by);
// It stays in the list with the reason, without its figures. Faults: `forbidden`, `not_found`; `invalid`, field
// "reason".
Done withdraw(db::Tx& tx, const Actor& actor, PublishedId id, std::string_view reason);

std::vector<http::Route> routes();
std::vector<cli::Command> commands();

}  // namespace kith::transparency
