#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "learning/pages.hpp"
#include "learning/store.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::learning::pages {
namespace {

using http::Ctx;
using http::Response;

struct View {
    std::vector<WeekReport> weeks;  // the newest first
    std::map<std::string, std::string> groups;
};

Result<View> load(db::ReadTx& tx, const Actor& actor) {
    constexpr int half_a_year = 26;
    TRY(identity::require_host(tx, actor));
    View out{week_reports(tx, half_a_year), {}};
    std::vector<GroupId> ids;
    for (const WeekReport& week : out.weeks)
        for (const Figure& one : week.figures)
            if (one.part.starts_with("group.")) ids.push_back(GroupId(std::atoll(one.part.c_str() + 6)));
    for (const auto& [id, name] : groups::names_of(tx, ids))
        out.groups["group." + std::to_string(id.value())] = name;
    return out;
}

std::string_view words_of_name(std::string_view name) {
    static const std::map<std::string_view, std::string_view> words{
        {"recall", t_later("Of what needed somebody, it was noticed")},
        {"false_alarms", t_later("Of what was noticed, it needed nobody")},
        {"rate", t_later("Of all posts of the week, it points to")},
        {"moved", t_later("How far scores have moved since it learned (above 0.2 is much)")},
        {"unseen", t_later("Of what stands in posts, it had never seen")},
        {"calibration", t_later("What it foretells is off by")},
        {"disagreement", t_later("Two people who read the same post said different things")}};
    const auto at = words.find(name);
    return at == words.end() ? name : at->second;
}

std::string part_words(const Ctx& ctx, const View& view, const std::string& part) {
    static const std::map<std::string_view, std::string_view> words{
        {"all", t_later("All posts")},
        {"first", t_later("First posts")},
        {"length.short", t_later("The shortest third")},
        {"length.middle", t_later("The middle third")},
        {"length.long", t_later("The longest third")},
        {"language.en", t_later("In English")},
        {"language.es", t_later("In Spanish")},
        {"language.other", t_later("In other languages")}};
    if (const auto group = view.groups.find(part); group != view.groups.end()) return group->second;
    const auto at = words.find(part);
    return at == words.end() ? part : std::string(ctx.t(at->second));
}

std::string value_words(const Ctx& ctx, const Figure& one) {
    if (!one.value) return std::string(ctx.t("Not enough evidence"));
    if (one.name == "moved") {
        const auto hundredths = std::lround(100 * *one.value);
        return std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") +
               std::to_string(hundredths % 100);
    }
    if (!one.low || !one.high) return of_hundred(ctx, *one.value);
    return ctx.f("%1 (surely between %2 and %3)", of_hundred(ctx, *one.value),
                 std::to_string(static_cast<int>(100 * *one.low)),
                 std::to_string(static_cast<int>(std::min(100.0, 100 * *one.high + 0.99))));
}

// ---- the picture -----------------------------------------------------------------------------------------

struct Point {
    std::size_t week;  // 0: the oldest
    double value, low, high;
};

// A dot a week, with a line from the lower to the upper bound.
void picture(Html& h, const Ctx& ctx, const std::vector<Point>& points, std::size_t weeks,
             std::string_view what) {
    constexpr std::int64_t height = 120, step = 24, edge = 12;
    if (points.empty()) return;
    const auto width = static_cast<std::int64_t>(weeks) * step + 2 * edge;
    const auto y = [](double share) { return 10 + static_cast<std::int64_t>((1 - share) * (height - 20)); };
    h << "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " << width << " " << height << "\" width=\""
      << width << "\" height=\"" << height << "\" aria-label=\""
      << ctx.f("%1, week by week. The numbers stand below.", what) << "\">";
    for (const double share : {0.0, 0.5, 1.0})
        h << "<line class=\"scale\" x1=\"0\" x2=\"" << width << "\" y1=\"" << y(share) << "\" y2=\""
          << y(share) << "\"/>";
    for (const Point& point : points) {
        const std::int64_t x = edge + static_cast<std::int64_t>(point.week) * step;
        h << "<line class=\"bounds\" x1=\"" << x << "\" x2=\"" << x << "\" y1=\"" << y(point.high)
          << "\" y2=\"" << y(point.low) << "\"/><circle cx=\"" << x << "\" cy=\"" << y(point.value)
          << "\" r=\"4\"/>";
    }
    h << "</svg>";
}

std::vector<Point> points_of(const View& view, std::string_view flag) {
    std::vector<Point> out;
    for (std::size_t i = 0; i < view.weeks.size(); ++i)
        for (const Figure& one : view.weeks[i].figures)
            if (one.flag == flag && one.part == "all" && one.name == "recall" && one.value)
                out.push_back(
                    {view.weeks.size() - 1 - i, *one.value, one.low.value_or(0), one.high.value_or(1)});
    return out;
}

// ---- the tables ------------------------------------------------------------------------------------------

void cell(Html& h, std::string_view label, std::string_view words) {
    h << "<td data-label=\"" << label << "\">" << words << "</td>";
}

void row(Html& h, const Ctx& ctx, std::string_view first, std::string_view what, const Figure& one) {
    h << "<tr>";
    cell(h, ctx.t("About"), first);
    cell(h, ctx.t("What"), what);
    h << "<td data-label=\"" << ctx.t("How much") << "\">" << value_words(ctx, one);
    if (one.warns) h << " <strong class=\"badge\">" << ctx.t("Please look") << "</strong>";
    h << "</td>";
    cell(h, ctx.t("From how many"), std::to_string(one.counted));
    h << "</tr>";
}

void table_head(Html& h, const Ctx& ctx, std::string_view words) {
    h << "<table class=\"reflow\" aria-label=\"" << words << "\"><thead><tr><th scope=\"col\">"
      << ctx.t("About") << "</th><th scope=\"col\">" << ctx.t("What") << "</th><th scope=\"col\">"
      << ctx.t("How much") << "</th><th scope=\"col\">" << ctx.t("From how many")
      << "</th></tr></thead><tbody>";
}

void flag_table(Html& h, const Ctx& ctx, const View& view, Flag flag) {
    const std::string_view words = ctx.t(pages::words_of(flag));
    h << "<h2>" << words << "</h2>";
    picture(h, ctx, points_of(view, to_word(flag)), view.weeks.size(), ctx.t(words_of_name("recall")));
    table_head(h, ctx, words);
    std::string unsure;
    for (const Figure& one : view.weeks.front().figures) {
        if (one.flag != to_word(flag)) continue;
        const std::string part = part_words(ctx, view, one.part);
        if (one.value || one.part == "all") {
            row(h, ctx, part, ctx.t(words_of_name(one.name)), one);
        } else if (one.name == "recall") {
            unsure += (unsure.empty() ? "" : ", ") + part;
        }
    }
    h << "</tbody></table>";
    if (!unsure.empty()) h << "<p class=\"hint\">" << ctx.f("Not enough evidence for: %1", unsure) << "</p>";
}

void rules_table(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("Rules") << "</h2>";
    table_head(h, ctx, ctx.t("Rules"));
    for (const Figure& one : view.weeks.front().figures) {
        const assist::Rule* const rule = one.flag == "rules" ? assist::find_rule(one.part) : nullptr;
        if (!rule) continue;
        const bool is_spanish = ctx.words.language() == Language::es;
        row(h, ctx, is_spanish ? rule->reason_es : rule->reason, ctx.t(words_of_name(one.name)), one);
    }
    h << "</tbody></table>";
}

std::optional<std::int64_t> percent(std::optional<double> share) {
    return share ? std::optional<std::int64_t>(std::lround(100 * *share)) : std::nullopt;
}

Response as_json(const View& view) {
    JsonWriter j;
    j.object().array("weeks");
    for (const WeekReport& week : view.weeks) {
        j.object().member("week", week.week).array("figures");
        for (const Figure& one : week.figures)
            j.object()
                .member("flag", one.flag)
                .member("part", one.part)
                .member("name", one.name)
                .member("percent", percent(one.value))
                .member("at_least", percent(one.low))
                .member("at_most", percent(one.high))
                .member("counted", one.counted)
                .member("warns", one.warns)
                .end();
        j.end().end();
    }
    j.end().end();
    return http::json(j);
}

}  // namespace

Response show_report(Ctx& ctx) {
    const auto loaded = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor()); });
    if (!loaded) return http::error_page(ctx, loaded.error());
    const View& view = *loaded;
    if (ctx.wants_json()) return as_json(view);
    Html h;
    h << "<p>"
      << ctx.t(
             "Once a week the house looks at how rules and models have done, for all posts and for some of "
             "them. What it says rests on what people labelled in the last eight weeks; posts drawn by lot "
             "show what was missed.")
      << "</p>";
    if (view.weeks.empty()) {
        h << "<p class=\"empty\">" << ctx.t("The first report comes within a week.") << "</p>";
    } else {
        h << "<p class=\"meta\">" << ctx.f("Week of %1", text::date(ctx.words, view.weeks.front().week))
          << "</p>";
        for (const Flag flag : all_of<Flag>()) flag_table(h, ctx, view, flag);
        rules_table(h, ctx, view);
    }
    const std::string heading(ctx.t("How it has done"));
    return http::page(ctx,
                      {.title = heading,
                       .heading = heading,
                       .crumbs = {{std::string(ctx.t("What the house has learned")), url::admin_learning()}}},
                      h);
}

}  // namespace kith::learning::pages
