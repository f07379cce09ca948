#include "platform/text/list_words.hpp"

namespace kith::text {

std::string listed(const Words& words, std::span<const std::string> parts) {
    if (parts.empty()) return {};
    std::string out = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i)
        out = i + 1 == parts.size() ? words.f("%1 and %2", out, parts[i]) : out + ", " + parts[i];
    return out;
}

}  // namespace kith::text
