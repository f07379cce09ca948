#include "platform/text/time_words.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;
using identity::LookUp;

constexpr int look_ups_shown = 50;

Result<std::vector<LookUp>> load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) { return identity::list_look_ups(tx, ctx.actor(), look_ups_shown); });
}

void form(Html& h, const Ctx& ctx, const Error* error) {
    h << "<p>"
      << ctx.t(
             "Some people write under another name in a group. Look up who they are only when you must, such "
             "as when somebody is in danger. Every look-up stays in this list, with your name and your "
             "reason.")
      << "</p>";
    open_form(h, ctx, url::admin_look_ups());
    field(h, ctx,
          {.name = "name", .label = ctx.t("The name they write under"), .value = ctx.form().get("name")},
          error);
    field(h, ctx,
          {.name = "reason",
           .label = ctx.t("Why do you need to know?"),
           .hint = ctx.t("One sentence. The other hosts can read it."),
           .value = ctx.form().get("reason")},
          error);
    current_password_field(h, ctx, error);
    close_form(h, ctx.t("Look up who it is"));
}

void cell(Html& h, std::string_view label, std::string_view words) {
    h << "<td data-label=\"" << label << "\">" << words << "</td>";
}

void table(Html& h, const Ctx& ctx, const std::vector<LookUp>& rows) {
    if (rows.empty()) return;
    h << "<h2>" << ctx.t("What was looked up") << "</h2><table class=\"reflow\"><thead><tr>";
    for (const std::string_view head : {ctx.t("When"), ctx.t("Who"), ctx.t("Name"), ctx.t("Why")})
        h << "<th scope=\"col\">" << head << "</th>";
    h << "</tr></thead><tbody>";
    for (const LookUp& row : rows) {
        h << "<tr>";
        cell(h, ctx.t("When"), text::exact(ctx.words, row.at));
        cell(h, ctx.t("Who"), row.by);
        cell(h, ctx.t("Name"), row.name);
        cell(h, ctx.t("Why"), row.reason);
        h << "</tr>";
    }
    h << "</tbody></table>";
}

Response page(Ctx& ctx, const std::vector<LookUp>& rows, const Error* error) {
    Html h;
    form(h, ctx, error);
    table(h, ctx, rows);
    return form_page(ctx, admin_frame(ctx, ctx.t("Who writes under a name")), h, error);
}

Response as_json(const std::vector<LookUp>& rows) {
    JsonWriter j;
    j.object().array("look_ups");
    for (const LookUp& row : rows)
        j.object()
            .member("at", row.at)
            .member("by", row.by)
            .member("name", row.name)
            .member("reason", row.reason)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_look_ups(Ctx& ctx) {
    const auto rows = load(ctx);
    if (!rows) return http::error_page(ctx, rows.error());
    return ctx.wants_json() ? as_json(*rows) : page(ctx, *rows, nullptr);
}

Response post_look_up(Ctx& ctx) {
    const identity::LookUpForm typed{std::string(ctx.form().get("name")),
                                     std::string(ctx.form().get("reason"))};
    const auto found = [&]() -> Result<PersonaId> {
        TRY(identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current")));
        return ctx.write([&](db::Tx& tx) { return identity::look_up(tx, ctx.actor(), typed); });
    }();
    if (found) return http::done(ctx, url::admin_member(*found), 201);
    const auto rows = load(ctx);
    return rows ? page(ctx, *rows, &found.error()) : http::error_page(ctx, rows.error());
}

}  // namespace

std::vector<http::Route> look_up_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin/look-ups", gate::host, get_look_ups},
            {Method::post, "/admin/look-ups", gate::host, post_look_up}};
}

}  // namespace kith::site
