#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/db/db.hpp"

// What both engines share; private to platform/db.
namespace kith::db {

// Logs a statement that took longer than the limit. The text is a literal of ours: it holds no member's words.
class StatementTimer {
public:
    explicit StatementTimer(std::int64_t slow_ms) : slow_ms_(slow_ms) {}
    void start(Sql sql);
    void stop();

private:
    std::int64_t slow_ms_;
    const char* text_ = nullptr;
    std::chrono::steady_clock::time_point began_;
};

std::unique_ptr<Database> open_sqlite(const Options& options, const Clock& clock);
std::unique_ptr<Database> open_postgres(const Options& options, const Clock& clock);

}  // namespace kith::db
