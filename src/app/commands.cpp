#include "app/commands.hpp"

#include <unistd.h>

#include <filesystem>
#include <map>
#include <optional>
#include <ostream>

#include "app/demo/demo.hpp"
#include "app/serve.hpp"
#include "assist/assist.hpp"
#include "audit/audit.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "transfer/transfer.hpp"
#include "transparency/transparency.hpp"

namespace kith::app {
namespace {

using cli::Invocation;
using cli::print;

// The server never starts on settings that are wrong.
int run_serve(Invocation& call) {
    if (!call.mistakes.empty()) return cli::refuse(call);
    return with_app(call, [&](App& app) { return serve(app, call, {}); });
}

// ---- demo --------------------------------------------------------------------------------------------------

std::string sign_ins_in_words(const std::vector<DemoSignIn>& all) {
    std::string out = "Sign in as:\n";
    for (const DemoSignIn& one : all) {
        std::string line = "  " + one.role;
        line.resize(16, ' ');
        line += one.name;
        line.resize(36, ' ');
        out += line + one.password + "\n";
    }
    return out;
}

void add_sign_ins(JsonWriter& j, const std::vector<DemoSignIn>& all) {
    j.array("sign_ins");
    for (const DemoSignIn& one : all)
        j.object().member("role", one.role).member("name", one.name).member("password", one.password).end();
    j.end();
}

// Started again, the demo is still there.
int run_demo(Invocation& call) {
    if (!call.mistakes.empty()) return cli::refuse(call);
    const bool only_fill = call.has("no-serve");
    const auto fill = [&](App& app) {
        if (const Done filled = fill_demo(app.services()); !filled)
            if (only_fill || !has_demo(app.services())) return cli::report(call, filled.error());
        const std::vector<DemoSignIn> all = sign_ins_of_demo();
        if (!only_fill)
            return serve(app, call, {sign_ins_in_words(all), [&](JsonWriter& j) { add_sign_ins(j, all); }});
        JsonWriter j;
        j.object();
        add_sign_ins(j, all);
        j.end();
        return print(call, j, sign_ins_in_words(all));
    };
    return only_fill ? with_app_for_command(call, fill) : with_app(call, fill);
}

// ---- migrate, audit, check-config --------------------------------------------------------------------------

int run_migrate(Services&, Invocation& call) {
    JsonWriter j;
    j.object().member("up_to_date", true).end();
    return print(call, j, "The database is up to date.\n");
}

std::string chain_in_words(const audit::Verdict& verdict) {
    if (verdict.first_wrong)
        return "The chain is broken at entry " + std::to_string(*verdict.first_wrong) +
               ": it or one before it was changed, removed or put in later.\n";
    const std::string whole = std::to_string(verdict.entries) + " entries; the chain is whole.\n";
    if (!verdict.entries) return whole;
    return whole + "Its head is " + audit::in_words(verdict.head) +
           "\nKeep that somewhere else, and give it as --expect next time: then it shows, too, if the end "
           "was cut off.\n";
}

int run_audit_verify(Services& services, Invocation& call) {
    std::optional<audit::Head> expected;
    if (call.has("expect")) {
        expected = audit::head_from(call.value("expect"));
        if (!expected)
            return cli::report(call, {Fault::invalid,
                                      "--expect takes what an earlier check printed: NUMBER:HASH", "expect"});
    }
    const audit::Verdict verdict = services.db.read(
        [&](db::ReadTx& tx) { return audit::verify(tx, expected); });
    JsonWriter j;
    j.object().member("entries", verdict.entries).member("first_wrong", verdict.first_wrong);
    if (verdict.entries) j.member("head", audit::in_words(verdict.head));
    j.end();
    print(call, j, chain_in_words(verdict));
    return verdict.first_wrong ? 1 : 0;
}

// Where SQLite and its files are to be, or the nearest folder above that is there already.
std::optional<config::Mistake> unwritable_data(const config::Config& config) {
    if (!config.database.empty()) return std::nullopt;
    std::error_code ignored;
    std::filesystem::path folder = std::filesystem::absolute(config.data, ignored);
    while (folder.has_relative_path() && !std::filesystem::exists(folder, ignored))
        folder = folder.parent_path();
    if (std::filesystem::is_directory(folder, ignored) && ::access(folder.c_str(), W_OK | X_OK) == 0)
        return std::nullopt;
    return config::Mistake{"data", folder.string() +
                                       ": this account may not write there; give the folder to it, or choose "
                                       "another one"};
}

std::string say_each(JsonWriter& j, std::string_view what, const std::vector<config::Mistake>& all) {
    std::string words;
    j.array(what);
    for (const config::Mistake& one : all) {
        j.object().member("where", one.where).member("what", one.what).end();
        words += one.where + ": " + one.what + "\n";
    }
    j.end();
    return words;
}

int run_check_config(Invocation& call) {
    std::vector<config::Mistake> mistakes = call.mistakes, notes = config::unknown_variables(environ);
    if (const auto note = config::unprotected(call.config)) notes.push_back(*note);
    if (mistakes.empty())
        if (const auto mistake = unwritable_data(call.config)) mistakes.push_back(*mistake);
    JsonWriter j;
    j.object();
    std::string words = say_each(j, "mistakes", mistakes);
    if (mistakes.empty()) words = "The configuration is right.\n";
    if (const std::string more = say_each(j, "notes", notes); !more.empty())
        words += "No mistake, but is it meant?\n" + more;
    j.end();
    print(call, j, words);
    return mistakes.empty() ? 0 : cli::exit_code(Fault::invalid);
}

// ---- accounts ----------------------------------------------------------------------------------------------

// People who sign up are not told which names exist; whoever has the terminal sees them all.
Error name_taken_or(Error error) {
    if (error.fault == Fault::conflict)
        error.message =
            "somebody has this name already, or one that looks like it: please choose another. To give that "
            "member a new password: kith user password NAME";
    return error;
}

int run_user_add(Services& services, Invocation& call) {
    const std::string name = call.value("name");
    const std::string password = services.random.token(12);
    const std::string hash = crypto::hash_password(password);
    const auto added = services.db.write([&](db::Tx& tx) {
        return identity::add_account(tx, {.name = name, .password = password}, hash, services.random);
    });
    if (!added) return cli::report(call, name_taken_or(added.error()));
    JsonWriter j;
    j.object().member("name", name).member("password", password).end();
    return print(call, j, "Added " + name + ". Password: " + password + "\n");
}

struct Task {
    identity::Role role = identity::Role::host;
    std::string group;  // empty: the whole site
};
using Tasks = std::map<PersonaId, std::vector<Task>>;

Tasks all_tasks(db::ReadTx& tx) {
    using identity::Role;
    Tasks out;
    const auto add = [&](Role role, GroupId group, const std::string& name) {
        for (const identity::Holder& holder : identity::holders_of(tx, role, group))
            out[holder.persona].push_back({role, name});
    };
    for (const Role role : {Role::host, Role::coordinator, Role::researcher}) add(role, GroupId(), "");
    const std::vector<GroupId> all = groups::readable_groups(tx, Actor::system());
    const auto names = groups::names_of(tx, all);
    for (const GroupId group : all)
        for (const Role role : {Role::facilitator, Role::moderator}) add(role, group, names.at(group));
    return out;
}

std::string tasks_in_words(const std::vector<Task>& tasks) {
    std::string out;
    for (const Task& task : tasks) {
        out += out.empty() ? "  " : ", ";
        out += to_word(task.role);
        if (!task.group.empty()) out += " of " + task.group;
    }
    return out;
}

void add_tasks(JsonWriter& j, const std::vector<Task>& tasks) {
    j.array("roles");
    for (const Task& task : tasks)
        if (task.group.empty()) j.value(to_word(task.role));
    j.end().array("group_roles");
    for (const Task& task : tasks)
        if (!task.group.empty())
            j.object().member("role", to_word(task.role)).member("group", task.group).end();
    j.end();
}

int run_user_list(Services& services, Invocation& call) {
    constexpr int most = 10'000;
    std::vector<identity::Persona> all;
    Tasks tasks;
    services.db.read([&](db::ReadTx& tx) {
        all = identity::list_members(tx, most);
        tasks = all_tasks(tx);
    });
    JsonWriter j;
    j.object().array("members");
    std::string words;
    for (const identity::Persona& one : all) {
        j.object().member("name", one.name);
        add_tasks(j, tasks[one.id]);
        j.end();
        words += one.name + tasks_in_words(tasks[one.id]) + "\n";
    }
    j.end().end();
    return print(call, j, words);
}

int run_user_password(Services& services, Invocation& call) {
    const std::string password = services.random.token(12);
    const std::string hash = crypto::hash_password(password);
    const Done set = services.db.write([&](db::Tx& tx) -> Done {
        const MemberId member = TRY(identity::find_member(tx, call.value("name")));
        return identity::set_password(tx, Actor::system(), member, hash);
    });
    if (!set) return cli::report(call, set.error());
    JsonWriter j;
    j.object().member("name", call.value("name")).member("password", password).end();
    return print(call, j, "The new password is " + password + "\n");
}

// For somebody who has lost the device and every code.
int run_user_one_step(Services& services, Invocation& call) {
    const Done ended = services.db.write([&](db::Tx& tx) -> Done {
        const MemberId member = TRY(identity::find_member(tx, call.value("name")));
        return identity::end_second_factors(tx, Actor::system(), member);
    });
    if (!ended) return cli::report(call, ended.error());
    JsonWriter j;
    j.object().member("done", true).end();
    return print(call, j, "Done. The password alone lets them in now.\n");
}

// As on the page of the group.
Done change_group_role(db::Tx& tx, const Invocation& call, identity::Role role) {
    if (role != identity::Role::facilitator && role != identity::Role::moderator)
        return invalid("This role is for the whole site: please leave out --group.");
    const auto group = groups::find_group(tx, call.value("group"));
    if (!group) return not_found("There is no group of that name.");
    return groups::change_lead(
        tx, Actor::system(), *group,
        {.name = call.value("name"), .role = std::string(to_word(role)), .ends = call.has("end")});
}

int run_user_role(Services& services, Invocation& call) {
    const Done done = services.db.write([&](db::Tx& tx) -> Done {
        const MemberId member = TRY(identity::find_member(tx, call.value("name")));
        const auto role = from_word<identity::Role>(call.value("role"));
        if (!role)
            return invalid("There is no such role: host, coordinator, researcher, facilitator, moderator.");
        if (call.has("group")) return change_group_role(tx, call, *role);
        return call.has("end") ? identity::end_role(tx, Actor::system(), member, *role)
                               : identity::grant_role(tx, Actor::system(), member, *role);
    });
    if (!done) return cli::report(call, done.error());
    JsonWriter j;
    j.object().member("done", true).end();
    return print(call, j, "Done.\n");
}

using Kind = cli::Option::Kind;
const cli::Option name_word{.name = "name", .help = "pseudonym", .kind = Kind::word, .required = true};
}  // namespace

std::vector<cli::Command> commands() {
    std::vector<cli::Command> all{
        {.name = "serve", .summary = "run the server", .run_alone = run_serve},
        {.name = "demo",
         .summary = "fill an empty database with a made-up community and serve it",
         .options = {{.name = "no-serve", .help = "only fill the database", .kind = Kind::flag}},
         .run_alone = run_demo},
        {.name = "migrate", .summary = "bring the database up to date", .run = run_migrate},
        {.name = "user add", .summary = "make an account", .options = {name_word}, .run = run_user_add},
        {.name = "user list", .summary = "list the members", .run = run_user_list, .read_only = true},
        {.name = "user password",
         .summary = "give a member a new password",
         .options = {name_word},
         .run = run_user_password},
        {.name = "user one-step",
         .summary = "end the passkeys and the app with codes of a member who has lost them",
         .options = {name_word},
         .run = run_user_one_step},
        {.name = "user role",
         .summary = "give a role, or end it",
         .options = {name_word,
                     {.name = "role",
                      .help = "host, coordinator, researcher, facilitator, moderator",
                      .kind = Kind::word,
                      .required = true},
                     {.name = "group", .help = "group of a facilitator or moderator"},
                     {.name = "end", .help = "end the role instead", .kind = Kind::flag}},
         .run = run_user_role},
        {.name = "audit verify",
         .summary = "check the audit log",
         .options = {{.name = "expect", .help = "NUMBER:HASH that an earlier check printed"}},
         .run = run_audit_verify,
         .read_only = true},
        {.name = "check-config",
         .summary = "explain every mistake in the settings",
         .run_alone = run_check_config},
    };
    for (auto more : {transfer::commands(), assist::commands(), transparency::commands()})
        for (cli::Command& command : more) all.push_back(std::move(command));
    return all;
}

}  // namespace kith::app
