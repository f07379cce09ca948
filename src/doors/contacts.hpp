#pragma once

#include <string>
#include <string_view>
#include <vector>

// Ways to reach somebody elsewhere, private to doors.
namespace kith::doors {

// Web addresses, e-mail addresses and telephone numbers in a text, each once, written one way: "example.org/a",
// "ann@example.org", "0151234567". At most `most`. For any bytes.
std::vector<std::string> contacts_in(std::string_view text, std::size_t most);

}  // namespace kith::doors
