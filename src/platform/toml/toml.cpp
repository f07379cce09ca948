#include "platform/toml/toml.hpp"

#include <algorithm>

namespace kith {
namespace {

// The first line with which the parser gives up.
std::size_t line_that_breaks(std::string_view text) {
    std::size_t line = 0, end = 0;
    while (end < text.size()) {
        end = std::min(text.find('\n', end), text.size() - 1) + 1;
        ++line;
        try {
            (void)toml::parse(text.substr(0, end));
        } catch (const TomlAssertion&) {
            return line;
        }
    }
    return line;
}

}  // namespace

tl::expected<toml::table, BrokenToml> parse_toml(std::string_view text) {
    try {
        toml::parse_result read = toml::parse(text);
        if (read) return std::move(read).table();
        const toml::parse_error& error = read.error();
        return tl::unexpected(BrokenToml{error.source().begin.line, std::string(error.description())});
    } catch (const TomlAssertion&) {
        return tl::unexpected(BrokenToml{line_that_breaks(text), "this is no name and no value"});
    }
}

}  // namespace kith
