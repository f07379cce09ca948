#pragma once

#include "doors/doors.hpp"

// What the job of a flood does; private to doors.
namespace kith::doors {

inline constexpr std::string_view flood_job = "flood";  // its payload is the flood

// Does what a host decided to each post that it is not done to, some at a time, so that nobody waits long for the
// writer. Again is the same as once.
void carry_out_flood(Services& services, FloodId id);

}  // namespace kith::doors
