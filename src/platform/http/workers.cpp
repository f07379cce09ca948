#include "platform/http/workers.hpp"

#include <exception>
#include <system_error>

#include "platform/log/log.hpp"

namespace kith::http {

Workers::Workers(int threads, std::size_t waiting_limit)
    : limit_threads_(static_cast<std::size_t>(threads)), limit_waiting_(waiting_limit) {}

Workers::~Workers() { stop(); }

bool Workers::push(std::function<void()> job) {
    std::unique_lock lock(mutex_);
    if (stopping_ || jobs_.size() >= limit_waiting_) return false;
    if (idle_ <= jobs_.size() && threads_.size() < limit_threads_) start_thread();
    if (threads_.empty()) return false;
    jobs_.push_back(std::move(job));
    const bool wakes = idle_ > 0;
    lock.unlock();  // or the thread that wakes would wait for it
    if (wakes) wake_.notify_one();
    return true;
}

// Without a further thread those that run already do the work.
void Workers::start_thread() {
    try {
        threads_.emplace_back([this] { run(); });
    } catch (const std::system_error& problem) {
        log::error("cannot start a thread", {{"problem", problem.what()}});
    }
}

void Workers::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        --idle_;
        if (jobs_.empty()) return;
        std::function<void()> job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        try {
            job();
        } catch (const std::exception& problem) {  // the next job is somebody else's
            log::error("a job of the server failed", {{"problem", problem.what()}});
        }
        job = nullptr;
        lock.lock();
    }
}

void Workers::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
    threads_.clear();
}

}  // namespace kith::http
