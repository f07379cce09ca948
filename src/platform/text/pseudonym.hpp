#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"

// The made-up names members write under.
namespace kith::text {

// Whether `name`, as one_line() returns it, may be anybody's name: 2 to 30 letters, digits, spaces
// and - _ ' . of which the first is a letter or digit, and nothing that sounds like an office
// ("Admin", "H0st 2").
// Fault: `invalid` with field "name".
Done check_pseudonym(std::string_view name);

// A sentence to show beside the field if the name looks like a real name or like contact details. A hint:
// the name is allowed.
std::optional<std::string_view> pseudonym_warning(std::string_view name);

// "Quiet Harbour 27". Passes check_pseudonym without a warning; may be taken.
std::string suggest_pseudonym(Random& random);

}  // namespace kith::text
