#pragma once

#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace kith::http {

// Compares secrets in a time that depends on their length alone. Empty never equals anything.
bool equal_tokens(std::string_view a, std::string_view b);

// A path segment with %XX resolved.
std::string decode_segment(std::string_view segment);

// An unexpected exception: request id, method and route are logged, never text or names.
void log_problem(const Request& request, std::string_view what);

}  // namespace kith::http
