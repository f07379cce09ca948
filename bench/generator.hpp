#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "conversation/conversation.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/search_text.hpp"

// Invented conversations with the distributions measured on a real archive. The same seed makes the same posts.
namespace kith::bench {

// ---- chance ------------------------------------------------------------------------------------------------

// SplitMix64 without a lock; base/random's SeededRandom is safe for threads, and slower.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // in [0, 1)
    std::int64_t below(std::int64_t bound) {
        return static_cast<std::int64_t>(unit() * static_cast<double>(bound));
    }
    bool chance(double share) { return unit() < share; }

private:
    std::uint64_t state_;
};

struct Quantile {
    double share;
    double value;
};

// A value whose quantiles are these; between two of them its logarithm grows evenly.
inline double draw(Dice& dice, std::span<const Quantile> quantiles) {
    const double u = dice.unit();
    std::size_t i = 1;
    while (i + 1 < quantiles.size() && quantiles[i].share <= u) ++i;
    const Quantile low = quantiles[i - 1], high = quantiles[i];
    return low.value * std::pow(high.value / low.value, (u - low.share) / (high.share - low.share));
}

// forums.md 6.3, the larger of the two archives.
inline constexpr auto posts_per_thread = std::to_array<Quantile>(
    {{0, 1}, {0.5, 4}, {0.9, 14}, {0.99, 55}, {1, 438}});
inline constexpr auto characters_per_post = std::to_array<Quantile>(
    {{0, 20}, {0.5, 280}, {0.9, 1147}, {0.99, 4520}, {1, 18'000}});
// Of 5,000 members: the first 1 % write 34 % of the posts, the first 10 % write 78 %.
inline constexpr auto author_rank = std::to_array<Quantile>({{0, 1}, {0.34, 51}, {0.78, 501}, {1, 5001}});
inline constexpr double share_of_replies = 0.27;
inline constexpr double share_with_quote = 0.10;
inline constexpr double share_with_note = 0.03;
inline constexpr double supports_per_post = 0.30;

inline constexpr std::int64_t members = 5'000;
inline constexpr std::int64_t group_count = 40;
inline constexpr std::int64_t everywhere = 128;  // the first members belong to every group
inline constexpr std::int64_t long_thread_posts = 6'000;
inline constexpr std::int64_t posts_per_long_thread = 300'000;  // one of those in so many posts

inline constexpr Time newest{1'790'000'000'000};  // September 2026
inline constexpr std::int64_t span_ms = 3 * 365 * day_ms;

inline bool belongs(std::int64_t member, std::int64_t group) {
    return member <= everywhere || (member * 7 + group * 13) % 8 == 0 || member % group_count == group - 1;
}

// ---- words -------------------------------------------------------------------------------------------------

inline constexpr std::int64_t vocabulary_size = 30'000;
// Each in five posts, however many posts there are; no other word holds a z.
inline constexpr std::int64_t rare_word_uses = 5;
inline constexpr auto rare_words = std::to_array<std::string_view>({"zzrareone", "zzraretwo", "zzrarethree",
                                                                    "zzrarefour", "zzrarefive", "zzraresix",
                                                                    "zzrareseven", "zzrareeight"});

// The word of a rank: no two alike, frequent ones short.
inline std::string pseudo_word(std::int64_t rank) {
    constexpr auto starts = std::to_array<std::string_view>(
        {"k", "l", "m", "n", "p", "r", "s", "t", "v", "b", "d", "f", "g", "h", "st", "br"});
    constexpr std::string_view vowels = "aeiou";
    constexpr auto syllables = static_cast<std::int64_t>(starts.size() * vowels.size());
    std::string word;
    for (; rank > 0; rank = (rank - 1) / syllables) {
        const auto at = static_cast<std::size_t>((rank - 1) * 37 % syllables);  // 37 and 80 share no factor
        word += starts[at / vowels.size()];
        word += vowels[at % vowels.size()];
    }
    return word;
}

inline std::string capitalised(std::string word) {
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

class Writer {
public:
    Writer() {
        for (std::int64_t rank = 1; rank <= vocabulary_size; ++rank) words_.push_back(pseudo_word(rank));
    }

    // Zipf with exponent 1: the logarithm of the rank is even.
    const std::string& word(Dice& dice) const {
        const double rank = std::exp(dice.unit() * std::log(static_cast<double>(vocabulary_size)));
        return words_[static_cast<std::size_t>(rank) - 1];
    }

    std::string title(Dice& dice) const {
        std::string out = capitalised(word(dice));
        for (std::int64_t left = 2 + dice.below(6); left > 0; --left) out += ' ' + word(dice);
        return out;
    }

    // About `length` characters of Markdown in paragraphs.
    std::string text(Dice& dice, std::size_t length) const {
        std::string out;
        while (out.size() < length) {
            if (!out.empty()) out += "\n\n";
            paragraph(out, dice,
                      std::min(length, out.size() + 200 + static_cast<std::size_t>(dice.below(400))));
        }
        return out;
    }

private:
    void paragraph(std::string& out, Dice& dice, std::size_t until) const {
        const bool is_list = until - out.size() > 150 && dice.chance(0.04);
        do {
            if (is_list) out += "- ";
            sentence(out, dice, until);
            out += is_list ? '\n' : ' ';
        } while (out.size() < until);
        out.pop_back();
    }

    void sentence(std::string& out, Dice& dice, std::size_t until) const {
        out += capitalised(word(dice));
        for (std::int64_t left = 3 + dice.below(14); left > 0 && out.size() < until; --left) {
            out += dice.chance(0.05) ? ", " : " ";
            decorated(out, dice);
        }
        out += ".!?"[dice.chance(0.8) ? 0 : 1 + dice.below(2)];
    }

    void decorated(std::string& out, Dice& dice) const {
        const double u = dice.unit();
        if (u < 0.005) {
            out += "**" + word(dice) + "**";
        } else if (u < 0.01) {
            out += "*" + word(dice) + "*";
        } else if (u < 0.012) {
            out += "[" + word(dice) + "](https://example.org/" + word(dice) + ")";
        } else {
            out += word(dice);
        }
    }

    std::vector<std::string> words_;
};

// ---- conversations -----------------------------------------------------------------------------------------

struct Support {
    std::int64_t member = 0;
    conversation::Support kind = conversation::Support::with_you;
};

struct Post {
    std::int64_t author = 0;  // member and main persona have the same number
    Time at;
    std::string markdown, html, document, note;
    std::int64_t reply_to = 0;
    std::vector<Support> supports;

    std::int64_t packed_supports() const {
        std::int64_t packed = 0;
        for (const Support& support : supports)
            packed += std::int64_t{1} << (16 * static_cast<int>(support.kind));
        return packed;
    }
};

struct Thread {
    ThreadId id;
    GroupId group;
    std::string title;
    std::vector<Post> posts;
};

// Makes thread after thread until there are enough posts.
class Generator {
public:
    Generator(std::int64_t posts, std::uint64_t seed) : wanted_(posts), dice_(seed) {}

    // Whole threads with at least `least` posts together; nothing once all are made.
    std::vector<Thread> batch(std::int64_t least) {
        std::vector<Thread> out;
        for (std::int64_t have = 0; have < least && made_ < wanted_;) {
            out.push_back(thread());
            have += static_cast<std::int64_t>(out.back().posts.size());
        }
        return out;
    }

private:
    Thread thread() {
        Thread out{ThreadId(++last_thread_), GroupId(1 + dice_.below(group_count)), writer_.title(dice_), {}};
        const std::int64_t count = std::min(next_length(), wanted_ - made_);
        const Time first = newest + -span_ms + span_ms / wanted_ * made_;
        const double gap_ms = std::min<double>(
            6 * hour_ms, static_cast<double>(newest - first) / static_cast<double>(2 * count));
        Time at = first;
        for (std::int64_t number = 1; number <= count; ++number) {
            out.posts.push_back(post(out, number, at));
            at = std::min(newest, at + static_cast<std::int64_t>(-std::log(1 - dice_.unit()) * gap_ms));
        }
        return out;
    }

    std::int64_t next_length() {
        const bool is_long = made_ > 0 &&
                             (made_ + posts_per_long_thread / 2) / posts_per_long_thread > long_made_;
        if (is_long) return ++long_made_, long_thread_posts;
        return static_cast<std::int64_t>(draw(dice_, posts_per_thread));
    }

    Post post(const Thread& thread, std::int64_t number, Time at) {
        Post out{.author = author_in(thread.group.value()), .at = at};
        if (number > 1 && dice_.chance(share_of_replies)) out.reply_to = 1 + dice_.below(number - 1);
        if (dice_.chance(share_with_note)) out.note = writer_.title(dice_).substr(0, 60);
        if (dice_.chance(share_with_quote)) out.markdown = "> " + writer_.title(dice_) + "\n\n";
        out.markdown += writer_.text(dice_, static_cast<std::size_t>(draw(dice_, characters_per_post)));
        add_rare_word(out.markdown);
        out.html = text::render_markdown(out.markdown).html();
        out.document = text::search_document(number == 1 ? thread.title : "", out.markdown, thread.group);
        add_supports(out);
        ++made_;
        return out;
    }

    // By rank, spread over the numbers. Those who belong everywhere take an eighth of the turns they could.
    std::int64_t author_in(std::int64_t group) {
        for (;;) {
            const auto rank = static_cast<std::int64_t>(draw(dice_, author_rank));
            const std::int64_t member = 1 + rank * 1237 % members;  // 1237 and 5000 share no factor
            if (belongs(member, group) && (member > everywhere || dice_.chance(0.125))) return member;
        }
    }

    void add_rare_word(std::string& markdown) {
        constexpr std::int64_t uses = rare_word_uses * static_cast<std::int64_t>(rare_words.size());
        const std::int64_t step = std::max<std::int64_t>(1, wanted_ / uses);
        if (made_ % step != 0 || made_ / step >= uses) return;
        markdown += " ";
        markdown += rare_words[static_cast<std::size_t>(made_ / step) % rare_words.size()];
    }

    void add_supports(Post& post) {
        // A third comes from those who belong everywhere: it is their pages that are measured.
        const std::int64_t most = dice_.chance(1.0 / 3) ? everywhere : members;
        for (std::int64_t from = dice_.below(most); dice_.chance(supports_per_post / (1 + supports_per_post));
             ++from) {
            const std::int64_t member = 1 + from % most;
            if (member != post.author)
                post.supports.push_back({member, static_cast<conversation::Support>(dice_.below(4))});
        }
    }

    std::int64_t wanted_;
    Dice dice_;
    Writer writer_;
    std::int64_t made_ = 0;
    std::int64_t last_thread_ = 0;
    std::int64_t long_made_ = 0;
};

}  // namespace kith::bench
