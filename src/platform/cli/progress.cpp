#include "platform/cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace kith::cli {
namespace {

// "1,234,567"
std::string grouped(std::int64_t number) {
    std::string out = std::to_string(number);
    for (int at = static_cast<int>(out.size()) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), ",");
    return out;
}

std::string bar(std::int64_t done, std::int64_t total) {
    constexpr std::int64_t width = 10;
    const std::int64_t share = std::min(done, total);
    const auto filled = static_cast<std::size_t>(share * width / total);
    return "[" + std::string(filled, '#') + std::string(width - filled, ' ') + "] " +
           std::to_string(share * 100 / total) + " %  ";
}

}  // namespace

std::string progress_line(std::string_view what, std::int64_t done, std::int64_t total, double seconds) {
    std::string out = total > 0 ? bar(done, total) : "";
    out += grouped(done);
    if (total > 0) out += " of " + grouped(total);
    out += " " + std::string(what);
    if (seconds <= 0 || done <= 0) return out;
    const double rate = static_cast<double>(done) / seconds;
    out += ", " + grouped(static_cast<std::int64_t>(rate)) + "/s";
    if (done < total)
        out += ", " + grouped(static_cast<std::int64_t>(static_cast<double>(total - done) / rate)) +
               " s left";
    return out;
}

Progress::Progress(std::string_view what, std::int64_t total)
    : Progress(what, total, std::cerr, isatty(STDERR_FILENO) ? Place::terminal : Place::file) {}

Progress::Progress(std::string_view what, std::int64_t total, std::ostream& to, Place place)
    : what_(what), total_(total), to_(to), place_(place) {}

void Progress::at(std::int64_t done) {
    done_ = done;
    const auto wait = place_ == Place::terminal ? std::chrono::milliseconds(100)
                                                : std::chrono::milliseconds(5000);
    if (!finished_ && Clock::now() - printed_ >= wait) print();
}

void Progress::at(std::int64_t done, double fraction) {
    // Hundreds, so that the guess does not flicker.
    if (fraction > 0)
        total_ = std::max<std::int64_t>(done, std::llround(static_cast<double>(done) / fraction / 100) * 100);
    at(done);
}

void Progress::finish() {
    if (finished_) return;
    print();
    if (place_ == Place::terminal) to_ << "\n";
    to_.flush();
    finished_ = true;
}

void Progress::print() {
    printed_ = Clock::now();
    const double seconds = std::chrono::duration<double>(printed_ - start_).count();
    const std::string line = progress_line(what_, done_, total_, seconds);
    // "\033[K" clears what a longer line before left behind.
    if (place_ == Place::terminal) {
        to_ << "\r" << line << "\033[K" << std::flush;
    } else {
        to_ << line << "\n";
    }
}

}  // namespace kith::cli
