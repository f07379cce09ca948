#include "platform/mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>

namespace kith::mail {
namespace {

constexpr long connect_seconds = 20, most_seconds = 60;

struct Free {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, Free>;
using List = std::unique_ptr<curl_slist, Free>;

void start_library() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
}

// What is still to be sent.
std::size_t give(char* out, std::size_t size, std::size_t count, void* rest_in) {
    auto& rest = *static_cast<std::string_view*>(rest_in);
    const std::size_t given = std::min(size * count, rest.size());
    std::copy_n(rest.begin(), given, out);
    rest.remove_prefix(given);
    return given;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// Whether the last command named the recipient, and what was answered to that.
struct Talk {
    bool at_recipient = false;
    std::string answer;
};

int listen(CURL*, curl_infotype type, char* bytes, std::size_t count, void* talk_in) {
    Talk& talk = *static_cast<Talk*>(talk_in);
    const std::string_view line(bytes, count);
    if (type == CURLINFO_HEADER_OUT) talk.at_recipient = line.starts_with("RCPT ");
    if (type == CURLINFO_HEADER_IN && talk.at_recipient) talk.answer = line;
    return 0;
}

bool is_this_machine(std::string_view url) {
    const std::size_t begin = url.find("://");
    if (begin == std::string_view::npos) return false;
    const std::string_view host = url.substr(begin + 3);
    return host.starts_with("localhost") || host.starts_with("127.0.0.1") || host.starts_with("[::1]");
}

void trust(CURL* curl, const Server& server) {
    const bool needs_tls = server.url.starts_with("smtps://") || !is_this_machine(server.url);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(needs_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!server.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, server.ca_file.c_str());
    if (server.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
}

void limit(CURL* curl) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, most_seconds);
}

Outcome outcome(CURL* curl, CURLcode code, const Talk& talk) {
    if (code == CURLE_OK) return {};
    if (means_no_such_address(talk.answer)) return {Outcome::Kind::no_such_address};
    long answered = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answered);
    std::string why = curl_easy_strerror(code);
    if (answered > 0) why += " (the mail server answered " + std::to_string(answered) + ")";
    return {Outcome::Kind::trouble, std::move(why)};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool means_no_such_address(std::string_view answer) {
    if (!answer.starts_with('5') || answer.size() < 3) return false;
    const bool is_enhanced = answer.size() > 8 && is_digit(answer[4]) && answer[5] == '.' &&
                             is_digit(answer[6]);
    if (!is_enhanced)
        return answer.starts_with("550") || answer.starts_with("551") || answer.starts_with("553");
    const std::string_view reason = answer.substr(4, 5);  // RFC 3463
    constexpr auto gone = std::to_array<std::string_view>(
        {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.2.1"});
    return std::ranges::find(gone, reason) != gone.end() && (answer.size() == 9 || !is_digit(answer[9]));
}

Outcome send(const Server& server, const Message& message) {
    start_library();
    const Curl curl(curl_easy_init());
    const List to(curl_slist_append(nullptr, ("<" + message.to + ">").c_str()));
    if (!curl || !to) return {Outcome::Kind::trouble, "out of memory"};
    const std::string text = as_text(message);
    std::string_view rest = text;
    Talk talk;
    limit(curl.get());
    trust(curl.get(), server);
    // Behind the slash: how we introduce ourselves, else by the name of this machine.
    const std::string url = server.url + "/" + server.from.substr(server.from.find('@') + 1);
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + message.from + ">").c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &rest);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(curl.get(), CURLOPT_VERBOSE, 1L);  // for `listen`, which writes nothing anywhere
    curl_easy_setopt(curl.get(), CURLOPT_DEBUGFUNCTION, listen);
    curl_easy_setopt(curl.get(), CURLOPT_DEBUGDATA, &talk);
    return outcome(curl.get(), curl_easy_perform(curl.get()), talk);
}

}  // namespace kith::mail
