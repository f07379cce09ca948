#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Text as people type it: cleaned once on the way in, then trusted to be valid UTF-8. Every function here
// takes any bytes at all and never fails.
namespace kith::text {

// Valid UTF-8 in NFC with \n line ends: a byte that is not UTF-8 becomes U+FFFD; control characters other
// than \n and \t are gone, as are the bidi embeddings, overrides and isolates (U+202A-202E, U+2066-2069),
// which can make a text read as something it does not say.
std::string clean(std::string_view text);

// The number of code points.
std::size_t length(std::string_view text);
// The first `code_points` of the text, or all of it.
std::string_view first(std::string_view text, std::size_t code_points);

// The key by which names and words are compared: case folded, compatibility forms and accents removed,
// invisible characters removed, whitespace collapsed to single spaces and trimmed. Vowel signs of Indic,
// Thai and similar scripts are kept: they are letters there, not accents.
std::string fold(std::string_view text);

// Without whitespace at both ends.
std::string trim(std::string_view text);
// clean(), on one line: whitespace collapsed to single spaces and trimmed.
std::string one_line(std::string_view text);

// Two names that look alike have the same skeleton: fold(), letters and digits only, and what looks like
// another letter replaced by it (0 and o; 1, i and l; Cyrillic and Greek twins ...). Never shown.
std::string skeleton(std::string_view text);

// For scanners. The code point at `at`, which moves past it; U+FFFD for a bad byte.
// Expects at < text.size().
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);
bool is_letter(char32_t c);  // letters and the marks that belong to them
bool is_mark(char32_t c);    // a sign that belongs to the character before it
bool is_digit(char32_t c);   // numbers of any script
bool is_space(char32_t c);
bool is_upper(char32_t c);  // upper or title case

}  // namespace kith::text
