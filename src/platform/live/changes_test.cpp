#include "platform/live/changes.hpp"

#include <map>
#include <mutex>

#include "tests/world.hpp"

namespace kith {
namespace {

using test::World;

void change_times(World& world, int count) {
    world.must([&](db::Tx& tx) -> Done {
        for (int i = 0; i < count; ++i) tx.changed({.kind = Change::Kind::group, .group = GroupId(1)});
        return {};
    });
}

constexpr db::Sql count_changes_sql = "select count(*) from change";

std::int64_t changes_left(World& world) {
    return world.db().read([](db::ReadTx& tx) { return tx.one<std::int64_t>(count_changes_sql); });
}

BOTH_ENGINES(Changes, old_ones_are_forgotten_in_steps_and_new_ones_stay) {
    change_times(world, 25);
    world.clock.advance(hour_ms);
    change_times(world, 5);
    const auto forget = [&] {
        return world.must([](db::Tx& tx) -> Result<bool> { return forget_changes_before(tx, tx.now(), 10); });
    };
    EXPECT_TRUE(forget());
    EXPECT_EQ(changes_left(world), 20);
    while (forget()) {
    }
    EXPECT_EQ(changes_left(world), 5);
}

// Whether some line of the plans of statements that delete reads a whole table.
bool deletes_by_scan(db::Engine engine) {
    std::mutex mutex;
    bool scans = false;
    db::Options options;
    options.on_plan = [&](std::string_view sql, const std::vector<std::string>& plan) {
        const std::lock_guard lock(mutex);
        if (sql.find("delete from change") == std::string_view::npos) return;
        for (const std::string& line : plan)
            scans = scans || line.find("SCAN") != std::string::npos ||
                    line.find("Seq Scan") != std::string::npos;
    };
    World world(engine, options);
    for (int i = 0; i < 20; ++i) change_times(world, 1000);
    world.db().execute("analyze");
    world.clock.advance(hour_ms);
    world.must([](db::Tx& tx) -> Result<bool> { return forget_changes_before(tx, tx.now(), 100); });
    return scans;
}

TEST(Changes, are_forgotten_without_reading_all_of_them_on_sqlite) {
    EXPECT_FALSE(deletes_by_scan(db::Engine::sqlite));
}

TEST(Changes, are_forgotten_without_reading_all_of_them_on_postgres) {
    if (test::postgres_url().empty()) GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";
    EXPECT_FALSE(deletes_by_scan(db::Engine::postgres));
}

}  // namespace
}  // namespace kith
