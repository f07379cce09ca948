#include "platform/db/db.hpp"

#include <csignal>

#include "platform/db/connection.hpp"
#include "platform/log/log.hpp"

namespace kith::db {
namespace {

constexpr Sql insert_change_sql = R"(
    insert into change (at_ms, kind, group_id, thread_id, number, member_id)
    values ($1, $2, $3, $4, $5, $6)
    returning sequence)";

// SQLite makes a table for what is returned, at several times the cost of the row.
constexpr Sql insert_change_quickly_sql = R"(
    insert into change (at_ms, kind, group_id, thread_id, number, member_id)
    values ($1, $2, $3, $4, $5, $6))";
constexpr Sql last_row_sql = "select last_insert_rowid()";

// "select a from b" on one line.
std::string one_line(std::string_view sql) {
    std::string out;
    for (const char c : sql) {
        const bool space = c == ' ' || c == '\n';
        if (space && (out.empty() || out.back() == ' ')) continue;
        out += space ? ' ' : c;
    }
    return out;
}

}  // namespace

void Tx::changed(Change change) {
    const auto insert = [&](auto&& statement) {
        return statement(now(), change.kind, change.group, change.thread, change.number, change.member);
    };
    if (engine() == Engine::sqlite) {
        insert([&](const auto&... values) { return run(insert_change_quickly_sql, values...); });
        change.sequence = one<std::int64_t>(last_row_sql);
    } else {
        change.sequence = insert(
            [&](const auto&... values) { return one<std::int64_t>(insert_change_sql, values...); });
    }
    changes_.push_back(change);
}

Result<std::unique_ptr<Database>> Database::open(const Options& options, const Clock& clock) {
    try {
        return options.url.empty() ? open_sqlite(options, clock) : open_postgres(options, clock);
    } catch (const std::exception& problem) {
        return unavailable(problem.what());
    }
}

void StatementTimer::start(Sql sql) {
    text_ = sql.text();
    began_ = std::chrono::steady_clock::now();
}

void StatementTimer::stop() {
    if (!text_) return;
    const auto took = std::chrono::steady_clock::now() - began_;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    const char* const text = std::exchange(text_, nullptr);
    if (ms < slow_ms_) return;
    ++counters_.slow_queries;
    log::warn("slow query", {{"ms", std::to_string(ms)}, {"sql", one_line(text)}});
}

void step(Connection& connection, Sql sql) {
    Cursor& cursor = connection.start(sql, {});
    const Rows closer(cursor);
    cursor.next();
}

void leave_signals_to_others() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace kith::db
