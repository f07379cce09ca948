#include "assist/chunks.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"

namespace kith::assist {
namespace {

namespace ascii = text::ascii;

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

// Marks of Markdown say how words look.
std::string without_marks(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return c == '*' || c == '_' || c == '~' || c == '`'; });
    return out;
}

std::string folded(std::string_view raw) {
    std::string out = without_marks(raw);
    if (is_ascii(out)) return ascii::lower_case(out);
    for (const std::string_view curly : {"‘", "’", "ʼ", "´"}) replace_all(out, curly, "'");
    for (const std::string_view curly : {"“", "”", "„", "«", "»"}) replace_all(out, curly, "\"");
    return text::fold(out);
}

bool ends_clause(std::string_view chunk) {
    while (!chunk.empty() && (chunk.back() == '"' || chunk.back() == '\'' || chunk.back() == ')'))
        chunk.remove_suffix(1);
    return !chunk.empty() && std::string_view(".,;:!?").find(chunk.back()) != std::string_view::npos;
}

// From a quotation mark to the next one in the same line; one that never closes quotes nothing.
void mark_quoted(std::span<Chunk> line) {
    for (std::size_t first = 0; first < line.size(); ++first) {
        if (!line[first].text.starts_with('"')) continue;
        std::size_t last = first;
        while (last < line.size() && line[last].text.find('"', last == first ? 1 : 0) == std::string::npos)
            ++last;
        if (last == line.size()) return;
        for (std::size_t i = first; i <= last; ++i) line[i].is_quoted = true;
        first = last;
    }
}

void read_line(std::string_view line, std::size_t offset, std::vector<Chunk>& out) {
    const std::size_t first = out.size();
    const bool is_cited = ascii::trimmed(line).starts_with('>');
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t begin = std::min(line.find_first_not_of(" \t\r", at), line.size());
        const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
        at = end;
        std::string text = folded(line.substr(begin, end - begin));
        if (text.empty()) continue;
        const bool ends = ends_clause(text);
        out.push_back({std::move(text), offset + begin, offset + end, is_cited, ends});
    }
    if (out.size() > first) out.back().ends_clause = true;
    mark_quoted(std::span(out).subspan(first));
}

// Without what stands more than `most` times in a row, where that is more than twice.
std::string without_runs(std::string_view text, std::size_t most) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] == text[at]) ++end;
        const std::size_t run = end - at;
        const std::size_t kept = run > 2 && ascii::is_alpha(text[at]) ? most : run;
        out.append(kept, text[at]);
        at = end;
    }
    return out;
}

char letter_meant(char c) {
    constexpr std::string_view signs = "013457@$!", letters = "oieastasi";
    const std::size_t at = signs.find(c);
    return at == std::string_view::npos ? c : letters[at];
}

// "k1ll": signs for letters, between letters. "k.i.l.l": letters with something between each two.
std::string unmasked(std::string_view text) {
    std::string out;
    const auto is_letter_at = [&](std::size_t i) { return i < text.size() && ascii::is_alpha(text[i]); };
    const bool is_parted = text.size() >= 5 && is_letter_at(0) && is_letter_at(2) && is_letter_at(4) &&
                           text[1] == text[3] && !ascii::is_alnum(text[1]);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_parted && text[i] == text[1]) continue;
        const bool is_between = i > 0 && is_letter_at(i - 1) && i + 1 < text.size() &&
                                (is_letter_at(i + 1) || letter_meant(text[i + 1]) != text[i + 1]);
        out += is_between ? letter_meant(text[i]) : text[i];
    }
    return without_runs(out, 1);
}

bool is_single_letter(const Chunk& chunk) { return chunk.text.size() == 1 && ascii::is_alpha(chunk.text[0]); }

// How many single letters stand in a row from here.
std::size_t letters_from(const std::vector<Chunk>& chunks, std::size_t i) {
    std::size_t n = 0;
    while (i + n < chunks.size() && is_single_letter(chunks[i + n])) ++n;
    return n;
}

}  // namespace

std::vector<Chunk> chunks_of(std::string_view text) {
    std::vector<Chunk> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        read_line(text.substr(at, end - at), at, out);
        at = end + 1;
    }
    return out;
}

std::size_t Line::chunk_at(std::size_t byte) const {
    const auto after = std::ranges::upper_bound(pieces, byte, {}, &Piece::at);
    return after == pieces.begin() ? 0 : std::prev(after)->chunk;
}

Line plain_line(const std::vector<Chunk>& chunks) {
    Line out;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        if (i > 0) out.text += ' ';
        out.pieces.push_back({out.text.size(), i});
        out.text += without_runs(chunks[i].text, 2);
    }
    return out;
}

Line unmasked_line(const std::vector<Chunk>& chunks) {
    constexpr std::size_t letters_of_a_word = 3;
    Line out;
    for (std::size_t i = 0; i < chunks.size();) {
        if (i > 0) out.text += ' ';
        out.pieces.push_back({out.text.size(), i});
        const std::size_t letters = letters_from(chunks, i);
        if (letters < letters_of_a_word) {
            out.text += unmasked(chunks[i++].text);
            continue;
        }
        for (const std::size_t end = i + letters; i < end; ++i) out.text += chunks[i].text;
    }
    return out;
}

}  // namespace kith::assist
