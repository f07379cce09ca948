#include <thread>

#include "platform/db/migrate.hpp"
#include "tests/world.hpp"

namespace kith::db {
namespace {

using test::World;

constexpr Sql insert_setting_sql = R"(
    insert into setting (key, value, changed_at_ms)
    values ($1, $2, 1)
    on conflict (key) do update
    set value = excluded.value)";
constexpr Sql count_settings_sql = "select count(*) from setting";

Options small_log() {
    Options options;
    options.wal_limit_bytes = 200'000;
    return options;
}

std::uintmax_t log_size(const World& world) {
    return std::filesystem::file_size(world.folder / "kith.db-wal");
}

void write_a_megabyte(World& world) {
    for (int i = 0; i < 10; ++i)
        world.must([&](Tx& tx) -> Done {
            tx.run(insert_setting_sql, "k" + std::to_string(i), std::string(100'000, 'x'));
            return {};
        });
}

TEST(Sqlite, the_log_is_cut_down_when_it_has_grown_long) {
    World world(Engine::sqlite, small_log());
    write_a_megabyte(world);
    EXPECT_LT(log_size(world), 500'000u);
}

TEST(Sqlite, the_log_is_cut_down_after_the_reader_that_held_it_has_gone) {
    World world(Engine::sqlite, small_log());
    world.db().read([&](ReadTx& tx) {
        EXPECT_EQ(tx.one<std::int64_t>(count_settings_sql), 0);
        write_a_megabyte(world);
        EXPECT_GT(log_size(world), 900'000u);
        EXPECT_EQ(tx.one<std::int64_t>(count_settings_sql), 0);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    write_a_megabyte(world);
    EXPECT_LT(log_size(world), 500'000u);
}

TEST(Sqlite, an_onlooker_reads_beside_the_process_that_writes) {
    World world(Engine::sqlite);
    Options options = world.options;
    options.read_only = true;
    const auto onlooker = world.open_again(options);
    EXPECT_TRUE(check_migrated(*onlooker, embed::schema()));
    world.must([](Tx& tx) -> Done {
        tx.run(insert_setting_sql, "k", "v");
        return {};
    });
    EXPECT_EQ(onlooker->read([](ReadTx& tx) { return tx.one<std::int64_t>(count_settings_sql); }), 1);
    EXPECT_THROW(static_cast<void>(onlooker->write([](Tx&) -> Done { return {}; })), Failure);
}

TEST(Sqlite, an_onlooker_makes_no_database) {
    World world(Engine::sqlite);
    Options options = world.options;
    options.read_only = true;
    options.file = world.folder / "elsewhere.db";
    const auto none = Database::open(options, world.clock);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().fault, Fault::unavailable);
    EXPECT_FALSE(std::filesystem::exists(options.file));
}

TEST(Sqlite, an_onlooker_is_told_of_a_database_that_was_not_migrated) {
    World world(Engine::sqlite);
    Options options = world.options;
    options.file = world.folder / "empty.db";
    static_cast<void>(world.open_again(options));
    options.read_only = true;
    const auto empty = world.open_again(options);
    EXPECT_EQ(check_migrated(*empty, embed::schema()).error().fault, Fault::unavailable);
}

TEST(Sqlite, many_writers_share_waits_for_the_disk) {
    World world(Engine::sqlite);
    const Counts before = world.db().counts();
    std::vector<std::thread> writers;
    for (int i = 0; i < 16; ++i)
        writers.emplace_back([&world, i] {
            for (int n = 0; n < 50; ++n)
                world.must([i](Tx& tx) -> Done {
                    tx.run(insert_setting_sql, std::to_string(i), "v");
                    return {};
                });
        });
    for (std::thread& writer : writers) writer.join();
    const Counts after = world.db().counts();
    EXPECT_EQ(after.commits - before.commits, 800u);
    EXPECT_LT(after.groups - before.groups, 800u);
}

}  // namespace
}  // namespace kith::db
