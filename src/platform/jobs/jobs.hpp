#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/services.hpp"

// Work that outlives a request (table job), and small tasks that come round again and again.
namespace kith::jobs {

// Each lane has a Runner. What wakes people is urgent, and all of them run it: it waits behind nothing else, such as a
// mail server that hangs. What takes minutes while nobody waits for it is slow.
enum class Lane { usual, urgent, slow };
constexpr auto enum_words(Lane) { return std::to_array<std::string_view>({"usual", "urgent", "slow"}); }

// Asks for a job in the transaction that needs it: it runs if that commits, and at least once. This is also how a
// feature causes something in one that it may not include: app/features.cpp lists who handles a kind. `payload`
// holds ids of ours, never words of members.
void enqueue(db::Tx& tx, std::string_view kind, std::string_view payload, Time due, Lane lane = Lane::usual);
// Of a job that is for one member, whose payload is their id.
MemberId member_in(std::string_view payload);
// Of a job whose payload is numbers with a space between each two, as payload_of() writes them.
std::vector<std::int64_t> numbers_in(std::string_view payload);
std::string payload_of(std::span<const std::int64_t> numbers);

struct JobRow {
    std::int64_t id = 0;
    std::string kind;
    std::string payload;
    Time created_at;
    std::optional<std::int64_t> every_ms;  // comes round; nothing: once
    Time due_at;
    std::optional<Time> leased_until;
    int tries = 0;  // failures in a row
    std::optional<std::string> last_error;
    std::optional<Time> last_error_at;
    std::optional<Time> last_run_at;  // the last one that went well
    std::optional<Time> done_at;
    std::optional<Time> failed_at;
};
// For the host: what comes round, by kind, and what runs once, the newest first.
std::vector<JobRow> rounds(db::ReadTx& tx);
std::vector<JobRow> list(db::ReadTx& tx, int limit);

struct Counts {
    std::int64_t due = 0;     // waiting, or running now
    std::int64_t failed = 0;  // given up
};
Counts count(db::ReadTx& tx);

// Lets a job that was given up begin again, due now. Fault `not_found` if it is not one.
Done retry(db::Tx& tx, std::int64_t id);

// Deletes jobs that were done before `time`.
void forget_done_before(db::Tx& tx, Time time);

// Gives jobs back that ran when the server ended, as failures, without waiting for their leases. Where other servers
// may share the database (PostgreSQL) it does nothing.
void give_back_leased(db::Tx& tx);

inline constexpr int most_tries = 10;
// How long after the n-th failure the job is due again: 10 s * 2^n, at most an hour.
std::int64_t back_off_ms(int tries);

// A handler must be able to run twice (a crash after its work and before its mark repeats it). What it throws
// is a failure.
struct Handler {
    std::function<void(const std::string& payload)> run;
    std::int64_t every_ms = 0;  // comes round in this time, from its first start on; 0: when it is asked for
    Lane lane = Lane::usual;    // of what comes round
};
using Handlers = std::map<std::string, Handler, std::less<>>;
// Comes round, and runs the rule in one transaction.
Handler round(Services& services, void (*rule)(db::Tx& tx), std::int64_t every_ms);

// Runs due jobs of its lane and the urgent ones, one after another. A running job is leased for 5 minutes; a
// crash gives it back after them, as a failure. Any number of Runners may share a database: each job is leased by one.
// What comes round is never given up.
class Runner {
public:
    Runner(Services& services, Handlers handlers, Lane lane = Lane::usual);
    ~Runner() { stop(); }
    Runner(const Runner&) = delete;

    void start();    // a thread that looks for due jobs each second, and at once when woken
    void wake();     // a job may be due; any thread
    void stop();     // waits for the job that runs; may be called twice
    void arrange();  // writes down what comes round; start() does it
    bool run_one();  // one due job on this thread; false if there was none

private:
    void loop();
    void run(const JobRow& job);

    Services& services_;
    const Handlers handlers_;
    const Lane lane_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wake_ = false, stopping_ = false;
    std::thread thread_;
};

// Tasks of this process that come round: flushing its memory. One thread; a task that fails is logged and comes
// again, after ten seconds at least. The last run of each is at stop().
class Every {
public:
    Every() = default;
    ~Every() { stop(); }
    Every(const Every&) = delete;

    // Before start().
    void add(std::string name, std::int64_t interval_ms, std::function<void()> task);
    void start();
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    struct Task {
        std::string name;
        std::chrono::milliseconds interval;
        std::function<void()> run;
        Clock::time_point due;
    };
    void loop();
    static bool run(const Task& task);  // whether it went well
    Clock::time_point next_due() const;

    std::vector<Task> tasks_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kith::jobs
