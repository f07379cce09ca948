#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/check.hpp"

// An enum that is stored, sent or typed has one list of words beside it, found by its type:
//     enum class Admission { open, request, invitation };
//     constexpr auto enum_words(Admission) {
//         return std::to_array<std::string_view>({"open", "request", "invitation"});
//     }
// Its values count from 0 in the order of the words.
namespace kith {

template <class E>
concept WordedEnum = requires(E e) { enum_words(e).size(); };

template <WordedEnum E>
constexpr std::string_view to_word(E e) {
    constexpr auto words = enum_words(E{});
    const auto index = static_cast<std::size_t>(e);
    CHECK(index < words.size());
    return words[index];
}

template <WordedEnum E>
constexpr std::optional<E> from_word(std::string_view word) {
    constexpr auto words = enum_words(E{});
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == word) return static_cast<E>(i);
    return std::nullopt;
}

template <WordedEnum E>
constexpr auto all_of() {
    constexpr auto words = enum_words(E{});
    std::array<E, words.size()> all{};
    for (std::size_t i = 0; i < words.size(); ++i) all[i] = static_cast<E>(i);
    return all;
}

}  // namespace kith
