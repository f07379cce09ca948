#include <algorithm>

#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "replies/replies.hpp"
#include "url.hpp"

namespace kith::replies {
namespace {

using http::Ctx;
using http::Response;

Response as_json(const std::vector<Reply>& all) {
    JsonWriter j;
    j.object().array("replies");
    for (const Reply& one : all)
        j.object().member("id", one.id).member("name", one.name).member("words", one.words).end();
    j.end().end();
    return http::json(j);
}

void put_form(Html& h, const Ctx& ctx, const Reply& reply, const Error* error) {
    h << "<h2 id=\"change\">" << (reply.id ? ctx.t("Change these words") : ctx.t("Add words")) << "</h2>";
    http::open_form(h, ctx, url::admin_replies());
    h << "<input type=\"hidden\" name=\"reply\" value=\"" << reply.id << "\">";
    http::field(h, ctx,
                {.name = "name",
                 .label = ctx.t("What are they for?"),
                 .value = error ? ctx.form().get("name") : std::string_view(reply.name)},
                error);
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("The words to the author"),
                 .hint = ctx.t("Which rule it is about, what happens now, and that they still belong here."),
                 .value = error ? ctx.form().get("words") : std::string_view(reply.words),
                 .rows = 5},
                error);
    h << "<p class=\"row\"><button class=\"button\">" << ctx.t("Save") << "</button>";
    if (reply.id)
        h << "<button class=\"button quiet\" name=\"do\" value=\"delete\">" << ctx.t("Take off the list")
          << "</button>";
    h << "</p></form>";
}

Response list_page(Ctx& ctx, std::int64_t chosen, const Error* error) {
    const std::vector<Reply> all = ctx.read([](db::ReadTx& tx) { return list(tx); });
    if (ctx.wants_json() && !error) return as_json(all);
    Html h;
    h << "<p>"
      << ctx.t("Those who decide about a post can begin with one of these, and change it before it is sent.")
      << "</p><ul class=\"cards\">";
    for (const Reply& one : all)
        h << "<li class=\"card\"><h2 dir=\"auto\">" << one.name << "</h2><blockquote dir=\"auto\">"
          << one.words << "</blockquote><p><a href=\""
          << url::admin_replies().query("reply", std::to_string(one.id)).fragment("change") << "\">"
          << ctx.t("Change") << "<span class=\"visually-hidden\">: " << one.name << "</span></a></p></li>";
    h << "</ul>";
    const auto at = std::ranges::find(all, chosen, &Reply::id);
    put_form(h, ctx, at == all.end() ? Reply() : *at, error);
    const std::string heading(ctx.t("Words for decisions"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

Response show(Ctx& ctx) {
    const Done may = ctx.read([&](db::ReadTx& tx) { return identity::require_host(tx, ctx.actor()); });
    return may ? list_page(ctx, ctx.query().number("reply").value_or(0), nullptr)
               : http::error_page(ctx, may.error());
}

Response save(Ctx& ctx) {
    const Reply reply{ctx.form().number("reply").value_or(0), std::string(ctx.form().get("name")),
                      std::string(ctx.form().get("words"))};
    const Done saved = ctx.write([&](db::Tx& tx) {
        return ctx.form().get("do") == "delete" ? take_away(tx, ctx.actor(), reply.id)
                                                : put(tx, ctx.actor(), reply);
    });
    if (saved) return http::done(ctx, url::admin_replies());
    const bool is_kept = saved.error().fault == Fault::invalid || saved.error().fault == Fault::conflict;
    if (ctx.wants_json() || !is_kept) return http::error_page(ctx, saved.error());
    return list_page(ctx, reply.id, &saved.error());
}

}  // namespace

std::vector<http::Route> routes() {
    return {{http::Method::get, "/admin/replies", http::gate::host, show},
            {http::Method::post, "/admin/replies", http::gate::host, save}};
}

}  // namespace kith::replies
