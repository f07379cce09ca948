#include "platform/db/postgres_news.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>

#include "platform/log/log.hpp"

namespace kith::db {
namespace {

constexpr Sql begin_sql = "begin isolation level repeatable read read only";
constexpr Sql commit_sql = "commit";

constexpr Sql snapshot_sql = R"(
    select pg_current_snapshot()::text)";

// What this snapshot sees and the one of the last look did not: sequence numbers are no measure, since a
// transaction with a smaller one may commit later. Rows that a restored backup brought from another server,
// with transactions that have not been here yet, are left out.
constexpr Sql news_sql = R"(
    select kind, group_id, thread_id, number, member_id, sequence
    from change
    where transaction_id >= pg_snapshot_xmin($1::text::pg_snapshot)
      and not pg_visible_in_snapshot(transaction_id, $1::text::pg_snapshot)
      and pg_visible_in_snapshot(transaction_id, pg_current_snapshot())
      and node is distinct from $2
    order by sequence)";

}  // namespace

PostgresNews::PostgresNews(std::string node, Connect connect, const Clock& clock)
    : node_(std::move(node)),
      connect_(std::move(connect)),
      clock_(clock),
      wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (wake_fd_ < 0) throw Unavailable("no descriptor is free");
}

PostgresNews::~PostgresNews() {
    stop();
    ::close(wake_fd_);
}

void PostgresNews::begin_at(PostgresConnection& connection) {
    ReadTx tx(connection, clock_.now());
    snapshot_ = tx.one<std::string>(snapshot_sql);
}

void PostgresNews::start(std::function<bool()> listens, Listener listener) {
    listens_ = std::move(listens);
    listener_ = std::move(listener);
    thread_ = std::thread([this] { loop(); });
}

void PostgresNews::tell_others() {
    has_own_ = true;
    [[maybe_unused]] const int woken = ::eventfd_write(wake_fd_, 1);
}

void PostgresNews::stop() {
    stopping_ = true;
    [[maybe_unused]] const int woken = ::eventfd_write(wake_fd_, 1);
    if (thread_.joinable()) thread_.join();
    if (!has_own_) return;
    try {
        notify(*connect_());
    } catch (const std::exception&) {  // the others look each second
    }
}

void PostgresNews::loop() {
    leave_signals_to_others();
    while (!stopping_) {
        if (!listens_()) {
            rest(20);
            continue;
        }
        try {
            const auto connection = connect_();
            connection->execute("listen kith_change");
            hand_on(*connection);
            carry(*connection);
        } catch (const std::exception& problem) {
            log::warn("waiting for the database", {{"problem", problem.what()}});
            for (int i = 0; i < 50 && !stopping_; ++i) rest(20);
        }
    }
}

void PostgresNews::rest(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

void PostgresNews::carry(PostgresConnection& connection) {
    using Clock = std::chrono::steady_clock;
    auto next_look = Clock::now();
    while (!stopping_) {
        if (has_own_) notify(connection);
        if (wait_for_word(connection) || Clock::now() >= next_look) {
            hand_on(connection);
            next_look = Clock::now() + std::chrono::seconds(1);
        }
        rest(20);  // many commits in one NOTIFY
    }
}

void PostgresNews::notify(PostgresConnection& connection) {
    has_own_ = false;
    try {
        connection.execute("notify kith_change");
    } catch (...) {
        has_own_ = true;
        throw;
    }
}

// Whether another node said something, within a second.
bool PostgresNews::wait_for_word(PostgresConnection& connection) {
    const Libpq& pq = Libpq::get();
    pollfd ready[] = {{pq.socket(connection.raw()), POLLIN, 0}, {wake_fd_, POLLIN, 0}};
    ::poll(ready, 2, 1000);
    eventfd_t count = 0;
    ::eventfd_read(wake_fd_, &count);
    if (pq.consume_input(connection.raw()) == 0) throw Unavailable("connection lost");
    bool told = false;
    while (PGnotify* const notify = pq.notifies(connection.raw())) {
        told = told || notify->be_pid != pq.backend_pid(connection.raw());
        pq.freemem(notify);
    }
    return told;
}

void PostgresNews::hand_on(PostgresConnection& connection) {
    step(connection, begin_sql);
    ReadTx tx(connection, clock_.now());
    std::string snapshot = tx.one<std::string>(snapshot_sql);
    const auto news = tx.all<Change>(news_sql, snapshot_, node_);
    step(connection, commit_sql);
    listener_(news);
    snapshot_ = std::move(snapshot);
}

}  // namespace kith::db
