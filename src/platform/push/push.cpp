#include "platform/push/push.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace kith::push {
namespace {

constexpr long connect_seconds = 10, most_seconds = 20;
constexpr std::size_t endpoint_most = 1000;

struct Free {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

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
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
    const std::unique_ptr<CURL, Free> curl(curl_easy_init());
    std::unique_ptr<curl_slist, Free> headers;
    for (const std::string& line :
         {std::string("TTL: 86400"), std::string("Urgency: normal"), std::string("Topic: news"),
          "Authorization: vapid t=" + signal.token + ", k=" + signal.public_key})
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    CURL* const it = curl.get();
    curl_easy_setopt(it, CURLOPT_URL, signal.endpoint.c_str());
    curl_easy_setopt(it, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(it, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(it, CURLOPT_PROXY, "");
    curl_easy_setopt(it, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(it, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(it, CURLOPT_TIMEOUT, most_seconds);
    curl_easy_setopt(it, CURLOPT_POSTFIELDS, "");
    curl_easy_setopt(it, CURLOPT_POSTFIELDSIZE, 0L);
    curl_easy_setopt(it, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(it, CURLOPT_WRITEFUNCTION, ignore);
    if (curl_easy_perform(it) != CURLE_OK) return Outcome::trouble;
    long status = 0;
    curl_easy_getinfo(it, CURLINFO_RESPONSE_CODE, &status);
    if (status == 404 || status == 410) return Outcome::gone;
    return status >= 200 && status < 300 ? Outcome::sent : Outcome::trouble;
}

}  // namespace kith::push
