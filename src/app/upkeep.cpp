#include "app/upkeep.hpp"

#include "conversation/conversation.hpp"
#include "drafts/drafts.hpp"
#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "matching/matching.hpp"
#include "pictures/pictures.hpp"
#include "platform/live/changes.hpp"

namespace kith::app {
namespace {

constexpr std::int64_t keep_changes_ms = day_ms, keep_forms_ms = day_ms, keep_jobs_ms = 7 * day_ms;

// One rule, in one transaction after another while it returns that there may be more: nobody waits long for the
// writer.
jobs::Handler in_steps(Services& services, std::int64_t every_ms, bool (*rule)(db::Tx& tx)) {
    const auto run = [&services, rule](const std::string&) {
        while (*services.db.write([rule](db::Tx& tx) -> Result<bool> { return rule(tx); })) {
        }
    };
    return {run, every_ms};
}

bool forget_changes(db::Tx& tx) {
    constexpr int most = 5000;
    return forget_changes_before(tx, tx.now() + -keep_changes_ms, most);
}

void forget_drafts(db::Tx& tx) { drafts::forget_before(tx, tx.now() + -drafts::keep_ms); }

void forget_waiting_pictures(db::Tx& tx) {
    pictures::forget_waiting_before(tx, tx.now() + -pictures::keep_ms);
}

void forget_sent_forms(db::Tx& tx) { conversation::forget_sent_forms_before(tx, tx.now() + -keep_forms_ms); }

void forget_done_jobs(db::Tx& tx) { jobs::forget_done_before(tx, tx.now() + -keep_jobs_ms); }

// Fresh statistics for the planner of SQLite, from samples and only of tables that have changed much: writers wait
// meanwhile. PostgreSQL sees to its own.
jobs::Handler measure_tables(Services& services) {
    const auto run = [&services](const std::string&) {
        if (services.db.engine() == db::Engine::sqlite)
            services.db.execute("pragma analysis_limit = 400; pragma optimize;");
    };
    return {run, day_ms};
}

}  // namespace

// FTS5 writes a part of its index for each transaction and merges the parts later: much less work for many posts at
// once than for each alone.
void index_posts(Services& services) {
    constexpr int most = 200;  // some ms of the writer
    constexpr int most_times = 10;
    const auto index = [](db::Tx& tx) -> Result<bool> { return conversation::index_waiting_posts(tx, most); };
    if (!services.db.read([](db::ReadTx& tx) { return conversation::any_post_waits(tx); })) return;
    for (int i = 0; i < most_times && *services.db.write(index); ++i) {
    }
}

jobs::Handlers upkeep(Services& services) {
    return {{"forget_answers", in_steps(services, day_ms, mailing::forget_answers)},
            {"forget_changes", in_steps(services, hour_ms, forget_changes)},
            {"forget_done_jobs", jobs::round(services, forget_done_jobs, hour_ms)},
            {"count_alike", jobs::round(services, matching::count_alike, matching::count_again_ms)},
            {"forget_drafts", jobs::round(services, forget_drafts, day_ms)},
            {"forget_pictures", jobs::round(services, forget_waiting_pictures, day_ms)},
            {"forget_sent_forms", jobs::round(services, forget_sent_forms, hour_ms)},
            {"forget_sessions", jobs::round(services, identity::forget_old_sessions, hour_ms)},
            {"measure_tables", measure_tables(services)}};
}

}  // namespace kith::app
