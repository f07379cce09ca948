#pragma once

#include <string>
#include <string_view>

// Mail addresses in a text. They are never kept, so in doubt something counts as one.
namespace kith::transfer {

// "bob@example.org", "bob@localhost", "bob@[10.0.0.1]", "bob%40example.org", "bob (at) example.org",
// "bob AT example dot org". "a@b", "foo@2.0" and "look at twisted.web" are none.
bool has_address(std::string_view text);

// With "(address removed)" in place of each, of "mailto:" and brackets around it, and of the same address
// again behind it.
std::string without_addresses(std::string_view text);

}  // namespace kith::transfer
