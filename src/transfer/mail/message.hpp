#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "transfer/archive.hpp"

namespace kith::transfer {

inline constexpr std::size_t max_subject_code_points = 300;

// One raw mail message, with or without its mbox separator line, as a Message whose body is
// Markdown that reads as the mail did. On nothing, `why_not` says "not a message", "no author",
// "no date" or "empty". A message without a Message-ID gets a key from its content. Where a list
// wrote its own address over the author's, the author's name becomes the key. Safe to call from any
// thread.
std::optional<Message> read_message(std::string_view raw, std::string& why_not);

}  // namespace kith::transfer
