#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "platform/db/sqlite_connection.hpp"
#include "platform/log/log.hpp"

namespace kith::db {
namespace {

constexpr Sql begin_sql = "begin";
constexpr Sql begin_immediate_sql = "begin immediate";
constexpr Sql commit_sql = "commit";
constexpr Sql savepoint_sql = "savepoint rule";
constexpr Sql release_sql = "release rule";
constexpr Sql back_to_sql = "rollback to rule";

// One rule that waits for its commit.
struct Job {
    const std::function<bool(Tx&)>* rule = nullptr;
    std::vector<Change> changes;
    std::exception_ptr problem;
    bool kept = false;
    std::promise<void> done;
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
            throw Unavailable("another Kith is using " + file.string() +
                              ", so it runs already. To do this, end it first (Ctrl-C in its terminal, or "
                              "systemctl stop kith). `user list`, `import --dry-run` and `audit verify` work "
                              "beside it");
        }
    }
    FileLock(const FileLock&) = delete;
    ~FileLock() { ::close(fd_); }

private:
    int fd_;
};

// Connections that read, opened when they are first needed.
class SqliteReaders {
public:
    SqliteReaders(const Options& options, const Clock& clock, Counters& counters)
        : options_(options), clock_(clock), counters_(counters) {}

    void read(const std::function<void(ReadTx&)>& fn) {
        std::unique_ptr<SqliteConnection> connection = take();
        struct Return {
            SqliteReaders& readers;
            std::unique_ptr<SqliteConnection>& connection;
            ~Return() {
                connection->roll_back();
                readers.give_back(std::move(connection));
            }
        } const give_back{*this, connection};
        step(*connection, begin_sql);
        ReadTx tx(*connection, clock_.now());
        fn(tx);
    }

    void close() { idle_.clear(); }

private:
    std::unique_ptr<SqliteConnection> take() {
        std::unique_lock guard(mutex_);
        back_.wait(guard, [&] { return !idle_.empty() || counters_.connections < options_.readers; });
        if (!idle_.empty()) {
            auto reader = std::move(idle_.back());
            idle_.pop_back();
            return reader;
        }
        ++counters_.connections;
        guard.unlock();
        try {
            return open();
        } catch (...) {
            guard.lock();
            --counters_.connections;
            back_.notify_one();
            throw;
        }
    }

    std::unique_ptr<SqliteConnection> open() {
        auto reader = std::make_unique<SqliteConnection>(options_.file, SQLITE_OPEN_READONLY, options_,
                                                         counters_);
        reader->execute("pragma query_only = on; pragma cache_size = -2048; pragma temp_store = memory;");
        return reader;
    }

    void give_back(std::unique_ptr<SqliteConnection> reader) {
        {
            const std::lock_guard guard(mutex_);
            idle_.push_back(std::move(reader));
        }
        back_.notify_one();
    }

    const Options& options_;
    const Clock& clock_;
    Counters& counters_;
    std::mutex mutex_;
    std::condition_variable back_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

// Beside the process that writes: a connection that only reads neither locks it out nor checkpoints.
class SqliteOnlooker final : public Database {
public:
    SqliteOnlooker(const Options& options, const Clock& clock)
        : options_(options), readers_(options_, clock, counters_) {
        if (!std::filesystem::exists(options.file))
            throw Unavailable("there is no database in " + options.file.parent_path().string() +
                              " yet: `kith serve` or `kith migrate` makes one");
    }

    Engine engine() const override { return Engine::sqlite; }
    void execute(const std::string&) override { refuse(); }
    void exclusively(const std::function<void()>&) override { refuse(); }
    void fail_statement(int) override {}
    Counts counts() const override { return counters_.now(); }

protected:
    void read_in(const std::function<void(ReadTx&)>& fn) override { readers_.read(fn); }
    void write_in(const std::function<bool(Tx&)>&) override { refuse(); }

private:
    [[noreturn]] static void refuse() { throw Failure("this database was opened for reading only"); }

    const Options options_;
    Counters counters_;
    SqliteReaders readers_;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(const Options& options, const Clock& clock)
        : options_(options),
          clock_(clock),
          lock_(options.file),
          writer_(options.file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options_, counters_),
          readers_(options_, clock, counters_) {
        writer_.execute(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
            "pragma secure_delete = on;"
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
        readers_.close();
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

    // One process has the file.
    void exclusively(const std::function<void()>& fn) override { fn(); }
    Counts counts() const override { return counters_.now(); }

    void fail_statement(int nth) override {
        const std::lock_guard guard(writer_mutex_);
        failing_ = nth;
    }

protected:
    void read_in(const std::function<void(ReadTx&)>& fn) override { readers_.read(fn); }

    void write_in(const std::function<bool(Tx&)>& fn) override {
        Job job{.rule = &fn, .changes = {}, .problem = {}, .done = {}};
        std::future<void> done = job.done.get_future();
        {
            const std::lock_guard guard(queue_mutex_);
            if (stopping_) throw Unavailable("the database is closing");
            queue_.push_back(&job);
        }
        queue_filled_.notify_one();
        done.get();
    }

private:
    using Batch = std::vector<Job*>;

    void write_loop() {
        leave_signals_to_others();
        constexpr std::size_t most = 256;
        Batch batch;
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
            keep_log_short();
        }
    }

    // Runs each rule in a savepoint of one transaction, so that all share one wait for the disk.
    void commit_together(const Batch& batch) {
        const std::lock_guard guard(writer_mutex_);
        try {
            step(writer_, begin_immediate_sql);
            for (Job* const job : batch) {
                run_rule(*job);
                if (!writer_.in_transaction()) throw Unavailable("the database gave up a transaction");
            }
            step(writer_, commit_sql);
            ++counters_.groups;
        } catch (const std::exception& problem) {
            writer_.roll_back();
            log::error("commit failed", {{"problem", problem.what()}});
            const auto lost = std::make_exception_ptr(Unavailable(problem.what()));
            for (Job* const job : batch) {
                if (!job->problem) job->problem = lost;
                job->kept = false;
            }
        }
        for (const Job* const job : batch) {
            counters_.commits += job->kept;
            if (job->kept) announce(job->changes);
        }
        for (Job* const job : batch) finish(std::move(*job));
    }

    // The waiter goes on, and its job with it.
    static void finish(Job&& job) {
        std::promise<void> done = std::move(job.done);
        if (job.problem) done.set_exception(std::exchange(job.problem, nullptr));
        else done.set_value();
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
        writer_.lift_time_limit();
        if (!writer_.in_transaction()) return;
        if (!job.kept) step(writer_, back_to_sql);
        step(writer_, release_sql);
    }

    // A reader that stays long keeps the log from being used again from its beginning, and it grows.
    void keep_log_short() {
        std::error_code ignored;
        const std::uintmax_t size = std::filesystem::file_size(log_file_, ignored);
        if (ignored || size <= options_.wal_limit_bytes) return;
        const auto now = std::chrono::steady_clock::now();
        if (now < next_cut_) return;
        const std::lock_guard guard(writer_mutex_);
        if (!writer_.cut_log()) next_cut_ = now + std::chrono::seconds(1);
    }

    const Options options_;
    const std::filesystem::path log_file_ = options_.file.string() + "-wal";
    const Clock& clock_;
    Counters counters_;
    FileLock lock_;

    std::mutex writer_mutex_;
    SqliteConnection writer_;
    int failing_ = 0;
    std::chrono::steady_clock::time_point next_cut_;
    SqliteReaders readers_;

    std::mutex queue_mutex_;
    std::condition_variable queue_filled_;
    std::deque<Job*> queue_;
    bool stopping_ = false;

    std::thread thread_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options, const Clock& clock) {
    if (options.read_only) return std::make_unique<SqliteOnlooker>(options, clock);
    return std::make_unique<SqliteDatabase>(options, clock);
}

}  // namespace kith::db
