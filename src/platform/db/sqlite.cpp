#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "platform/db/connection.hpp"
#include "platform/log/log.hpp"

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
        default:
            throw Failure(message);
    }
}

class SqliteCursor final : public Cursor {
public:
    SqliteCursor(sqlite3* db, Sql sql, std::int64_t slow_ms) : db_(db), sql_(sql), timer_(slow_ms) {
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

class SqliteConnection final : public Connection {
public:
    SqliteConnection(const std::filesystem::path& file, int flags, const Options& options)
        : options_(options) {
        const int code = sqlite3_open_v2(file.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
        if (code != SQLITE_OK) {
            const std::string message = db_ ? sqlite3_errmsg(db_) : "out of memory";
            sqlite3_close(db_);
            throw Unavailable("cannot open " + file.string() + ": " + message);
        }
        sqlite3_busy_timeout(db_, 5000);
    }
    SqliteConnection(const SqliteConnection&) = delete;
    ~SqliteConnection() override {
        cursors_.clear();
        sqlite3_close(db_);
    }

    Engine engine() const override { return Engine::sqlite; }

    Cursor& start(Sql sql, std::span<const Param> params) override {
        if (fail_in_ > 0 && --fail_in_ == 0) throw Failure("a test made this statement fail");
        auto& cursor = cursors_[sql.text()];
        if (!cursor) {
            if (options_.on_plan) options_.on_plan(sql.text(), plan_of(sql));
            cursor = std::make_unique<SqliteCursor>(db_, sql, options_.slow_query_ms);
        }
        cursor->begin(params);
        return *cursor;
    }

    void execute(const std::string& script) override {
        const int code = sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) throw_sqlite(db_, code);
    }

    // Ends a transaction whatever state it is in.
    void roll_back() noexcept {
        if (in_transaction()) sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
    }
    bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    void fail_in(int nth) { fail_in_ = nth; }

private:
    std::vector<std::string> plan_of(Sql sql) {
        std::vector<std::string> lines;
        const std::string script = std::string("explain query plan ") + sql.text();
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db_, script.c_str(), -1, &statement, nullptr) != SQLITE_OK) return lines;
        while (sqlite3_step(statement) == SQLITE_ROW)
            lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
        sqlite3_finalize(statement);
        return lines;
    }

    sqlite3* db_ = nullptr;
    const Options& options_;
    std::unordered_map<const char*, std::unique_ptr<SqliteCursor>> cursors_;
    int fail_in_ = 0;
};

constexpr Sql begin_sql = "begin";
constexpr Sql begin_immediate_sql = "begin immediate";
constexpr Sql commit_sql = "commit";
constexpr Sql savepoint_sql = "savepoint rule";
constexpr Sql release_sql = "release rule";
constexpr Sql back_to_sql = "rollback to rule";

void step(SqliteConnection& connection, Sql sql) {
    Cursor& cursor = connection.start(sql, {});
    const Rows closer(cursor);
    cursor.next();
}

// One rule that waits for its commit.
struct Job {
    const std::function<bool(Tx&)>* rule = nullptr;
    std::vector<Change> changes;
    std::exception_ptr problem;
    bool kept = false;
    std::atomic<bool> done = false;
};

// Only one process may have the file open for writing: two checkpointing connections can corrupt it
// (Debian's SQLite 3.40.1).
class FileLock {
public:
    explicit FileLock(const std::filesystem::path& file) {
        const std::string name = file.string() + ".lock";
        fd_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd_ < 0) throw Unavailable("cannot write in " + file.parent_path().string());
        if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
            ::close(fd_);
            throw Unavailable("another Kith is using " + file.string());
        }
    }
    FileLock(const FileLock&) = delete;
    ~FileLock() { ::close(fd_); }

private:
    int fd_;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(const Options& options, const Clock& clock)
        : options_(options),
          clock_(clock),
          lock_(options.file),
          writer_(options.file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options_) {
        writer_.execute(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
            "pragma wal_autocheckpoint = 16384; pragma journal_size_limit = 67108864;"
            "pragma cache_size = -16384; pragma temp_store = memory;");
        thread_ = std::thread([this] { write_loop(); });
    }

    ~SqliteDatabase() override {
        {
            const std::lock_guard guard(queue_mutex_);
            stopping_ = true;
        }
        queue_filled_.notify_one();
        thread_.join();
        readers_.clear();
        try {
            writer_.execute("pragma optimize; pragma wal_checkpoint(truncate);");
        } catch (const std::exception&) {  // closing goes on: the log is replayed at the next start
        }
    }

    Engine engine() const override { return Engine::sqlite; }

    void execute(const std::string& script) override {
        const std::lock_guard guard(writer_mutex_);
        try {
            writer_.execute(script);
        } catch (...) {
            writer_.roll_back();
            throw;
        }
    }

    void fail_statement(int nth) override {
        const std::lock_guard guard(writer_mutex_);
        failing_ = nth;
    }

protected:
    void read_in(const std::function<void(ReadTx&)>& fn) override {
        std::unique_ptr<SqliteConnection> connection = take_reader();
        struct Return {
            SqliteDatabase& database;
            std::unique_ptr<SqliteConnection>& connection;
            ~Return() {
                connection->roll_back();
                database.give_back(std::move(connection));
            }
        } const give_back{*this, connection};
        step(*connection, begin_sql);
        ReadTx tx(*connection, clock_.now());
        fn(tx);
    }

    void write_in(const std::function<bool(Tx&)>& fn) override {
        Job job;
        job.rule = &fn;
        {
            const std::lock_guard guard(queue_mutex_);
            if (stopping_) throw Unavailable("the database is closing");
            queue_.push_back(&job);
        }
        queue_filled_.notify_one();
        job.done.wait(false);
        if (job.problem) std::rethrow_exception(job.problem);
    }

private:
    std::unique_ptr<SqliteConnection> take_reader() {
        std::unique_lock guard(readers_mutex_);
        reader_back_.wait(guard, [&] { return !readers_.empty() || open_readers_ < options_.readers; });
        if (!readers_.empty()) {
            auto reader = std::move(readers_.back());
            readers_.pop_back();
            return reader;
        }
        ++open_readers_;
        guard.unlock();
        try {
            return open_reader();
        } catch (...) {
            guard.lock();
            --open_readers_;
            throw;
        }
    }

    std::unique_ptr<SqliteConnection> open_reader() {
        auto reader = std::make_unique<SqliteConnection>(options_.file, SQLITE_OPEN_READONLY, options_);
        reader->execute("pragma query_only = on; pragma cache_size = -2048; pragma temp_store = memory;");
        if (options_.memory_mapped) reader->execute("pragma mmap_size = 268435456;");
        return reader;
    }

    void give_back(std::unique_ptr<SqliteConnection> reader) {
        {
            const std::lock_guard guard(readers_mutex_);
            readers_.push_back(std::move(reader));
        }
        reader_back_.notify_one();
    }

    void write_loop() {
        constexpr std::size_t most = 256;
        std::vector<Job*> batch;
        for (;;) {
            {
                std::unique_lock guard(queue_mutex_);
                queue_filled_.wait(guard, [&] { return stopping_ || !queue_.empty(); });
                if (queue_.empty()) return;
                while (!queue_.empty() && batch.size() < most) {
                    batch.push_back(queue_.front());
                    queue_.pop_front();
                }
            }
            commit_together(batch);
            batch.clear();
        }
    }

    // Runs each rule in a savepoint of one transaction, so that all share one wait for the disk.
    void commit_together(const std::vector<Job*>& batch) {
        const std::lock_guard guard(writer_mutex_);
        try {
            step(writer_, begin_immediate_sql);
            for (Job* job : batch) {
                run_rule(*job);
                if (!writer_.in_transaction()) throw Unavailable("the database gave up a transaction");
            }
            step(writer_, commit_sql);
        } catch (const std::exception& problem) {
            writer_.roll_back();
            log::error("commit failed", {{"problem", problem.what()}});
            const auto lost = std::make_exception_ptr(Unavailable(problem.what()));
            for (Job* job : batch) {
                if (!job->problem) job->problem = lost;
                job->kept = false;
            }
        }
        for (Job* job : batch)
            if (job->kept) announce(job->changes);
        for (Job* job : batch) {
            job->done = true;
            job->done.notify_one();
        }
    }

    void run_rule(Job& job) {
        step(writer_, savepoint_sql);
        writer_.fail_in(std::exchange(failing_, 0));
        try {
            Tx tx(writer_, clock_.now());
            job.kept = (*job.rule)(tx);
            job.changes = std::move(tx.changes());
        } catch (...) {
            job.problem = std::current_exception();
            job.kept = false;
        }
        writer_.fail_in(0);
        if (!writer_.in_transaction()) return;
        if (!job.kept) step(writer_, back_to_sql);
        step(writer_, release_sql);
    }

    const Options options_;
    const Clock& clock_;
    FileLock lock_;

    std::mutex writer_mutex_;
    SqliteConnection writer_;
    int failing_ = 0;

    std::mutex queue_mutex_;
    std::condition_variable queue_filled_;
    std::deque<Job*> queue_;
    bool stopping_ = false;

    std::mutex readers_mutex_;
    std::condition_variable reader_back_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    int open_readers_ = 0;

    std::thread thread_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options, const Clock& clock) {
    return std::make_unique<SqliteDatabase>(options, clock);
}

}  // namespace kith::db
