#include "platform/http/saved.hpp"

#include <algorithm>

#include "platform/http/page.hpp"

namespace kith::http {
namespace {

constexpr std::string_view cookie = "kith-saved";
constexpr std::string_view seconds = "60";  // pages that never come say nothing later on

std::string cookie_for(const Site& site, std::string_view path, std::string_view age) {
    std::string out(cookie);
    out.append("=").append(path).append("; Path=/; Max-Age=").append(age).append("; HttpOnly; SameSite=Lax");
    if (site.public_url.starts_with("https://")) out += "; Secure";
    return out;
}

// What `next` of a form may hold could end a cookie's value and begin something else.
bool is_plain(std::string_view path) {
    return std::ranges::all_of(path, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
               c == '-';
    });
}

}  // namespace

Response saved(Ctx& ctx, const Url& to) {
    Response response = done(ctx, to);
    const std::string path = to.text().substr(0, to.text().find_first_of("?#"));
    if (ctx.wants_json() || !is_plain(path)) return response;
    return response.with("set-cookie", cookie_for(*ctx.site, path, seconds));
}

bool says_saved(const Ctx& ctx) {
    return ctx.request.method == Method::get && ctx.request.cookie(cookie) == ctx.request.path;
}

std::string forget_saved(const Site& site) { return cookie_for(site, "", "0"); }

}  // namespace kith::http
