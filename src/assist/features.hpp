#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "assist/chunks.hpp"

// What a model sees of a text: hashed words and runs of letters; private to assist.
namespace kith::assist {

// Changes whenever the same text is read differently; a model of another version is refused.
inline constexpr std::uint32_t features_version = 1;
inline constexpr std::uint32_t table_bits = 18, table_size = 1u << table_bits;

struct Weight {
    std::uint32_t index = 0;
    float value = 0;
};

// Words and their pairs; runs of 2 to 5 characters inside a word, in a block of their own, so that their number does
// not drown the words; and what is said about the text as a whole, with the rules that matched. Sorted by index; values
// of the first two are 1 + ln(count).
struct Reading {
    std::vector<Weight> words, letters, cues;
};
Reading read_features(std::string_view text, const std::vector<Chunk>& chunks,
                      std::span<const std::string_view> rules);

// What each chunk contributes to `words` and `letters` of a Reading, as indexes: to explain a score.
std::vector<std::uint32_t> features_of_chunk(const std::vector<Chunk>& chunks, std::size_t chunk);

}  // namespace kith::assist
