#pragma once

#include <vector>

#include "platform/cli/cli.hpp"

namespace kith::app {

// Every command of the binary.
std::vector<cli::Command> commands();

}  // namespace kith::app
