#include "platform/mail/session.hpp"

#include <string_view>

namespace kith::mail {
namespace {

constexpr long connect_seconds = 20, most_seconds = 60;

void start_library() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
}

bool is_this_machine(std::string_view url) {
    const std::size_t begin = url.find("://");
    if (begin == std::string_view::npos) return false;
    std::string_view host = url.substr(begin + 3);
    if (host.starts_with("[::1]")) return true;
    host = host.substr(0, host.find_first_of(":/"));
    return host == "localhost" || host == "127.0.0.1";
}

bool begins_with_tls(std::string_view url) {
    return url.starts_with("smtps://") || url.starts_with("imaps://");
}

void trust(CURL* curl, const Login& login) {
    const bool needs_tls = begins_with_tls(login.url) || !is_this_machine(login.url);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(needs_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!login.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, login.ca_file.c_str());
    if (login.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, login.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, login.password.c_str());
}

}  // namespace

Curl open_session(const Login& login, const char* protocols) {
    start_library();
    Curl curl(curl_easy_init());
    if (!curl) return curl;
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, most_seconds);
    trust(curl.get(), login);
    return curl;
}

}  // namespace kith::mail
