#include <poll.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "platform/db/postgres_connection.hpp"
#include "platform/log/log.hpp"

namespace kith::db {
namespace {

constexpr Sql begin_read_sql = "begin isolation level repeatable read read only";
constexpr Sql begin_write_sql = "begin isolation level serializable";
constexpr Sql commit_sql = "commit";

constexpr Sql last_change_sql = R"(
    select coalesce(max(sequence), 0)
    from change)";

// A transaction with a smaller number may commit later, so the last ones are read again.
constexpr Sql changes_since_sql = R"(
    select kind, group_id, thread_id, number, member_id, sequence
    from change
    where sequence > $1
    order by sequence)";

void step(PostgresConnection& connection, Sql sql) {
    Cursor& cursor = connection.start(sql, {});
    const Rows closer(cursor);
    cursor.next();
}

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const Options& options, const Clock& clock) : options_(options), clock_(clock) {
        idle_.push_back(connect());
        open_ = 1;
        notifier_ = std::thread([this] { notify_loop(); });
    }

    ~PostgresDatabase() override {
        stopping_ = true;
        notifier_.join();
    }

    Engine engine() const override { return Engine::postgres; }

    void execute(const std::string& script) override {
        const Lease lease(*this);
        lease->execute(script);
    }

    void fail_statement(int nth) override { failing_ = nth; }

protected:
    void read_in(const std::function<void(ReadTx&)>& fn) override {
        const Lease lease(*this);
        try {
            step(*lease, begin_read_sql);
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
                const int wait_us = std::min(tries * 500, 10'000);
                std::this_thread::sleep_for(std::chrono::microseconds(wait_us));
            }
        }
    }

private:
    // A connection for the length of a scope.
    class Lease {
    public:
        explicit Lease(PostgresDatabase& database) : database_(database), connection_(database.take()) {}
        Lease(const Lease&) = delete;
        ~Lease() { database_.give_back(std::move(connection_)); }
        PostgresConnection& operator*() const { return *connection_; }
        PostgresConnection* operator->() const { return connection_.get(); }

    private:
        PostgresDatabase& database_;
        std::unique_ptr<PostgresConnection> connection_;
    };

    void write_once(const std::function<bool(Tx&)>& fn) {
        std::vector<Change> changes;
        {
            const Lease lease(*this);
            try {
                step(*lease, begin_write_sql);
                lease->fail_in(failing_.exchange(0));
                Tx tx(*lease, clock_.now());
                const bool keep = fn(tx);
                lease->fail_in(0);
                if (!keep) return roll_back(*lease);
                step(*lease, commit_sql);
                changes = std::move(tx.changes());
            } catch (...) {
                lease->fail_in(0);
                roll_back(*lease);
                throw;
            }
        }
        if (changes.empty()) return;
        remember(changes);
        has_news_ = true;
        announce(changes);
    }

    static void roll_back(PostgresConnection& connection) noexcept {
        try {
            connection.execute("rollback");
        } catch (const std::exception&) {  // a dead connection is dropped when it is given back
        }
    }

    std::unique_ptr<PostgresConnection> connect() { return std::make_unique<PostgresConnection>(options_); }

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
        try {
            return connect();
        } catch (...) {
            guard.lock();
            --open_;
            back_.notify_one();
            throw;
        }
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

    // ---- news from and for other nodes ----

    void remember(std::span<const Change> changes) {
        const std::lock_guard guard(seen_mutex_);
        for (const Change& change : changes) seen_.insert(change.sequence);
        while (seen_.size() > 4096) seen_.erase(seen_.begin());
    }

    void notify_loop() {
        while (!stopping_) {
            if (!listens()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                continue;
            }
            try {
                const auto connection = connect();
                connection->execute("listen kith_change");
                // What was said while nobody listened: ours is told again, theirs is read.
                has_news_ = true;
                hand_on(*connection);
                carry_news(*connection);
            } catch (const std::exception& problem) {
                log::warn("waiting for the database", {{"problem", problem.what()}});
                for (int i = 0; i < 10 && !stopping_; ++i)
                    std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }
    }

    void carry_news(PostgresConnection& connection) {
        const Libpq& pq = Libpq::get();
        while (!stopping_) {
            if (has_news_.exchange(false)) connection.execute("notify kith_change");
            pollfd poll_fd{pq.socket(connection.raw()), POLLIN, 0};
            ::poll(&poll_fd, 1, 20);
            if (pq.consume_input(connection.raw()) == 0) throw Unavailable("connection lost");
            bool told = false;
            while (PGnotify* notify = pq.notifies(connection.raw())) {
                told = true;
                pq.freemem(notify);
            }
            if (told) hand_on(connection);
        }
    }

    void hand_on(PostgresConnection& connection) {
        constexpr std::int64_t look_back = 2000;
        ReadTx tx(connection, clock_.now());
        if (last_sequence_ < 0) last_sequence_ = tx.one<std::int64_t>(last_change_sql) - 1;
        std::vector<Change> news;
        for (Change& change : tx.all<Change>(changes_since_sql, last_sequence_ - look_back)) {
            const std::lock_guard guard(seen_mutex_);
            if (seen_.insert(change.sequence).second) news.push_back(change);
        }
        for (const Change& change : news) last_sequence_ = std::max(last_sequence_, change.sequence);
        announce(news);
    }

    const Options options_;
    const Clock& clock_;
    std::atomic<int> failing_ = 0;

    std::mutex mutex_;
    std::condition_variable back_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    int open_ = 0;

    std::mutex seen_mutex_;
    std::set<std::int64_t> seen_;
    std::int64_t last_sequence_ = -1;
    std::atomic<bool> has_news_ = false;
    std::atomic<bool> stopping_ = false;
    std::thread notifier_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const Options& options, const Clock& clock) {
    return std::make_unique<PostgresDatabase>(options, clock);
}

}  // namespace kith::db
