#include "noticing/noticing.hpp"
#include "platform/http/page.hpp"
#include "site/site.hpp"
#include "url.hpp"

namespace kith::noticing {
namespace {

using http::Ctx;
using http::Response;

Result<PostId> own_post_of(Ctx& ctx) {
    const PostId id = TRY(ctx.param<PostId>("post"));
    return ctx.read([&](db::ReadTx& tx) { return own_post(tx, ctx.actor(), id); });
}

Response show_care(Ctx& ctx) {
    const auto post = own_post_of(ctx);
    if (!post) return http::error_page(ctx, post.error());
    const std::string heading(ctx.t("Your post is there"));
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("title", heading).end();
        return http::json(j);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "Others can read it now, and answer. You need not wait for them alone: these people are there "
             "for you at once, whatever it is.")
      << "</p><section class=\"notice\" aria-labelledby=\"help-first\"><h2 id=\"help-first\">"
      << ctx.t("Is it too much to carry right now?") << "</h2>" << site::short_help(ctx)
      << "</section><p><a class=\"button\" href=\"" << url::post_in_thread(*post) << "\">"
      << ctx.t("Go to your post") << "</a></p><p class=\"hint\">"
      << ctx.t(
             "This page comes by itself after some words. It changes nothing about your post, and it may be "
             "wrong about you.")
      << "</p>";
    return http::page(ctx, {.title = heading, .heading = heading}, h);
}

}  // namespace

std::vector<http::Route> routes() {
    return {{http::Method::get, "/posts/{post}/care", http::gate::member, show_care}};
}

}  // namespace kith::noticing
