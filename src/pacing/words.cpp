#include "pacing/words.hpp"

#include <algorithm>

#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "site/site.hpp"
#include "url.hpp"

// What people read of the pace of a place.
namespace kith::pacing {
namespace {

using http::Ctx;

std::string minutes_in_words(const Ctx& ctx, std::int64_t minutes) {
    if (minutes % (24 * 60) == 0) return ctx.n("%d day", "%d days", static_cast<long>(minutes / (24 * 60)));
    if (minutes % 60 == 0) return ctx.n("%d hour", "%d hours", static_cast<long>(minutes / 60));
    return ctx.n("%d minute", "%d minutes", static_cast<long>(minutes));
}

void time_at(Html& h, const Ctx& ctx, Time at) {
    h << "<time datetime=\"" << text::iso(at) << "\">" << text::exact(ctx.words, at) << "</time>";
}

void banner(Html& h, const Ctx& ctx, const Setting& one) {
    if (one.words.empty()) return;
    h << "<p class=\"own-words\" dir=\"auto\">" << one.words << "</p>";
    if (one.kind == Kind::memorial) h << "<div id=\"pace-help\">" << site::short_help(ctx) << "</div>";
}

void when_to_write(Html& h, const Ctx& ctx, const Here& here, const Pace& pace) {
    h << "<li>" << ctx.f("Each person can send one post in %1.", minutes_in_words(ctx, pace.slow_minutes));
    if (here.next_turn) {
        h << " " << ctx.t("You can write again at:") << " ";
        time_at(h, ctx, here.next_turn);
        h << ". " << ctx.t("Your words are kept until then.");
    }
    h << "</li>";
}

// The latest; nothing if one of them has no end.
std::optional<Time> end_of(std::span<const Setting> settings) {
    std::optional<Time> out;
    for (const Setting& one : settings) {
        if (!one.until) return std::nullopt;
        out = std::max(out.value_or(Time()), *one.until);
    }
    return out;
}

bool is_told(const Setting& one) { return !one.words.empty() || !one.pace.is_usual(); }

}  // namespace

void notes(Html& h, const Ctx& ctx, const Here& here, bool is_staff) {
    if (std::ranges::none_of(here.settings, is_told)) return;
    const Pace pace = together(here.settings);
    const auto is_cover = [](const Setting& one) { return one.kind == Kind::cover; };
    h << "<section class=\"notice\" id=\"pace\" aria-labelledby=\"pace-heading\"><h2 id=\"pace-heading\">"
      << ctx.t("It is quiet here for a while") << "</h2>";
    for (const Setting& one : here.settings) banner(h, ctx, one);
    if (std::ranges::any_of(here.settings, is_cover))
        h << "<p>" << ctx.t("Nobody who looks after this group is here at the moment.") << "</p>";
    h << "<ul>";
    if (pace.read_only) h << "<li>" << ctx.t("For now this can be read, and nothing new be sent.") << "</li>";
    if (pace.slow_minutes > 0 && !pace.read_only) when_to_write(h, ctx, here, pace);
    if (pace.held_first && !pace.read_only)
        h << "<li>" << ctx.t("What you send waits until somebody who looks after the group has looked.")
          << "</li>";
    if (pace.flags_hide)
        h << "<li>" << ctx.t("One report hides a post until somebody has looked.") << "</li>";
    if (const auto end = end_of(here.settings)) {
        h << "<li>" << ctx.t("It is like this until:") << " ";
        time_at(h, ctx, *end);
        h << ".</li>";
    }
    h << "</ul>";
    if (is_staff)
        h << "<p>" << ctx.t("You look after the group: under your name you can write at any time.")
          << " <a href=\"" << url::pace(here.settings.front().group) << "\">"
          << ctx.t("How fast people write here") << "</a> <a href=\""
          << url::waiting(here.settings.front().group) << "\">" << ctx.t("What waits for a look")
          << "</a></p>";
    h << "</section>";
}

// ---- the form ----------------------------------------------------------------------------------------------

namespace {

template <class Words>
void selection(Html& h, const Ctx& ctx, const http::Choices& what, std::span<const std::int64_t> numbers,
               std::string_view zero, Words&& words, const Error* error) {
    http::open_selection(h, ctx, what, error);
    http::option(h, "0", zero, what.chosen);
    for (const std::int64_t number : numbers)
        http::option(h, std::to_string(number), words(number), what.chosen);
    http::close_selection(h);
}

}  // namespace

void slow_field(Html& h, const Ctx& ctx, std::string_view chosen, std::string_view zero, const Error* error) {
    selection(
        h, ctx, {"slow", ctx.t("One post of each person in"), chosen}, slow_choices, zero,
        [&](std::int64_t minutes) { return minutes_in_words(ctx, minutes); }, error);
}

void pace_form(Html& h, const Ctx& ctx, const Url& action, std::span<const Setting> standing,
               const Error* error) {
    const auto known = std::ranges::find(standing, Kind::set, &Setting::kind);
    const Setting now = known == standing.end() ? Setting() : *known;
    const http::Form& form = ctx.form();
    const auto shown = [&](std::string_view name, std::string_view value) {
        return error ? std::string(form.get(name)) : std::string(value);
    };
    http::open_form(h, ctx, action);
    slow_field(h, ctx, shown("slow", std::to_string(now.pace.slow_minutes)), ctx.t("As many as they like"),
               error);
    http::check_box(h, ctx,
                    {.name = "held_first",
                     .label = ctx.t("Each post waits until somebody of us has looked"),
                     .checked = error ? form.checked("held_first") : now.pace.held_first});
    http::check_box(h, ctx,
                    {.name = "read_only",
                     .label = ctx.t("It can only be read"),
                     .checked = error ? form.checked("read_only") : now.pace.read_only});
    selection(
        h, ctx, {"hours", ctx.t("For how long"), shown("hours", "0")}, hour_choices,
        ctx.t("Until one of us ends it"),
        [&](std::int64_t hours) { return minutes_in_words(ctx, hours * 60); }, error);
    const std::string words = shown("words", now.words), reason = shown("reason", now.reason);
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("Your words to everybody here"),
                 .hint = ctx.t("You can leave it empty."),
                 .value = words,
                 .rows = 3},
                error);
    http::field(h, ctx,
                {.name = "reason",
                 .label = ctx.t("Why"),
                 .hint = ctx.t("Only those who look after the group read this."),
                 .value = reason,
                 .rows = 2},
                error);
    http::close_form(h, ctx.t("Save"));
}

PaceForm typed_pace(const Ctx& ctx) {
    constexpr std::int64_t none = -1;
    const http::Form& form = ctx.form();
    return {.pace = {.slow_minutes = form.has("slow") ? form.number("slow").value_or(none) : 0,
                     .held_first = form.checked("held_first"),
                     .read_only = form.checked("read_only")},
            .words = std::string(form.get("words")),
            .reason = std::string(form.get("reason")),
            .hours = form.has("hours") ? form.number("hours").value_or(none) : 0};
}

std::string pace_in_words(const Ctx& ctx, const Pace& pace) {
    std::string out;
    const auto add = [&](std::string_view words) { out.append(out.empty() ? "" : ", ").append(words); };
    if (pace.slow_minutes > 0)
        add(ctx.f("one post of each person in %1", minutes_in_words(ctx, pace.slow_minutes)));
    if (pace.held_first) add(ctx.t("each post waits for a look"));
    if (pace.read_only) add(ctx.t("it can only be read"));
    if (pace.flags_hide) add(ctx.t("one report hides a post"));
    return out;
}

std::string_view words_of(Cause cause) {
    switch (cause) {
        case Cause::place:
            return t_later("Every post waits here for a while.");
        case Cause::newcomer:
            return t_later("First posts of somebody new wait, and what is written anonymously.");
        case Cause::person:
            return t_later("A decision about an earlier post says so.");
        case Cause::method:
            return t_later("Rules found how to harm oneself in it. They may be wrong.");
    }
    return {};
}

}  // namespace kith::pacing
