#include "base/error.hpp"

namespace kith {

std::string_view name(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return "invalid";
        case Fault::unauthenticated:
            return "unauthenticated";
        case Fault::forbidden:
            return "forbidden";
        case Fault::not_found:
            return "not_found";
        case Fault::conflict:
            return "conflict";
        case Fault::too_many:
            return "too_many";
        case Fault::unavailable:
            return "unavailable";
    }
    return "invalid";
}

const Error* Error::about(std::string_view name) const {
    if (field == name) return this;
    for (const Error& one : more)
        if (one.field == name) return &one;
    return nullptr;
}

}  // namespace kith
