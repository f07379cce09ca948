#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kith::http {

// Threads that run jobs in the order they came; started as they are needed, up to a limit.
class Workers {
public:
    Workers(int threads, std::size_t waiting_limit);
    ~Workers();

    // False when too many wait already, or no thread can be started; then the job will not run.
    bool push(std::function<void()> job);
    // Runs what waits, then ends the threads.
    void stop();

private:
    void start_thread();
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    std::vector<std::thread> threads_;
    const std::size_t limit_threads_;
    const std::size_t limit_waiting_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

}  // namespace kith::http
