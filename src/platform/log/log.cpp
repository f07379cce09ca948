#include "platform/log/log.hpp"

#include <unistd.h>

#include <atomic>

#include "base/clock.hpp"
#include "base/enum.hpp"
#include "platform/json/writer.hpp"

namespace kith::log {
namespace {

std::atomic<Level> lowest{Level::info};
std::atomic<bool> addresses{false};

void write_line(Level level, std::string_view event, Fields fields) {
    if (!writes(level)) return;
    JsonWriter j;
    j.object().member("at", SystemClock().now()).member("level", to_word(level)).member("event", event);
    for (const auto& [key, value] : fields)
        if (!value.empty()) j.member(key, value);
    j.end();
    const std::string line = j.str() + "\n";
    // One write keeps lines of several threads whole.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void configure(Level level, bool with_addresses) {
    lowest = level;
    addresses = with_addresses;
}

bool writes(Level level) { return level <= lowest.load(std::memory_order_relaxed); }
bool writes_addresses() { return addresses.load(std::memory_order_relaxed); }

void error(std::string_view event, Fields fields) { write_line(Level::error, event, fields); }
void warn(std::string_view event, Fields fields) { write_line(Level::warn, event, fields); }
void info(std::string_view event, Fields fields) { write_line(Level::info, event, fields); }
void debug(std::string_view event, Fields fields) { write_line(Level::debug, event, fields); }

}  // namespace kith::log
