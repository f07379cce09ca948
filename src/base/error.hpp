#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith {

// What can be expected to go wrong. One table maps a fault to an HTTP status (platform/http/message.hpp)
// and one to an exit code (platform/cli/cli.hpp). What a person may not see is `not_found`.
enum class Fault { invalid, unauthenticated, forbidden, not_found, conflict, too_many, unavailable };

std::string_view name(Fault fault);

// `message` is a plain sentence in English and the key of its translation; `field` names the form field
// it belongs to, or is empty.
struct Error {
    Fault fault = Fault::invalid;
    std::string message;
    std::string field;
    std::vector<Error> more = {};  // other mistakes of the same form, each with its field
    std::string detail = {};       // what stands for the %1 of the message, if it has one

    // The mistake in a field of the form, or null.
    const Error* about(std::string_view name) const;

    friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace kith
