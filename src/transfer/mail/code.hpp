#pragma once

#include <string_view>

#include "transfer/mail/lines.hpp"

// Tells code, tables and drawings from prose.
namespace kith::transfer {

// In columns; a tab leads to the next multiple of 8.
std::size_t indent_of(std::string_view line);
std::size_t least_indent(const Strings& lines);
// "- ", "* ", "+ ", "o ", "1. ": how long the mark is, else 0.
std::size_t list_mark(std::string_view text);

bool reads_like_code(std::string_view line);
// Text whose look is part of what it says.
bool is_preformatted(const Strings& lines);

}  // namespace kith::transfer
