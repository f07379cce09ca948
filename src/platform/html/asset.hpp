#pragma once

#include <string_view>

#include "platform/html/html.hpp"

namespace kith {

// The hashed address of an embedded asset: asset("app.css") is "/assets/app-1a2b3c4d.css".
// An asset that the build lacks is "/assets/missing".
Url asset(std::string_view logical_name);

}  // namespace kith
