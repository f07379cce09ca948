#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// A text as rules and models read it; private to assist.
namespace kith::assist {

// What stands between two spaces: folded as names are (small letters, no accents, no invisible characters), its quotes
// straight.
struct Chunk {
    std::string text;
    std::size_t begin = 0, end = 0;  // in the text, in bytes
    bool is_quoted = false;          // somebody else's words: a quoted line, or between quotation marks
    bool ends_clause = false;        // a stop, a comma or a line's end follows
};
std::vector<Chunk> chunks_of(std::string_view text);

// Chunks in one line, so that a rule finds what stands in it.
struct Line {
    struct Piece {
        std::size_t at = 0;  // in `text`
        std::size_t chunk = 0;
    };
    std::string text;
    std::vector<Piece> pieces;

    // The chunk that covers this byte of `text`.
    std::size_t chunk_at(std::size_t byte) const;
};
// Letters that stand three times or more in a row stand twice.
Line plain_line(const std::vector<Chunk>& chunks);
// With what hides a word undone: "k1ll", "k i l l", "k.i.l.l", "diiie".
Line unmasked_line(const std::vector<Chunk>& chunks);

}  // namespace kith::assist
