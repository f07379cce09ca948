#include "platform/push/push.hpp"

#include <algorithm>

#include "platform/call/call.hpp"

namespace kith::push {
namespace {

constexpr std::size_t endpoint_most = 1000;

bool is_plain(char c) {
    return c > ' ' && c < 127 && c != '"' && c != '<' && c != '>' && c != '\\' && c != '@';
}

bool is_at(std::string_view host, std::string_view service) {
    return host == service || (host.ends_with(service) && host[host.size() - service.size() - 1] == '.');
}

}  // namespace

std::vector<std::string> known_services() {
    return {"fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"};
}

std::optional<std::string> service_of(std::string_view endpoint, const std::vector<std::string>& services) {
    if (endpoint.size() > endpoint_most || !std::ranges::all_of(endpoint, is_plain)) return std::nullopt;
    const bool is_secure = endpoint.starts_with("https://");
    if (!is_secure && !endpoint.starts_with("http://")) return std::nullopt;
    const std::size_t begin = endpoint.find("://") + 3;
    const std::size_t slash = endpoint.find('/', begin);
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view authority = endpoint.substr(begin, slash - begin);
    const std::string_view host = authority.substr(0, authority.find(':'));
    const bool is_local = host == "localhost";
    if ((!is_secure || host != authority) && !is_local) return std::nullopt;
    const bool is_known = std::ranges::any_of(services,
                                              [&](const std::string& one) { return is_at(host, one); });
    return is_known ? std::optional(std::string(endpoint.substr(0, slash))) : std::nullopt;
}

Outcome send(const Signal& signal) {
    const long status = call::post(
        {.url = signal.endpoint,
         .headers = {"TTL: 86400", "Urgency: normal", "Topic: news",
                     "Authorization: vapid t=" + signal.token + ", k=" + signal.public_key}});
    if (status == 404 || status == 410) return Outcome::gone;
    return status >= 200 && status < 300 ? Outcome::sent : Outcome::trouble;
}

}  // namespace kith::push
