#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/config/config.hpp"
#include "platform/json/writer.hpp"
#include "platform/services.hpp"

// The command line: `kith VERB [SUB-VERB] [arguments] [--options] [--settings]`. Features declare their
// commands as data; this folder parses, loads the settings and calls.
namespace kith::cli {

// What a command takes. Every command also takes --config, --json and each setting of config::keys().
struct Option {
    enum class Kind {
        value,  // --group GROUP
        flag,   // --dry-run
        word,   // an argument without dashes, in the order declared
    };
    std::string_view name;  // "group"; also the key in Invocation::values
    std::string_view help;
    Kind kind = Kind::value;
    bool required = false;
};

// One call of a command.
struct Invocation {
    config::Config config;
    bool json = false;                          // print data as JSON
    std::map<std::string, std::string> values;  // by name of the option; a flag is "yes"
    std::vector<config::Mistake> mistakes;      // in the settings; for `run_alone` only: others never start
    bool read_only = false;                     // of the command
    std::ostream& out;
    std::ostream& err;

    std::string value(const std::string& name) const;  // empty if it was not given
    bool has(const std::string& name) const { return values.count(name) > 0; }
};

// Exactly one of `run` and `run_alone` is set. Both return the exit code.
struct Command {
    std::string_view name;  // "serve", or "user add" for a verb below another
    std::string_view summary;
    std::vector<Option> options = {};
    int (*run)(Services& services, Invocation& call) = nullptr;
    int (*run_alone)(Invocation& call) = nullptr;  // without database and services; may have `mistakes`
    bool read_only = false;  // writes nothing: runs beside a server that has the database
};

// Opens what `use` needs (database, migrations, services), calls it, closes everything again.
using OpenServices = std::function<int(Invocation& call, const std::function<int(Services&)>& use)>;

// Parses, runs, and turns what failed into a sentence on `err` and an exit code. Never throws.
int run(std::span<const Command> commands, int argc, const char* const* argv, const OpenServices& open,
        std::ostream& out, std::ostream& err);
int run(std::span<const Command> commands, int argc, const char* const* argv, const OpenServices& open);

// ok 0, invalid 2, unauthenticated and forbidden 3, not_found 4, conflict 5, too_many 6, unavailable 7;
// 1 is a fault of our own.
int exit_code(Fault fault);

// Says on `out` what came of it: words for people, with --json the data. Returns 0.
int print(Invocation& call, const JsonWriter& json, const std::string& words);

// Says on `err` what failed, as a sentence or with --json as {"error": ...}; returns its exit code.
int report(Invocation& call, const Error& error);

// Says on `err` each mistake in the settings, as report() does; returns the exit code.
int refuse(Invocation& call);

}  // namespace kith::cli
