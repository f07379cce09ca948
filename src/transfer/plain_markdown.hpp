#pragma once

#include <string>
#include <string_view>

// Text that stays text when it is read as Markdown; web addresses stay links.
namespace kith::transfer {

// A piece of text somewhere in a line, and one at the start of a line.
void append_text(std::string& out, std::string_view text);
void append_line_text(std::string& out, std::string_view text);

// "12. " or "3) ": how long it is, else 0.
std::size_t number_mark(std::string_view text, std::size_t most_digits);

}  // namespace kith::transfer
