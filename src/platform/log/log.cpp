#include "platform/log/log.hpp"

#include <unistd.h>

#include <atomic>

#include "base/clock.hpp"
#include "platform/json/writer.hpp"

namespace kith::log {
namespace {

std::atomic<Level> lowest{Level::info};

void write_line(Level level, std::string_view word, std::string_view event, Fields fields) {
    if (level > lowest.load(std::memory_order_relaxed)) return;
    JsonWriter j;
    j.object().member("at", SystemClock().now()).member("level", word).member("event", event);
    for (const auto& [key, value] : fields) j.member(key, value);
    j.end();
    const std::string line = j.str() + "\n";
    // One write keeps lines of several threads whole.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void set_level(Level level) { lowest = level; }

void error(std::string_view event, Fields fields) { write_line(Level::error, "error", event, fields); }
void warn(std::string_view event, Fields fields) { write_line(Level::warn, "warn", event, fields); }
void info(std::string_view event, Fields fields) { write_line(Level::info, "info", event, fields); }
void debug(std::string_view event, Fields fields) { write_line(Level::debug, "debug", event, fields); }

}  // namespace kith::log
