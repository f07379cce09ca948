#pragma once

#include <string>
#include <string_view>

namespace kith::text {

// The text of what render_markdown made, as it looks before anything is opened: "…" stands for each hidden
// passage. Blocks and lines are separated by spaces.
std::string visible_text(std::string_view html);

}  // namespace kith::text
