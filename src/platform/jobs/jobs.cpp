#include "platform/jobs/jobs.hpp"

#include <algorithm>
#include <charconv>

#include "base/check.hpp"
#include "platform/jobs/store.hpp"
#include "platform/log/log.hpp"

namespace kith::jobs {
namespace {

constexpr std::int64_t lease_ms = 5 * minute_ms;
constexpr std::size_t most_error_bytes = 500;

std::optional<JobRow> lease(Services& services, Lane lane) {
    auto leased = services.db.write([&](db::Tx& tx) -> Result<std::optional<JobRow>> {
        return store::lease(tx, lane, tx.now() + lease_ms);
    });
    return leased ? *std::move(leased) : std::nullopt;
}

void give_back(Services& services, const JobRow& job, std::string_view problem) {
    const int tries = job.tries + 1;
    log::warn("job.failed", {{"id", std::to_string(job.id)},
                             {"kind", job.kind},
                             {"tries", std::to_string(tries)},
                             {"problem", std::string(problem)}});
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        std::optional<Time> due;
        if (job.every_ms || tries < most_tries) due = tx.now() + back_off_ms(tries);
        store::mark_failed(tx, job, problem.substr(0, most_error_bytes), due);
        return {};
    }));
}

}  // namespace

std::int64_t back_off_ms(int tries) {
    constexpr std::int64_t longest = hour_ms;
    if (tries >= 9) return longest;
    return std::min(10 * second_ms << tries, longest);
}

Handler round(Services& services, void (*rule)(db::Tx& tx), std::int64_t every_ms) {
    const auto run = [&services, rule](const std::string&) {
        const Done done = services.db.write([rule](db::Tx& tx) -> Done {
            rule(tx);
            return {};
        });
        CHECK(done);
    };
    return {run, every_ms};
}

// ---- durable jobs -------------------------------------------------------------------------------------

MemberId member_in(std::string_view payload) {
    std::int64_t member = 0;
    std::from_chars(payload.data(), payload.data() + payload.size(), member);
    return MemberId(member);
}

std::vector<std::int64_t> numbers_in(std::string_view payload) {
    std::vector<std::int64_t> out;
    const char* const end = payload.data() + payload.size();
    for (const char* at = payload.data(); at < end; ++at) {
        std::int64_t number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc()) throw std::runtime_error("a payload that is none of ours");
        out.push_back(number);
        at = read.ptr;
    }
    return out;
}

std::string payload_of(std::span<const std::int64_t> numbers) {
    std::string out;
    for (const std::int64_t number : numbers) out += (out.empty() ? "" : " ") + std::to_string(number);
    return out;
}

Runner::Runner(Services& services, Handlers handlers, Lane lane)
    : services_(services), handlers_(std::move(handlers)), lane_(lane) {}

void Runner::start() {
    CHECK(!thread_.joinable());
    thread_ = std::thread([this] { loop(); });
}

void Runner::wake() {
    {
        const std::lock_guard lock(mutex_);
        wake_ = true;
    }
    woken_.notify_one();
}

void Runner::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Runner::loop() {
    bool arranged = false;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wake_ = false;
        lock.unlock();
        bool more = false;
        try {
            if (!std::exchange(arranged, true) && lane_ == Lane::usual) arrange();
            more = run_one();
        } catch (const std::exception& problem) {
            arranged = false;
            log::error("jobs.unavailable", {{"problem", problem.what()}});
        }
        lock.lock();
        if (!more) woken_.wait_for(lock, std::chrono::seconds(1), [this] { return wake_ || stopping_; });
    }
}

// What another version of Kith let come round and this one does not know is forgotten.
void Runner::arrange() {
    static_cast<void>(services_.db.write([&](db::Tx& tx) -> Done {
        for (const JobRow& round : rounds(tx)) {
            const auto handler = handlers_.find(round.kind);
            if (handler == handlers_.end() || handler->second.every_ms == 0)
                store::forget_round(tx, round.kind);
        }
        for (const auto& [kind, handler] : handlers_)
            if (handler.every_ms > 0) store::come_round(tx, kind, handler.every_ms, handler.lane);
        return {};
    }));
}

bool Runner::run_one() {
    if (!services_.db.read([&](db::ReadTx& tx) { return store::any_due(tx, lane_); })) return false;
    const std::optional<JobRow> job = lease(services_, lane_);
    if (!job) return false;
    try {
        run(*job);
    } catch (const std::exception& problem) {
        give_back(services_, *job, problem.what());
    }
    return true;
}

void Runner::run(const JobRow& job) {
    // It has ended its server so often that it is not tried again.
    if (!job.every_ms && job.tries >= most_tries) throw std::runtime_error(job.last_error.value_or(""));
    const auto handler = handlers_.find(job.kind);
    if (handler == handlers_.end()) throw std::runtime_error("nobody handles jobs of this kind");
    handler->second.run(job.payload);
    static_cast<void>(services_.db.write([&](db::Tx& tx) -> Done {
        store::mark_done(tx, job);
        return {};
    }));
}

// ---- tasks that come round ----------------------------------------------------------------------------

void Every::add(std::string name, std::int64_t interval_ms, std::function<void()> task) {
    CHECK(!thread_.joinable());
    const std::chrono::milliseconds interval(interval_ms);
    tasks_.push_back({std::move(name), interval, std::move(task), Clock::now() + interval});
}

void Every::start() {
    CHECK(!thread_.joinable());
    thread_ = std::thread([this] { loop(); });
}

void Every::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    if (!thread_.joinable()) return;
    thread_.join();
    for (const Task& task : tasks_) run(task);
}

constexpr std::chrono::seconds pause_after_failure(10);

void Every::loop() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        for (Task& task : tasks_) {
            if (Clock::now() < task.due) continue;
            const std::chrono::milliseconds pause = run(task) ? std::chrono::milliseconds(0)
                                                              : pause_after_failure;
            task.due = Clock::now() + std::max(task.interval, pause);
        }
        lock.lock();
        woken_.wait_until(lock, next_due(), [this] { return stopping_; });
    }
}

Every::Clock::time_point Every::next_due() const {
    Clock::time_point next = Clock::now() + std::chrono::hours(1);
    for (const Task& task : tasks_) next = std::min(next, task.due);
    return next;
}

bool Every::run(const Task& task) {
    try {
        task.run();
        return true;
    } catch (const std::exception& problem) {
        log::error("task.failed", {{"task", task.name}, {"problem", problem.what()}});
        return false;
    }
}

}  // namespace kith::jobs
