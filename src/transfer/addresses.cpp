#include "transfer/addresses.hpp"

#include "platform/text/ascii.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

constexpr std::string_view address_removed = "(address removed)";

struct Range {
    std::size_t begin, end;
    bool empty() const { return begin == end; }
};
constexpr Range none{0, 0};

constexpr bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
constexpr bool is_local_part(char c) {
    return is_alnum(c) || is_beyond_ascii(c) || std::string_view("._-+=%").find(c) != std::string_view::npos;
}
constexpr bool is_label(char c) { return is_alnum(c) || is_beyond_ascii(c) || c == '-' || c == '_'; }

// ---- what stands before the sign ---------------------------------------------------------------------------

constexpr std::size_t local_part_most = 128;

Range quoted_part_before(std::string_view text, std::size_t end, std::size_t least) {
    const std::size_t from = std::max(least, end - std::min(end, local_part_most));
    const std::size_t open = text.substr(from, end - 1 - from).find_last_of("\"\n");
    return open == std::string_view::npos || text[from + open] == '\n' ? none : Range{from + open, end};
}

Range local_part_before(std::string_view text, std::size_t end, std::size_t least) {
    if (end > least && text[end - 1] == '"') return quoted_part_before(text, end, least);
    std::size_t begin = end;
    while (begin > least && end - begin < local_part_most && is_local_part(text[begin - 1])) --begin;
    while (begin < end && (text[begin] == '.' || text[begin] == '=')) ++begin;
    return {begin, end};
}

// ---- what stands behind it ---------------------------------------------------------------------------------

struct Host {
    Range range = none;
    std::string_view last;  // label
    int labels = 0;
    bool numeric = true;
};

// Blanks and escapes, or one line end with the quote marks behind it.
std::size_t skip_gap(std::string_view text, std::size_t at) {
    const auto skip = [&](std::string_view these) {
        while (at < text.size() && these.find(text[at]) != std::string_view::npos) ++at;
    };
    skip(" \t\\");
    if (at < text.size() && text[at] == '\n') {
        ++at;
        skip(" \t>");
    }
    return at;
}

// A word such as "at" at `at`, bare or in brackets; where it ends, or `at` if it is none.
std::size_t skip_word(std::string_view text, std::size_t at, std::string_view word) {
    const std::size_t bracket = at < text.size() ? std::string_view("([{<").find(text[at])
                                                 : std::string_view::npos;
    const bool bare = bracket == std::string_view::npos;
    const std::size_t begin = bare ? at : skip_gap(text, at + 1);
    if (!starts_with_word(text.substr(std::min(begin, text.size())), word)) return at;
    const std::size_t behind = begin + word.size();
    if (bare) return behind < text.size() && is_space(text[behind]) ? behind : at;
    const std::size_t close = skip_gap(text, behind);
    return close < text.size() && text[close] == ")]}>"[bracket] ? close + 1 : at;
}

std::size_t end_of_label(std::string_view text, std::size_t at) {
    constexpr std::size_t label_most = 80;
    std::size_t end = at;
    while (end < text.size() && end - at < label_most && is_label(text[end])) ++end;
    while (end > at && (text[end - 1] == '-' || text[end - 1] == '_')) --end;
    return end;
}

// Where the label behind a dot begins, or 0: "example.org", "example dot org", "example (dot) org".
std::size_t next_label(std::string_view text, std::size_t at, bool may_be_spelled) {
    if (at < text.size() && text[at] == '.') return end_of_label(text, at + 1) > at + 1 ? at + 1 : 0;
    if (!may_be_spelled) return 0;
    const std::size_t word = skip_gap(text, at);
    const std::size_t behind = skip_word(text, word, "dot");
    if (behind == word || word == at) return 0;
    const std::size_t label = skip_gap(text, behind);
    return end_of_label(text, label) >= label + 2 ? label : 0;
}

Host host_at(std::string_view text, std::size_t begin) {
    constexpr int labels_most = 12;
    Host host;
    bool has_dot = false;
    for (std::size_t at = begin; host.labels < labels_most;) {
        const std::size_t end = end_of_label(text, at);
        if (end == at) break;
        host.last = text.substr(at, end - at);
        host.range = {begin, end};
        host.numeric = host.numeric && host.last.size() <= 3 &&
                       std::all_of(host.last.begin(), host.last.end(), is_digit);
        ++host.labels;
        at = next_label(text, end, !has_dot);
        if (at == 0) break;
        has_dot = has_dot || text[at - 1] == '.';
    }
    return host;
}

// "[10.0.0.1]" and "[IPv6:...]" directly behind the sign, possibly escaped.
Range literal_at(std::string_view text, std::size_t at) {
    if (at < text.size() && text[at] == '\\') ++at;
    if (at >= text.size() || text[at] != '[') return none;
    constexpr std::size_t literal_most = 60;
    const std::size_t size = text.substr(at, literal_most).find(']');
    if (size == std::string_view::npos || size < 4) return none;
    const std::string_view inside = text.substr(at + 1, size - 1);
    const bool valid = inside.find_first_not_of("0123456789abcdefABCDEF.:IPvp\\") == std::string_view::npos;
    return valid ? Range{at, at + size + 1} : none;
}

// ---- which of it is an address -----------------------------------------------------------------------------

// "look at twisted.web" and "run it at foo.py" are no addresses; "bob at example.org" is one.
bool is_public_ending(std::string_view label) {
    static constexpr std::array<std::string_view, 34> endings = {
        "com",   "org",   "net",    "edu",     "gov",      "mil",        "int",       "info", "biz",
        "name",  "mobi",  "coop",   "aero",    "museum",   "pro",        "dev",       "tech", "xyz",
        "email", "cloud", "online", "systems", "software", "jobs",       "health",    "care", "community",
        "group", "life",  "club",   "blog",    "charity",  "foundation", "technology"};
    const bool country = label.size() == 2 && is_alpha(label[0]) && is_alpha(label[1]);
    return (country && !same_word(label, "py")) || is_one_of(label, endings) ||
           starts_with_word(label, "xn--");
}

bool is_common_word(std::string_view word) {
    static constexpr std::array<std::string_view, 35> words = {
        "look", "looking", "looked", "available", "hosted",  "is",   "are",   "was",    "it",
        "them", "that",    "this",   "found",     "located", "here", "up",    "site",   "page",
        "web",  "live",    "lives",  "docs",      "code",    "out",  "one",   "be",     "bug",
        "bugs", "ticket",  "server", "running",   "online",  "work", "point", "pointed"};
    return is_one_of(word, words);
}

// After a sign that means nothing else: any host but a version ("foo@2.0") and a single letter or two.
bool is_certain_host(const Host& host) {
    if (host.labels == 0) return false;
    if (host.numeric) return host.labels == 4;
    if (host.labels == 1) return host.last.size() >= 3 && !is_digit(host.last[0]);
    return host.last.size() >= 2 && !std::all_of(host.last.begin(), host.last.end(), is_digit);
}

// The address whose sign begins at `begin` and ends at `end`.
Range certain_address(std::string_view text, std::size_t begin, std::size_t end, std::size_t least) {
    constexpr std::string_view marks = "*`|~";  // of Markdown, as in "bob**@**example.org"
    while (begin > least && marks.find(text[begin - 1]) != std::string_view::npos) --begin;
    while (end < text.size() && marks.find(text[end]) != std::string_view::npos) ++end;
    const Range user = local_part_before(text, begin, least);
    if (user.empty()) return none;
    if (const Range literal = literal_at(text, end); !literal.empty()) return {user.begin, literal.end};
    const Host host = host_at(text, end);
    return is_certain_host(host) ? Range{user.begin, host.range.end} : none;
}

// Around a sign that may be a word: then host and user must look the part.
Range likely_address(std::string_view text, std::size_t begin, std::size_t end, std::size_t least) {
    const Range user = local_part_before(text, begin, least);
    const Host host = host_at(text, end);
    if (user.empty() || host.labels < 2 || !is_public_ending(host.last)) return none;
    return is_common_word(text.substr(user.begin, user.end - user.begin)) ? none
                                                                          : Range{user.begin, host.range.end};
}

// The address whose sign stands at `at`, if one does.
Range address_at(std::string_view text, std::size_t at, std::size_t least) {
    std::size_t before = at;
    while (before > least && (is_blank(text[before - 1]) || text[before - 1] == '\\')) --before;
    const char after = at + 1 < text.size() ? text[at + 1] : ' ';
    switch (text[at]) {
        case '@':
            return before < at && is_blank(after)
                       ? likely_address(text, before, skip_gap(text, at + 1), least)
                       : certain_address(text, at, at + 1, least);
        case '%':
            return text.substr(at).starts_with("%40") ? certain_address(text, at, at + 3, least) : none;
        case 'a':
        case 'A': {
            const std::size_t end = before < at ? skip_word(text, at, "at") : at;
            return end == at ? none : likely_address(text, before, skip_gap(text, end), least);
        }
        default: {
            const std::size_t end = skip_word(text, at, "at");
            return end == at ? none : certain_address(text, before, skip_gap(text, end), least);
        }
    }
}

// The first address whose sign stands at `from` or behind it, and which begins at `from` or behind it.
Range next_address(std::string_view text, std::size_t from) {
    constexpr std::string_view signs = "@%aA([{<";
    for (std::size_t at = text.find_first_of(signs, from); at != std::string_view::npos;
         at = text.find_first_of(signs, at + 1)) {
        const Range found = address_at(text, at, from);
        if (!found.empty()) return found;
    }
    return none;
}

// ---- taking it out -----------------------------------------------------------------------------------------

// Takes the marks around an address with it: "<a@b.org>", "mailto:a@b.org", "(a@b.org)".
Range with_marks(std::string_view text, Range range, std::size_t least) {
    const std::string_view mailto = "mailto:";
    if (range.begin >= least + mailto.size() &&
        same_word(text.substr(range.begin - mailto.size(), mailto.size()), mailto))
        range.begin -= mailto.size();
    for (const auto& [open, close] : {std::pair('<', '>'), std::pair('(', ')')}) {
        const bool wrapped = range.begin > least && text[range.begin - 1] == open &&
                             range.end < text.size() && text[range.end] == close;
        if (wrapped) range = {range.begin - 1, range.end + 1};
    }
    return range;
}

void remove_range(std::string& out, std::string_view text, std::size_t& done, Range range) {
    range = with_marks(text, range, done);
    out.append(text.substr(done, range.begin - done)).append(address_removed);
    done = range.end;
}

// How far the text goes on with the same address again: "a@b.org <mailto:a@b.org>", "a@b.org
// [a@b.org]".
std::size_t repeated_mark(std::string_view text, std::size_t at) {
    std::size_t next = at;
    if (next < text.size() && text[next] == ' ') ++next;
    const bool bracket = next < text.size() && text[next] == '[';
    if (bracket) ++next;
    if (!text.substr(next).starts_with(address_removed)) return at;
    next += address_removed.size();
    if (!bracket) return next;
    return next < text.size() && text[next] == ']' ? next + 1 : at;
}

// An address and the link to it leave one mark behind, without the brackets around the two.
std::string without_repeated_marks(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(address_removed); at != std::string_view::npos;
         at = text.find(address_removed, done)) {
        std::size_t end = at + address_removed.size();
        for (std::size_t next = end; (next = repeated_mark(text, end)) != end;) end = next;
        const bool wrapped = at > done && text[at - 1] == '<' && end < text.size() && text[end] == '>';
        out.append(text.substr(done, at - done - (wrapped ? 1 : 0))).append(address_removed);
        done = end + (wrapped ? 1 : 0);
    }
    return out.append(text.substr(done));
}

}  // namespace

bool has_address(std::string_view text) { return !next_address(text, 0).empty(); }

std::string without_addresses(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (Range found = next_address(text, 0); !found.empty(); found = next_address(text, done))
        remove_range(out, text, done, found);
    if (done == 0) return std::string(text);
    return without_repeated_marks(out.append(text.substr(done)));
}

}  // namespace kith::transfer
