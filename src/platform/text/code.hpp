#pragma once

#include <string>
#include <string_view>

#include "base/random.hpp"

// Codes that people write down, read out and type again.
namespace kith::text {

// "k7m2-p9xq-4hd3-w8nz": so many times four letters and digits of which none looks like another, nearly
// 20 bits of chance each time.
std::string make_code(Random& random, int fours);
// What was meant, however it was typed: in small letters, without dashes and spaces.
std::string plain_code(std::string_view typed);

}  // namespace kith::text
