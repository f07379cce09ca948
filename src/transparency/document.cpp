#include "transparency/document.hpp"

#include <algorithm>
#include <cmath>

#include "platform/text/time_words.hpp"
#include "safeguarding/safeguarding.hpp"

namespace kith::transparency {
namespace {

using safeguarding::Outcome, safeguarding::Reason, safeguarding::Urgency, safeguarding::words_of;

// Says the figures of one report.
class Speaker {
public:
    Speaker(const Report& report, const Words& words) : report_(report), words_(words) {}

    std::string t(std::string_view message) const { return std::string(words_.t(message)); }
    template <class... Values>
    std::string f(std::string_view message, const Values&... values) const {
        return words_.f(message, values...);
    }

    // "5,040"
    std::string number(std::int64_t value) const {
        std::string out = std::to_string(value);
        const char mark = words_.language() == Language::es ? '.' : ',';
        for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3)
            out.insert(static_cast<std::size_t>(at), 1, mark);
        return out;
    }
    // "62.5", of tenths
    std::string tenths(std::int64_t value) const {
        return number(value / 10) + (words_.language() == Language::es ? "," : ".") +
               std::to_string(value % 10);
    }
    std::string count(std::string_view key) const {
        const Figure figure = report_.at(key);
        if (figure.shown == Shown::few) return f(t_later("fewer than %1"), number(report_.least));
        return figure.shown == Shown::exact ? number(figure.value) : t(t_later("not shown"));
    }
    bool knows(std::string_view key) const { return report_.at(key).shown == Shown::exact; }
    bool is_none(std::string_view key) const { return knows(key) && value(key) == 0; }
    std::int64_t value(std::string_view key) const { return report_.at(key).value; }

    // "31% (19 of 62)", "2.4% (12 of 500)"; without the percentage where it cannot be said.
    std::string share(std::string_view part, std::string_view whole) const {
        if (report_.at(part).shown == Shown::withheld) return count(part);
        const std::string of = f(t_later("%1 of %2"), count(part), count(whole));
        if (!knows(part) || !knows(whole) || value(whole) == 0) return of;
        constexpr std::int64_t ten_percent = 100;
        const std::int64_t shown = thousandths(part, whole);
        const bool is_small = shown > 0 && shown < ten_percent;
        return (is_small ? tenths(shown) : number((shown + 5) / 10)) + "% (" + of + ")";
    }
    std::int64_t thousandths(std::string_view part, std::string_view whole) const {
        return std::llround(1000.0 * static_cast<double>(value(part)) / static_cast<double>(value(whole)));
    }
    // Beside the largest one that is shown; no bar where nothing is.
    std::optional<double> bar(std::string_view key, std::int64_t largest) const {
        if (!knows(key) || largest == 0) return 0.0;
        return static_cast<double>(value(key)) / static_cast<double>(largest);
    }

    // Of the cases that `base` counts.
    std::string minutes(std::string_view key, std::string_view base) const {
        constexpr long in_hours = 120, in_days = 48 * 60;
        if (is_none(base)) return t(t_later("none"));
        if (!knows(key)) return t(t_later("not shown"));
        const long value_min = value(key);
        if (value_min < in_hours) return words_.n("%d minute", "%d minutes", value_min);
        if (value_min < in_days) return words_.n("%d hour", "%d hours", (value_min + 30) / 60);
        return words_.n("%d day", "%d days", (value_min + 720) / 1440);
    }

private:
    const Report& report_;
    const Words& words_;
};

struct Named {
    std::string key;
    std::string label;
};
template <WordedEnum E>
std::vector<Named> each(const Speaker& say, std::string_view table) {
    std::vector<Named> out;
    for (const E one : all_of<E>())
        out.push_back({std::string(table) + "." + std::string(to_word(one)), say.t(words_of(one))});
    return out;
}

// A row for each with its share of the whole, the largest first, and what is few in one sentence below.
Section shares(const Speaker& say, std::string heading, std::string what, std::string_view whole,
               std::vector<Named> all) {
    Section out{.heading = std::move(heading),
                .words = std::move(what),
                .heads = {say.t(t_later("What")), say.t(t_later("How many"))},
                .rows = {}};
    std::ranges::stable_sort(all, std::greater(), [&](const Named& one) { return say.value(one.key); });
    std::int64_t largest = 0;
    for (const Named& one : all) largest = std::max(largest, say.value(one.key));
    std::string none;
    for (const Named& one : all) {
        if (say.knows(one.key) && say.value(one.key) == 0) {
            none += (none.empty() ? "" : "; ") + one.label;
            continue;
        }
        out.rows.push_back({{one.label, say.share(one.key, whole)}, say.bar(one.key, largest)});
    }
    out.rows.push_back({{say.t(t_later("All together")), say.count(whole)}});
    if (!none.empty() && !say.is_none(whole)) out.notes.push_back(say.f(t_later("None: %1."), none));
    return out;
}

Section volume(const Speaker& say) {
    Section out{
        .heading = say.t(t_later("What was written and reported")),
        .words = say.t(t_later("Posts count with what was removed since.")),
        .heads = {say.t(t_later("What")), say.t(t_later("How many"))},
        .rows = {{{say.t(t_later("Posts")), say.count("posts")}},
                 {{say.t(t_later("Accounts that wrote them")), say.count("writers")}},
                 {{say.t(t_later("Reports")), say.count("reports")}},
                 {{say.t(t_later("Cases: all reports about the same post together")), say.count("cases")}}}};
    if (say.knows("posts") && say.knows("reports") && say.value("posts") > 0) {
        const std::int64_t tenths = std::llround(10000.0 * static_cast<double>(say.value("reports")) /
                                                 static_cast<double>(say.value("posts")));
        out.rows.push_back(
            {{say.t(t_later("Reports for 1,000 posts")),
              say.tenths(tenths) + " (" +
                  say.f(t_later("%1 of %2"), say.count("reports"), say.count("posts")) + ")"}});
    }
    return out;
}

Section looks(const Speaker& say) {
    Section out{
        .heading = say.t(t_later("How long until somebody looked")),
        .words = say.t(t_later("From the first report to the first time that a person did something about "
                               "the case, day and night. The urgency is the highest that the case had.")),
        .heads = {say.t(t_later("How urgent")), say.t(t_later("Looked at")), say.t(t_later("Half within")),
                  say.t(t_later("Nine of ten within")), say.t(t_later("Within the promised time"))},
        .rows = {}};
    for (const Urgency urgency : {Urgency::crisis, Urgency::red, Urgency::amber, Urgency::green}) {
        const std::string word(to_word(urgency)), key = "look." + word;
        const bool is_promised = urgency != Urgency::green;
        out.rows.push_back(
            {{say.t(words_of(urgency)), say.share(key + ".looked", "cases." + word),
              say.minutes(key + ".median", key + ".looked"), say.minutes(key + ".p90", key + ".looked"),
              is_promised ? say.share(key + ".within", key + ".looked") : say.t(t_later("none"))}});
    }
    out.notes.push_back(say.t(
        t_later("The promised time goes by another clock: in a crisis every minute counts; else only minutes "
                "in which somebody was on shift, in groups that have a rota.")));
    return out;
}

Section decisions(const Speaker& say) {
    Section out = shares(say, say.t(t_later("What was decided")),
                         say.t(t_later("Of cases that were decided in this time, also of older ones.")),
                         "decided", each<Outcome>(say, "decided"));
    if (say.is_none("cases")) return out;
    out.notes.push_back(
        say.f(t_later("Of the cases opened in this time, %1 are decided; half of these within %2, nine "
                      "of ten within %3."),
              say.share("decision.of_opened", "cases"), say.minutes("decision.median", "decision.of_opened"),
              say.minutes("decision.p90", "decision.of_opened")));
    return out;
}

Section others(const Speaker& say) {
    const auto row = [&](std::string_view label, std::string_view key, std::string_view whole) {
        return Row{{say.t(label), say.share(key, whole)}};
    };
    return {.heading = say.t(t_later("Taken down, and on hold")),
            .words = say.t(
                t_later("Besides the decisions above. Beside it stands how many posts were written in this "
                        "time, and how many accounts wrote them; some of what was taken down is older.")),
            .heads = {say.t(t_later("What")), say.t(t_later("How many"))},
            .rows = {row(t_later("Posts hidden by several reports until somebody looked"), "hidden", "posts"),
                     row(t_later("Posts taken down without a report"), "removed_without_report", "posts"),
                     row(t_later("Accounts on hold by many reports until somebody looked"),
                         "held_until_a_look", "writers"),
                     row(t_later("Accounts put on hold by a host"), "held_by_host", "writers")}};
}

Section escalations(const Speaker& say) {
    return {
        .heading = say.t(t_later("When a service outside was told")),
        .words = say.t(t_later("An ambulance or a crisis team, for example, where somebody may have been in "
                               "danger.")),
        .heads = {say.t(t_later("What")), say.t(t_later("How many"))},
        .rows = {{{say.t(t_later("Cases opened in this time in which one was told")),
                   say.share("escalated", "cases")}},
                 {{say.t(t_later("Times that one was told")), say.count("escalations")}}}};
}

Section appeals(const Speaker& say) {
    const auto row = [&](std::string_view label, std::string_view key) {
        return Row{{say.t(label), say.share(key, "appeals")}};
    };
    Section out{.heading = say.t(t_later("When somebody asked for another look")),
                .words = say.t(
                    t_later("Asked for in this time; somebody else than the one who decided looks again.")),
                .heads = {say.t(t_later("What")), say.t(t_later("How many"))},
                .rows = {row(t_later("The decision stood"), "appeals.upheld"),
                         row(t_later("The decision was taken back"), "appeals.overturned"),
                         row(t_later("Not answered yet"), "appeals.waiting"),
                         {{say.t(t_later("All together")), say.count("appeals")}}}};
    if (!say.is_none("appealable"))
        out.notes.push_back(say.f(
            t_later("Of what was done about posts in this time, and can be asked about, somebody asked about "
                    "%1."),
            say.share("appealable.asked", "appealable")));
    if (!say.is_none("appeals"))
        out.notes.push_back(say.f(t_later("Half were answered within %1, nine of ten within %2."),
                                  say.minutes("appeals.median", "appeals"),
                                  say.minutes("appeals.p90", "appeals")));
    return out;
}

Section how_to_read(const Speaker& say, const Report& report) {
    return {.heading = say.t(t_later("How to read this")),
            .words = say.f(
                t_later("So that nobody is told of, a number from 1 to %1 is shown as \"fewer than %2\". "
                        "Where others would give it away, they are \"not shown\" either. Times are not shown "
                        "for fewer than %2 cases, and \"nine of ten\" for fewer than 10. Days are those of "
                        "UTC."),
                say.number(report.least - 1), say.number(report.least)),
            .heads = {},
            .rows = {}};
}

}  // namespace

std::string period_in_words(const Period& period, const Words& words) {
    return words.f(t_later("%1 to %2"), text::date(words, period.from), text::date(words, period.last_day()));
}

Document in_words(const Report& report, const Told& told, const Words& words) {
    const Speaker say(report, words);
    Document out{.title = say.f(t_later("What we did: %1"), told.community),
                 .period = period_in_words(report.period, words),
                 .front = {},
                 .sections = {}};
    if (told.published_at)
        out.front.push_back(say.f(t_later("Published on %1."), text::date(words, *told.published_at)));
    if (!told.by_host.empty()) out.front.push_back(told.by_host);
    out.sections.push_back(volume(say));
    out.sections.push_back(shares(say, say.t(t_later("What reports were about")),
                                  say.t(t_later("As whoever reported it chose.")), "reports",
                                  each<Reason>(say, "reports")));
    out.sections.push_back(shares(say, say.t(t_later("Who reported")),
                                  say.t(t_later("Rules are words that a program looks for in posts.")),
                                  "reports",
                                  {{"reports_by.members", say.t(t_later("Members"))},
                                   {"reports_by.guests", say.t(t_later("Guests"))},
                                   {"reports_by.rules", say.t(t_later("Rules"))}}));
    out.sections.push_back(shares(say, say.t(t_later("Cases opened, by how urgent they were")),
                                  say.t(t_later("The urgency is the highest that the case had.")), "cases",
                                  each<Urgency>(say, "cases")));
    out.sections.push_back(looks(say));
    out.sections.push_back(decisions(say));
    out.sections.push_back(others(say));
    out.sections.push_back(escalations(say));
    out.sections.push_back(appeals(say));
    out.sections.push_back(how_to_read(say, report));
    return out;
}

}  // namespace kith::transparency
