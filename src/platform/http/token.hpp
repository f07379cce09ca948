#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace kith::http {

// Compares secrets in a time that depends on their length alone. Empty never equals anything.
bool equal_tokens(std::string_view a, std::string_view b);

// A path segment with %XX resolved.
std::string decode_segment(std::string_view segment);

// Whose page sent a form, as far as the browser says (Sec-Fetch-Site and Origin; OWASP CSRF prevention).
enum class Sender { ours, elsewhere, unsaid };
Sender sender_of(const Request& request);

// Why a request could not be answered: request id, method and the route's pattern are logged, never text or names.
void log_problem(const Request& request, std::string_view pattern, std::string_view what);

// One line for an answered request: id, method, pattern of the route (never the path, which can hold codes), status
// and time; the visitor's address only if the operator wants it.
void log_request(const Request& request, std::string_view pattern, int status,
                 std::chrono::steady_clock::time_point began);

}  // namespace kith::http
