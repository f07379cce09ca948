#include <algorithm>

#include "identity/identity.hpp"
#include "platform/zone/zone.hpp"
#include "rota/pages.hpp"
#include "url.hpp"

// The host's page: the clock, pairs, limits, and the room.
namespace kith::rota::pages {
namespace {

using http::Ctx;
using http::Response;

struct Form {
    View view;
    Settings settings;
    std::vector<GroupId> paired;
    std::vector<GroupId> rooms;  // groups by invitation
};

Result<Form> load_form(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Form> {
        TRY(identity::require_host(tx, ctx.actor()));
        Form out{.view = {.desk = TRY(desk(tx, ctx.actor()))},
                 .settings = settings(tx),
                 .paired = paired_groups(tx)};
        for (const groups::Group& group : groups::listed_groups(tx, Actor::system()))
            if (group.admission == groups::Admission::invitation && !group.archived_at)
                out.rooms.push_back(group.id);
        name_all(tx, out.view);
        return out;
    });
}

std::string paired_name(GroupId group) { return "paired-" + std::to_string(group.value()); }

void zone_selection(Html& h, const Ctx& ctx, std::string_view chosen, const Error* error) {
    http::open_selection(h, ctx, {"zone", ctx.t("The clock of the community"), chosen}, error);
    for (const std::string& name : zone::names()) http::option(h, name, name, chosen);
    http::close_selection(h);
}

void pair_boxes(Html& h, const Ctx& ctx, const Form& form) {
    h << "<fieldset class=\"choices\"><legend>" << ctx.t("Where should nobody be alone?") << "</legend>"
      << "<p class=\"hint\">"
      << ctx.t("A shift with one person alone shows as a gap there, until a second person comes.") << "</p>";
    std::vector<GroupId> groups = form.view.desk.groups;
    groups.insert(groups.begin(), GroupId());
    for (const GroupId group : groups) {
        h << "<label class=\"choice\"><input type=\"checkbox\" name=\"" << paired_name(group)
          << "\" value=\"yes\"";
        if (std::ranges::find(form.paired, group) != form.paired.end()) h << " checked";
        h << "><span>"
          << (group ? form.view.group_name(ctx, group) : std::string(ctx.t("Shifts for all groups")))
          << "</span></label>";
    }
    h << "</fieldset>";
}

void limit_field(Html& h, const Ctx& ctx, const http::Field& field, std::int64_t number, const Error* error) {
    const std::string shown = error ? std::string(ctx.form().get(field.name)) : std::to_string(number);
    http::Field filled = field;
    filled.value = shown;
    filled.type = "number";
    http::field(h, ctx, filled, error);
}

void limit_fields(Html& h, const Ctx& ctx, const Settings& now, const Error* error) {
    h << "<h2>" << ctx.t("Time to rest") << "</h2>";
    limit_field(h, ctx,
                {.name = "shift_most",
                 .label = ctx.t("How many urgent reports may one person take on in a shift?"),
                 .hint = ctx.t("Those where somebody may be in danger, or is treated unkindly. Then they are "
                               "asked to hand over. 0: no limit.")},
                now.shift_most, error);
    limit_field(h, ctx, {.name = "week_most", .label = ctx.t("And in seven days? 0: no limit")},
                now.week_most, error);
}

void room_selection(Html& h, const Ctx& ctx, const Form& form, const Error* error) {
    h << "<h2>" << ctx.t("A room for those who look after groups") << "</h2><p class=\"hint\">"
      << ctx.t(
             "A group by invitation. Whoever has a task here belongs to it by itself, and leaves it with "
             "the task. Nobody else finds it.")
      << "</p>";
    const std::string chosen = error ? std::string(ctx.form().get("room"))
                                     : std::to_string(form.settings.room.value());
    http::open_selection(h, ctx, {"room", ctx.t("Which group?"), chosen}, error);
    http::option(h, "0", ctx.t("None"), chosen);
    for (const GroupId group : form.rooms)
        http::option(h, std::to_string(group.value()), form.view.group_name(ctx, group), chosen);
    http::close_selection(h);
}

Response settings_json(const Form& form) {
    JsonWriter j;
    j.object()
        .member("zone", form.settings.zone)
        .member("shift_most", form.settings.shift_most)
        .member("week_most", form.settings.week_most)
        .member("room", form.settings.room)
        .array("paired");
    for (const GroupId group : form.paired) j.value(group);
    j.end().end();
    return http::json(j);
}

Response settings_page(Ctx& ctx, const Error* error) {
    const auto form = load_form(ctx);
    if (!form) return http::error_page(ctx, form.error());
    if (ctx.wants_json() && !error) return settings_json(*form);
    Html h;
    h << "<p><a href=\"" << url::rota() << "\">" << ctx.t("See the rota") << "</a></p>";
    http::open_form(h, ctx, url::admin_rota());
    zone_selection(h, ctx, error ? ctx.form().get("zone") : std::string_view(form->settings.zone), error);
    pair_boxes(h, ctx, *form);
    limit_fields(h, ctx, form->settings, error);
    room_selection(h, ctx, *form, error);
    http::close_form(h, ctx.t("Save"));
    const std::string heading(ctx.t("How the rota works"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

}  // namespace

Response show_settings(Ctx& ctx) { return settings_page(ctx, nullptr); }

Response save_settings(Ctx& ctx) {
    constexpr std::int64_t no_number = -1;
    const http::Form& form = ctx.form();
    const Settings typed{.zone = std::string(form.get("zone")),
                         .shift_most = form.number("shift_most").value_or(no_number),
                         .week_most = form.number("week_most").value_or(no_number),
                         .room = GroupId(form.number("room").value_or(0))};
    const Done saved = ctx.write([&](db::Tx& tx) {
        std::vector<GroupId> paired = all_groups(tx);
        paired.push_back({});
        std::erase_if(paired, [&](GroupId group) { return !form.checked(paired_name(group)); });
        return set_settings(tx, ctx.actor(), typed, paired);
    });
    if (saved) return http::done(ctx, url::admin_rota());
    if (saved.error().field.empty()) return http::error_page(ctx, saved.error());
    return settings_page(ctx, &saved.error());
}

}  // namespace kith::rota::pages
