#include "platform/html/asset.hpp"
#include "site/pages.hpp"
#include "url.hpp"

// Kith on a home screen, and pages for when the network is away. The worker (web/worker/sw.ts) keeps the two pages as a
// stranger sees them.
namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

constexpr std::string_view petrol = "#0b5f63", paper = "#faf7f2";  // web/css/colour.css

struct Icon {
    std::string_view asset, sizes, type, purpose;
};
void icon(JsonWriter& j, const Icon& icon) {
    j.object()
        .member("src", asset(icon.asset).text())
        .member("sizes", icon.sizes)
        .member("type", icon.type)
        .member("purpose", icon.purpose)
        .end();
}

// A home screen is seen by others: neither the community nor what it is about stands there.
std::optional<Response> manifest_at_once(Ctx& ctx) {
    JsonWriter j;
    j.object()
        .member("name", "Kith")
        .member("short_name", "Kith")
        .member("id", url::home().text())
        .member("start_url", url::home().text())
        .member("scope", url::home().text())
        .member("display", "standalone")
        .member("lang", to_word(ctx.comfort.language))
        .member("dir", direction(ctx.comfort.language))
        .member("theme_color", petrol)
        .member("background_color", paper);
    j.array("icons");
    icon(j, {"favicon.svg", "any", "image/svg+xml", "any"});
    icon(j, {"home-192.png", "192x192", "image/png", "any"});
    icon(j, {"home-512.png", "512x512", "image/png", "any maskable"});
    j.end().end();
    Response response = Response::json(j.str());
    response.type = "application/manifest+json";
    return response;
}
Response get_manifest(Ctx& ctx) { return *manifest_at_once(ctx); }

// Asked for again at each visit, so that a new one is taken up.
std::optional<Response> worker_at_once(Ctx&) {
    Response response;
    response.type = "text/javascript; charset=utf-8";
    response.borrowed = asset_bytes("sw.js");
    response.with("cache-control", "no-cache");
    return response;
}
Response get_worker(Ctx& ctx) { return *worker_at_once(ctx); }

// No address: the browser shows this page under the one that did not come.
void try_again_link(Html& h, const Ctx& ctx) {
    h << "<p><a class=\"button\" href=\"\">" << ctx.t("Try again") << "</a></p>";
}

Response offline_page(Ctx& ctx, std::string_view heading, Html main) {
    main << "<h2>" << ctx.t("Urgent help") << "</h2>" << help_words(ctx);
    const std::string title(heading);
    return http::page(ctx, {.title = title, .heading = title}, main);
}

std::optional<Response> offline_at_once(Ctx& ctx) {
    Html h;
    h << "<p>" << ctx.t("We cannot reach this site just now. Your device seems to have no network.")
      << "</p><p>"
      << ctx.t(
             "What you were writing is kept up to the last time it said \"Saved\". Going back shows it, "
             "too.")
      << "</p>";
    try_again_link(h, ctx);
    return offline_page(ctx, ctx.t("No network just now"), std::move(h));
}
Response get_offline(Ctx& ctx) { return *offline_at_once(ctx); }

// The worker puts the fields and the address of the form in.
std::optional<Response> unsent_at_once(Ctx& ctx) {
    Html h;
    h << "<p id=\"unsent-words\">"
      << ctx.t("We could not reach this site. Your words are still here, on this page alone.")
      << "</p><form class=\"composer\" method=\"post\" action=\"" << url::offline_unsent() << "\">"
      << Safe::from_renderer("<!--fields-->") << "<button class=\"button\">" << ctx.t("Try again")
      << "</button></form><p>" << ctx.t("A post that is sent twice stands there once.") << "</p>";
    return offline_page(ctx, ctx.t("Not sent yet"), std::move(h));
}
Response get_unsent(Ctx& ctx) { return *unsent_at_once(ctx); }

}  // namespace

std::vector<http::Route> offline_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/site.webmanifest", gate::open, get_manifest, manifest_at_once},
            {Method::get, "/sw.js", gate::open, get_worker, worker_at_once},
            {Method::get, "/offline", gate::open, get_offline, offline_at_once},
            {Method::get, "/offline/unsent", gate::open, get_unsent, unsent_at_once}};
}

}  // namespace kith::site
