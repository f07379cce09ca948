#pragma once

#include <string_view>

#include "platform/html/html.hpp"

namespace kith {

// A picture that a telephone can read, as SVG within the page; `label` says what it is to whoever does not see it.
// Black on white whatever the theme, for the cameras. At most some hundred letters.
Html qr_code(std::string_view text, std::string_view label);

}  // namespace kith
