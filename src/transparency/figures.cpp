#include <algorithm>
#include <chrono>
#include <set>

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
    // Some of a total. How many are left is not printed, but could be worked out. It can be more than the total where
    // it is about older ones too: then nothing is left.
    std::size_t part(std::size_t total, const std::string& key, std::int64_t value) {
        const std::size_t at = count(key, value);
        const std::int64_t left = counts_[total].value - value;
        if (left >= 0) sum(total, {at, count(key + ".not", left, false)});
        return at;
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
    const std::size_t total = out.count("reports", added([](const auto&) { return true; }));
    split<Reason>(out, total, "reports", [&](Reason reason) {
        return added([&](const Facts::Reports& one) { return one.reason == reason; });
    });
    out.sum(total, {out.count("reports_by.members", added([](const auto& one) { return one.by_member; })),
                    out.count("reports_by.guests",
                              added([](const auto& one) { return !one.by_member && !one.by_rule; })),
                    out.count("reports_by.rules", added([](const auto& one) { return one.by_rule; }))});
}

// By the clock of the desk: in a crisis every minute counts, else those in which somebody was on shift, once there was
// a rota.
bool is_in_time(const Facts& facts, const Facts::Opened& one) {
    const auto shifts = facts.cover.spans(one.group);
    const bool had_rota = !shifts.empty() && shifts.front().begins_at <= one.opened_at;
    const safeguarding::Case as_opened{
        .group = one.group, .urgency = one.worst, .opened_at = one.opened_at, .urgent_since = one.opened_at};
    const auto due = safeguarding::due_at(as_opened, facts.targets, had_rota ? facts.cover : rota::Cover());
    return due && one.looked_at <= *due;
}

// How soon somebody looked at cases of one urgency, all of which are `opened`.
void count_looks(Counting& out, std::size_t opened, const Facts& facts, Urgency urgency) {
    std::vector<std::int64_t> waits;
    std::int64_t within = 0;
    for (const Facts::Opened& one : facts.opened) {
        if (one.worst != urgency || !one.looked_at) continue;
        waits.push_back(*one.looked_at - one.opened_at);
        within += is_in_time(facts, one);
    }
    const std::string key = key_of("look", to_word(urgency));
    const std::size_t base = out.part(opened, key + ".looked", static_cast<std::int64_t>(waits.size()));
    if (urgency != Urgency::green) out.part(base, key + ".within", within);
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
        count_looks(out, parts[static_cast<std::size_t>(urgency)], facts, urgency);
    out.sum(total, std::move(parts));
    std::vector<std::int64_t> waits;
    for (const Facts::Opened& one : cases)
        if (one.decided_at) waits.push_back(*one.decided_at - one.opened_at);
    const std::size_t base = out.part(total, "decision.of_opened", static_cast<std::int64_t>(waits.size()));
    out.times("decision", base, std::move(waits));
    out.part(total, "escalated", std::ranges::count(cases, true, &Facts::Opened::is_escalated));
    out.count("escalations", facts.escalations);
}

// What was done about posts in it, by a decision or without a report: all of it can be asked about again. How that
// hangs together with the decisions is told to suppress(), which is why "nothing" stands beside the others together.
void count_decided(Counting& out, const Facts& facts, std::size_t removals) {
    const auto decided = [&](Outcome outcome) {
        const auto found = std::ranges::find(facts.decided, outcome, &Facts::Decided::outcome);
        return found == facts.decided.end() ? 0 : found->count;
    };
    std::int64_t done = 0;
    std::vector<std::size_t> parts;
    for (const Outcome outcome : all_of<Outcome>()) {
        if (outcome == Outcome::nothing) continue;
        parts.push_back(out.count(key_of("decided", to_word(outcome)), decided(outcome)));
        done += decided(outcome);
    }
    const std::int64_t nothing = decided(Outcome::nothing);
    const std::size_t something = out.count("decided.something", done, false);
    out.sum(something, std::move(parts));
    out.sum(out.count("decided", nothing + done), {out.count("decided.nothing", nothing), something});
    const std::size_t about_posts = out.part(something, "decided.about_posts", facts.done_about_posts);
    const std::size_t all = out.count("appealable", facts.done_about_posts + facts.removed_without_report);
    out.sum(all, {about_posts, removals});
    out.part(all, "appealable.asked", facts.asked_again);
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

// From so early on that a case of the first night finds the rota that there was.
rota::Cover cover_of(db::ReadTx& tx, const std::vector<Facts::Opened>& cases, const Period& period) {
    std::set<GroupId> groups;
    for (const Facts::Opened& one : cases) groups.insert(one.group);
    return rota::cover_of(tx, std::vector(groups.begin(), groups.end()),
                          period.from + -rota::planned_ahead_days * day_ms);
}

Facts facts_of(db::ReadTx& tx, const Period& period) {
    std::vector<Facts::Opened> opened = store::opened(tx, period);
    rota::Cover cover = cover_of(tx, opened, period);
    return {.posts = store::posts(tx, period),
            .writers = store::writers(tx, period),
            .reports = store::reports(tx, period),
            .opened = std::move(opened),
            .cover = std::move(cover),
            .escalations = store::escalations(tx, period),
            .decided = store::decided(tx, period),
            .done_about_posts = store::done_about_posts(tx, period),
            .asked_again = store::asked_again(tx, period),
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
    const std::size_t posts = out.count("posts", facts.posts);
    const std::size_t writers = out.count("writers", facts.writers);
    count_reports(out, facts);
    count_opened(out, facts);
    out.part(posts, "hidden", facts.hidden);
    count_decided(out, facts, out.part(posts, "removed_without_report", facts.removed_without_report));
    out.part(writers, "held_until_a_look", facts.held_until_a_look);
    out.part(writers, "held_by_host", facts.held_by_host);
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
