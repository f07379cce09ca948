#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "platform/db/db.hpp"

// What both engines share; private to platform/db.
namespace kith::db {

struct Counters {
    std::atomic<std::uint64_t> commits = 0, groups = 0, retries = 0, slow_queries = 0;
    std::atomic<std::int64_t> connections = 0;

    Counts now() const { return {commits, groups, retries, slow_queries, connections}; }
};

// Logs a statement that took longer than the limit, also one that failed. The text is a literal of ours: it
// holds no member's words.
class StatementTimer {
public:
    StatementTimer(std::int64_t slow_ms, Counters& counters) : slow_ms_(slow_ms), counters_(counters) {}
    void start(Sql sql);
    void stop();

private:
    std::int64_t slow_ms_;
    Counters& counters_;
    const char* text_ = nullptr;
    std::chrono::steady_clock::time_point began_;
};

std::unique_ptr<Database> open_sqlite(const Options& options, const Clock& clock);
std::unique_ptr<Database> open_postgres(const Options& options, const Clock& clock);

// Runs a statement that has no parameters and no rows of interest.
void step(Connection& connection, Sql sql);

// For threads of ours that live as long as the database: whoever asks the process to end is heard by the one that waits
// for it.
void leave_signals_to_others();

}  // namespace kith::db
