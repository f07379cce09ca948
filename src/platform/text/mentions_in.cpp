#include <algorithm>

#include "platform/text/markdown.hpp"
#include "platform/text/markdown_walker.hpp"
#include "platform/text/unicode.hpp"

// Whom a text names.
namespace kith::text {
namespace {

constexpr std::size_t mentions_most = 10;

bool is_inside_name(char32_t c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '\'' || c == '.' || c == ' ';
}

// The name right behind the "@", then each longer one that ends with a word of `behind`.
Mention readings(std::string_view name, std::string_view behind) {
    constexpr std::size_t most = 5;
    constexpr std::size_t name_most = 30;  // code points, as check_pseudonym() allows
    Mention out{std::string(name)};
    std::size_t length = text::length(name);
    char32_t before = 'a';
    for (std::size_t at = 0; at < behind.size() && out.size() < most && length < name_most; ++length) {
        const char32_t c = next_code_point(behind, at);
        if (!is_inside_name(c) || (c == ' ' && before == ' ')) break;
        before = c;
        std::size_t next = at;
        const char32_t after = at < behind.size() ? next_code_point(behind, next) : U' ';
        const bool ends_word = (is_letter(c) || is_digit(c)) && !is_letter(after) && !is_digit(after);
        if (ends_word) out.push_back(std::string(name) + std::string(behind.substr(0, at)));
    }
    std::ranges::reverse(out);
    return out;
}

class MentionCollector final : public MarkdownWalker {
public:
    std::vector<Mention> take() { return std::move(mentions_); }

private:
    void mention(std::string_view name, std::string_view behind) override {
        if (mentions_.size() == mentions_most) return;
        Mention mention = readings(name, behind);
        std::string key = fold(mention.front());
        if (std::find(keys_.begin(), keys_.end(), key) != keys_.end()) return;
        keys_.push_back(std::move(key));
        mentions_.push_back(std::move(mention));
    }

    std::vector<Mention> mentions_;
    std::vector<std::string> keys_;
};

}  // namespace

std::vector<Mention> mentions_in(std::string_view markdown) {
    const std::string input = clean(markdown);
    MentionCollector collector;
    collector.walk(input);
    return collector.take();
}

}  // namespace kith::text
