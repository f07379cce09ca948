#include "app/commands.hpp"

#include <chrono>
#include <ostream>

#include "app/demo.hpp"
#include "app/serve.hpp"
#include "audit/audit.hpp"
#include "platform/cli/progress.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "transfer/transfer.hpp"

namespace kith::app {
namespace {

using cli::Invocation;

int print(Invocation& call, const JsonWriter& json, const std::string& words) {
    call.out << (call.json ? json.str() + "\n" : words);
    return 0;
}

// The server never starts on settings that are wrong.
int refuse(Invocation& call) {
    for (const config::Mistake& mistake : call.mistakes)
        call.err << mistake.where << ": " << mistake.what << "\n";
    return cli::exit_code(Fault::invalid);
}

int run_serve(Invocation& call) {
    if (!call.mistakes.empty()) return refuse(call);
    return with_app(call, [&](App& app) { return serve(app, call, ""); });
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

int run_demo(Invocation& call) {
    if (!call.mistakes.empty()) return refuse(call);
    return with_app(call, [&](App& app) {
        const auto filled = fill_demo(app.services());
        // Started again, the demo is still there.
        const bool there = !filled && filled.error().fault == Fault::conflict;
        if (!filled && !there) return cli::report(call, filled.error());
        if (there && call.has("no-serve")) return cli::report(call, filled.error());
        const std::string greeting = filled ? sign_ins_in_words(*filled) : std::string();
        if (!call.has("no-serve")) return serve(app, call, greeting);
        JsonWriter j;
        j.object().array("sign_ins");
        for (const DemoSignIn& one : *filled)
            j.object()
                .member("role", one.role)
                .member("name", one.name)
                .member("password", one.password)
                .end();
        j.end().end();
        return print(call, j, greeting);
    });
}

// ---- migrate, audit, check-config --------------------------------------------------------------------------

int run_migrate(Services&, Invocation& call) {
    JsonWriter j;
    j.object().member("up_to_date", true).end();
    return print(call, j, "The database is up to date.\n");
}

int run_audit_verify(Services& services, Invocation& call) {
    const audit::Verdict verdict = services.db.read([](db::ReadTx& tx) { return audit::verify(tx); });
    JsonWriter j;
    j.object().member("entries", verdict.entries).member("first_wrong", verdict.first_wrong).end();
    if (!verdict.first_wrong)
        return print(call, j, std::to_string(verdict.entries) + " entries; the chain is whole.\n");
    print(call, j,
          "The chain is broken at entry " + std::to_string(*verdict.first_wrong) +
              ": it or one before it was changed, removed or put in later.\n");
    return 1;
}

int run_check_config(Invocation& call) {
    JsonWriter j;
    j.object().array("mistakes");
    std::string words;
    for (const config::Mistake& mistake : call.mistakes) {
        j.object().member("where", mistake.where).member("what", mistake.what).end();
        words += mistake.where + ": " + mistake.what + "\n";
    }
    j.end().end();
    print(call, j, words.empty() ? "The configuration is right.\n" : words);
    return call.mistakes.empty() ? 0 : cli::exit_code(Fault::invalid);
}

// ---- import ------------------------------------------------------------------------------------------------

void add_report(JsonWriter& j, const transfer::Report& report, double seconds) {
    j.object()
        .member("messages", report.messages)
        .member("imported", report.imported)
        .member("skipped", report.skipped)
        .member("threads", report.threads)
        .member("authors", report.authors)
        .member("seconds", seconds)
        .array("reasons");
    for (const transfer::Skipped& skipped : report.reasons)
        j.object().member("reason", skipped.reason).member("count", skipped.count).end();
    j.end().end();
}

std::string in_words(const transfer::Report& report, double seconds) {
    std::string out = std::to_string(report.messages) + " messages: " + std::to_string(report.imported) +
                      " brought in, " + std::to_string(report.skipped) + " left out; " +
                      std::to_string(report.threads) + " threads, " + std::to_string(report.authors) +
                      " authors, " + std::to_string(static_cast<int>(seconds + 0.5)) + " s\n";
    for (const transfer::Skipped& skipped : report.reasons)
        out += "  left out, " + skipped.reason + ": " + std::to_string(skipped.count) + "\n";
    return out;
}

transfer::Report as_dry_run(const transfer::Archive& archive) {
    transfer::Report report;
    report.messages = archive.read;
    report.reasons = archive.skipped;
    report.skipped = archive.read - static_cast<std::int64_t>(archive.messages.size());
    report.threads = static_cast<std::int64_t>(archive.conversations.size());
    return report;
}

using Read = Result<transfer::Archive> (*)(const std::string&, const transfer::OnProgress&);

Result<transfer::Archive> read_with_bar(Read read, const std::string& path) {
    cli::Progress bar("messages read", 0);
    return read(path, [&](double, std::int64_t messages) { bar.at(messages); });
}

Result<transfer::Report> write_with_bar(Services& services, const transfer::Archive& archive,
                                        const std::string& group) {
    cli::Progress bar("messages written", static_cast<std::int64_t>(archive.messages.size()));
    return transfer::import_archive(services, archive, group,
                                    [&](double, std::int64_t messages) { bar.at(messages); });
}

int import_from(Services& services, Invocation& call, Read read) {
    const auto began = std::chrono::steady_clock::now();
    const auto archive = read_with_bar(read, call.value("file"));
    if (!archive) return cli::report(call, archive.error());
    const auto report = call.has("dry-run") ? Result<transfer::Report>(as_dry_run(*archive))
                                            : write_with_bar(services, *archive, call.value("group"));
    if (!report) return cli::report(call, report.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    JsonWriter j;
    add_report(j, *report, took.count());
    return print(call, j, in_words(*report, took.count()));
}

int run_import_mbox(Services& services, Invocation& call) {
    return import_from(services, call, transfer::read_mbox);
}

int run_import_discourse(Services& services, Invocation& call) {
    return import_from(services, call, transfer::read_discourse);
}

// ---- accounts ----------------------------------------------------------------------------------------------

int run_user_add(Services& services, Invocation& call) {
    const std::string name = call.value("name");
    const std::string password = services.random.token(12);
    const std::string hash = crypto::hash_password(password);
    const auto added = services.db.write([&](db::Tx& tx) {
        return identity::sign_up(tx, {.name = name, .password = password}, hash, services.random);
    });
    if (!added) return cli::report(call, added.error());
    JsonWriter j;
    j.object().member("name", name).member("password", password).end();
    return print(call, j, "Added " + name + ". Password: " + password + "\n");
}

int run_user_list(Services& services, Invocation& call) {
    constexpr int most = 10'000;
    const auto all = services.db.read([](db::ReadTx& tx) { return identity::list_members(tx, most); });
    JsonWriter j;
    j.object().array("members");
    std::string words;
    for (const identity::Persona& one : all) {
        j.object().member("name", one.name).end();
        words += one.name + "\n";
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

int run_user_role(Services& services, Invocation& call) {
    const Done done = services.db.write([&](db::Tx& tx) -> Done {
        const MemberId member = TRY(identity::find_member(tx, call.value("name")));
        const auto role = from_word<identity::Role>(call.value("role"));
        if (!role)
            return invalid("There is no such role: host, coordinator, researcher, facilitator, moderator.");
        GroupId group;
        if (call.has("group")) {
            const auto found = groups::find_group(tx, call.value("group"));
            if (!found) return not_found("There is no group of that name.");
            group = *found;
        }
        return call.has("end") ? identity::end_role(tx, Actor::system(), member, *role, group)
                               : identity::grant_role(tx, Actor::system(), member, *role, group);
    });
    if (!done) return cli::report(call, done.error());
    JsonWriter j;
    j.object().member("done", true).end();
    return print(call, j, "Done.\n");
}

int run_user_claim_code(Services& services, Invocation& call) {
    const auto code = services.db.write([&](db::Tx& tx) -> Result<std::string> {
        const auto persona = identity::find_persona(tx, call.value("name"));
        if (!persona) return not_found("There is nobody of that name.");
        return identity::create_claim_code(tx, Actor::system(), *persona, services.random);
    });
    if (!code) return cli::report(call, code.error());
    JsonWriter j;
    j.object().member("code", *code).end();
    return print(call, j, "The code to take over this account at /claim: " + *code + "\n");
}

using Kind = cli::Option::Kind;
const cli::Option name_word{.name = "name", .help = "pseudonym", .kind = Kind::word, .required = true};
const std::vector<cli::Option> import_options{
    {.name = "file", .help = "file or folder to read", .kind = Kind::word, .required = true},
    {.name = "group", .help = "name of the group; made if it is missing", .required = true},
    {.name = "dry-run", .help = "read and report, write nothing", .kind = Kind::flag},
};

}  // namespace

std::vector<cli::Command> commands() {
    return {
        {.name = "serve", .summary = "run the server", .run_alone = run_serve},
        {.name = "demo",
         .summary = "fill an empty database with a made-up community and serve it",
         .options = {{.name = "no-serve", .help = "only fill the database", .kind = Kind::flag}},
         .run_alone = run_demo},
        {.name = "migrate", .summary = "bring the database up to date", .run = run_migrate},
        {.name = "import mbox",
         .summary = "bring in a mailing-list archive",
         .options = import_options,
         .run = run_import_mbox},
        {.name = "import discourse",
         .summary = "bring in a folder of Discourse topics",
         .options = import_options,
         .run = run_import_discourse},
        {.name = "user add", .summary = "make an account", .options = {name_word}, .run = run_user_add},
        {.name = "user list", .summary = "list the members", .run = run_user_list},
        {.name = "user password",
         .summary = "give a member a new password",
         .options = {name_word},
         .run = run_user_password},
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
        {.name = "user claim-code",
         .summary = "make a code to take over an imported account",
         .options = {name_word},
         .run = run_user_claim_code},
        {.name = "audit verify", .summary = "check the audit log", .run = run_audit_verify},
        {.name = "check-config",
         .summary = "explain every mistake in the settings",
         .run_alone = run_check_config},
    };
}

}  // namespace kith::app
