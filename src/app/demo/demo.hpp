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
Done fill_demo(Services& services);

// Of every demo community.
std::vector<DemoSignIn> sign_ins_of_demo();

// Whether this is a demo community.
bool has_demo(Services& services);

}  // namespace kith::app
