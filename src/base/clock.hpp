#pragma once

#include <atomic>
#include <compare>
#include <cstdint>

namespace kith {

// A moment in Unix milliseconds, UTC.
struct Time {
    std::int64_t ms = 0;

    constexpr explicit operator bool() const { return ms != 0; }
    friend constexpr auto operator<=>(const Time&, const Time&) = default;
    friend constexpr Time operator+(Time time, std::int64_t add_ms) { return {time.ms + add_ms}; }
    friend constexpr std::int64_t operator-(Time a, Time b) { return a.ms - b.ms; }
};

inline constexpr std::int64_t second_ms = 1000;
inline constexpr std::int64_t minute_ms = 60 * second_ms;
inline constexpr std::int64_t hour_ms = 60 * minute_ms;
inline constexpr std::int64_t day_ms = 24 * hour_ms;

// Where the time comes from; tests set it, everybody else asks `Tx::now()` or `Ctx::now()`.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override;
};

// Stands still until it is moved. Safe to move while others read.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Time start) : ms_(start.ms) {}
    Time now() const override { return {ms_.load()}; }
    void set(Time time) { ms_ = time.ms; }
    void advance(std::int64_t by_ms) { ms_ += by_ms; }

private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace kith
