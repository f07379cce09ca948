#pragma once

#include <string>
#include <string_view>

#include "transfer/mail/lines.hpp"

namespace kith::transfer {

inline constexpr std::size_t max_body_code_points = 20000;
inline constexpr std::string_view cut_note = "(The rest was too long and was not brought over.)";

// The lines of a mail as Markdown that reads as the mail did, within the limit of a body.
std::string render_within_limit(const Lines& lines);

}  // namespace kith::transfer
