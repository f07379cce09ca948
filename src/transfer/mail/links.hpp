#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "transfer/mail/headers.hpp"

namespace kith::transfer {

// When the mail was written: its Date, unless the time of arrival shows that the clock was wrong.
std::optional<Time> written_at(const Mail& mail);

// The Message-ID, else a key from the content that copies of the mail share.
std::string key_of(const Mail& mail);
// What the mail may answer, the likeliest first: its References from the newest to the oldest, then its In-Reply-To.
std::vector<std::string> parents_of(const Mail& mail);

}  // namespace kith::transfer
