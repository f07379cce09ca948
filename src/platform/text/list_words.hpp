#pragma once

#include <span>
#include <string>

#include "platform/words/words.hpp"

namespace kith::text {

// "Heron", "Heron and Otter", "Heron, Otter and Robin"; empty for none.
std::string listed(const Words& words, std::span<const std::string> parts);

}  // namespace kith::text
