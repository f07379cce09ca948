#pragma once

#include <span>

#include "doors/doors.hpp"

// The numbers that a host sets, private to doors: what the form asks, what is right, and what JSON calls them.
namespace kith::doors {

struct NumberField {
    std::string_view name;
    std::string_view label;
    std::int64_t Numbers::* number;
    std::int64_t least, most;
    bool or_never = false;  // 0 is right, too
};
std::span<const NumberField> number_fields();

}  // namespace kith::doors
