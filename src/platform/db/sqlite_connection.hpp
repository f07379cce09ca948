#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

#include "platform/db/connection.hpp"

struct sqlite3;

namespace kith::db {

class SqliteCursor;

// One connection; each statement is prepared once.
class SqliteConnection final : public Connection {
public:
    // `flags` of sqlite3_open_v2.
    SqliteConnection(const std::filesystem::path& file, int flags, const Options& options,
                     Counters& counters);
    SqliteConnection(const SqliteConnection&) = delete;
    ~SqliteConnection() override;

    Engine engine() const override { return Engine::sqlite; }
    Cursor& start(Sql sql, std::span<const Param> params) override;
    void execute(const std::string& script) override;
    void limit_time(std::int64_t ms) override;
    void lift_time_limit() noexcept;

    // Ends a transaction whatever state it is in.
    void roll_back() noexcept;
    bool in_transaction() const;
    // Moves the whole log into the database and empties its file; false if a reader still needs it.
    bool cut_log() noexcept;
    void fail_in(int nth) { fail_in_ = nth; }

private:
    static constexpr int busy_ms = 5000;
    std::vector<std::string> plan_of(Sql sql);

    sqlite3* db_ = nullptr;
    const Options& options_;
    Counters& counters_;
    std::unordered_map<const char*, std::unique_ptr<SqliteCursor>> cursors_;
    std::chrono::steady_clock::time_point latest_;
    int fail_in_ = 0;
};

}  // namespace kith::db
