#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

// Private to safeguarding.
namespace kith::safeguarding {

enum class Words { may_be_empty, needed };

// What somebody writes here, as it is kept. Fault `invalid` of `field`: too long, or nothing where something is needed.
Result<std::string> checked_words(std::string_view typed, Words words, std::string_view field = "words");

}  // namespace kith::safeguarding
