#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace kith::cli {

// "[####      ] 42 %  1,234 of 5,377 messages, 8,200/s, 12 s left"; without a bar where the total is 0,
// which is unknown.
std::string progress_line(std::string_view what, std::int64_t done, std::int64_t total, double seconds);

// How far a long command is: one line that is rewritten on a terminal, else a line every 5 seconds.
// For one thread. Goes to standard error; `what` is the plural of what is counted and outlives this.
class Progress {
public:
    enum class Place { terminal, file };
    Progress(std::string_view what, std::int64_t total);
    Progress(std::string_view what, std::int64_t total, std::ostream& to, Place place);
    Progress(const Progress&) = delete;
    ~Progress() { finish(); }

    void at(std::int64_t done);  // so many are done; cheap to call often
    // The same where the total is not known, but what part of the work that is.
    void at(std::int64_t done, double fraction);
    void finish();  // the last line; later calls do nothing

private:
    using Clock = std::chrono::steady_clock;
    void print();

    std::string_view what_;
    std::int64_t total_, done_ = 0;
    std::ostream& to_;
    const Place place_;
    const Clock::time_point start_ = Clock::now();
    Clock::time_point printed_ = start_;
    bool finished_ = false;
};

}  // namespace kith::cli
