#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Typed HTML. A literal is markup; everything known only at run time is escaped:
//
//   h << "<li><a href=\"" << url::thread(t.id) << "\">" << t.title << "</a></li>";
//
// A run-time `const char*` does not compile; there is no way to write unescaped text but from these types:
// Html (built like this), Safe (made by the Markdown renderer alone) and Url (allow-listed or our own).
namespace kith {

// A literal piece of markup.
class Markup {
public:
    template <std::size_t N>
    consteval Markup(const char (&literal)[N]) : text_(literal, N - 1) {}
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

// HTML that the sanitiser made from member text. Only platform/text constructs it from a string; the store
// restores it from the column it was kept in.
class Safe {
public:
    Safe() = default;
    std::string_view html() const { return html_; }
    // For the renderer, and for columns that only the renderer fills.
    static Safe from_renderer(std::string html) {
        Safe safe;
        safe.html_ = std::move(html);
        return safe;
    }

private:
    std::string html_;
};

// An address that is safe in href and action: made by url.hpp from literals, ids and encoded text, or by
// `external` from an outside one.
class Url {
public:
    // A path of our own: literal pieces, ids and text, which is percent-encoded.
    template <std::size_t N>
    explicit Url(const char (&literal)[N]) : text_(literal, N - 1) {}
    Url operator/(std::int64_t id) && { return std::move(*this) / std::string_view(std::to_string(id)); }
    Url operator/(std::int64_t id) const& { return Url(*this) / id; }
    Url operator/(std::string_view segment) &&;
    Url operator/(std::string_view segment) const& { return Url(*this) / segment; }
    Url query(std::string_view key, std::string_view value) const;
    Url fragment(std::string_view id) const;

    // An outside address, only if it is http, https, mailto or tel, and without control characters; else "#".
    static Url external(std::string_view text);
    // "sms:85258?body=HELLO". Nothing of the number but its digits and a leading "+" is taken.
    static Url text_message(std::string_view number, std::string_view message);
    // A path of this site as a browser sent it ("/groups/3?page=2"): only if it begins with one "/" and not
    // "//" or "/\"; else "/". Stops open redirects.
    static Url local(std::string_view text);

    const std::string& text() const { return text_; }

private:
    Url() = default;
    std::string text_;
};

// Appends `text` with & < > " ' escaped; right for text and for quoted attributes.
void escape_html(std::string& out, std::string_view text);

// A growing piece of HTML.
class Html {
public:
    Html() = default;
    explicit Html(std::size_t reserve_bytes) { out_.reserve(reserve_bytes); }

    Html& operator<<(Markup markup) {
        out_ += markup.text();
        return *this;
    }
    template <class T>
        requires std::same_as<T, std::string> || std::same_as<T, std::string_view>
    Html& operator<<(const T& text) {
        escape_html(out_, text);
        return *this;
    }
    template <std::integral T>
        requires(!std::same_as<T, char> && !std::same_as<T, bool>)
    Html& operator<<(T number) {
        char buffer[24];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
        out_.append(buffer, end);
        return *this;
    }
    Html& operator<<(const Url& url) {
        escape_html(out_, url.text());
        return *this;
    }
    Html& operator<<(const Safe& safe) {
        out_ += safe.html();
        return *this;
    }
    Html& operator<<(const Html& html) {
        out_ += html.out_;
        return *this;
    }

    const std::string& text() const { return out_; }
    std::string take() { return std::exchange(out_, {}); }
    bool empty() const { return out_.empty(); }

private:
    std::string out_;
};

}  // namespace kith
