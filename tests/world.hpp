#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "platform/db/db.hpp"
#include "platform/live/versions.hpp"
#include "platform/services.hpp"

namespace kith::test {

inline constexpr Time the_start{1'770'000'000'000};  // 2 February 2026

// A fresh, migrated database with a clock that stands still and the same random numbers each time.
class World {
public:
    explicit World(db::Engine engine, db::Options how = {});
    World(const World&) = delete;
    ~World();

    ManualClock clock{the_start};
    SeededRandom random{7};
    Versions versions;
    std::filesystem::path folder;  // removed at the end
    db::Options options;           // of `database`
    std::unique_ptr<db::Database> database;
    std::unique_ptr<Services> services;

    db::Database& db() { return *database; }
    // Another node on the same database.
    std::unique_ptr<db::Database> open_again(db::Options how) const;
    std::unique_ptr<db::Database> open_again() const { return open_again(options); }

    // The same data through new connections, which prepare every statement anew.
    void reopen(const std::function<void(db::Options&)>& change);

    // The value of a write that must succeed.
    template <class F>
    auto must(F&& rule) {
        auto result = database->write(std::forward<F>(rule));
        if (!result) ADD_FAILURE() << result.error().message;
        using Value = typename decltype(result)::value_type;
        if constexpr (!std::is_void_v<Value>) return *std::move(result);
    }

private:
    std::string schema_;
    db::Options options_;
};

// The PostgreSQL that script/test started, from KITH_TEST_POSTGRES; empty: none.
std::string postgres_url();

}  // namespace kith::test

// A test that runs on SQLite and on PostgreSQL: BOTH_ENGINES(Groups, a_full_group_says_so) { world.db()... }
#define BOTH_ENGINES(suite, name)                                                              \
    static void suite##_##name(::kith::test::World& world);                                    \
    TEST(suite, name##_on_sqlite) {                                                            \
        ::kith::test::World world(::kith::db::Engine::sqlite);                                 \
        suite##_##name(world);                                                                 \
    }                                                                                          \
    TEST(suite, name##_on_postgres) {                                                          \
        if (::kith::test::postgres_url().empty()) {                                            \
            if (std::getenv("CI")) FAIL() << "KITH_TEST_POSTGRES is not set: use script/test"; \
            GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";                  \
        }                                                                                      \
        ::kith::test::World world(::kith::db::Engine::postgres);                               \
        suite##_##name(world);                                                                 \
    }                                                                                          \
    static void suite##_##name([[maybe_unused]] ::kith::test::World& world)
