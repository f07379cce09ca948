#include "identity/identity.hpp"
#include "pacing/words.hpp"
#include "platform/http/forms.hpp"
#include "url.hpp"

// How many first posts of somebody new wait, for the host.
namespace kith::pacing {
namespace {

using http::Ctx;
using http::Response;

Response newcomers_page(Ctx& ctx, const Error* error) {
    const auto posts = ctx.read([&](db::ReadTx& tx) -> Result<std::int64_t> {
        TRY(identity::require_host(tx, ctx.actor()));
        return site_newcomer_posts(tx);
    });
    if (!posts) return http::error_page(ctx, posts.error());
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        j.object().member("posts", *posts).end();
        return http::json(j);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "In groups that say nothing else, the first posts of somebody new can wait until somebody who "
             "looks after the group has looked. What is written anonymously waits then, too, so that nobody "
             "can tell who is new.")
      << "</p>";
    http::open_form(h, ctx, url::admin_newcomers());
    const std::string shown = error ? std::string(ctx.form().get("posts")) : std::to_string(*posts);
    http::field(h, ctx,
                {.name = "posts",
                 .label = ctx.t("How many first posts of somebody new wait for a look?"),
                 .hint = ctx.t("0: none."),
                 .value = shown,
                 .type = "number"},
                error);
    http::close_form(h, ctx.t("Save"));
    const std::string heading(ctx.t("First posts of newcomers"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

}  // namespace

std::optional<std::int64_t> posts_typed(const Ctx& ctx) {
    if (ctx.form().get("posts").empty()) return std::nullopt;
    return ctx.form().number("posts").value_or(-1);
}

Response show_newcomers(Ctx& ctx) { return newcomers_page(ctx, nullptr); }

Response save_newcomers(Ctx& ctx) {
    const Done saved = ctx.write(
        [&](db::Tx& tx) { return set_site_newcomers(tx, ctx.actor(), posts_typed(ctx).value_or(-1)); });
    if (saved) return http::done(ctx, url::admin_newcomers());
    if (saved.error().field.empty() || ctx.wants_json()) return http::error_page(ctx, saved.error());
    return newcomers_page(ctx, &saved.error());
}

}  // namespace kith::pacing
