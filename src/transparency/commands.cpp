#include <fstream>
#include <ostream>

#include "site/site.hpp"
#include "transparency/files.hpp"

namespace kith::transparency {
namespace {

using cli::Invocation;

Done save(const std::string& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return fail(Fault::unavailable, "the file cannot be written: " + path);
    return {};
}

int run_transparency(Services& services, Invocation& call) {
    const Time now = services.clock.now();
    const auto period = period_of(call.value("from"), call.value("to"), now);
    if (!period) return cli::report(call, period.error());
    const Report report = *services.db.read(
        [&](db::ReadTx& tx) { return report_for(tx, Actor::system(), *period); });
    const Words& words = Words::of(services.site()->language);
    const Document document = in_words(report, {.community = services.site()->name}, words);
    Done saved;
    if (call.has("csv")) saved = save(call.value("csv"), as_csv(report));
    if (saved && call.has("pdf")) saved = save(call.value("pdf"), as_pdf(document, words, now));
    if (!saved) return cli::report(call, saved.error());
    JsonWriter j;
    as_json(j, report);
    const bool is_saved = call.has("csv") || call.has("pdf");
    return cli::print(call, j, is_saved ? "Saved.\n" : as_text(document));
}

}  // namespace

std::vector<cli::Command> commands() {
    return {{.name = "transparency",
             .summary = "count what was reported and decided in some time, telling of nobody",
             .options = {{.name = "from", .help = "first day, such as 2026-01-01", .required = true},
                         {.name = "to", .help = "last day, such as 2026-06-30", .required = true},
                         {.name = "csv", .help = "file for the figures"},
                         {.name = "pdf", .help = "file to print"}},
             .run = run_transparency,
             .read_only = true}};
}

}  // namespace kith::transparency
