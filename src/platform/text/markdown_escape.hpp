#pragma once

#include <string>
#include <string_view>

// Writing Markdown in which text stays text.
namespace kith::text {

constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Text within a line: what could be a mark wherever it stands is escaped.
void append_escaped(std::string& out, std::string_view text);

// A line of inline Markdown, trimmed, that begins no list, heading, quote, rule or fence.
std::string safe_line(std::string_view line);
// Inline Markdown as the lines of a paragraph; empty lines would end it and are left out.
std::string paragraph_lines(std::string_view inline_markdown);
// Each line with a prefix, the first with one of its own: quotes and list items.
std::string prefix_lines(std::string_view text, std::string_view first_prefix, std::string_view prefix);

// How often `c` stands in a row at most: a fence must be longer.
std::size_t longest_run(std::string_view text, char c);

}  // namespace kith::text
