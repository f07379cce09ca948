#include "transfer/plain_markdown.hpp"

#include "platform/text/ascii.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

bool is_entity(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && (is_alnum(text[at]) || (at == 1 && text[at] == '#'))) ++at;
    return at > 1 && at < text.size() && text[at] == ';';
}

// Whether Markdown might act on the character at `at`. Where it is not certain, it might.
bool acts(std::string_view text, std::size_t at) {
    const char c = text[at];
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + 1 < text.size() ? text[at + 1] : ' ';
    switch (c) {
        case '\\':
            return is_punctuation(after) || at + 1 == text.size();
        case '`':
        case '[':
            return true;
        case '*':
        case '~':
            return !(is_space(before) && is_space(after));
        case '_':
            return !(is_alnum(before) && is_alnum(after)) && !(is_space(before) && is_space(after));
        case '<':
            return is_alpha(after) || after == '/' || after == '!' || after == '?';
        case '&':
            return is_entity(text.substr(at));
        case '|':
            return before == '|' || after == '|';
        case '@':
            return !is_alnum(before) && (is_alnum(after) || static_cast<unsigned char>(after) >= 0x80);
        default:
            return false;
    }
}

bool is_url_start(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("ftp://");
}

std::string_view url_at(std::string_view text) {
    std::string_view url = text.substr(0, text.find_first_of(" \t<>\""));
    const bool has_open = url.find('(') != std::string_view::npos;
    while (!url.empty()) {
        const char last = url.back();
        const bool trailing = std::string_view(".,;:!?'`*]|}").find(last) != std::string_view::npos;
        if (!trailing && (last != ')' || has_open)) break;
        url.remove_suffix(1);
    }
    return url;
}

void append_url(std::string& out, std::string_view url, bool in_brackets) {
    const bool plain = std::all_of(url.begin(), url.end(), [](char c) {
        return is_alnum(c) || std::string_view("/:.?=%#-").find(c) != std::string_view::npos;
    });
    if (plain && !in_brackets) {
        out += url;
    } else {
        out.append("<").append(url).append(">");
    }
}

// Mail programs write a link as its text and its address: "http://a.org <http://a.org>". How long
// the repetition at the start of `rest` is, else 0.
std::size_t repeated_url(std::string_view rest, std::string_view url) {
    const std::size_t open = rest.find_first_not_of(' ');
    if (open == std::string_view::npos || rest[open] != '<') return 0;
    std::string_view again = rest.substr(open + 1);
    if (!again.starts_with(url)) return 0;
    again.remove_prefix(url.size());
    if (again.starts_with('/')) again.remove_prefix(1);
    return again.starts_with('>') ? rest.size() - again.size() + 1 : 0;
}

// Writes the URL at the start of the text, if there is one; returns how much of the text it took.
std::size_t take_url(std::string& out, std::string_view text) {
    const bool bracket = text.starts_with('<');
    const std::size_t begin = bracket ? 1 : 0;
    if (!is_url_start(text.substr(begin))) return 0;
    const std::string_view url = url_at(text.substr(begin));
    if (url.size() <= 8) {  // "http://<host>/": the parser would take the mark of an escape into a link
        const std::size_t colon = text.find(':');
        out.append(bracket ? "\\" : "").append(text.substr(0, colon)).append("\\:");
        return colon + 1;
    }
    const std::size_t end = begin + url.size();
    const bool closed = bracket && end < text.size() && text[end] == '>';
    if (bracket && !closed) out += "\\<";
    append_url(out, url, bracket);
    const std::size_t taken = end + (closed ? 1 : 0);
    return taken + repeated_url(text.substr(taken), url);
}

// The line's first character if Markdown takes it for a heading, a list, a rule, a table or a
// hidden line.
bool begins_a_block(std::string_view text) {
    const char c = text[0];
    const bool alone = text.size() == 1 || is_blank(text[1]);
    switch (c) {
        case '#': {
            const std::size_t end = text.find_first_not_of('#');
            return end == std::string_view::npos || is_blank(text[end]);
        }
        case '>':
        case '|':
        case ':':
        case '=':
            return true;
        case '!':
            return alone;
        case '+':
        case '-':
            return alone || text.find_first_not_of("-+=|: \t") == std::string_view::npos;
        case '*':
        case '_':
            return alone;
        default:
            return false;
    }
}

bool is_drawn_across(std::string_view text) {
    return text.size() >= 3 && std::string_view("_*~-=").find(text[0]) != std::string_view::npos &&
           text.find_first_not_of(text[0]) == std::string_view::npos;
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const bool may_start = at == 0 || !is_alnum(text[at - 1]);
        if (may_start && (text[at] == '<' || text[at] == 'h' || text[at] == 'f')) {
            const std::size_t taken = take_url(out, text.substr(at));
            at += taken;
            if (taken > 0) continue;
        }
        if (acts(text, at)) out += '\\';
        out += text[at] == '\t' ? ' ' : text[at];
        ++at;
    }
}

std::size_t number_mark(std::string_view text, std::size_t most_digits) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 0 || digits > most_digits || digits == text.size()) return 0;
    if (text[digits] != '.' && text[digits] != ')') return 0;
    const bool ends = digits + 1 == text.size() || is_blank(text[digits + 1]);
    return ends ? digits + 2 : 0;
}

void append_line_text(std::string& out, std::string_view text) {
    if (text.empty()) return;
    if (is_drawn_across(text)) {
        out.append("\\").append(text);  // a line drawn across; its one escape makes it text
    } else if (begins_a_block(text)) {
        out.append("\\") += text[0];
        append_text(out, text.substr(1));
    } else if (const std::size_t mark = number_mark(text, 9); mark > 0) {
        out.append(text.substr(0, mark - 2)).append("\\") += text[mark - 2];
        append_text(out, text.substr(mark - 1));
    } else {
        append_text(out, text);
    }
}

}  // namespace kith::transfer
