#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "platform/db/postgres_connection.hpp"
#include "platform/db/postgres_news.hpp"
#include "platform/log/log.hpp"

namespace kith::db {
namespace {

constexpr Sql begin_read_sql = "begin isolation level repeatable read read only";
constexpr Sql begin_write_sql = "begin isolation level serializable";
constexpr Sql commit_sql = "commit";

constexpr Sql no_time_limit_sql = "set statement_timeout = 0";
constexpr Sql time_limit_sql = "set statement_timeout = '60s'";

// Tells the changes of this process from those of others.
std::string new_node_name() {
    std::random_device random;
    return std::to_string(random()) + "-" + std::to_string(random());
}

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const Options& options, const Clock& clock)
        : options_(options), clock_(clock), news_(node_, [this] { return connect(); }, clock) {
        auto first = connect();
        news_.begin_at(*first);
        idle_.push_back(std::move(first));
        open_ = 1;
        if (!options_.read_only)
            news_.start([this] { return listens(); }, [this](auto changes) { announce(changes); });
    }

    ~PostgresDatabase() override { news_.stop(); }

    Engine engine() const override { return Engine::postgres; }

    void execute(const std::string& script) override {
        const Lease lease(*this, no_time_limit_sql);
        try {
            lease->execute(script);
            step(*lease, time_limit_sql);
        } catch (...) {
            lease->retire();
            throw;
        }
    }

    // The lock ends with its connection. One for each schema, as is the table of migrations.
    void exclusively(const std::function<void()>& fn) override {
        const auto connection = connect();
        connection->execute(
            "set statement_timeout = 0;"
            "select pg_advisory_lock(hashtextextended('kith ' || current_schema(), 0))");
        fn();
    }

    Counts counts() const override { return counters_.now(); }

    void fail_statement(int nth) override { failing_ = nth; }

protected:
    void read_in(const std::function<void(ReadTx&)>& fn) override {
        const Lease lease(*this, begin_read_sql);
        try {
            ReadTx tx(*lease, clock_.now());
            fn(tx);
            step(*lease, commit_sql);
        } catch (...) {
            roll_back(*lease);
            throw;
        }
    }

    void write_in(const std::function<bool(Tx&)>& fn) override {
        constexpr int most_tries = 30;
        for (int tries = 1;; ++tries) {
            try {
                return write_once(fn);
            } catch (const LostRace& race) {
                if (tries == most_tries) throw Failure(race.what());
                ++counters_.retries;
                const int wait_us = std::min(tries * 500, 10'000);
                std::this_thread::sleep_for(std::chrono::microseconds(wait_us));
            }
        }
    }

private:
    // A connection for the length of a scope, with its first statement run.
    class Lease {
    public:
        Lease(PostgresDatabase& database, Sql first) : database_(database), connection_(database.take()) {
            try {
                begin(first);
            } catch (...) {
                if (connection_) database_.give_back(std::move(connection_));
                throw;
            }
        }
        Lease(const Lease&) = delete;
        ~Lease() { database_.give_back(std::move(connection_)); }
        PostgresConnection& operator*() const { return *connection_; }
        PostgresConnection* operator->() const { return connection_.get(); }

    private:
        void begin(Sql first) {
            try {
                step(*connection_, first);
            } catch (const Unavailable&) {
                // PostgreSQL was started again: what lies idle is as dead as this one. Nothing has begun yet.
                connection_ = database_.take_new(std::move(connection_));
                step(*connection_, first);
            }
        }

        PostgresDatabase& database_;
        std::unique_ptr<PostgresConnection> connection_;
    };

    void write_once(const std::function<bool(Tx&)>& fn) {
        std::vector<Change> changes;
        {
            const Lease lease(*this, begin_write_sql);
            try {
                lease->fail_in(failing_.exchange(0));
                Tx tx(*lease, clock_.now());
                const bool keep = fn(tx);
                lease->fail_in(0);
                if (!keep) return roll_back(*lease);
                step(*lease, commit_sql);
                ++counters_.commits;
                ++counters_.groups;
                changes = std::move(tx.changes());
            } catch (...) {
                lease->fail_in(0);
                roll_back(*lease);
                throw;
            }
        }
        if (changes.empty()) return;
        news_.tell_others();
        announce(changes);
    }

    static void roll_back(PostgresConnection& connection) noexcept {
        try {
            connection.execute("rollback");
        } catch (const std::exception&) {  // a dead connection is dropped when it is given back
        }
    }

    std::unique_ptr<PostgresConnection> connect() {
        return std::make_unique<PostgresConnection>(options_, node_, counters_);
    }

    std::unique_ptr<PostgresConnection> take() {
        std::unique_lock guard(mutex_);
        back_.wait(guard, [&] { return !idle_.empty() || open_ < options_.connections; });
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        ++open_;
        guard.unlock();
        return connect_counted();
    }

    // For one that is counted as open already.
    std::unique_ptr<PostgresConnection> connect_counted() {
        try {
            return connect();
        } catch (...) {
            const std::lock_guard guard(mutex_);
            --open_;
            back_.notify_one();
            throw;
        }
    }

    // In place of a dead one; drops all that lie idle.
    std::unique_ptr<PostgresConnection> take_new(std::unique_ptr<PostgresConnection> dead) {
        dead.reset();
        std::vector<std::unique_ptr<PostgresConnection>> dropped;
        {
            const std::lock_guard guard(mutex_);
            open_ -= static_cast<int>(idle_.size());
            dropped.swap(idle_);
        }
        back_.notify_all();
        return connect_counted();
    }

    void give_back(std::unique_ptr<PostgresConnection> connection) {
        {
            const std::lock_guard guard(mutex_);
            if (connection->usable()) {
                idle_.push_back(std::move(connection));
            } else {
                --open_;
            }
        }
        back_.notify_one();
    }

    const Options options_;
    const Clock& clock_;
    const std::string node_ = new_node_name();
    Counters counters_;
    std::atomic<int> failing_ = 0;

    std::mutex mutex_;
    std::condition_variable back_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    int open_ = 0;

    PostgresNews news_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const Options& options, const Clock& clock) {
    return std::make_unique<PostgresDatabase>(options, clock);
}

}  // namespace kith::db
