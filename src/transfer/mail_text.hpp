#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "transfer/archive.hpp"

namespace kith::transfer {

inline constexpr std::size_t max_body_code_points = 20000;
inline constexpr std::size_t max_subject_code_points = 300;

// One raw mail message, with or without its mbox separator line, as a Message whose body is
// Markdown that reads as the mail did: text stays text, quotes become quotes, code becomes code;
// signatures, list footers and mail addresses are left out. On nothing, `why_not` says "not a
// message", "no author", "no date" or "empty". A message without a Message-ID gets a key from its
// content. Where a list wrote its own address over the author's, the author's name becomes the key.
// Safe to call from any thread.
std::optional<Message> read_message(std::string_view raw, std::string& why_not);

// The steps of the above, for the tests and for other readers.

// RFC 2822, ctime, ISO 8601 and the broken forms seen in archives; nothing outside of 1980 to 2100.
std::optional<Time> read_mail_date(std::string_view text);
// ISO 8601 only, such as "2013-02-05T21:29:00.280Z".
std::optional<Time> read_iso_date(std::string_view text);
// A plain text mail body in UTF-8 as Markdown.
std::string plain_to_markdown(std::string_view text);
// HTML as Markdown, within the limit of a body.
std::string web_to_markdown(std::string_view html);

}  // namespace kith::transfer
