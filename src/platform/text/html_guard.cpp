#include "platform/text/html_guard.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "platform/text/markdown_escape.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr std::size_t html_most = std::size_t{256} * 1024;
constexpr int open_most = 400;
constexpr int open_formatting_most = 32;
constexpr int attributes_most = 4096;

constexpr auto formatting_tags = std::to_array<std::string_view>(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"});

// Elements that have no content or that the next of their kind closes.
constexpr auto closing_tags = std::to_array<std::string_view>(
    {"area", "base",   "br", "col",   "dd",     "dt",    "embed", "hr", "img", "input", "li", "link",
     "meta", "option", "p",  "param", "source", "tbody", "td",    "th", "tr",  "track", "wbr"});

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Counts tags as they stand in the text, without knowing what they mean: what it allows is harmless.
class Guard {
public:
    bool allows(std::string_view html) {
        if (html.size() > html_most) return false;
        bool in_tag = false;
        int separators = 0;
        for (std::size_t i = 0; i < html.size(); ++i) {
            const char c = html[i];
            if (c == '<' && !take_tag(html.substr(i + 1), in_tag)) return false;
            if (c == '>') in_tag = false;
            if (!in_tag) separators = 0;
            if (in_tag && (c == '/' || is_space(static_cast<unsigned char>(c)))) ++separators;
            if (separators > attributes_most) return false;
        }
        return true;
    }

private:
    bool take_tag(std::string_view rest, bool& in_tag) {
        const bool closes = rest.starts_with('/');
        if (closes) rest.remove_prefix(1);
        const std::string name = name_of(rest);
        in_tag = in_tag || !name.empty();
        if (name.empty() || holds(closing_tags, name)) return true;
        int& open = open_[name];
        if (closes && open == 0) return true;
        const int step = closes ? -1 : 1;
        open += step;
        all_open_ += step;
        if (holds(formatting_tags, name)) formatting_open_ += step;
        return all_open_ <= open_most && formatting_open_ <= open_formatting_most;
    }

    static std::string name_of(std::string_view rest) {
        std::size_t size = 0;
        while (size < rest.size() && size < 16 &&
               (is_ascii_letter(rest[size]) || (size > 0 && rest[size] >= '0' && rest[size] <= '9')))
            ++size;
        return fold(rest.substr(0, size));
    }

    std::map<std::string, int> open_;
    int all_open_ = 0;
    int formatting_open_ = 0;
};

}  // namespace

bool is_harmless_html(std::string_view html) { return Guard().allows(html); }

}  // namespace kith::text
