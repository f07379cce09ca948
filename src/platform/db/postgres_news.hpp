#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "platform/db/postgres_connection.hpp"

namespace kith::db {

// The changes of other nodes on the same database, each once. A thread and a connection of its own; NOTIFY
// says that there is something, the `change` table what, and a look each second finds what NOTIFY lost.
class PostgresNews {
public:
    using Connect = std::function<std::unique_ptr<PostgresConnection>()>;
    using Listener = std::function<void(std::span<const Change>)>;

    // Changes with the name `node` are our own.
    PostgresNews(std::string node, Connect connect, const Clock& clock);
    PostgresNews(const PostgresNews&) = delete;
    ~PostgresNews();

    // What is committed later than now is news. Before start().
    void begin_at(PostgresConnection& connection);
    // `listener` gets the news while `listens()`; meanwhile they are kept for it.
    void start(std::function<bool()> listens, Listener listener);
    // Something of ours was committed. Any thread; returns at once.
    void tell_others();
    // What is ours is told before this returns, if the database can be reached.
    void stop();

private:
    void loop();
    void carry(PostgresConnection& connection);
    bool wait_for_word(PostgresConnection& connection);
    void notify(PostgresConnection& connection);
    void hand_on(PostgresConnection& connection);
    void rest(int ms);

    const std::string node_;
    const Connect connect_;
    const Clock& clock_;
    std::function<bool()> listens_;
    Listener listener_;
    std::string snapshot_;  // of PostgreSQL: which transactions are not news any more
    std::atomic<bool> has_own_ = false;
    std::atomic<bool> stopping_ = false;
    int wake_fd_;
    std::thread thread_;
};

}  // namespace kith::db
