#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

// toml++ 3.3 asserts where some malformed files (`[,a]`, `x = 1979-05-27T=`) take its parser; here it throws, and
// parse_toml says which line it was.
namespace kith {
struct TomlAssertion {};
[[noreturn]] inline void give_up_on_toml() { throw TomlAssertion(); }
}  // namespace kith
#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::kith::give_up_on_toml())
#include <toml++/toml.h>

namespace kith {

struct BrokenToml {
    std::size_t line = 0;  // from 1
    std::string why;
};
tl::expected<toml::table, BrokenToml> parse_toml(std::string_view text);

}  // namespace kith
