#include <unordered_map>

#include "platform/embed/embed.hpp"
#include "platform/html/asset.hpp"
#include "site/pages.hpp"
#include "site/store.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

const embed::Asset* find_asset(std::string_view path) {
    static const auto by_path = [] {
        std::unordered_map<std::string_view, const embed::Asset*> out;
        for (const embed::Asset& asset : embed::assets()) out.emplace(asset.path, &asset);
        return out;
    }();
    const auto found = by_path.find(path);
    return found == by_path.end() ? nullptr : found->second;
}

// The tag of one form of an asset: other bytes, another tag.
std::string tag_of(const embed::Asset& asset, std::string_view form) {
    std::string tag(asset.etag);
    if (!form.empty()) tag.insert(tag.size() - 1, "-" + std::string(form));  // inside its quotes
    return tag;
}

// The smallest form that the client takes.
void choose_bytes(Response& response, const http::Request& request, const embed::Asset& asset) {
    std::string_view form;
    response.borrowed = asset.plain;
    if (!asset.brotli.empty() && request.accepts_brotli()) {
        response.borrowed = asset.brotli;
        form = "br";
    } else if (!asset.gzip.empty() && request.accepts_gzip()) {
        response.borrowed = asset.gzip;
        form = "gzip";
    }
    if (!form.empty()) response.with("content-encoding", std::string(form));
    response.with("etag", tag_of(asset, form));
}

// The name holds a hash of the bytes, so that it may be kept for a year.
std::optional<Response> asset_at_once(Ctx& ctx) {
    const embed::Asset* const asset = find_asset(ctx.request.path);
    if (!asset) return std::nullopt;
    Response response;
    response.type = std::string(asset->type);
    response.compress = false;
    choose_bytes(response, ctx.request, *asset);
    response.with("cache-control", "public, max-age=31536000, immutable");
    response.with("vary", "accept-encoding");
    return response;
}

Response get_asset(Ctx& ctx) {
    if (auto response = asset_at_once(ctx)) return *std::move(response);
    return http::error_page(ctx, Error{Fault::not_found, t_later("We could not find that page."), ""});
}

Response get_favicon(Ctx&) { return Response::redirect(asset("favicon.svg")); }

// What is written in the groups is for people who came here, not for search engines.
Response get_robots(Ctx&) { return Response::text(std::string(asset_bytes("robots.txt"))); }

std::optional<Response> healthy_at_once(Ctx&) { return Response::text("ok\n"); }
Response get_health(Ctx&) { return Response::text("ok\n"); }

Response get_readiness(Ctx& ctx) {
    try {
        ctx.read([](db::ReadTx& tx) { store::settings(tx); });
        return Response::text("ready\n");
    } catch (const std::exception&) {
        return Response::text("the database does not answer\n", 503);
    }
}

}  // namespace

std::string_view asset_bytes(std::string_view logical) {
    for (const embed::Asset& asset : embed::assets())
        if (asset.logical == logical) return asset.plain;
    return {};
}

std::vector<http::Route> file_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/assets/{file}", gate::open, get_asset, asset_at_once},
            {Method::get, "/favicon.ico", gate::open, get_favicon},
            {Method::get, "/robots.txt", gate::open, get_robots},
            {Method::get, "/healthz", gate::open, get_health, healthy_at_once},
            {Method::get, "/readyz", gate::open, get_readiness}};
}

}  // namespace kith::site
