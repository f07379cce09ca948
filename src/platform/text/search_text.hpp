#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"

// The text that search looks in, and what people type to look for. Documents and queries are split into
// words by the same rules, so that both engines (FTS5 and tsvector) only compare words.
namespace kith::text {

// The words of a post: fold()ed runs of letters and digits, each character of a script written without
// spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) as a word of its own; words cut at 60
// characters, the whole at 20,000 words and half a megabyte. The last word, "zg12", tells the group; members'
// text can not contain a word like it. Single spaces stand between the words, and nowhere else.
std::string search_document(std::string_view title, std::string_view markdown, GroupId group);

// A document as PostgreSQL writes a tsvector ('sleep':1 'well':2), so that its own parser has no say.
std::string to_tsvector(std::string_view document);

// Several words are a phrase; `prefix` lets the last one be the beginning of a longer word.
struct Term {
    std::vector<std::string> words;
    bool prefix = false;

    friend bool operator==(const Term&, const Term&) = default;
};

// All of its terms are wanted. Never empty.
struct Query {
    std::vector<Term> terms;

    friend bool operator==(const Query&, const Query&) = default;
};

// Of the beginning of a word. A shorter one matches a large part of all words, and the index has none of them ready.
inline constexpr std::size_t prefix_least = 3;

// Quotation marks make phrases; the last word outside them matches as a beginning if it has three characters;
// the first 12 terms count.
// Fault: `invalid` with field "q" if there is no word.
Result<Query> parse_query(std::string_view typed);

// The query in the language of each engine, limited to posts of these groups; none of them: no post.
std::string to_fts5(const Query& query, std::span<const GroupId> groups);
std::string to_tsquery(const Query& query, std::span<const GroupId> groups);

// About `code_points` of a plain text around its first hit, or its beginning; on one line, with "…" where it
// was cut.
std::string excerpt(std::string_view plain, const Query& query, std::size_t code_points);

}  // namespace kith::text
