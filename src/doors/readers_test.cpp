#include "doors/readers.hpp"

#include <chrono>

#include "doors/store.hpp"
#include "doors/testing.hpp"

namespace kith::doors {
namespace {

using test::as;
using test::World;

constexpr Time now{1'770'000'000'000};

TEST(Readers, whoever_reads_as_people_do_is_never_slowed) {
    Readers readers;
    for (std::uint64_t thread = 1; thread <= 550; ++thread)
        for (int again = 0; again < 3; ++again) ASSERT_TRUE(readers.open(7, thread, now, 600, true).open);
}

TEST(Readers, far_too_much_is_slowed_to_one_in_ten_seconds) {
    Readers readers;
    std::int64_t open = 0;
    Time time = now;
    for (std::uint64_t thread = 1; thread <= 3000; ++thread) {
        open += readers.open(7, thread, time, 600, false).open ? 1 : 0;
        time = time + second_ms;
    }
    EXPECT_GT(open, 550);
    EXPECT_LT(open, 900) << "600 and one in ten seconds of the rest of an hour";
}

TEST(Readers, the_conversation_that_was_let_in_stays_open) {
    Readers readers;
    for (std::uint64_t thread = 1; thread <= 700; ++thread) readers.open(7, thread, now, 600, false);
    const Time later = now + 11 * second_ms;
    EXPECT_TRUE(readers.open(7, 9000, later, 600, false).open);
    EXPECT_TRUE(readers.open(7, 9000, later, 600, false).open) << "its next page";
    EXPECT_FALSE(readers.open(7, 9001, later, 600, false).open);
}

TEST(Readers, it_is_told_at_the_limit_and_at_each_doubling) {
    Readers readers;
    std::vector<std::int64_t> told;
    for (std::uint64_t thread = 1; thread <= 3000; ++thread) {
        const auto seen = readers.open(7, thread, now, 600, true);
        if (seen.to_tell > 0) told.push_back(seen.to_tell);
    }
    ASSERT_EQ(told.size(), 3u);
    EXPECT_NEAR(static_cast<double>(told[0]), 601, 2);
    EXPECT_NEAR(static_cast<double>(told[2]), 2404, 10);
}

TEST(Readers, an_hour_later_it_begins_anew_and_others_are_not_meant) {
    Readers readers;
    for (std::uint64_t thread = 1; thread <= 700; ++thread) readers.open(7, thread, now, 600, false);
    EXPECT_FALSE(readers.open(7, 9000, now + minute_ms, 600, false).open &&
                 readers.open(7, 9001, now + minute_ms, 600, false).open);
    EXPECT_TRUE(readers.open(8, 9001, now + minute_ms, 600, false).open);
    EXPECT_TRUE(readers.open(7, 9002, now + hour_ms, 600, false).open);
    EXPECT_EQ(readers.open(7, 9003, now + hour_ms, 600, false).opened, 2);
}

TEST(Readers, a_crowd_does_not_hide_who_reads_far_too_much) {
    Readers readers;
    std::int64_t most = 0;
    for (std::uint64_t thread = 1; thread <= 1000; ++thread) {
        most = std::max(most, readers.open(1, thread, now, 600, false).opened);
        for (std::uint64_t other = 0; other < 10; ++other)
            readers.open(thread * 10 + other + 100, 1, now, 600, false);
    }
    EXPECT_GT(most, 900);
}

TEST(Readers, counting_costs_next_to_nothing) {
    Readers readers;
    constexpr int times = 200'000;
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i)
        readers.open(static_cast<std::uint64_t>(i % 500) + 1, static_cast<std::uint64_t>(i), now, 600, false);
    const double ns =
        std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began).count() / times;
    RecordProperty("nanoseconds", std::to_string(ns));
    EXPECT_LT(ns, 20'000) << "also without optimisation and under a sanitizer";
}

BOTH_ENGINES(Reading, the_host_is_told_and_the_reader_is_told_kindly) {
    Porch porch(world);
    porch.set(&Numbers::reads_an_hour, 100);
    int slowed = 0;
    std::string words;
    for (int thread = 1; thread <= 130; ++thread) {
        const auto answer = porch.pages.get("/threads/" + std::to_string(thread), porch.cast.cy);
        if (answer.status != 429) continue;
        ++slowed;
        words = answer.body;
    }
    EXPECT_GT(slowed, 20);
    EXPECT_NE(words.find("Please rest your eyes"), std::string::npos);
    EXPECT_TRUE(porch.is_told(porch.cast.oz));
    const auto page = porch.pages.get("/admin/door", porch.cast.oz);
    EXPECT_TRUE(page.shows("At least 101 conversations") || page.shows("At least 102 conversations"));
    EXPECT_TRUE(page.shows(">Cy</a>"));
    // Others read on, and whoever works here is not meant.
    EXPECT_NE(porch.pages.get("/threads/1", porch.cast.ada).status, 429);
    for (int thread = 1; thread <= 130; ++thread)
        EXPECT_NE(porch.pages.get("/threads/" + std::to_string(thread), porch.cast.mo).status, 429);
    porch.set(&Numbers::reads_an_hour, 0);
    EXPECT_NE(porch.pages.get("/threads/131", porch.cast.cy).status, 429);
}

BOTH_ENGINES(Reading, a_guest_is_slowed_by_their_network_later_and_without_a_trace_of_it) {
    Porch porch(world);
    porch.set(&Numbers::reads_an_hour, 100);
    int slowed = 0;
    for (int thread = 1; thread <= 600; ++thread)
        slowed += porch.pages.get("/threads/" + std::to_string(thread)).status == 429 ? 1 : 0;
    EXPECT_GT(slowed, 50);
    EXPECT_LT(slowed, 110);
    EXPECT_TRUE(porch.pages.get("/admin/door", porch.cast.oz).shows("Somebody without an account"));
    porch.set(&Numbers::reads_an_hour, 0);
}

}  // namespace
}  // namespace kith::doors
