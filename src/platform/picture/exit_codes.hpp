#pragma once

namespace kith::picture {

// How the process that makes pictures ends, besides 0.
inline constexpr int code_unreadable = 2, code_too_large = 3, code_no_library = 4;

}  // namespace kith::picture
