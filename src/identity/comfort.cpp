#include "identity/comfort.hpp"

#include <array>
#include <optional>

namespace kith::identity {
namespace {

constexpr std::string_view cookie = "kith-comfort";

using Parts = std::array<std::string_view, 5>;

Parts parts_of(std::string_view text) {
    Parts parts;
    for (std::string_view& part : parts) {
        const std::size_t dot = text.find('.');
        part = text.substr(0, dot);
        text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    }
    return parts;
}

std::optional<Comfort> read(std::string_view text) {
    const auto [language_word, theme_word, view_word, keys_word, country_code] = parts_of(text);
    const auto language = from_word<Language>(language_word);
    const auto theme = from_word<Theme>(theme_word);
    const auto view = from_word<View>(view_word);
    if (!language || !theme || !view) return std::nullopt;
    return Comfort{*language, *theme, *view, keys_word != "off", country_of(country_code)};
}

}  // namespace

Comfort comfort_of_guest(const http::Request& request, const Site& site) {
    if (const auto kept = read(request.cookie(cookie))) return *kept;
    Comfort comfort;
    comfort.language = Words::preferred(request.header("accept-language"), site.language);
    return comfort;
}

std::string comfort_cookie(const Comfort& comfort, const Site& site) {
    std::string out(cookie);
    out.append("=").append(to_word(comfort.language));
    out.append(".").append(to_word(comfort.theme));
    out.append(".").append(to_word(comfort.view));
    out.append(comfort.keys ? ".on" : ".off");
    if (comfort.country) out.append(".").append(comfort.country->code);
    out += "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax";
    if (site.public_url.starts_with("https://")) out += "; Secure";
    return out;
}

}  // namespace kith::identity
