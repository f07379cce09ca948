#include "platform/db/sqlite_connection.hpp"

#include <sqlite3.h>

namespace kith::db {
namespace {

// Errors of the machine can pass; everything else is a statement that can never work.
[[noreturn]] void throw_sqlite(sqlite3* db, int code) {
    const std::string message = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw Unavailable(message);
        case SQLITE_INTERRUPT:
            throw TooSlow(message);
        default:
            throw Failure(message);
    }
}

}  // namespace

class SqliteCursor final : public Cursor {
public:
    SqliteCursor(sqlite3* db, Sql sql, StatementTimer timer) : db_(db), sql_(sql), timer_(timer) {
        const int code = sqlite3_prepare_v3(db, sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &statement_,
                                            nullptr);
        if (code != SQLITE_OK) throw_sqlite(db, code);
        // $2 is a name to SQLite: numbers follow the order of appearance.
        for (int i = 1;; ++i) {
            const std::string name = "$" + std::to_string(i);
            const int slot = sqlite3_bind_parameter_index(statement_, name.c_str());
            if (slot == 0) break;
            slots_.push_back(slot);
        }
    }
    SqliteCursor(const SqliteCursor&) = delete;
    ~SqliteCursor() override { sqlite3_finalize(statement_); }

    void begin(std::span<const Param> params) {
        CHECK(!running_);
        if (params.size() != slots_.size()) throw Failure("wrong number of parameters");
        for (std::size_t i = 0; i < params.size(); ++i) bind(slots_[i], params[i]);
        running_ = true;
        timer_.start(sql_);
    }

    bool next() override {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        throw_sqlite(db_, code);
    }
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    double real(int column) const override { return sqlite3_column_double(statement_, column); }
    std::string_view bytes(int column) const override {
        const void* data = sqlite3_column_blob(statement_, column);
        const int size = sqlite3_column_bytes(statement_, column);
        return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
    }
    std::int64_t affected() const override { return sqlite3_changes64(db_); }
    void finish() noexcept override {
        sqlite3_reset(statement_);
        running_ = false;
        timer_.stop();
    }

private:
    void bind(int slot, const Param& param) {
        int code = SQLITE_OK;
        switch (param.type) {
            case Param::Type::null:
                code = sqlite3_bind_null(statement_, slot);
                break;
            case Param::Type::integer:
                code = sqlite3_bind_int64(statement_, slot, param.integer);
                break;
            case Param::Type::real:
                code = sqlite3_bind_double(statement_, slot, param.real);
                break;
            case Param::Type::text:
                code = sqlite3_bind_text64(statement_, slot, param.bytes.empty() ? "" : param.bytes.data(),
                                           param.bytes.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
                break;
            case Param::Type::blob:
                code = sqlite3_bind_blob64(statement_, slot, param.bytes.empty() ? "" : param.bytes.data(),
                                           param.bytes.size(), SQLITE_TRANSIENT);
                break;
        }
        if (code != SQLITE_OK) throw_sqlite(db_, code);
    }

    sqlite3* db_;
    Sql sql_;
    StatementTimer timer_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<int> slots_;
    bool running_ = false;
};

SqliteConnection::SqliteConnection(const std::filesystem::path& file, int flags, const Options& options,
                                   Counters& counters)
    : options_(options), counters_(counters) {
    const int code = sqlite3_open_v2(file.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) {
        const std::string message = db_ ? sqlite3_errmsg(db_) : "out of memory";
        sqlite3_close(db_);
        throw Unavailable("cannot open " + file.string() + ": " + message);
    }
    sqlite3_busy_timeout(db_, busy_ms);
}

SqliteConnection::~SqliteConnection() {
    cursors_.clear();
    sqlite3_close(db_);
}

Cursor& SqliteConnection::start(Sql sql, std::span<const Param> params) {
    if (fail_in_ > 0 && --fail_in_ == 0) throw Failure("a test made this statement fail");
    auto& cursor = cursors_[sql.text()];
    if (!cursor) {
        if (options_.on_plan) options_.on_plan(sql.text(), plan_of(sql));
        cursor = std::make_unique<SqliteCursor>(db_, sql, StatementTimer(options_.slow_query_ms, counters_));
    }
    cursor->begin(params);
    return *cursor;
}

void SqliteConnection::execute(const std::string& script) {
    const int code = sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_sqlite(db_, code);
}

void SqliteConnection::limit_time(std::int64_t ms) {
    constexpr int steps_between_looks = 1000;
    latest_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    const auto is_late = [](void* self) -> int {
        return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->latest_;
    };
    sqlite3_progress_handler(db_, steps_between_looks, is_late, this);
}

void SqliteConnection::lift_time_limit() noexcept { sqlite3_progress_handler(db_, 0, nullptr, nullptr); }

void SqliteConnection::roll_back() noexcept {
    lift_time_limit();
    if (in_transaction()) sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

bool SqliteConnection::cut_log() noexcept {
    constexpr int patience_ms = 50;
    sqlite3_busy_timeout(db_, patience_ms);
    const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db_, busy_ms);
    return code == SQLITE_OK;
}

std::vector<std::string> SqliteConnection::plan_of(Sql sql) {
    std::vector<std::string> lines;
    const std::string script = std::string("explain query plan ") + sql.text();
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, script.c_str(), -1, &statement, nullptr) != SQLITE_OK) return lines;
    while (sqlite3_step(statement) == SQLITE_ROW)
        lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
    sqlite3_finalize(statement);
    return lines;
}

}  // namespace kith::db
