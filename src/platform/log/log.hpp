#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

// The log of the server: one JSON object a line on standard error, for journald and friends.
// Never log post text, names, addresses of people, search words or secrets: ids and words of ours only.
namespace kith::log {

enum class Level { error, warn, info, debug };

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

// What is below the level is not written. Default: info.
void set_level(Level level);

void error(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void debug(std::string_view event, Fields fields = {});

}  // namespace kith::log
