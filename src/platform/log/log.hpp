#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

// The log of the server: one JSON object a line on standard error, for journald and friends.
// Never log post text, names, addresses of people, search words or secrets: ids and words of ours only.
namespace kith::log {

enum class Level { error, warn, info, debug };
constexpr auto enum_words(Level) {
    return std::to_array<std::string_view>({"error", "warn", "info", "debug"});
}

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;  // an empty value is left out

// What is below the level is not written; the addresses of visitors only if they are wanted. Before serving.
// Default: info, without addresses.
void configure(Level level, bool with_addresses);
bool writes(Level level);
bool writes_addresses();

void error(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void debug(std::string_view event, Fields fields = {});

}  // namespace kith::log
