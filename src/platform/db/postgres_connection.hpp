#pragma once

#include <string>
#include <unordered_map>

#include "platform/db/connection.hpp"
#include "platform/db/libpq.hpp"

namespace kith::db {

// Two transactions met and this one lost: it may be repeated.
class LostRace : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class PostgresCursor;

// One connection; each statement is prepared once. Throws Unavailable when the server is gone.
class PostgresConnection final : public Connection {
public:
    // `node` is written with every change, so that its writer knows its own.
    PostgresConnection(const Options& options, const std::string& node, Counters& counters);
    PostgresConnection(const PostgresConnection&) = delete;
    ~PostgresConnection() override;

    Engine engine() const override { return Engine::postgres; }
    Cursor& start(Sql sql, std::span<const Param> params) override;
    void execute(const std::string& script) override;
    void limit_time(std::int64_t ms) override;

    // Whether another transaction may begin on it: it is alive, and nothing is left of the last one.
    bool usable() const;
    // Never used again, whatever it says of itself.
    void retire() { retired_ = true; }
    void fail_in(int nth) { fail_in_ = nth; }
    PGconn* raw() { return connection_; }

private:
    friend class PostgresCursor;
    [[noreturn]] void fail(PGresult* result);

    const Libpq& pq_;
    PGconn* connection_ = nullptr;
    const Options& options_;
    Counters& counters_;
    bool retired_ = false;
    std::unordered_map<const char*, std::unique_ptr<PostgresCursor>> cursors_;
    int prepared_ = 0;  // names statements, also those that could not be prepared
    int fail_in_ = 0;
};

}  // namespace kith::db
