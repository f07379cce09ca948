#include "platform/mail/smtp.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "platform/mail/session.hpp"

namespace kith::mail {
namespace {

using List = std::unique_ptr<curl_slist, FreeCurl>;

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
    const Curl curl = open_session({server.url, server.user, server.password, server.ca_file}, "smtp,smtps");
    const List to(curl_slist_append(nullptr, ("<" + message.to + ">").c_str()));
    if (!curl || !to) return {Outcome::Kind::trouble, "out of memory"};
    const std::string text = as_text(message);
    std::string_view rest = text;
    Talk talk;
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
