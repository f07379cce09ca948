#include "assist/features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "platform/text/ascii.hpp"

namespace kith::assist {
namespace {

namespace ascii = text::ascii;

enum class Kind : std::uint64_t { word = 1, pair = 2, letters = 3, cue = 4 };

// FNV-1a over the bytes, finished by the mixer of MurmurHash3 so that the high bits are as good as the low ones.
class Hash {
public:
    explicit Hash(Kind kind) : state_(0xcbf29ce484222325u ^ static_cast<std::uint64_t>(kind)) {}
    Hash& add(std::string_view bytes) {
        for (const char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
        return *this;
    }
    std::uint32_t index() const {
        std::uint64_t h = state_;
        h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
        return static_cast<std::uint32_t>(h >> (64 - table_bits));
    }

private:
    std::uint64_t state_;
};

bool is_inside_word(char c) {
    return ascii::is_alnum(c) || c == '\'' || c == '<' || static_cast<unsigned char>(c) >= 0x80;
}

bool looks_like_address(std::string_view chunk) {
    if (chunk.find("://") != std::string_view::npos || chunk.starts_with("www.")) return true;
    constexpr std::array<std::string_view, 6> ends{".com", ".net", ".org", ".co.", ".info", ".ru"};
    return std::ranges::any_of(
        ends, [&](std::string_view end) { return chunk.find(end) != std::string_view::npos; });
}

// Addresses, people and numbers as what they are: which one it is says nothing.
std::string masked(std::string_view chunk) {
    const std::size_t at = chunk.find('@');
    if (at != std::string_view::npos && at > 0 && chunk.find('.', at) != std::string_view::npos)
        return "<mail";
    if (looks_like_address(chunk)) return "<link";
    if (at == 0 && chunk.size() > 1) return "<person";
    std::string out(chunk);
    std::ranges::replace_if(out, ascii::is_digit, '0');
    return out;
}

// Words with their apostrophes; every other sign is a word of its own.
std::vector<std::string_view> words_in(std::string_view chunk) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < chunk.size();) {
        std::size_t end = at + 1;
        if (is_inside_word(chunk[at]))
            while (end < chunk.size() && is_inside_word(chunk[end])) ++end;
        out.push_back(chunk.substr(at, end - at));
        at = end;
    }
    return out;
}

// Where characters begin, and the end.
std::vector<std::size_t> characters_in(std::string_view text) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) out.push_back(i);
    out.push_back(text.size());
    return out;
}

void add_letters(std::string_view chunk, std::vector<std::uint32_t>& out) {
    constexpr std::size_t shortest = 2, longest = 5;
    const std::string padded = " " + std::string(chunk) + " ";
    const std::vector<std::size_t> at = characters_in(padded);
    for (std::size_t from = 0; from + 1 < at.size(); ++from) {
        Hash hash(Kind::letters);
        for (std::size_t n = 1; n <= longest && from + n < at.size(); ++n) {
            hash.add(std::string_view(padded).substr(at[from + n - 1], at[from + n] - at[from + n - 1]));
            if (n >= shortest) out.push_back(hash.index());
        }
    }
}

// Adds the words of the chunk, and the pairs that end in it. `last`: the word before.
void add_words(std::string_view chunk, std::string& last, std::vector<std::uint32_t>& out) {
    for (const std::string_view word : words_in(chunk)) {
        out.push_back(Hash(Kind::word).add(word).index());
        if (!last.empty()) out.push_back(Hash(Kind::pair).add(last).add(" ").add(word).index());
        last = word;
    }
}

std::vector<Weight> counted(std::vector<std::uint32_t> indexes) {
    std::ranges::sort(indexes);
    std::vector<Weight> out;
    for (std::size_t at = 0; at < indexes.size();) {
        std::size_t end = at + 1;
        while (end < indexes.size() && indexes[end] == indexes[at]) ++end;
        out.push_back({indexes[at], 1.0f + std::log(static_cast<float>(end - at))});
        at = end;
    }
    return out;
}

// ---- the text as a whole ---------------------------------------------------------------------------------

struct Signs {
    std::size_t capitals = 0, letters = 0, digits = 0, longest_number = 0, exclaims = 0, asks = 0;
};

Signs signs_of(std::string_view text) {
    Signs out;
    std::size_t number = 0;
    for (const char c : text) {
        out.letters += ascii::is_alpha(c);
        out.capitals += c >= 'A' && c <= 'Z';
        out.digits += ascii::is_digit(c);
        out.exclaims += c == '!';
        out.asks += c == '?';
        number = ascii::is_digit(c) ? number + 1 : 0;
        out.longest_number = std::max(out.longest_number, number);
    }
    return out;
}

template <std::size_t n>
bool has_any(const std::vector<Chunk>& chunks, const std::array<std::string_view, n>& words) {
    return std::ranges::any_of(chunks, [&](const Chunk& chunk) {
        return std::ranges::any_of(words, [&](std::string_view word) {
            return chunk.text == word || (chunk.text.starts_with(word) && chunk.text.size() > word.size() &&
                                          chunk.text[word.size()] == '\'');
        });
    });
}

std::vector<std::string> cues_of(std::string_view text, const std::vector<Chunk>& chunks) {
    constexpr std::array<std::string_view, 6> first{"i", "im", "ive", "me", "my", "myself"};
    constexpr std::array<std::string_view, 6> second{"you", "your", "u", "ur", "yourself", "youre"};
    constexpr std::size_t phone_digits = 7, shouting_percent = 30, many_digits = 5;
    const Signs signs = signs_of(text);
    std::vector<std::string> out;
    const auto note = [&](bool is_so, const char* name) {
        if (is_so) out.emplace_back(name);
    };
    out.push_back("length " +
                  std::to_string(static_cast<int>(std::log2(static_cast<double>(text.size()) + 1))));
    note(signs.longest_number >= phone_digits, "phone");
    note(signs.digits >= many_digits, "digits");
    note(signs.letters >= 10 && signs.capitals * 100 > signs.letters * shouting_percent, "capitals");
    note(signs.exclaims > 0, "exclaims");
    note(signs.asks > 0, "asks");
    note(text.find("£") != std::string_view::npos || text.find('$') != std::string_view::npos, "money");
    note(std::ranges::any_of(chunks, [](const Chunk& c) { return looks_like_address(c.text); }), "link");
    note(has_any(chunks, first), "first person");
    note(has_any(chunks, second), "second person");
    return out;
}

}  // namespace

Reading read_features(std::string_view text, const std::vector<Chunk>& chunks,
                      std::span<const std::string_view> rules) {
    std::vector<std::uint32_t> words, letters, cues;
    std::string last;
    for (const Chunk& chunk : chunks) {
        const std::string seen = masked(chunk.text);
        add_words(seen, last, words);
        add_letters(seen, letters);
    }
    for (const std::string& cue : cues_of(text, chunks)) cues.push_back(Hash(Kind::cue).add(cue).index());
    for (const std::string_view rule : rules) cues.push_back(Hash(Kind::cue).add("rule ").add(rule).index());
    return {counted(std::move(words)), counted(std::move(letters)), counted(std::move(cues))};
}

std::vector<std::uint32_t> features_of_chunk(const std::vector<Chunk>& chunks, std::size_t chunk) {
    std::vector<std::uint32_t> out;
    std::string last;
    if (chunk > 0) {
        const std::string before = masked(chunks[chunk - 1].text);
        last = words_in(before).back();
    }
    const std::string seen = masked(chunks[chunk].text);
    add_words(seen, last, out);
    add_letters(seen, out);
    return out;
}

}  // namespace kith::assist
