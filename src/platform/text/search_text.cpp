#include "platform/text/search_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr std::size_t word_most = 60;
constexpr std::size_t words_most = 20'000;
constexpr std::size_t document_most = 500'000;  // bytes; a tsvector holds one megabyte
constexpr std::size_t terms_most = 12;
constexpr std::size_t typed_most = 400;
constexpr std::size_t snap_most = 24;  // how far a cut may move to fall between words
constexpr std::string_view ellipsis = "…";
constexpr std::string_view scope_prefix = "zg";

// Scripts that do not put spaces between words, and Korean, where a word carries its endings.
bool is_unspaced(char32_t c) {
    constexpr auto ranges = std::to_array<std::pair<char32_t, char32_t>>({{0x0E00, 0x0EFF},
                                                                          {0x1000, 0x109F},
                                                                          {0x1100, 0x11FF},
                                                                          {0x1780, 0x17FF},
                                                                          {0x2E80, 0x2FDF},
                                                                          {0x3005, 0x3007},
                                                                          {0x3021, 0x3029},
                                                                          {0x3031, 0x312F},
                                                                          {0x3130, 0x31FF},
                                                                          {0x3400, 0x4DBF},
                                                                          {0x4E00, 0x9FFF},
                                                                          {0xAC00, 0xD7FF},
                                                                          {0xF900, 0xFAFF},
                                                                          {0xFF66, 0xFFDC},
                                                                          {0x1B000, 0x1B16F},
                                                                          {0x20000, 0x3FFFF}});
    return c >= 0x0E00 && std::any_of(ranges.begin(), ranges.end(), [c](const auto& range) {
               return c >= range.first && c <= range.second;
           });
}

bool is_word_character(char32_t c) { return is_letter(c) || is_digit(c); }

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// Splits a text into words, one after the other.
class WordScanner {
public:
    explicit WordScanner(std::string_view text) : text_(text) {}

    std::optional<Range> next() {
        char32_t c = 0;
        if (!skip_to_word(c)) return std::nullopt;
        Range word{at_, at_};
        next_code_point(text_, at_);
        const bool single = is_unspaced(c);
        while (at_ < text_.size() && continues(word.begin, single)) next_code_point(text_, at_);
        word.end = at_;
        return word;
    }

private:
    bool skip_to_word(char32_t& c) {
        while (at_ < text_.size()) {
            std::size_t after = at_;
            c = next_code_point(text_, after);
            if (is_word_character(c) && !is_mark(c)) return true;
            at_ = after;
        }
        return false;
    }

    bool continues(std::size_t begin, bool single) const {
        std::size_t after = at_;
        const char32_t c = next_code_point(text_, after);
        if (single) return is_mark(c);
        return is_word_character(c) && !is_unspaced(c) && !looks_like_scope(begin, c);
    }

    // "zg1" in a member's text is two words, so that no text can pretend to be of another group.
    bool looks_like_scope(std::size_t begin, char32_t c) const {
        return is_digit(c) && at_ - begin >= 2 && text_.substr(begin, at_ - begin).ends_with(scope_prefix);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::vector<std::string> words_of(std::string_view folded, std::size_t most) {
    std::vector<std::string> words;
    WordScanner scanner(folded);
    while (words.size() < most) {
        const auto word = scanner.next();
        if (!word) break;
        words.emplace_back(first(folded.substr(word->begin, word->end - word->begin), word_most));
    }
    return words;
}

std::string scope_token(GroupId group) { return std::string(scope_prefix) + std::to_string(group.value()); }

void append_words(std::string& out, std::string_view text, std::size_t& left) {
    const std::string folded = fold(text);
    WordScanner scanner(folded);
    for (; left > 0 && out.size() < document_most; --left) {
        const auto word = scanner.next();
        if (!word) return;
        out += first(std::string_view(folded).substr(word->begin, word->end - word->begin), word_most);
        out += ' ';
    }
}

bool is_quote(char32_t c) { return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0x00AB || c == 0x00BB; }

// Reads what was typed, piece by piece: a piece is a quoted phrase or a run without spaces.
class QueryReader {
public:
    Query read(std::string_view typed) {
        for (std::size_t at = 0; at < typed.size();) {
            const std::size_t start = at;
            const char32_t c = next_code_point(typed, at);
            if (is_quote(c)) {
                end_piece();
                quoted_ = !quoted_;
            } else if (is_space(c) && !quoted_) {
                end_piece();
            } else {
                piece_.append(typed, start, at - start);
            }
        }
        end_piece();
        if (last_unquoted_ < query_.terms.size()) {
            Term& last = query_.terms[last_unquoted_];
            last.prefix = length(last.words.back()) >= prefix_least;
        }
        return std::move(query_);
    }

private:
    void end_piece() {
        Term term{words_of(fold(std::exchange(piece_, {})), typed_most), false};
        if (term.words.empty() || query_.terms.size() == terms_most) return;
        if (!quoted_) last_unquoted_ = query_.terms.size();
        query_.terms.push_back(std::move(term));
    }

    Query query_;
    std::string piece_;
    bool quoted_ = false;
    std::size_t last_unquoted_ = terms_most;
};

std::string fts5_term(const Term& term) {
    std::string out = "\"";
    for (std::size_t i = 0; i < term.words.size(); ++i) {
        if (i > 0) out += ' ';
        out += term.words[i];
    }
    return out + (term.prefix ? "\"*" : "\"");
}

std::string tsquery_term(const Term& term) {
    std::string out;
    for (std::size_t i = 0; i < term.words.size(); ++i)
        out.append(i > 0 ? " <-> '" : "'").append(term.words[i]).append("'");
    if (term.prefix) out += ":*";
    return term.words.size() > 1 ? "(" + out + ")" : out;
}

std::string scope(std::span<const GroupId> groups, std::string_view quote, std::string_view either) {
    std::string out = "(";
    for (const GroupId group : groups) {
        if (out.size() > 1) out += either;
        out.append(quote).append(scope_token(group)).append(quote);
    }
    // No group has the number 0.
    if (groups.empty()) out.append(quote).append(scope_token(GroupId())).append(quote);
    return out + ")";
}

// Whether the words of `term` are at `from`.
bool matches_at(const Term& term, std::span<const std::string> words, std::size_t from) {
    const std::size_t count = term.words.size();
    if (from + count > words.size()) return false;
    for (std::size_t i = 0; i + 1 < count; ++i)
        if (words[from + i] != term.words[i]) return false;
    const std::string& last = words[from + count - 1];
    return term.prefix ? last.starts_with(term.words.back()) : last == term.words.back();
}

// Where the first hit begins, in bytes; 0 without a hit.
std::size_t first_hit(std::string_view plain, const Query& query) {
    std::vector<std::size_t> begins;
    std::vector<std::string> words;
    WordScanner scanner(plain);
    while (const auto word = scanner.next()) {
        begins.push_back(word->begin);
        words.push_back(fold(first(plain.substr(word->begin, word->end - word->begin), word_most)));
    }
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const Term& term : query.terms)
            if (matches_at(term, words, i)) return begins[i];
    return 0;
}

// `at` moved back by `code_points`, then on to the beginning of a word if one is near.
std::size_t begin_before(std::string_view text, std::size_t at, std::size_t code_points) {
    const std::size_t hit = at;
    for (; at > 0 && code_points > 0; --code_points) do
            --at;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    if (at == 0 || text[at - 1] == ' ') return at;
    const std::size_t space = text.find(' ', at);
    return space < hit && space - at <= snap_most ? space + 1 : at;
}

// The first `code_points` of `text`, less a word that would be cut.
std::string_view cut_end(std::string_view text, std::size_t code_points) {
    const std::string_view cut = first(text, code_points);
    if (cut.size() == text.size() || text[cut.size()] == ' ') return cut;
    const std::size_t space = cut.rfind(' ');
    if (space == std::string_view::npos || cut.size() - space > snap_most) return cut;
    return cut.substr(0, space);
}

}  // namespace

std::string search_document(std::string_view title, std::string_view markdown, GroupId group) {
    std::string out;
    std::size_t left = words_most - 1;
    append_words(out, title, left);
    append_words(out, plain_text(markdown), left);
    return out + scope_token(group);
}

Result<Query> parse_query(std::string_view typed) {
    Query query = QueryReader().read(first(typed, typed_most));
    if (query.terms.empty()) return invalid("Please type at least one word to look for.", "q");
    return query;
}

std::string to_fts5(const Query& query, std::span<const GroupId> groups) {
    std::string out;
    for (const Term& term : query.terms) out += fts5_term(term) + " AND ";
    return out + scope(groups, "\"", " OR ");
}

std::string to_tsquery(const Query& query, std::span<const GroupId> groups) {
    std::string out;
    for (const Term& term : query.terms) out += tsquery_term(term) + " & ";
    return out + scope(groups, "'", " | ");
}

std::string to_tsvector(std::string_view document) {
    std::string out;
    std::size_t position = 0;
    while (!document.empty()) {
        const std::size_t end = std::min(document.find(' '), document.size());
        out.append("'").append(document.substr(0, end)).append("':").append(std::to_string(++position));
        out += ' ';
        document.remove_prefix(std::min(end + 1, document.size()));
    }
    return out;
}

std::string excerpt(std::string_view plain, const Query& query, std::size_t code_points) {
    std::string line = one_line(plain);
    const std::string_view all = line;
    if (length(all) <= code_points) return line;
    const std::size_t begin = begin_before(all, first_hit(all, query), code_points / 4);
    const std::string_view shown = cut_end(all.substr(begin), code_points);
    std::string out;
    if (begin > 0) out += ellipsis;
    out += shown;
    if (begin + shown.size() < all.size()) out += ellipsis;
    return out;
}

}  // namespace kith::text
