#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

// What somebody writes here, as it is kept; private to crises.
namespace kith::crises {

enum class Need { may_be_empty, needed };

// Several lines, up to words_most. Fault `invalid` of `field`.
Result<std::string> checked_words(std::string_view typed, Need need, std::string_view field);
// One line, up to line_most.
Result<std::string> checked_line(std::string_view typed, Need need, std::string_view field);

}  // namespace kith::crises
