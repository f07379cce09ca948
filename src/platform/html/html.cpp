#include "platform/html/html.hpp"

#include <algorithm>
#include <array>

namespace kith {
namespace {

// Unreserved characters of RFC 3986; everything else in a segment or a query is percent-encoded.
bool is_unreserved(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void percent_encode(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789ABCDEF";
    while (!text.empty()) {
        const auto plain = std::find_if_not(text.begin(), text.end(), is_unreserved) - text.begin();
        out.append(text, 0, static_cast<std::size_t>(plain));
        text.remove_prefix(static_cast<std::size_t>(plain));
        if (text.empty()) return;
        const auto c = static_cast<unsigned char>(text.front());
        out += '%';
        out += hex[c >> 4];
        out += hex[c & 15];
        text.remove_prefix(1);
    }
}

bool has_control_or_space(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char ch) {
        const auto c = static_cast<unsigned char>(ch);
        return c <= 0x20 || c == 0x7f;
    });
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
    if (text.size() < lower.size()) return false;
    return std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
    });
}

constexpr std::string_view escape_of(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

constexpr auto needs_escape = [] {
    std::array<bool, 256> table{};
    for (const char c : {'&', '<', '>', '"', '\''}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

}  // namespace

Url Url::operator/(std::string_view segment) && {
    if (text_.empty() || text_.back() != '/') text_ += '/';
    percent_encode(text_, segment);
    return std::move(*this);
}

Url Url::query(std::string_view key, std::string_view value) const {
    Url url = *this;
    url.text_ += text_.find('?') == std::string::npos ? '?' : '&';
    percent_encode(url.text_, key);
    url.text_ += '=';
    percent_encode(url.text_, value);
    return url;
}

Url Url::fragment(std::string_view id) const {
    Url url = *this;
    url.text_ += '#';
    percent_encode(url.text_, id);
    return url;
}

Url Url::external(std::string_view text) {
    Url url;
    const bool allowed = starts_with_ignoring_case(text, "https://") ||
                         starts_with_ignoring_case(text, "http://") ||
                         starts_with_ignoring_case(text, "mailto:") ||
                         starts_with_ignoring_case(text, "tel:");
    url.text_ = allowed && !has_control_or_space(text) ? std::string(text) : "#";
    return url;
}

Url Url::text_message(std::string_view number, std::string_view message) {
    Url url;
    url.text_ = "sms:";
    for (const char c : number)
        if ((c >= '0' && c <= '9') || (c == '+' && url.text_.ends_with(':'))) url.text_ += c;
    return message.empty() ? url : url.query("body", message);
}

Url Url::local(std::string_view text) {
    Url url;
    const bool ours = !text.empty() && text[0] == '/' &&
                      (text.size() == 1 || (text[1] != '/' && text[1] != '\\')) &&
                      !has_control_or_space(text) && text.find('\\') == std::string_view::npos;
    url.text_ = ours ? std::string(text) : "/";
    return url;
}

void escape_html(std::string& out, std::string_view text) {
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!needs_escape[static_cast<unsigned char>(text[i])]) continue;
        out.append(text, done, i - done);
        out += escape_of(text[i]);
        done = i + 1;
    }
    out.append(text, done);
}

}  // namespace kith
