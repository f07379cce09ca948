#pragma once

#include <functional>

#include "app/app.hpp"
#include "platform/cli/cli.hpp"
#include "platform/json/writer.hpp"

namespace kith::app {

// Opens the database of the call, brings it up to date, builds the application and calls `use`. Returns its exit
// code, or that of what failed. A read-only command and --dry-run only look, also beside a running server: what is not
// up to date is a fault, and where nothing is yet a dry run gets an empty database that is gone at the end.
int with_app(cli::Invocation& call, const std::function<int(App&)>& use);
// The same for a command that answers and ends: slow queries are not logged in between its words.
int with_app_for_command(cli::Invocation& call, const std::function<int(App&)>& use);

// What is printed once it listens, before the address or within the one JSON line.
struct Greeting {
    std::string words;
    std::function<void(JsonWriter&)> json;  // adds members; may be empty
};

// Serves until SIGTERM or SIGINT, then lets the running requests end.
int serve(App& app, cli::Invocation& call, const Greeting& greeting);

}  // namespace kith::app
