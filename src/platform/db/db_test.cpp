#include "platform/db/db.hpp"

#include <thread>

#include "platform/db/migrate.hpp"
#include "platform/log/log.hpp"
#include "tests/pages.hpp"
#include "tests/world.hpp"

namespace kith::db {
namespace {

using test::World;

constexpr Sql insert_topic_sql = "insert into topic (name, position) values ($1, $2) returning id";
constexpr Sql topics_sql = "select name from topic order by id";
constexpr Sql wrong_sql = "insert into topic (name, position) values (null, 1)";

Result<std::int64_t> add_topic(Tx& tx, std::string_view name) {
    return tx.one<std::int64_t>(insert_topic_sql, name, 1);
}

std::vector<std::string> topics(World& world) {
    return world.db().read([](ReadTx& tx) { return tx.all<std::string>(topics_sql); });
}

BOTH_ENGINES(Db, keeps_a_write_that_succeeds) {
    world.must([](Tx& tx) { return add_topic(tx, "a"); });
    EXPECT_EQ(topics(world), std::vector<std::string>{"a"});
}

BOTH_ENGINES(Db, leaves_nothing_of_a_rule_that_fails_or_throws) {
    const auto failed = world.db().write([](Tx& tx) -> Done {
        TRY(add_topic(tx, "a"));
        return conflict("no");
    });
    EXPECT_FALSE(failed);
    EXPECT_THROW(static_cast<void>(world.db().write([](Tx& tx) -> Done {
                     TRY(add_topic(tx, "b"));
                     tx.run(wrong_sql);
                     return {};
                 })),
                 Failure);
    EXPECT_TRUE(topics(world).empty());
}

BOTH_ENGINES(Db, a_rule_that_fails_takes_nobody_else_with_it) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 24; ++i)
        threads.emplace_back([&world, i] {
            const auto written = world.db().write([i](Tx& tx) -> Done {
                TRY(add_topic(tx, "t" + std::to_string(i)));
                if (i % 3 == 0) return conflict("no");
                return {};
            });
            EXPECT_EQ(written.has_value(), i % 3 != 0);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(topics(world).size(), 16u);
}

BOTH_ENGINES(Db, tells_of_changes_after_the_commit_only) {
    std::vector<std::int64_t> seen;
    world.db().on_change([&](std::span<const Change> changes) {
        for (const Change& change : changes) seen.push_back(change.group.value());
    });
    const auto change = [](Tx& tx) { tx.changed({.kind = Change::Kind::group, .group = GroupId(7)}); };
    static_cast<void>(world.db().write([&](Tx& tx) -> Done {
        change(tx);
        return conflict("no");
    }));
    EXPECT_TRUE(seen.empty());
    world.must([&](Tx& tx) -> Done {
        change(tx);
        return {};
    });
    EXPECT_EQ(seen, std::vector<std::int64_t>{7});
    world.db().on_change({});
}

BOTH_ENGINES(Db, reads_one_moment_however_long_it_takes) {
    world.must([](Tx& tx) { return add_topic(tx, "before"); });
    world.db().read([&](ReadTx& tx) {
        EXPECT_EQ(tx.all<std::string>(topics_sql).size(), 1u);
        world.must([](Tx& other) { return add_topic(other, "meanwhile"); });
        EXPECT_EQ(tx.all<std::string>(topics_sql).size(), 1u);
    });
}

BOTH_ENGINES(Db, carries_every_byte_of_text_and_blobs) {
    constexpr Sql echo_sql =
        "insert into setting (key, value, changed_at_ms) values ($1, $2, $3) returning value";
    const std::string text = "a ' \" \\ ; -- é 日本 $1";
    EXPECT_EQ(world.must([&](Tx& tx) -> Result<std::string> {
        return tx.one<std::string>(echo_sql, "k", text, tx.now());
    }),
              text);
}

BOTH_ENGINES(Db, migrating_again_does_nothing_and_a_newer_database_is_refused) {
    EXPECT_EQ(*migrate(world.db(), embed::schema()), 0);
    world.db().execute("insert into migration (name, hash, applied_at_ms) values ('9999_later', 'x', 1)");
    EXPECT_EQ(migrate(world.db(), embed::schema()).error().fault, Fault::conflict);
}

BOTH_ENGINES(Db, has_the_schema_that_is_written_down) {
    const bool sqlite = world.db().engine() == Engine::sqlite;
    std::string dump = dump_schema(world.db());
    test::expect_golden(sqlite ? "schema/current.sqlite.sql" : "schema/current.postgres.txt", dump);
}

// Every statement is slow here.
void check_that_a_slow_failure_is_counted(Engine engine) {
    log::configure(log::Level::info, false);
    Options options;
    options.slow_query_ms = 0;
    World world(engine, options);
    const auto slow = [&] { return world.db().counts().slow_queries; };
    testing::internal::CaptureStderr();
    const auto before = slow();
    world.must([](Tx& tx) { return add_topic(tx, "a"); });
    EXPECT_GT(slow(), before);
    EXPECT_THROW(static_cast<void>(world.db().write([](Tx& tx) -> Done {
                     TRY(add_topic(tx, "a"));
                     tx.run(wrong_sql);
                     return {};
                 })),
                 Failure);
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find("insert into topic (name, position) values (null, 1)"), std::string::npos) << log;
}

TEST(Db, logs_a_slow_statement_that_fails_on_sqlite) { check_that_a_slow_failure_is_counted(Engine::sqlite); }

TEST(Db, logs_a_slow_statement_that_fails_on_postgres) {
    if (test::postgres_url().empty()) GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";
    check_that_a_slow_failure_is_counted(Engine::postgres);
}

TEST(Sqlite, a_second_process_is_told_that_the_file_is_in_use) {
    World world(Engine::sqlite);
    Options options;
    options.file = world.folder / "kith.db";
    const auto second = Database::open(options, world.clock);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().fault, Fault::unavailable);
    EXPECT_NE(second.error().message.find("another Kith is using"), std::string::npos);
}

constexpr Sql endless_sql = R"(
    with recursive n(i) as (
        select 1
        union all
        select i + 1
        from n
        where i < 1000000000
    )
    select count(*)
    from n)";
constexpr Sql slow_sql = R"(
    with recursive n(i) as (
        select 1
        union all
        select i + 1
        from n
        where i < 300000
    )
    select count(*)
    from n)";

BOTH_ENGINES(Db, a_statement_ends_when_its_time_is_over_and_the_next_transaction_has_all_the_time) {
    EXPECT_THROW(world.db().read([](ReadTx& tx) {
        tx.limit_time(20);
        return tx.one<std::int64_t>(endless_sql);
    }),
                 TooSlow);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(world.db().read([](ReadTx& tx) { return tx.one<std::int64_t>(slow_sql); }), 300'000);
}

}  // namespace
}  // namespace kith::db
