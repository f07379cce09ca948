#include "platform/text/difference.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace kith::text {
namespace {

using Tokens = std::vector<std::string_view>;

constexpr std::size_t most_pairs = 2'000'000;

// Each with its line feed.
Tokens lines_of(std::string_view text) {
    Tokens out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        out.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
        text.remove_prefix(out.back().size());
    }
    return out;
}

// Each with the spaces behind it; line feeds stand alone.
Tokens words_of(std::string_view text) {
    Tokens out;
    while (!text.empty()) {
        std::size_t end = text[0] == '\n' ? 1 : std::min(text.find_first_of(" \n"), text.size());
        while (end < text.size() && text[end] == ' ') ++end;
        out.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return out;
}

void add(std::vector<Part>& out, Piece piece, std::string_view words) {
    if (words.empty()) return;
    if (out.empty() || out.back().piece != piece) out.push_back({piece, ""});
    out.back().words += words;
}

std::string joined(std::span<const std::string_view> tokens) {
    std::string out;
    for (const std::string_view token : tokens) out += token;
    return out;
}

// Lengths of the longest common subsequences of what is left from (i, j) on.
class Table {
public:
    Table(std::span<const std::string_view> a, std::span<const std::string_view> b)
        : width_(b.size() + 1), cells_((a.size() + 1) * width_) {
        for (std::size_t i = a.size(); i-- > 0;)
            for (std::size_t j = b.size(); j-- > 0;)
                at(i, j) = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    std::uint32_t& at(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

// Calls `same` with each token of both, and `changed` with the runs that only one of them has, in order.
template <class Same, class Changed>
void walk(std::span<const std::string_view> a, std::span<const std::string_view> b, Same&& same,
          Changed&& changed) {
    if (a.size() * b.size() > most_pairs) return changed(a, b);
    Table table(a, b);
    std::size_t i = 0, j = 0, from_i = 0, from_j = 0;
    const auto settle = [&] {
        if (i > from_i || j > from_j) changed(a.subspan(from_i, i - from_i), b.subspan(from_j, j - from_j));
    };
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            settle();
            same(a[i]);
            from_i = ++i;
            from_j = ++j;
        } else if (table.at(i + 1, j) >= table.at(i, j + 1)) {
            ++i;
        } else {
            ++j;
        }
    }
    i = a.size();
    j = b.size();
    settle();
}

}  // namespace

std::vector<Part> difference(std::string_view before, std::string_view after) {
    std::vector<Part> out;
    const auto same = [&](std::string_view token) { add(out, Piece::same, token); };
    const auto replaced = [&](std::span<const std::string_view> gone,
                              std::span<const std::string_view> added) {
        add(out, Piece::gone, joined(gone));
        add(out, Piece::added, joined(added));
    };
    const auto by_word = [&](std::span<const std::string_view> gone,
                             std::span<const std::string_view> added) {
        const std::string old_text = joined(gone), new_text = joined(added);
        walk(words_of(old_text), words_of(new_text), same, replaced);
    };
    walk(lines_of(before), lines_of(after), same, by_word);
    return out;
}

}  // namespace kith::text
