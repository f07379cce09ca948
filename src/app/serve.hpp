#pragma once

#include <functional>

#include "app/app.hpp"
#include "platform/cli/cli.hpp"

namespace kith::app {

// Opens the database of the call, brings it up to date, builds the application and calls `use`. Returns its exit
// code, or that of what failed.
int with_app(cli::Invocation& call, const std::function<int(App&)>& use);

// Serves until SIGTERM or SIGINT, then lets the running requests end. `greeting` is printed once it listens.
int serve(App& app, cli::Invocation& call, const std::string& greeting);

}  // namespace kith::app
