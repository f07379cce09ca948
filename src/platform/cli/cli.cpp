#include "platform/cli/cli.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace kith::cli {
namespace {

constexpr int own_fault = 1;

// What the parser fills.
struct Typed {
    const Command* command = nullptr;
    std::string config_file;
    config::Flags settings;
    bool json = false;
    std::map<std::string, std::string> values;
};

// Understood by every verb; kith --help lists them once for all.
constexpr const char* not_listed = "";

void add_settings(CLI::App& verb, Typed& typed) {
    verb.add_option("--config", typed.config_file, "settings file (TOML)")->group(not_listed);
    for (const config::Key& key : config::keys()) {
        const auto keep = [&typed, name = std::string(key.name)](const std::string& text) {
            typed.settings[name] = text;
        };
        verb.add_option_function<std::string>(config::flag_of(key.name), keep, std::string(key.help))
            ->group(not_listed);
    }
    verb.footer("--config FILE and every setting can be given as well: see kith --help.");
}

std::string settings_in_words() {
    std::string out = "Settings of every command (in the file of --config, as KITH_PORT, or as a flag):\n";
    for (const config::Key& key : config::keys()) {
        std::string line = "  " + config::flag_of(key.name);
        line.resize(std::max<std::size_t>(line.size() + 1, 26), ' ');
        out += line + std::string(key.help) + "\n";
    }
    return out;
}

std::string verbs(std::span<const Command> commands, std::string_view beginning) {
    std::string out;
    for (const Command& command : commands)
        if (command.name.starts_with(beginning)) out += (out.empty() ? "" : ", ") + std::string(command.name);
    return out;
}

// What is wrong with the verb; empty: nothing.
std::string wrong_verb(std::span<const Command> commands, std::span<const char* const> words) {
    const std::string first = words.size() > 1 ? words[1] : "", second = words.size() > 2 ? words[2] : "";
    const std::string both = first + " " + second;
    if (first.starts_with('-')) return {};
    for (const Command& command : commands)
        if (command.name == first || command.name == both) return {};
    const std::string below = first.empty() ? std::string() : verbs(commands, first + " ");
    if (below.empty())
        return (first.empty() ? "say what to do" : "there is no verb \"" + first + "\"") +
               "; the verbs are: " + verbs(commands, "");
    if (second == "--help" || second == "-h") return {};
    return (second.empty() || second.starts_with('-') ? "say what to do with \"" + first + "\""
                                                      : "there is no verb \"" + both + "\"") +
           "; the verbs are: " + below;
}

CLI::Option* add_option(CLI::App& verb, const Option& option, Typed& typed) {
    const std::string name(option.name), help(option.help);
    const auto keep = [&typed, name](const std::string& text) { typed.values[name] = text; };
    switch (option.kind) {
        case Option::Kind::value:
            return verb.add_option_function<std::string>("--" + name, keep, help);
        case Option::Kind::word:
            return verb.add_option_function<std::string>(name, keep, help);
        case Option::Kind::flag:
            break;
    }
    return verb.add_flag_callback("--" + name, [&typed, name] { typed.values[name] = "yes"; }, help);
}

// The verb "add" below "user", which is made if need be.
CLI::App* add_verb(CLI::App& program, const Command& command) {
    const std::size_t space = command.name.find(' ');
    if (space == std::string_view::npos)
        return program.add_subcommand(std::string(command.name), std::string(command.summary));
    const std::string first(command.name.substr(0, space)), second(command.name.substr(space + 1));
    const auto there = program.get_subcommands(
        [&](const CLI::App* verb) { return verb->get_name() == first; });
    CLI::App* const parent = there.empty() ? program.add_subcommand(first, "see kith " + first + " --help")
                                           : there[0];
    parent->require_subcommand(1);
    return parent->add_subcommand(second, std::string(command.summary));
}

void add_command(CLI::App& program, const Command& command, Typed& typed) {
    CLI::App* const verb = add_verb(program, command);
    for (const Option& option : command.options) add_option(*verb, option, typed)->required(option.required);
    verb->add_flag("--json", typed.json, "print data as JSON");
    add_settings(*verb, typed);
    verb->callback([&typed, &command] { typed.command = &command; });
}

void say(Invocation& call, std::string_view fault, std::string_view message, std::string_view field) {
    if (!call.json) {
        call.err << "kith: " << message << "\n";
        return;
    }
    JsonWriter j;
    j.object().object("error").member("fault", fault).member("message", message);
    if (!field.empty()) j.member("field", field);
    j.end().end();
    call.err << j.str() << "\n";
}

// A command that could not be understood, for machines as well.
int refuse_words(const CLI::App& program, const CLI::ParseError& problem, std::span<const char* const> words,
                 std::ostream& out, std::ostream& err) {
    const bool json = std::find(words.begin(), words.end(), std::string_view("--json")) != words.end();
    const bool is_help = problem.get_exit_code() == 0;
    if (is_help || !json) return program.exit(problem, out, err) == 0 ? 0 : exit_code(Fault::invalid);
    Invocation call{.out = out, .err = err};
    call.json = true;
    return report(call, Error{Fault::invalid, problem.what(), ""});
}

int refuse_verb(const std::string& wrong, std::span<const char* const> words, std::ostream& out,
                std::ostream& err) {
    Invocation call{.out = out, .err = err};
    call.json = std::find(words.begin(), words.end(), std::string_view("--json")) != words.end();
    return report(call, Error{Fault::invalid, wrong, ""});
}

Invocation invocation_of(Typed& typed, std::ostream& out, std::ostream& err) {
    Invocation call{.values = std::move(typed.values), .out = out, .err = err};
    call.json = typed.json;
    const char* const from_environment = std::getenv("KITH_CONFIG");
    if (typed.config_file.empty() && from_environment) typed.config_file = from_environment;
    auto config = config::load(typed.config_file, typed.settings, environ);
    if (config) {
        call.config = *std::move(config);
    } else {
        call.mistakes = config::check(typed.config_file, typed.settings, environ);
    }
    return call;
}

int call_command(const Command& command, Invocation& call, const OpenServices& open) {
    if (command.run_alone) return command.run_alone(call);
    if (!call.mistakes.empty()) return refuse(call);
    CHECK(command.run);
    return open(call, [&](Services& services) { return command.run(services, call); });
}

int call_safely(const Command& command, Invocation& call, const OpenServices& open) {
    try {
        return call_command(command, call, open);
    } catch (const db::Unavailable& problem) {
        return report(call, Error{Fault::unavailable, problem.what(), ""});
    } catch (const std::exception& problem) {
        say(call, "own", std::string("something went wrong: ") + problem.what(), "");
        return own_fault;
    }
}

}  // namespace

std::string Invocation::value(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
}

int run(std::span<const Command> commands, int argc, const char* const* argv, const OpenServices& open,
        std::ostream& out, std::ostream& err) {
    Typed typed;
    CLI::App program("Kith, a self-hosted place for peer support", "kith");
    program.set_version_flag("--version", "kith " KITH_VERSION);
    program.require_subcommand(1);
    program.footer(settings_in_words());
    const std::span given(argv, static_cast<std::size_t>(argc));
    if (const std::string wrong = wrong_verb(commands, given); !wrong.empty())
        return refuse_verb(wrong, given, out, err);
    for (const Command& command : commands) add_command(program, command, typed);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return refuse_words(program, problem, given, out, err);
    }
    Invocation call = invocation_of(typed, out, err);
    call.read_only = typed.command->read_only;
    return call_safely(*typed.command, call, open);
}

int run(std::span<const Command> commands, int argc, const char* const* argv, const OpenServices& open) {
    return run(commands, argc, argv, open, std::cout, std::cerr);
}

int exit_code(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return 2;
        case Fault::unauthenticated:
        case Fault::forbidden:
            return 3;
        case Fault::not_found:
            return 4;
        case Fault::conflict:
            return 5;
        case Fault::too_many:
            return 6;
        case Fault::unavailable:
            return 7;
    }
    return own_fault;
}

int print(Invocation& call, const JsonWriter& json, const std::string& words) {
    call.out << (call.json ? json.str() + "\n" : words);
    return 0;
}

int report(Invocation& call, const Error& error) {
    say(call, name(error.fault), error.message, error.field);
    return exit_code(error.fault);
}

int refuse(Invocation& call) {
    if (call.json) {
        JsonWriter j;
        j.object().object("error").member("fault", name(Fault::invalid)).array("mistakes");
        for (const config::Mistake& mistake : call.mistakes)
            j.object().member("where", mistake.where).member("what", mistake.what).end();
        j.end().end().end();
        call.err << j.str() << "\n";
    } else {
        for (const config::Mistake& mistake : call.mistakes)
            call.err << mistake.where << ": " << mistake.what << "\n";
    }
    return exit_code(Fault::invalid);
}

}  // namespace kith::cli
