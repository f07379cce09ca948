#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/http/message.hpp"

namespace kith::http {

// A form with files (multipart/form-data, RFC 7578). What a file calls itself, and of which kind it says it is, is not
// kept: nothing may depend on it. The bytes point into the body. Fault `invalid` for what is broken or has too many
// parts.
struct Multipart {
    Form fields;
    std::vector<File> files;
};
Result<Multipart> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace kith::http
