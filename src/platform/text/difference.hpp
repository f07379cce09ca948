#pragma once

#include <string>
#include <string_view>
#include <vector>

// What is different between two texts, in words.
namespace kith::text {

enum class Piece { same, gone, added };
struct Part {
    Piece piece = Piece::same;
    std::string words;  // with the white space behind them
    bool operator==(const Part&) const = default;
};

// In order: lines that stayed are one part; of a line that was changed the words that went stand before those that
// came. The parts without `added` put together are `before`, those without `gone` are `after`. Of very long changes
// (more than two million pairs of words) all went and all came.
std::vector<Part> difference(std::string_view before, std::string_view after);

}  // namespace kith::text
