#pragma once

#include <optional>
#include <string_view>

#include "base/clock.hpp"

// Dates as mails and other archives write them.
namespace kith::transfer {

// RFC 2822, ctime, ISO 8601 and the broken forms seen in archives; nothing outside of 1980 to 2100.
std::optional<Time> read_mail_date(std::string_view text);
// ISO 8601 only, such as "2013-02-05T21:29:00.280Z".
std::optional<Time> read_iso_date(std::string_view text);

}  // namespace kith::transfer
