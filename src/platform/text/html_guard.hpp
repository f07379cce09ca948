#pragma once

#include <string_view>

namespace kith::text {

// Whether the parser can be given this HTML: Gumbo 0.10 frees its tree by recursion and takes quadratic time for deep
// nesting, for formatting that is opened and never closed, and for many attributes. Also refuses more than 256 KiB.
bool is_harmless_html(std::string_view html);

}  // namespace kith::text
