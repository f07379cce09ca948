#include "platform/mail/answer_text.hpp"

#include <algorithm>
#include <vector>

#include "platform/text/ascii.hpp"

namespace kith::mail {
namespace {

using namespace text::ascii;
using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) lines.push_back(take_line(text));
    return lines;
}

bool is_quoted(std::string_view line) { return trimmed(line).starts_with('>'); }
bool is_blank_line(std::string_view line) { return trimmed(line).empty(); }

void drop_blank_end(Lines& lines) {
    while (!lines.empty() && is_blank_line(lines.back())) lines.pop_back();
}

// "On Monday at 10:00, <…> wrote:", over one line or two: it names an address, and nothing of the writer's own goes.
void drop_announcement(Lines& lines) {
    drop_blank_end(lines);
    if (lines.empty() || !trimmed(lines.back()).ends_with(':')) return;
    const auto has_address = [](std::string_view line) { return line.find('@') != std::string_view::npos; };
    const std::size_t least = has_address(lines.back()) ? 1 : 2;
    if (least == 2 && (lines.size() < 2 || !has_address(lines[lines.size() - 2]))) return;
    lines.resize(lines.size() - least);
    const bool goes_on = !lines.empty() && trimmed(lines.back()).ends_with(',') &&
                         std::ranges::any_of(lines.back(), is_digit);
    if (goes_on) lines.pop_back();
    drop_blank_end(lines);
}

// "From: …", "Sent: …": what some programs write in place of an announcement, in any language.
bool is_header(std::string_view line) {
    constexpr std::size_t name_most = 24;
    line = trimmed(line);
    while (line.starts_with('*')) line.remove_prefix(1);
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && colon > 0 && colon <= name_most;
}

bool is_rule(std::string_view line) {
    line = trimmed(line);
    return line.starts_with("___") || (line.starts_with("---") && line.ends_with("---"));
}

void drop_headers(Lines& lines) {
    drop_blank_end(lines);
    const auto first = std::find_if_not(lines.rbegin(), lines.rend(), is_header).base();
    const bool names_address = std::any_of(
        first, lines.end(), [](std::string_view line) { return line.find('@') != std::string_view::npos; });
    if (lines.end() - first >= 2 && names_address) lines.erase(first, lines.end());
    drop_blank_end(lines);
    if (!lines.empty() && is_rule(lines.back())) lines.pop_back();
}

Lines without_signature(Lines lines) {
    const auto begins = [](std::string_view line) { return line == "-- " || line == "\\-- "; };
    lines.erase(std::ranges::find_if(lines, begins), lines.end());
    return lines;
}

Lines without_quotes(const Lines& lines) {
    Lines out;
    bool was_quoted = false, is_first = true;
    for (const std::string_view line : lines) {
        if (is_quoted(line)) {
            if (is_first) drop_announcement(out);
            is_first = false;
            was_quoted = true;
            continue;
        }
        if (was_quoted && !out.empty()) out.emplace_back();
        was_quoted = false;
        out.push_back(line);
    }
    return out;
}

Lines up_to(const Lines& lines, Lines::const_iterator mark) {
    Lines above(lines.begin(), mark);
    drop_announcement(above);
    drop_headers(above);
    return above;
}

std::string joined(const Lines& lines) {
    std::string out;
    bool was_blank = true;  // none at the beginning, and one at most in between
    for (const std::string_view line : lines) {
        const bool is_blank = is_blank_line(line);
        if (!(is_blank && was_blank)) out.append(without_end_spaces(line)) += '\n';
        was_blank = is_blank;
    }
    while (out.ends_with('\n')) out.pop_back();
    return out;
}

}  // namespace

std::string answer_in(std::string_view text, std::span<const std::string> marks) {
    const Lines lines = lines_of(text);
    const auto mark = std::ranges::find_if(lines, [&](std::string_view line) {
        return std::ranges::any_of(
            marks, [&](const std::string& phrase) { return line.find(phrase) != std::string_view::npos; });
    });
    const bool ends_at_mark = mark != lines.end() && !is_quoted(*mark);
    return joined(without_signature(ends_at_mark ? up_to(lines, mark) : without_quotes(lines)));
}

}  // namespace kith::mail
