#include "transfer/mail/paragraphs.hpp"

#include <algorithm>
#include <utility>

#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"
#include "transfer/mail/code.hpp"
#include "transfer/plain_markdown.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

// "- Justin" at the end of a mail is no list.
bool is_sign_off(const Strings& lines) {
    return lines.size() == 1 && std::count(lines[0].begin(), lines[0].end(), ' ') <= 2;
}

void append_marks(std::string& out, int quote, bool blank_behind) {
    for (int i = 0; i < quote; ++i) out += i + 1 < quote || blank_behind ? "> " : ">";
}

void append_blank(std::string& out, int quote) {
    append_marks(out, quote, false);
    out += '\n';
}

std::string fence_for(const Strings& lines) {
    std::size_t longest = 2;
    for (const std::string_view line : lines)
        for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
            const std::size_t end = std::min(line.find_first_not_of('`', at), line.size());
            longest = std::max(longest, end - at);
            at = line.find('`', end);
        }
    return std::string(longest + 1, '`');
}

// The line without `columns` of its indent.
std::string dedented(std::string_view line, std::size_t columns) {
    const std::size_t indent = indent_of(line);
    const std::string_view text = trimmed(line);
    return text.empty() ? std::string() : std::string(indent - std::min(indent, columns), ' ').append(text);
}

void append_code(std::string& out, const Strings& lines, int quote) {
    const std::size_t least = least_indent(lines);
    const std::string fence = fence_for(lines);
    append_marks(out, quote, true);
    out.append(fence) += '\n';
    for (const std::string_view line : lines) {
        append_marks(out, quote, true);
        out.append(dedented(line, least)) += '\n';
    }
    append_marks(out, quote, true);
    out.append(fence) += '\n';
}

bool ends_a_sentence(std::string_view line) {
    return std::string_view(".!?:;").find(line.back()) != std::string_view::npos;
}

// A line end in a mail is a line end here only if the next word had fitted before it. Not everybody
// wraps at the same width, so a line that is nearly full or goes on in lower case counts as well.
bool was_wrapped(std::string_view line, std::string_view next, std::size_t width) {
    constexpr std::size_t longest_wrapped = 90;
    const bool is_reference = next.size() > 1 && next[0] == '[' && is_digit(next[1]);
    if (line.size() > longest_wrapped || is_reference) return false;
    const std::string_view word = next.substr(0, next.find(' '));
    if (line.size() + 1 + word.size() > width) return true;
    if (ends_a_sentence(line)) return false;
    const bool goes_on = next[0] >= 'a' && next[0] <= 'z';
    return line.size() * 10 >= width * (goes_on ? 6 : 8);
}

// The width at which the text of these lines was wrapped.
std::size_t wrap_width(const Strings& lines) {
    std::size_t longest = 0;
    for (const std::string_view line : lines) longest = std::max(longest, line.size());
    return std::clamp<std::size_t>(longest, 58, 80);
}

struct Prose {
    std::string& out;
    int quote;
    bool in_list = false;
    bool started = false;

    void begin_line() { append_marks(out, quote, true); }
    void add(std::string_view text, bool joins);
    void add_item(std::string_view text, std::size_t mark);
};

void Prose::add_item(std::string_view text, std::size_t mark) {
    if (started) out += '\n';
    if (started && !in_list) append_blank(out, quote);
    begin_line();
    if (is_digit(text[0])) out.append(text.substr(0, mark));
    else out += "- ";
    append_line_text(out, trimmed(text.substr(mark)));
    in_list = started = true;
}

void Prose::add(std::string_view text, bool joins) {
    if (started && joins) {
        out += ' ';
        append_text(out, text);
        return;
    }
    if (started) out += '\n';
    begin_line();
    if (in_list) out += "  ";
    append_line_text(out, text);
    started = true;
}

void append_prose(std::string& out, const Strings& lines, int quote) {
    Prose prose{out, quote};
    const std::size_t width = wrap_width(lines);
    const bool may_be_list = !is_sign_off(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view text = trimmed(lines[i]);
        const std::size_t mark = may_be_list ? list_mark(text) : 0;
        if (mark > 0) prose.add_item(text, mark);
        else prose.add(text, i > 0 && was_wrapped(lines[i - 1], text, width));
    }
    out += '\n';
}

struct Paragraph {
    Strings lines;
    int quote = 0;
    bool code = false;
};

// "Like this:" and the code under it without a blank line between are two paragraphs, and so are
// indented code and the text that goes on right under it.
bool parts_here(const Paragraph& paragraph, const Line& line) {
    if (paragraph.quote != line.quote) return true;
    const std::string_view last = paragraph.lines.back();
    const std::size_t indent = indent_of(line.text);
    if (indent == 0) return indent_of(last) >= 4 && least_indent(paragraph.lines) >= 4;
    const bool announced = last.ends_with(':') && !reads_like_code(last);
    const bool is_list = list_mark(trimmed(line.text)) > 0 || list_mark(trimmed(last)) > 0;
    return announced && !is_list && indent >= indent_of(last) + 2;
}

// Code that a blank line divides is one block again.
void join_code(std::vector<Paragraph>& paragraphs, Paragraph next, bool blank_between) {
    if (!paragraphs.empty() && next.code && paragraphs.back().code && blank_between &&
        paragraphs.back().quote == next.quote) {
        Strings& lines = paragraphs.back().lines;
        lines.push_back({});
        lines.insert(lines.end(), next.lines.begin(), next.lines.end());
        return;
    }
    paragraphs.push_back(std::move(next));
}

std::vector<Paragraph> paragraphs_of(const Lines& lines) {
    std::vector<Paragraph> out;
    Paragraph current;
    bool blank_before = false;
    const auto finish = [&] {
        if (current.lines.empty()) return;
        current.code = is_preformatted(current.lines);
        join_code(out, std::exchange(current, {}), blank_before);
        blank_before = false;
    };
    for (const Line& line : lines) {
        if (line.text.empty()) {
            finish();
            blank_before = true;
            continue;
        }
        if (!current.lines.empty() && parts_here(current, line)) finish();
        current.quote = line.quote;
        current.lines.push_back(line.text);
    }
    finish();
    return out;
}

std::string render(const Lines& lines) {
    std::string out;
    int quote = 0;
    for (const Paragraph& paragraph : paragraphs_of(lines)) {
        if (!out.empty()) append_blank(out, std::min(quote, paragraph.quote));
        if (paragraph.code) append_code(out, paragraph.lines, paragraph.quote);
        else append_prose(out, paragraph.lines, paragraph.quote);
        quote = paragraph.quote;
    }
    while (!out.empty() && is_space(out.back())) out.pop_back();
    return out;
}

}  // namespace

// Marks and fences add to the length, so a text may have to be cut again.
std::string render_within_limit(const Lines& lines) {
    const Lines whole = first_lines(lines, max_body_code_points);
    std::string markdown = render(whole);
    if (whole.size() == lines.size() && text::length(markdown) <= max_body_code_points) return markdown;
    std::size_t budget = max_body_code_points - cut_note.size() - 2;
    do {
        markdown = render(first_lines(lines, budget));
        budget = budget * 9 / 10;
    } while (text::length(markdown) + cut_note.size() + 2 > max_body_code_points);
    return markdown.append("\n\n").append(cut_note);
}

}  // namespace kith::transfer
