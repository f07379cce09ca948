#include "transfer/mail/code.hpp"

#include "platform/text/ascii.hpp"
#include "transfer/plain_markdown.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

bool has_inner_gap(std::string_view line) {
    const std::string_view text = trimmed(line);
    const std::size_t gap = text.find("   ");
    return gap != std::string_view::npos && gap > 0 && text[gap - 1] != '.';
}

// How many of the words are plain ones, up to five: a sentence, whatever else stands in it.
bool is_wordy(std::string_view text) {
    int words = 0;
    for (std::size_t at = 0; at < text.size() && words < 5;) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::string_view word = text.substr(at, end - at);
        while (!word.empty() && std::string_view(",.'?!").find(word.back()) != std::string_view::npos)
            word.remove_suffix(1);
        if (!word.empty() && std::all_of(word.begin(), word.end(), is_alpha)) ++words;
        at = end + 1;
    }
    return words == 5;
}

bool starts_like_code(std::string_view text) {
    static constexpr std::string_view certain[] = {"$ ",    ">>> ", "... ", "#!",        "# ",
                                                   "diff ", "+++ ", "--- ", "@@ ",       "File \"",
                                                   "self.", "</",   "<?",   "Traceback", "import "};
    static constexpr std::string_view likely[] = {"def ", "class ", "from ", "return", "print",  "for ",
                                                  "if ",  "else:",  "try:",  "except", "raise ", "while "};
    const auto starts = [&](std::string_view start) { return text.starts_with(start); };
    if (std::any_of(std::begin(certain), std::end(certain), starts)) return true;
    return std::any_of(std::begin(likely), std::end(likely), starts) &&
           (text.ends_with(':') || text.find_first_of("=()[]") != std::string_view::npos ||
            text.find(' ') == std::string_view::npos);
}

bool is_drawn(std::string_view line) {
    const std::string_view text = trimmed(line);
    return has_inner_gap(line) || text.starts_with('|') || text.starts_with("+-");
}

}  // namespace

std::size_t indent_of(std::string_view line) {
    std::size_t columns = 0;
    for (const char c : line) {
        if (c == '\t') columns = columns / 8 * 8 + 8;
        else if (c == ' ') ++columns;
        else break;
    }
    return columns;
}

std::size_t least_indent(const Strings& lines) {
    std::size_t least = 1000;
    for (const std::string_view line : lines)
        if (!line.empty()) least = std::min(least, indent_of(line));
    return least;
}

std::size_t list_mark(std::string_view text) {
    const bool bullet = text.size() > 2 && is_blank(text[1]) && text[2] != text[0] &&
                        std::string_view("-*+o").find(text[0]) != std::string_view::npos;
    if (bullet) return 2;
    const std::size_t mark = number_mark(text, 2);
    return mark < text.size() ? mark : 0;
}

bool reads_like_code(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return false;
    if (starts_like_code(text)) return true;
    if (is_wordy(text)) return false;
    if (std::string_view("{};\\").find(text.back()) != std::string_view::npos) return true;
    for (const std::string_view part : {" = ", "()", "self.", " == "})
        if (text.find(part) != std::string_view::npos) return true;
    return text.ends_with("):");
}

bool is_preformatted(const Strings& lines) {
    if (lines[0].starts_with(">>> ")) return true;
    const std::size_t least = least_indent(lines);
    const bool is_list = list_mark(trimmed(lines[0])) > 0;
    std::size_t code = 0;
    std::size_t wordy = 0;
    for (const std::string_view line : lines) {
        if (trimmed(line).starts_with("Traceback (most recent")) return true;
        const bool sentence = is_wordy(trimmed(line));
        const bool stepped = indent_of(line) >= least + 2 && !is_list && !sentence;
        if (stepped || reads_like_code(line) || is_drawn(line)) ++code;
        if (sentence) ++wordy;
    }
    // An indented name or address under a mail is no code.
    if (least >= 4) return code > 0 || (!is_list && lines.size() > 2 && wordy * 2 < lines.size());
    if (lines.size() == 1) return false;
    return code * 10 >= lines.size() * 6 || (lines.size() == 2 && code == 1 && least >= 2);
}

}  // namespace kith::transfer
