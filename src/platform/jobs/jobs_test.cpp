#include "platform/jobs/jobs.hpp"

#include <atomic>
#include <stdexcept>

#include "platform/jobs/store.hpp"
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
    return {{"mail", {[](const std::string&) { throw std::runtime_error("no network"); }}}};
}

BOTH_ENGINES(Jobs, a_due_job_runs_once) {
    std::string got;
    Runner runner(*world.services, {{"mail", {[&](const std::string& payload) { got += payload; }}}});
    enqueue_one(world, "mail");
    EXPECT_TRUE(runner.run_one());
    EXPECT_FALSE(runner.run_one());
    EXPECT_EQ(got, R"({"id":1})");
    EXPECT_EQ(newest(world).done_at, std::optional(test::the_start));
}

BOTH_ENGINES(Jobs, a_job_waits_until_it_is_due) {
    Runner runner(*world.services, {{"mail", {[](const std::string&) {}}}});
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
    Runner runner(*world.services, {{"mail", {[](const std::string&) {}}}});
    EXPECT_TRUE(runner.run_one());
    EXPECT_TRUE(newest(world).done_at.has_value());
}

BOTH_ENGINES(Jobs, a_crash_gives_a_job_back_after_its_lease) {
    int runs = 0;
    Runner* other = nullptr;
    Runner inner(*world.services, {{"mail", {[&](const std::string&) { ++runs; }}}});
    const auto be_slow = [&](const std::string&) {
        EXPECT_FALSE(other->run_one());
        world.clock.advance(5 * minute_ms);
        EXPECT_TRUE(other->run_one());
    };
    Runner outer(*world.services, {{"mail", {be_slow}}});
    other = &inner;
    enqueue_one(world, "mail");
    outer.run_one();
    EXPECT_EQ(runs, 1);
}

BOTH_ENGINES(Jobs, a_server_that_begins_again_takes_back_what_it_alone_had) {
    world.must([](db::Tx& tx) -> Done {
        enqueue(tx, "mail", "1", tx.now());
        return {};
    });
    world.must([](db::Tx& tx) -> Done {
        EXPECT_TRUE(store::lease(tx, Lane::usual, tx.now() + minute_ms));
        give_back_leased(tx);
        const auto again = store::lease(tx, Lane::usual, tx.now() + minute_ms);
        EXPECT_EQ(again.has_value(), tx.engine() == db::Engine::sqlite) << "others may have it";
        EXPECT_EQ(again ? again->tries : 1, 1) << "as a failure";
        return {};
    });
}

BOTH_ENGINES(Jobs, what_is_urgent_waits_behind_nothing_else) {
    std::vector<std::string> ran;
    Handlers handlers;
    for (const std::string kind : {"mail", "page"})
        handlers[kind] = {[&ran, kind](const std::string&) { ran.push_back(kind); }};
    world.must([](db::Tx& tx) -> Done {
        enqueue(tx, "mail", "1", tx.now());
        enqueue(tx, "page", "1", tx.now(), Lane::urgent);
        return {};
    });
    Runner urgent(*world.services, handlers, Lane::urgent);
    EXPECT_TRUE(urgent.run_one());
    EXPECT_FALSE(urgent.run_one()) << "mails are for the other";
    EXPECT_EQ(ran, std::vector<std::string>{"page"});
    Runner all(*world.services, handlers);
    EXPECT_TRUE(all.run_one());
    EXPECT_FALSE(all.run_one());
}

BOTH_ENGINES(Jobs, a_kind_that_nobody_handles_fails) {
    Runner runner(*world.services, {});
    enqueue_one(world, "unknown");
    EXPECT_TRUE(runner.run_one());
    EXPECT_EQ(newest(world).last_error, std::optional<std::string>("nobody handles jobs of this kind"));
}

BOTH_ENGINES(Jobs, done_jobs_are_forgotten) {
    Runner runner(*world.services, {{"mail", {[](const std::string&) {}}}});
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
    Runner runner(*world.services, {{"mail", {[&](const std::string&) { ran = true; }}}});
    runner.start();
    enqueue_one(world, "mail");
    runner.wake();
    for (int i = 0; i < 500 && !ran; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    runner.stop();
    EXPECT_TRUE(ran);
}

BOTH_ENGINES(Jobs, whoever_lost_its_lease_marks_nothing) {
    Runner* other = nullptr;
    Runner inner(*world.services, failing());
    const auto outlive_the_lease = [&](const std::string&) {
        world.clock.advance(5 * minute_ms);
        other->run_one();
    };
    Runner outer(*world.services, {{"mail", {outlive_the_lease}}});
    other = &inner;
    enqueue_one(world, "mail");
    outer.run_one();
    EXPECT_FALSE(newest(world).done_at);
    EXPECT_EQ(newest(world).last_error, std::optional<std::string>("no network"));
}

BOTH_ENGINES(Jobs, a_job_that_ends_its_server_each_time_is_given_up) {
    enqueue_one(world, "mail");
    for (int i = 0; i < most_tries; ++i) {
        world.must([](db::Tx& tx) -> Done {
            EXPECT_TRUE(store::lease(tx, Lane::usual, tx.now() + minute_ms));
            return {};
        });
        world.clock.advance(minute_ms);
    }
    bool ran = false;
    Runner runner(*world.services, {{"mail", {[&](const std::string&) { ran = true; }}}});
    EXPECT_TRUE(runner.run_one());
    EXPECT_FALSE(ran);
    EXPECT_TRUE(newest(world).failed_at);
    EXPECT_EQ(newest(world).last_error, std::optional<std::string>("the server ended while it ran"));
}

BOTH_ENGINES(Jobs, two_runners_share_the_work_and_double_nothing) {
    constexpr int count = 60;
    for (int i = 0; i < count; ++i) enqueue_one(world, "mail");
    std::atomic<int> runs = 0;
    const Handlers handlers{{"mail", {[&](const std::string&) { ++runs; }}}};
    Runner here(*world.services, handlers), there(*world.services, handlers);
    const auto run_all = [](Runner& runner) {
        while (runner.run_one()) {
        }
    };
    std::thread other([&] { run_all(there); });
    run_all(here);
    other.join();
    run_all(here);
    EXPECT_EQ(runs, count);
}

JobRow the_round(World& world) {
    return world.db().read([](db::ReadTx& tx) { return rounds(tx); }).at(0);
}

BOTH_ENGINES(Jobs, what_comes_round_runs_once_for_all_servers) {
    int runs = 0;
    const Handlers handlers{{"tidy", {[&](const std::string&) { ++runs; }, hour_ms}}};
    Runner here(*world.services, handlers), there(*world.services, handlers);
    here.arrange();
    there.arrange();
    EXPECT_TRUE(here.run_one());
    EXPECT_FALSE(there.run_one());
    EXPECT_EQ(the_round(world).last_run_at, std::optional(test::the_start));
    EXPECT_EQ(the_round(world).due_at, test::the_start + hour_ms);
    world.clock.advance(hour_ms);
    EXPECT_TRUE(there.run_one());
    EXPECT_FALSE(here.run_one());
    EXPECT_EQ(runs, 2);
    Runner(*world.services, handlers).arrange();
    EXPECT_FALSE(here.run_one());
}

BOTH_ENGINES(Jobs, what_comes_round_is_never_given_up_and_its_last_failure_stays_to_be_seen) {
    bool fails = true;
    const auto tidy = [&](const std::string&) {
        if (fails) throw std::runtime_error("disk full");
    };
    Runner runner(*world.services, {{"tidy", {tidy, minute_ms}}});
    runner.arrange();
    for (int tries = 1; tries <= most_tries + 2; ++tries) {
        EXPECT_TRUE(runner.run_one()) << tries;
        EXPECT_EQ(the_round(world).due_at, world.clock.now() + back_off_ms(tries));
        world.clock.advance(back_off_ms(tries));
    }
    const Time failed_at = *the_round(world).last_error_at;
    fails = false;
    EXPECT_TRUE(runner.run_one());
    EXPECT_EQ(the_round(world).tries, 0);
    EXPECT_EQ(the_round(world).last_error, std::optional<std::string>("disk full"));
    EXPECT_EQ(the_round(world).last_error_at, std::optional(failed_at));
    EXPECT_EQ(the_round(world).last_run_at, std::optional(world.clock.now()));
}

BOTH_ENGINES(Jobs, a_round_that_this_version_does_not_know_is_forgotten) {
    Runner(*world.services, {{"old", {[](const std::string&) {}, hour_ms}}}).arrange();
    Runner(*world.services, {{"new", {[](const std::string&) {}, hour_ms}}}).arrange();
    EXPECT_EQ(the_round(world).kind, "new");
}

BOTH_ENGINES(Jobs, are_counted) {
    enqueue_one(world, "mail");
    enqueue_one(world, "mail", test::the_start + hour_ms);
    const auto counted = [&] { return world.db().read([](db::ReadTx& tx) { return count(tx); }); };
    EXPECT_EQ(counted().due, 1);
    Runner runner(*world.services, failing());
    for (int tries = 0; tries < 2 * most_tries; ++tries) {
        runner.run_one();
        world.clock.advance(hour_ms);
    }
    EXPECT_EQ(counted().due, 0);
    EXPECT_EQ(counted().failed, 2);
}

TEST(Every, tasks_come_round_and_run_once_more_at_the_end) {
    std::atomic<int> often = 0, failing = 0, rarely = 0;
    Every every;
    every.add("often", 1, [&] { ++often; });
    every.add("failing", 1, [&] {
        ++failing;
        throw std::runtime_error("does not stop the others");
    });
    every.add("rarely", hour_ms, [&] { ++rarely; });
    every.start();
    for (int i = 0; i < 500 && often < 3; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    every.stop();
    every.stop();
    EXPECT_GE(often, 3);
    EXPECT_EQ(failing, 2) << "it pauses";
    EXPECT_EQ(rarely, 1);
}

TEST(Jobs, the_pause_after_a_failure_doubles_up_to_an_hour) {
    EXPECT_EQ(back_off_ms(1), 20 * second_ms);
    EXPECT_EQ(back_off_ms(3), 80 * second_ms);
    EXPECT_EQ(back_off_ms(10), hour_ms);
}

}  // namespace
}  // namespace kith::jobs
