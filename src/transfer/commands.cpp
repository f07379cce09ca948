#include <unistd.h>

#include <chrono>
#include <optional>
#include <ostream>

#include "identity/identity.hpp"
#include "platform/cli/progress.hpp"
#include "platform/json/writer.hpp"
#include "transfer/transfer.hpp"
#include "url.hpp"

namespace kith::transfer {
namespace {

using cli::Invocation;
using cli::print;

// ---- the report --------------------------------------------------------------------------------------------

void add_report(JsonWriter& j, const Report& report, double seconds) {
    j.object()
        .member("messages", report.messages)
        .member("imported", report.imported)
        .member("skipped", report.skipped)
        .member("threads", report.threads)
        .member("authors", report.authors)
        .member("seconds", seconds)
        .member("makes_group", report.makes_group)
        .array("reasons");
    for (const Skipped& skipped : report.reasons)
        j.object().member("reason", skipped.reason).member("count", skipped.count).end();
    j.end().end();
}

std::string in_words(const Report& report, const Archive& archive, const Target& target, double seconds,
                     bool dry_run) {
    std::string out = dry_run ? "Nothing was written; this is what would be.\n" : "";
    if (report.makes_group) out += "There is no group \"" + target.group + "\" yet: it would be made.\n";
    out += std::to_string(report.messages) + " messages: " + std::to_string(report.imported) +
           " brought in, " + std::to_string(report.skipped) + " left out; " + std::to_string(report.threads) +
           " threads, " + std::to_string(report.authors) + " authors, " +
           std::to_string(static_cast<int>(seconds + 0.5)) + " s\n";
    for (const Skipped& skipped : report.reasons)
        out += "  left out, " + skipped.reason + ": " + std::to_string(skipped.count) + "\n";
    for (const Skipped& note : archive.notes)
        out += "  not taken over, " + note.reason + ": " + std::to_string(note.count) + "\n";
    return out;
}

// What could not be read is a fault, however much else came in.
int tell_problems(Invocation& call, const Archive& archive) {
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(most, archive.problems.size()); ++i)
        call.err << "kith: " << archive.problems[i] << "\n";
    if (archive.problems.size() > most)
        call.err << "kith: and " << archive.problems.size() - most << " more problems like these.\n";
    return archive.problems.empty() ? 0 : cli::exit_code(Fault::invalid);
}

// ---- importing ---------------------------------------------------------------------------------------------

// A bar for whoever watches; nothing in a log.
class Bar {
public:
    Bar(std::string_view what, std::int64_t total) {
        if (isatty(STDERR_FILENO)) progress_.emplace(what, total);
    }
    OnProgress on_progress() {
        return [this](double fraction, std::int64_t messages) {
            if (progress_) progress_->at(messages, fraction);
        };
    }

private:
    std::optional<cli::Progress> progress_;
};

using Read = Result<Archive> (*)(const std::string&, const OnProgress&);

Result<Archive> read_with_bar(Read read, const std::string& path) {
    Bar bar("messages read", 0);
    return read(path, bar.on_progress());
}

Result<Report> write_with_bar(Services& services, const Archive& archive, const Target& target) {
    Bar bar("messages written", static_cast<std::int64_t>(archive.messages.size()));
    return import_archive(services, archive, target, bar.on_progress());
}

Result<Target> target_of(const Invocation& call) {
    Target target{.group = call.value("group"), .site = call.value("site")};
    if (!call.has("admission")) return target;
    const auto admission = from_word<groups::Admission>(call.value("admission"));
    if (!admission) return invalid("There is no such admission: open, request, invitation.", "admission");
    target.admission = *admission;
    return target;
}

int import_from(Services& services, Invocation& call, Read read) {
    const auto began = std::chrono::steady_clock::now();
    const auto target = target_of(call);
    if (!target) return cli::report(call, target.error());
    const auto archive = read_with_bar(read, call.value("file"));
    if (!archive) return cli::report(call, archive.error());
    const bool dry_run = call.has("dry-run");
    const auto report = dry_run ? foresee_import(services, *archive, *target)
                                : write_with_bar(services, *archive, *target);
    if (!report) return cli::report(call, report.error());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    JsonWriter j;
    add_report(j, *report, seconds);
    print(call, j, in_words(*report, *archive, *target, seconds, dry_run));
    return tell_problems(call, *archive);
}

int run_import_mbox(Services& services, Invocation& call) { return import_from(services, call, read_mbox); }

int run_import_discourse(Services& services, Invocation& call) {
    return import_from(services, call, read_discourse);
}

// ---- claiming ----------------------------------------------------------------------------------------------

// A mail address stands for whoever wrote from it; no pseudonym has an "@".
Result<PersonaId> whose(db::ReadTx& tx, const std::string& who) {
    if (who.find('@') != std::string::npos) return identity::main_persona(tx, TRY(member_behind(tx, who)));
    const auto persona = identity::find_persona(tx, who);
    if (!persona) return not_found("There is nobody of that name.");
    return *persona;
}

int run_claim_code(Services& services, Invocation& call) {
    const auto code = services.db.write([&](db::Tx& tx) -> Result<std::string> {
        const PersonaId persona = TRY(whose(tx, call.value("who")));
        return identity::create_claim_code(tx, Actor::system(), persona, services.random);
    });
    if (!code) return cli::report(call, code.error());
    JsonWriter j;
    j.object().member("code", *code).end();
    return print(call, j,
                 "The code to take over this account at " + call.config.public_url + url::claim().text() +
                     ": " + *code + "\nIt works once, for " + std::to_string(identity::claim_code_days) +
                     " days. A code made before does not work any more.\n");
}

// ---- the verbs ---------------------------------------------------------------------------------------------

using OptionKind = cli::Option::Kind;

std::vector<cli::Option> import_options(std::string_view file_help) {
    return {
        {.name = "file", .help = file_help, .kind = OptionKind::word, .required = true},
        {.name = "group", .help = "name of the group; made if it is missing", .required = true},
        {.name = "admission", .help = "of a group that is made: open, request (usual), invitation"},
        {.name = "dry-run", .help = "read and report, write nothing", .kind = OptionKind::flag},
    };
}

std::vector<cli::Option> discourse_options() {
    std::vector<cli::Option> options = import_options("folder of topics, a .json file each");
    options.push_back({.name = "site", .help = "a name for the site, where there are several of them"});
    return options;
}

}  // namespace

std::vector<cli::Command> commands() {
    return {
        {.name = "import mbox",
         .summary = "bring in a mailing-list archive",
         .options = import_options("mbox file, also .xz, .gz, .bz2 or .zst"),
         .run = run_import_mbox},
        {.name = "import discourse",
         .summary = "bring in a folder of Discourse topics",
         .options = discourse_options(),
         .run = run_import_discourse},
        {.name = "user claim-code",
         .summary = "make a code to take over an imported account",
         .options = {{.name = "who",
                      .help = "pseudonym, or the mail address that the person wrote from",
                      .kind = OptionKind::word,
                      .required = true}},
         .run = run_claim_code},
    };
}

}  // namespace kith::transfer
