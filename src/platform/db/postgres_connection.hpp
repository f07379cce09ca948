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

// One connection; each statement is prepared once. Throws Unavailable when the server is gone: then the
// connection is not `usable()` any more.
class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(const Options& options);
    PostgresConnection(const PostgresConnection&) = delete;
    ~PostgresConnection() override;

    Engine engine() const override { return Engine::postgres; }
    Cursor& start(Sql sql, std::span<const Param> params) override;
    void execute(const std::string& script) override;

    bool usable() const;
    void fail_in(int nth) { fail_in_ = nth; }
    PGconn* raw() { return connection_; }

private:
    friend class PostgresCursor;
    [[noreturn]] void fail(PGresult* result);

    const Libpq& pq_;
    PGconn* connection_ = nullptr;
    const Options& options_;
    std::unordered_map<const char*, std::unique_ptr<PostgresCursor>> cursors_;
    int fail_in_ = 0;
};

}  // namespace kith::db
