#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/services.hpp"

// A community to look around in: made-up people and their words.
namespace kith::app {

// One for each role; the passwords are no secret.
struct DemoSignIn {
    std::string role;
    std::string name;
    std::string password;
};

// Fills an empty database with a small, believable community. Fault `conflict` when it already has members.
// The same for the same clock and random.
Result<std::vector<DemoSignIn>> fill_demo(Services& services);

}  // namespace kith::app
