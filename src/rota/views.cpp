#include <algorithm>
#include <ranges>

#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zone/zone.hpp"
#include "rota/pages.hpp"
#include "url.hpp"

namespace kith::rota::pages {
namespace {

using http::Ctx;

}  // namespace

std::string View::group_name(const Ctx& ctx, GroupId group) const {
    if (!group) return std::string(ctx.t("all groups"));
    const auto found = groups.find(group);
    return found == groups.end() ? std::string() : found->second;
}

void name_all(db::ReadTx& tx, View& view) {
    std::vector<GroupId> groups = view.desk.groups;
    std::vector<PersonaId> people;
    std::map<std::pair<GroupId, MemberId>, PersonaId> known;
    const auto persona_of = [&](GroupId group, MemberId member) {
        const auto [at, is_new] = known.try_emplace({group, member});
        if (is_new) people.push_back(at->second = name_on(tx, group, member));
        return at->second;
    };
    for (const Shift& shift : view.shifts) {
        groups.push_back(shift.group);
        if (shift.member) view.personas[shift.id.value()] = persona_of(shift.group, shift.member);
    }
    for (std::size_t i = 0; i < view.gaps.size(); ++i)
        if (const Gap& gap = view.gaps[i]; gap.alone)
            view.personas[-static_cast<std::int64_t>(i) - 1] = persona_of(gap.alone_for, gap.alone);
    view.groups = groups::names_of(tx, groups);
    for (const auto& [id, name] : identity::names_of(tx, people)) view.people[id.value()] = name;
}

namespace {

std::string name_at(const Ctx& ctx, const View& view, std::int64_t place) {
    const auto persona = view.personas.find(place);
    if (persona == view.personas.end()) return {};
    const auto name = view.people.find(persona->second.value());
    return name == view.people.end() ? std::string(ctx.t("Former member")) : name->second;
}

}  // namespace

std::string date_words(std::int64_t day) { return text::iso({day * day_ms}).substr(0, 10); }

std::string who_words(const Ctx& ctx, const View& view, const Shift& shift) {
    if (shift.is_open()) return std::string(ctx.t("Somebody is wanted"));
    if (shift.member == view.desk.member) return std::string(ctx.t("you"));
    return name_at(ctx, view, shift.id.value());
}

std::string gap_words(const Ctx& ctx, const View& view, const Gap& gap) {
    const std::string day = day_words(ctx.words, view.zone, zone::day_of(view.zone, gap.span.begins_at),
                                      ctx.now());
    const std::string when = span_words(ctx.words, view.zone, gap.span);
    const std::string group = view.group_name(ctx, gap.group);
    if (!gap.alone) return ctx.f("%1, %2, %3: nobody", day, when, group);
    const auto at = std::ranges::find_if(view.gaps, [&](const Gap& one) { return &one == &gap; });
    const std::string name = name_at(ctx, view, -(at - view.gaps.begin()) - 1);
    return ctx.f("%1, %2, %3: %4 would be alone", day, when, group, name);
}

namespace {

void gaps_list(Html& h, const Ctx& ctx, const View& view, std::string_view heading, bool is_anybody_there) {
    const auto is_meant = [&](const Gap& gap) { return static_cast<bool>(gap.alone) == is_anybody_there; };
    if (std::ranges::none_of(view.gaps, is_meant)) return;
    h << "<h3>" << heading << "</h3><ul class=\"gaps\">";
    for (const Gap& gap : view.gaps | std::views::filter(is_meant)) {
        const std::int64_t day = zone::day_of(view.zone, gap.span.begins_at);
        h << "<li><a href=\"" << url::rota_week(date_words(day)) << "\">" << gap_words(ctx, view, gap)
          << "</a></li>";
    }
    h << "</ul>";
}

}  // namespace

void gaps_lists(Html& h, const Ctx& ctx, const View& view) {
    gaps_list(h, ctx, view, ctx.t("Nobody is there"), false);
    gaps_list(h, ctx, view, ctx.t("One person would be alone"), true);
}

void shift_json(JsonWriter& j, const View& view, const Shift& shift) {
    j.object()
        .member("id", shift.id)
        .member("group", shift.group)
        .member("begins_at", shift.begins_at)
        .member("ends_at", shift.ends_at)
        .member("is_open", shift.is_open())
        .member("is_offered", shift.offered_at.has_value())
        .member("is_own", shift.member == view.desk.member)
        .member("is_weekly", static_cast<bool>(shift.pattern))
        .end();
}

void gap_members(JsonWriter& j, const Gap& gap) {
    j.object()
        .member("group", gap.group)
        .member("begins_at", gap.span.begins_at)
        .member("ends_at", gap.span.ends_at)
        .member("people", gap.alone ? 1 : 0)
        .end();
}

void group_selection(Html& h, const Ctx& ctx, const View& view, std::string_view chosen, const Error* error) {
    http::open_selection(h, ctx, {"group", ctx.t("Which group?"), chosen}, error);
    http::option(h, "0", ctx.t("All groups"), chosen);
    for (const GroupId group : view.desk.groups)
        http::option(h, std::to_string(group.value()), view.group_name(ctx, group), chosen);
    http::close_selection(h);
}

void press(Html& h, const Ctx& ctx, const Url& action, const Press& button) {
    http::open_form(h, ctx, action);
    h << "<button class=\"button quiet\" name=\"do\" value=\"" << button.act << "\">" << button.words
      << "</button></form>";
}

http::Frame frame(const Ctx& ctx, std::string_view heading) {
    return {.title = std::string(heading),
            .heading = std::string(heading),
            .crumbs = {{std::string(ctx.t("Home")), url::home()}, {std::string(ctx.t("Rota")), url::rota()}}};
}

}  // namespace kith::rota::pages
