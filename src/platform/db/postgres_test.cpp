#include <algorithm>
#include <future>
#include <mutex>
#include <thread>

#include "platform/db/migrate.hpp"
#include "tests/world.hpp"

namespace kith::db {
namespace {

using test::World;
using namespace std::chrono_literals;

// Skips a test where no PostgreSQL runs.
class Postgres : public testing::Test {
protected:
    void SetUp() override {
        if (!test::postgres_url().empty()) return;
        if (std::getenv("CI")) FAIL() << "KITH_TEST_POSTGRES is not set: use script/test";
        GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";
    }
};

// What one node is told.
class Ear {
public:
    explicit Ear(Database& database) : database_(database) {
        database.on_change([this](std::span<const Change> changes) {
            const std::lock_guard lock(mutex_);
            for (const Change& change : changes) heard_.push_back(change.number);
        });
    }
    ~Ear() { database_.on_change({}); }

    std::vector<std::int64_t> heard() {
        const std::lock_guard lock(mutex_);
        std::vector<std::int64_t> sorted = heard_;
        std::ranges::sort(sorted);
        return sorted;
    }
    // Sorted, once there are so many or after ten seconds.
    std::vector<std::int64_t> wait_for(std::size_t count) {
        for (int i = 0; i < 1000 && heard().size() < count; ++i) std::this_thread::sleep_for(10ms);
        return heard();
    }

private:
    Database& database_;
    std::mutex mutex_;
    std::vector<std::int64_t> heard_;
};

void change(Tx& tx, std::int64_t number) { tx.changed({.kind = Change::Kind::thread, .number = number}); }

// Changes with the numbers from `first` to before `end`, a hundred in a transaction.
void change_all(Database& database, std::int64_t first, std::int64_t end) {
    for (std::int64_t at = first; at < end; at += 100) {
        const Done done = database.write([&](Tx& tx) -> Done {
            for (std::int64_t i = at; i < std::min(end, at + 100); ++i) change(tx, i);
            return {};
        });
        ASSERT_TRUE(done);
    }
}

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t end) {
    std::vector<std::int64_t> out;
    for (std::int64_t i = first; i < end; ++i) out.push_back(i);
    return out;
}

constexpr std::chrono::milliseconds two_looks = 2200ms;

TEST_F(Postgres, thousands_of_changes_reach_each_node_exactly_once) {
    World world(Engine::postgres);
    const auto other = world.open_again();
    Ear here(world.db()), there(*other);
    std::vector<std::thread> writers;
    for (int i = 0; i < 3; ++i)
        writers.emplace_back([&world, i] { change_all(world.db(), i * 2000, (i + 1) * 2000); });
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(there.wait_for(6000), numbers(0, 6000));
    change_all(*other, 6000, 6010);
    EXPECT_EQ(here.wait_for(6010), numbers(0, 6010));
    std::this_thread::sleep_for(two_looks);
    EXPECT_EQ(there.heard(), numbers(0, 6010));
    EXPECT_EQ(here.heard(), numbers(0, 6010));
}

TEST_F(Postgres, a_transaction_that_commits_after_thousands_of_later_ones_is_told) {
    World world(Engine::postgres);
    const auto other = world.open_again();
    Ear there(*other);
    std::promise<void> begun, may_end;
    std::thread slow([&] {
        world.must([&, first = true](Tx& tx) mutable -> Done {
            change(tx, 1'000'000);
            if (std::exchange(first, false)) begun.set_value();
            may_end.get_future().wait();
            return {};
        });
    });
    begun.get_future().wait();
    change_all(world.db(), 0, 3000);
    EXPECT_EQ(there.wait_for(3000), numbers(0, 3000));
    may_end.set_value();
    slow.join();
    EXPECT_EQ(there.wait_for(3001).size(), 3001u);
    std::this_thread::sleep_for(two_looks);
    EXPECT_EQ(there.heard().size(), 3001u);
    EXPECT_EQ(there.heard().back(), 1'000'000);
}

TEST_F(Postgres, a_change_by_a_process_that_ends_at_once_is_told) {
    World world(Engine::postgres);
    Ear here(world.db());
    for (int i = 0; i < 5; ++i) change_all(*world.open_again(), i, i + 1);
    EXPECT_EQ(here.wait_for(5), numbers(0, 5));
}

TEST_F(Postgres, a_change_that_nobody_notified_of_is_found) {
    World world(Engine::postgres);
    Ear here(world.db());
    change_all(*world.open_again(), 0, 1);
    EXPECT_EQ(here.wait_for(1).size(), 1u);
    world.db().execute(
        "insert into change (at_ms, kind, group_id, thread_id, number, member_id, node)"
        "values (1, 'site', 0, 0, 7, 0, null)");
    EXPECT_EQ(here.wait_for(2), (std::vector<std::int64_t>{0, 7}));
}

TEST_F(Postgres, changes_of_a_restored_backup_are_no_news) {
    World world(Engine::postgres);
    Ear here(world.db());
    world.db().execute(
        "insert into change (at_ms, kind, group_id, thread_id, number, member_id, transaction_id, node)"
        "values (1, 'site', 0, 0, 7, 0, '9000000000000', null)");
    std::this_thread::sleep_for(two_looks);
    EXPECT_TRUE(here.heard().empty());
}

constexpr Sql count_sql = "select count(*) from topic";
constexpr Sql insert_sql = "insert into topic (name, position) values ('a', 1)";
constexpr Sql limit_sql = "select current_setting('statement_timeout')";

std::int64_t count_topics(Database& database) {
    return database.read([](ReadTx& tx) { return tx.one<std::int64_t>(count_sql); });
}

Done add_topic(Tx& tx) {
    tx.run(insert_sql);
    return {};
}

TEST_F(Postgres, connections_that_died_while_idle_fail_nobody) {
    World world(Engine::postgres);
    const std::string name = world.folder.filename().string();
    Options options = world.options;
    options.url += "&application_name=" + name;
    const auto database = world.open_again(options);
    const auto end_all = [&] {
        world.db().execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + name + "'");
        std::this_thread::sleep_for(100ms);
    };
    std::vector<std::thread> together;  // several connections
    for (int i = 0; i < 4; ++i) together.emplace_back([&] { count_topics(*database); });
    for (std::thread& thread : together) thread.join();
    end_all();
    EXPECT_EQ(count_topics(*database), 0);
    end_all();
    EXPECT_TRUE(database->write([](Tx& tx) { return add_topic(tx); }));
    end_all();
    EXPECT_NO_THROW(database->execute("select 1"));
    EXPECT_EQ(count_topics(*database), 1);
}

TEST_F(Postgres, a_script_that_fails_half_way_leaves_no_transaction_open) {
    Options options;
    World world(Engine::postgres, options);
    for (int i = 0; i < 5; ++i)
        EXPECT_THROW(
            world.db().execute("begin; insert into topic (name, position) values ('x', 1); select 1 / 0"),
            Failure);
    EXPECT_TRUE(world.db().write([](Tx& tx) { return add_topic(tx); }));
    EXPECT_EQ(count_topics(world.db()), 1);
}

TEST_F(Postgres, a_migration_may_take_as_long_as_it_needs) {
    World world(Engine::postgres);
    EXPECT_NO_THROW(world.db().execute(
        "do $$ begin if current_setting('statement_timeout') <> '0' then raise 'limited'; end if; end $$"));
    EXPECT_EQ(world.db().read([](ReadTx& tx) { return tx.one<std::string>(limit_sql); }), "1min");
}

TEST_F(Postgres, nodes_that_start_together_migrate_once) {
    World world(Engine::postgres);
    const std::string schema = world.folder.filename().string() + "_new";
    world.db().execute("create schema \"" + schema + "\"");
    Options options = world.options;
    options.url = test::postgres_url() + (test::postgres_url().find('?') == std::string::npos ? "?" : "&") +
                  "options=-csearch_path%3D%22" + schema + "%22";
    std::atomic<int> applied = 0;
    std::vector<std::thread> nodes;
    for (int i = 0; i < 3; ++i)
        nodes.emplace_back([&] {
            const auto count = migrate(*world.open_again(options), embed::schema());
            ASSERT_TRUE(count) << count.error().message;
            applied += *count;
        });
    for (std::thread& node : nodes) node.join();
    EXPECT_EQ(migrate(*world.open_again(options), embed::schema()).value(), 0);
    EXPECT_GT(applied, 0);
    world.db().execute("drop schema \"" + schema + "\" cascade");
}

TEST_F(Postgres, counts_what_it_does) {
    World world(Engine::postgres);
    const Counts before = world.db().counts();
    world.must([](Tx& tx) { return add_topic(tx); });
    EXPECT_EQ(world.db().counts().commits, before.commits + 1);
    EXPECT_GT(world.db().counts().connections, 0);
}

}  // namespace
}  // namespace kith::db
