#include "platform/text/markdown_escape.hpp"

#include <algorithm>

#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

bool is_name_byte(char c) {
    return is_ascii_letter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Whether text[i] could be a mark wherever it stands in a line.
bool is_mark_anywhere(std::string_view text, std::size_t i) {
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    switch (text[i]) {
        case '\\':
        case '`':
        case '*':
        case '[':
        case ']':
        case '<':
        case '|':
            return true;
        case '&':
            return is_ascii_letter(next) || next == '#';
        case '_':
            return i == 0 || !is_name_byte(text[i - 1]) || !is_name_byte(next);
        default:
            return false;
    }
}

// Where a line of text would begin a list, heading, quote, rule or fence: the byte to escape.
std::size_t mark_at_start(std::string_view line) {
    if (line.empty()) return std::string_view::npos;
    const char next = line.size() > 1 ? line[1] : ' ';
    const bool doubled = next == line[0] || next == ' ';
    switch (line[0]) {
        case '>':
            return 0;
        case '-':
        case '+':
        case '#':
        case '=':
        case '~':
            return doubled ? 0 : std::string_view::npos;
        case '!':
            return next == ' ' ? 0 : std::string_view::npos;
        default:
            break;
    }
    const std::size_t end = line.find_first_not_of("0123456789");
    const bool numbered = end > 0 && end != std::string_view::npos && end <= 9 &&
                          (line[end] == '.' || line[end] == ')');
    return numbered ? end : std::string_view::npos;
}

template <class Each>
void for_each_line(std::string_view text, Each each) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        each(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_mark_anywhere(text, i)) out += '\\';
        out += text[i];
    }
}

std::string safe_line(std::string_view line) {
    std::string out = trim(line);
    if (const std::size_t at = mark_at_start(out); at != std::string::npos) out.insert(at, 1, '\\');
    return out;
}

std::string paragraph_lines(std::string_view inline_markdown) {
    std::string out;
    for_each_line(inline_markdown, [&](std::string_view line) {
        const std::string safe = safe_line(line);
        if (safe.empty()) return;
        if (!out.empty()) out += '\n';
        out += safe;
    });
    return out;
}

std::string prefix_lines(std::string_view text, std::string_view first_prefix, std::string_view prefix) {
    std::string out;
    for_each_line(text, [&](std::string_view line) {
        if (!out.empty()) out += '\n';
        out += out.empty() ? first_prefix : prefix;
        out += line;
        while (out.ends_with(' ')) out.pop_back();
    });
    return out;
}

std::size_t longest_run(std::string_view text, char c) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char each : text) {
        run = each == c ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace kith::text
