#include "platform/mail/message.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <stdexcept>

namespace kith::mail {
namespace {

constexpr std::size_t line_most = 76;
constexpr std::size_t address_most = 254;

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What RFC 5322 calls an atom; quoted local parts are hardly anybody's and a way to smuggle things in.
bool is_atom(char c) {
    return is_alnum(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}

bool is_plain(std::string_view text) {
    return text.find("=?") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 127; });
}

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();  // the zero
    return out;
}

std::string in_one_line(std::string_view text) {
    std::string out(text);
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, ' ');
    return out;
}

// The longest beginning of at most `most` bytes that splits no character.
std::size_t whole_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text.size();
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return end == 0 ? most : end;
}

std::string fold(std::string_view text, std::size_t used) {
    std::string out;
    while (used + text.size() > line_most) {
        const std::size_t room = line_most > used ? line_most - used : 1;
        std::size_t space = text.rfind(' ', room);
        if (space == std::string_view::npos || space == 0) space = text.find(' ', room);
        if (space == std::string_view::npos || space == 0) break;
        out += std::string(text.substr(0, space)) + "\r\n ";
        text.remove_prefix(space + 1);
        used = 1;
    }
    return out.append(text);
}

// Of UTC, in English whatever the locale (RFC 5322, 3.3).
std::string date_of(Time time) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = time.ms / second_ms;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%s, %d %s %d %02d:%02d:%02d +0000",
                  days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                  months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
    return out.data();
}

// Base64 in lines: no server changes it, and no line of it begins with a dot.
std::string body_of(std::string_view text) {
    std::string lines;
    for (const char c : text) {
        if (c == '\r') continue;
        lines += c == '\n' ? "\r\n" : std::string(1, c);
    }
    const std::string encoded = base64(lines);
    std::string out;
    for (std::size_t at = 0; at < encoded.size(); at += line_most)
        out += encoded.substr(at, line_most) + "\r\n";
    return out;
}

std::string domain_of(std::string_view address) { return std::string(address.substr(address.find('@') + 1)); }

// One that could end the header is no address.
bool is_url(std::string_view text) {
    return text.starts_with("http") &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127 && c != '<' && c != '>'; });
}

}  // namespace

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > address_most) return false;
    const std::string_view name = text.substr(0, at), domain = text.substr(at + 1);
    const auto in_domain = [](char c) { return is_alnum(c) || c == '.' || c == '-'; };
    const auto hard = [](std::string_view part) {
        return part.starts_with('.') || part.ends_with('.') || part.find("..") != std::string_view::npos;
    };
    return std::ranges::all_of(name, is_atom) && std::ranges::all_of(domain, in_domain) && !domain.empty() &&
           !hard(name) && !hard(domain) && !name.starts_with('-');
}

std::string encoded_words(std::string_view text, std::size_t used) {
    const std::string line = in_one_line(text);
    if (is_plain(line)) return fold(line, used);
    constexpr std::string_view open = "=?UTF-8?B?", close = "?=";
    std::string out;
    for (std::string_view rest = line; !rest.empty();) {
        const std::size_t taken = line_most - std::min(used, line_most / 2) - open.size() - close.size();
        const std::size_t count = whole_characters(rest, taken / 4 * 3);
        out += (out.empty() ? "" : "\r\n ") + std::string(open) + base64(rest.substr(0, count)) +
               std::string(close);
        rest.remove_prefix(count);
        used = 1;
    }
    return out;
}

std::string as_text(const Message& message) {
    if (!is_address(message.from) || !is_address(message.to) || !std::ranges::all_of(message.id, is_alnum))
        throw std::invalid_argument("a mail without proper addresses");
    std::string out = "Date: " + date_of(message.sent_at) + "\r\n";
    out += "From: " + message.from + "\r\n";
    out += "To: " + message.to + "\r\n";
    if (is_address(message.reply_to)) out += "Reply-To: " + message.reply_to + "\r\n";
    out += "Subject: " + encoded_words(message.subject, 9) + "\r\n";
    out += "Message-ID: <" + message.id + "@" + domain_of(message.from) + ">\r\n";
    if (is_url(message.unsubscribe))
        out += "List-Unsubscribe: <" + message.unsubscribe +
               ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    out +=
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    return out + body_of(message.body);
}

}  // namespace kith::mail
