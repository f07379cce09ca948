#include <algorithm>
#include <chrono>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "transparency/store.hpp"
#include "transparency/transparency.hpp"

namespace kith::transparency {
namespace {

using safeguarding::Outcome, safeguarding::Reason, safeguarding::Review, safeguarding::Step,
    safeguarding::Urgency;

constexpr std::int64_t longest_days = 3660;
constexpr std::size_t p90_least = 10;  // of fewer, the 90th percentile is the longest wait of one person

// The value below which a share of them lies, by the nearest rank; of at least one.
std::int64_t percentile(std::vector<std::int64_t> sorted, std::size_t percent) {
    const std::size_t rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

// Collects counts with their sums, and times that stand beside a count.
class Counting {
public:
    explicit Counting(const Period& period, std::int64_t least) : report_{period, least, {}} {}

    std::size_t count(std::string key, std::int64_t value, bool printed = true) {
        keys_.push_back(std::move(key));
        counts_.push_back({value, printed});
        return counts_.size() - 1;
    }
    void sum(std::size_t total, std::vector<std::size_t> parts) {
        sums_.push_back({total, std::move(parts)});
    }
    // Of those that `base` counts; not shown where that is not.
    void times(const std::string& key, std::size_t base, std::vector<std::int64_t> waits_ms) {
        times_.push_back({key, base, std::move(waits_ms)});
    }

    Report made_safe() && {
        const std::vector<Shown> shown = suppress(counts_, sums_, report_.least);
        for (std::size_t i = 0; i < counts_.size(); ++i)
            if (counts_[i].printed) add(keys_[i], shown[i], counts_[i].value);
        for (Times& one : times_) add_times(one, shown[one.base] == Shown::exact);
        return std::move(report_);
    }

private:
    struct Times {
        std::string key;
        std::size_t base = 0;
        std::vector<std::int64_t> waits_ms;
    };

    void add(const std::string& key, Shown shown, std::int64_t value) {
        report_.figures.push_back({key, shown, shown == Shown::exact ? value : 0});
    }
    void add_times(Times& one, bool is_base_shown) {
        std::ranges::sort(one.waits_ms);
        const std::size_t known = is_base_shown ? one.waits_ms.size() : 0;
        const bool has_median = known >= static_cast<std::size_t>(report_.least);
        const bool has_p90 = has_median && known >= p90_least;
        const auto minutes = [&](std::size_t percent) {
            return percentile(one.waits_ms, percent) / minute_ms;
        };
        add(one.key + ".median", has_median ? Shown::exact : Shown::withheld, has_median ? minutes(50) : 0);
        add(one.key + ".p90", has_p90 ? Shown::exact : Shown::withheld, has_p90 ? minutes(90) : 0);
    }

    Report report_;
    std::vector<std::string> keys_;
    std::vector<Count> counts_;
    std::vector<Sum> sums_;
    std::vector<Times> times_;
};

std::string key_of(std::string_view table, std::string_view row) {
    return std::string(table) + "." + std::string(row);
}

// One count for each word of an enum, that together are the total.
template <WordedEnum E, class Value>
void split(Counting& out, std::size_t total, std::string_view table, Value&& value) {
    std::vector<std::size_t> parts;
    for (const E one : all_of<E>()) parts.push_back(out.count(key_of(table, to_word(one)), value(one)));
    out.sum(total, std::move(parts));
}

void count_reports(Counting& out, const Facts& facts) {
    const auto added = [&](auto&& is_meant) {
        std::int64_t sum = 0;
        for (const Facts::Reports& one : facts.reports) sum += is_meant(one) ? one.count : 0;
        return sum;
    };
    out.count("posts", facts.posts);
    const std::size_t total = out.count("reports", added([](const auto&) { return true; }));
    split<Reason>(out, total, "reports", [&](Reason reason) {
        return added([&](const Facts::Reports& one) { return one.reason == reason; });
    });
    out.sum(total, {out.count("reports_by.members", added([](const auto& one) { return one.by_member; })),
                    out.count("reports_by.guests",
                              added([](const auto& one) { return !one.by_member && !one.by_rule; })),
                    out.count("reports_by.rules", added([](const auto& one) { return one.by_rule; }))});
}

// Minutes that a case of this urgency may wait; 0: as long as it takes.
std::int64_t promised(const safeguarding::Targets& targets, Urgency urgency) {
    switch (urgency) {
        case Urgency::green:
            return 0;
        case Urgency::amber:
            return targets.amber;
        case Urgency::red:
            return targets.red;
        case Urgency::crisis:
            return targets.crisis;
    }
    return 0;
}

// How soon somebody looked at cases of one urgency, all of which are `opened`.
void count_looks(Counting& out, std::size_t opened, const std::vector<Facts::Opened>& cases, Urgency urgency,
                 std::int64_t promise) {
    std::vector<std::int64_t> waits;
    std::int64_t unlooked = 0, within = 0;
    for (const Facts::Opened& one : cases) {
        if (one.worst != urgency) continue;
        if (!one.looked_at) {
            ++unlooked;
            continue;
        }
        waits.push_back(*one.looked_at - one.opened_at);
        within += waits.back() <= promise * minute_ms;
    }
    const std::string key = key_of("look", to_word(urgency));
    const auto looked = static_cast<std::int64_t>(waits.size());
    const std::size_t base = out.count(key + ".looked", looked);
    out.sum(opened, {base, out.count(key + ".unlooked", unlooked, false)});
    if (promise > 0)
        out.sum(base, {out.count(key + ".within", within), out.count(key + ".late", looked - within, false)});
    out.times(key, base, std::move(waits));
}

void count_opened(Counting& out, const Facts& facts) {
    const std::vector<Facts::Opened>& cases = facts.opened;
    const std::size_t total = out.count("cases", static_cast<std::int64_t>(cases.size()));
    std::vector<std::size_t> parts;
    for (const Urgency urgency : all_of<Urgency>()) {
        const auto count = std::ranges::count(cases, urgency, &Facts::Opened::worst);
        parts.push_back(out.count(key_of("cases", to_word(urgency)), count));
    }
    for (const Urgency urgency : all_of<Urgency>())
        count_looks(out, parts[static_cast<std::size_t>(urgency)], cases, urgency,
                    promised(facts.targets, urgency));
    out.sum(total, std::move(parts));
    std::vector<std::int64_t> waits;
    for (const Facts::Opened& one : cases)
        if (one.decided_at) waits.push_back(*one.decided_at - one.opened_at);
    const auto known = static_cast<std::int64_t>(waits.size()), all = static_cast<std::int64_t>(cases.size());
    const std::size_t base = out.count("decision.of_opened", known);
    out.sum(total, {base, out.count("decision.undecided", all - known, false)});
    out.times("decision", base, std::move(waits));
    const auto escalated = std::ranges::count(cases, true, &Facts::Opened::is_escalated);
    out.sum(total, {out.count("escalated", escalated), out.count("escalated.not", all - escalated, false)});
}

void count_decided(Counting& out, const Facts& facts) {
    const std::vector<Facts::Decided>& all = facts.decided;
    std::int64_t sum = 0;
    for (const Facts::Decided& one : all) sum += one.count;
    split<Outcome>(out, out.count("decided", sum), "decided", [&](Outcome outcome) {
        const auto found = std::ranges::find(all, outcome, &Facts::Decided::outcome);
        return found == all.end() ? 0 : found->count;
    });
}

void count_appeals(Counting& out, const Facts& facts) {
    const std::vector<Facts::Appealed>& all = facts.appeals;
    const auto with = [&](std::optional<Review> outcome) {
        return std::ranges::count(all, outcome, &Facts::Appealed::outcome);
    };
    const std::size_t total = out.count("appeals", static_cast<std::int64_t>(all.size()));
    const std::size_t upheld = out.count("appeals.upheld", with(Review::upheld));
    const std::size_t overturned = out.count("appeals.overturned", with(Review::overturned));
    out.sum(total, {upheld, overturned, out.count("appeals.waiting", with(std::nullopt))});
    std::vector<std::int64_t> waits;
    for (const Facts::Appealed& one : all)
        if (one.decided_at) waits.push_back(*one.decided_at - one.filed_at);
    out.times("appeals", total, std::move(waits));
}

Facts facts_of(db::ReadTx& tx, const Period& period) {
    return {.posts = store::posts(tx, period),
            .reports = store::reports(tx, period),
            .opened = store::opened(tx, period),
            .escalations = store::escalations(tx, period),
            .decided = store::decided(tx, period),
            .hidden = store::case_events(tx, period, Step::hidden),
            .removed_without_report = store::removals_without_report(tx, period),
            .held_until_a_look = store::case_events(tx, period, Step::paused),
            .held_by_host = store::holds_by_host(tx, period),
            .appeals = store::appeals(tx, period),
            .targets = safeguarding::targets(tx)};
}

Period between(std::chrono::sys_days from, std::chrono::sys_days until) {
    const auto time = [](std::chrono::sys_days day) { return Time{day.time_since_epoch().count() * day_ms}; };
    return {time(from), time(until)};
}

}  // namespace

Result<Period> period_of(std::string_view from, std::string_view to, Time now) {
    const auto first = text::parse_date(from), last = text::parse_date(to);
    if (!first) return invalid("Please give the first day as year-month-day, such as 2026-01-01.", "from");
    if (!last) return invalid("Please give the last day as year-month-day, such as 2026-06-30.", "to");
    if (*last < *first) return invalid("The last day is before the first.", "to");
    if (*last - *first > longest_days * day_ms) return invalid("Please choose at most ten years.", "to");
    if (*first > now) return invalid("This time has not begun yet.", "from");
    return Period{*first, *last + day_ms};
}

Period last_quarter(Time now) {
    using namespace std::chrono;
    const year_month_day today{sys_days(days(now.ms / day_ms))};
    const year_month this_month = today.year() / today.month();
    return between(sys_days((this_month - months(3)) / day(1)), sys_days(this_month / day(1)));
}

Figure Report::at(std::string_view key) const {
    const auto found = std::ranges::find(figures, key, &Figure::key);
    return found == figures.end() ? Figure{std::string(key), Shown::withheld, 0} : *found;
}

// A table of another feature joins here: its counts and their sums, and a section in document.cpp.
Report count(const Facts& facts, const Period& period, std::int64_t least) {
    Counting out(period, least);
    count_reports(out, facts);
    count_opened(out, facts);
    count_decided(out, facts);
    out.count("escalations", facts.escalations);
    out.count("hidden", facts.hidden);
    out.count("removed_without_report", facts.removed_without_report);
    out.count("held_until_a_look", facts.held_until_a_look);
    out.count("held_by_host", facts.held_by_host);
    count_appeals(out, facts);
    return std::move(out).made_safe();
}

Result<Report> report_for(db::ReadTx& tx, const Actor& actor, const Period& period) {
    TRY(identity::require_host(tx, actor));
    return count(facts_of(tx, period), period, store::least(tx));
}

std::int64_t least(db::ReadTx& tx) { return store::least(tx); }

Done set_least(db::Tx& tx, const Actor& actor, std::optional<std::int64_t> least) {
    TRY(identity::require_host(tx, actor));
    if (!least || *least < least_least || *least > least_most)
        return invalid("Please give a number from 3 to 20.", "least");
    store::set_least(tx, *least);
    audit::record(tx, actor, "transparency.rule_changed", "published_report", 0);
    return {};
}

}  // namespace kith::transparency
