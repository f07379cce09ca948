#include "platform/jobs/jobs.hpp"

#include <atomic>
#include <stdexcept>

#include "tests/world.hpp"

namespace kith::jobs {
namespace {

using test::World;

void enqueue_one(World& world, std::string_view kind, Time due = test::the_start) {
    world.must([&](db::Tx& tx) -> Done {
        enqueue(tx, kind, R"({"id":1})", due);
        return {};
    });
}

JobRow newest(World& world) {
    return world.db().read([](db::ReadTx& tx) { return list(tx, 1); }).at(0);
}

Handlers failing() {
    return {{"mail", [](const std::string&) { throw std::runtime_error("no network"); }}};
}

BOTH_ENGINES(Jobs, a_due_job_runs_once) {
    std::string got;
    Runner runner(*world.services, {{"mail", [&](const std::string& payload) { got += payload; }}});
    enqueue_one(world, "mail");
    EXPECT_TRUE(runner.run_one());
    EXPECT_FALSE(runner.run_one());
    EXPECT_EQ(got, R"({"id":1})");
    EXPECT_EQ(newest(world).done_at, std::optional(test::the_start));
}

BOTH_ENGINES(Jobs, a_job_waits_until_it_is_due) {
    Runner runner(*world.services, {{"mail", [](const std::string&) {}}});
    enqueue_one(world, "mail", test::the_start + minute_ms);
    EXPECT_FALSE(runner.run_one());
    world.clock.advance(minute_ms);
    EXPECT_TRUE(runner.run_one());
}

BOTH_ENGINES(Jobs, a_failed_job_comes_back_later_and_is_given_up_after_ten_tries) {
    Runner runner(*world.services, failing());
    enqueue_one(world, "mail");
    for (int tries = 1; tries <= most_tries; ++tries) {
        EXPECT_TRUE(runner.run_one()) << tries;
        EXPECT_FALSE(runner.run_one()) << tries;
        EXPECT_EQ(newest(world).tries, tries);
        world.clock.advance(back_off_ms(tries));
    }
    EXPECT_TRUE(newest(world).failed_at.has_value());
    EXPECT_EQ(newest(world).last_error, std::optional<std::string>("no network"));
    EXPECT_FALSE(runner.run_one());
}

BOTH_ENGINES(Jobs, the_host_can_let_a_given_up_job_begin_again) {
    Runner failing_runner(*world.services, failing());
    enqueue_one(world, "mail");
    const std::int64_t id = newest(world).id;
    EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return retry(tx, id); }));
    for (int tries = 1; tries <= most_tries; ++tries) {
        failing_runner.run_one();
        world.clock.advance(hour_ms);
    }
    world.must([&](db::Tx& tx) { return retry(tx, id); });
    Runner runner(*world.services, {{"mail", [](const std::string&) {}}});
    EXPECT_TRUE(runner.run_one());
    EXPECT_TRUE(newest(world).done_at.has_value());
}

BOTH_ENGINES(Jobs, a_crash_gives_a_job_back_after_its_lease) {
    int runs = 0;
    Runner* other = nullptr;
    Runner inner(*world.services, {{"mail", [&](const std::string&) { ++runs; }}});
    Runner outer(*world.services, {{"mail", [&](const std::string&) {
                                        EXPECT_FALSE(other->run_one());
                                        world.clock.advance(5 * minute_ms);
                                        EXPECT_TRUE(other->run_one());
                                    }}});
    other = &inner;
    enqueue_one(world, "mail");
    outer.run_one();
    EXPECT_EQ(runs, 1);
}

BOTH_ENGINES(Jobs, a_kind_that_nobody_handles_fails) {
    Runner runner(*world.services, {});
    enqueue_one(world, "unknown");
    EXPECT_TRUE(runner.run_one());
    EXPECT_EQ(newest(world).last_error, std::optional<std::string>("nobody handles jobs of this kind"));
}

BOTH_ENGINES(Jobs, done_jobs_are_forgotten) {
    Runner runner(*world.services, {{"mail", [](const std::string&) {}}});
    enqueue_one(world, "mail");
    enqueue_one(world, "mail");
    runner.run_one();
    world.must([&](db::Tx& tx) -> Done {
        forget_done_before(tx, test::the_start + 1);
        return {};
    });
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return list(tx, 9); }).size(), 1u);
}

BOTH_ENGINES(Jobs, the_thread_runs_what_is_due_when_woken) {
    std::atomic<bool> ran = false;
    Runner runner(*world.services, {{"mail", [&](const std::string&) { ran = true; }}});
    runner.start();
    enqueue_one(world, "mail");
    runner.wake();
    for (int i = 0; i < 500 && !ran; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    runner.stop();
    EXPECT_TRUE(ran);
}

TEST(Every, tasks_come_round_and_run_once_more_at_the_end) {
    std::atomic<int> often = 0, rarely = 0;
    Every every;
    every.add("often", 1, [&] {
        ++often;
        throw std::runtime_error("does not stop it");
    });
    every.add("rarely", hour_ms, [&] { ++rarely; });
    every.start();
    for (int i = 0; i < 500 && often < 3; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    every.stop();
    every.stop();
    EXPECT_GE(often, 3);
    EXPECT_EQ(rarely, 1);
}

TEST(Jobs, the_pause_after_a_failure_doubles_up_to_an_hour) {
    EXPECT_EQ(back_off_ms(1), 20 * second_ms);
    EXPECT_EQ(back_off_ms(3), 80 * second_ms);
    EXPECT_EQ(back_off_ms(10), hour_ms);
}

}  // namespace
}  // namespace kith::jobs
