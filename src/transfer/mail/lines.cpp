#include "transfer/mail/lines.hpp"

#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

constexpr int deepest_quote = 8;

struct Quoted {
    int depth;
    std::size_t text_at;
    bool prompt;  // ends in ">>> ", which is also how Python's interpreter asks for input
};

Quoted read_quote_marks(std::string_view line) {
    int depth = 0;
    std::size_t at = 0;
    std::size_t tight = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '>') {
            ++depth;
            ++tight;
            at = i + 1;
        } else if (line[i] == ' ' && i == at && depth > 0) {
            // A second blank belongs to the text.
            if (i + 1 >= line.size() || line[i + 1] != '>') break;
            tight = 0;
            ++at;
        } else {
            break;
        }
    }
    const bool blank_behind = depth > 0 && at < line.size() && line[at] == ' ';
    return {depth, at + (blank_behind ? 1 : 0), tight == 3 && blank_behind};
}

bool is_scrub_notice(std::string_view line) {
    return line.ends_with("was scrubbed...") && (line.starts_with("A ") || line.starts_with("An "));
}

bool is_scrub_detail(std::string_view line) {
    for (const std::string_view name :
         {"name", "type", "size", "desc", "url", "from", "subject", "date", "to"}) {
        if (!starts_with_word(line, name)) continue;
        const std::string_view rest = trimmed(line.substr(name.size()));
        if (rest.starts_with(':')) return true;
    }
    return false;
}

// A signature and the HTML twin of a text are nothing that a reader would miss.
bool is_missed(std::string_view notice, std::string_view type) {
    return notice.find("An HTML attachment") == std::string_view::npos && !has_word(type, "signature");
}

// Where a signature that begins at `at` ends, or `at` if none does. "--" without its blank is taken
// for one only if little text follows.
std::size_t end_of_signature(const Strings& lines, std::size_t at) {
    constexpr std::size_t most_lines = 10;
    const bool certain = lines[at] == "-- ";
    if (!certain && lines[at] != "--") return at;
    std::size_t end = at + 1;
    for (std::size_t written = 0; end < lines.size() && !is_next_part(lines[end]); ++end) {
        if (!trimmed(lines[end]).empty()) ++written;
        if (!certain && written > most_lines) return at;
    }
    return end;
}

bool names_a_list(std::string_view line) {
    return has_word(line, "mailing list") || has_word(line, "maillist") || has_word(line, "listinfo") ||
           has_word(line, "unsubscribe") || has_word(line, "/mailman");
}

// Where a list's footer that begins at `at` ends, or `at` if none does.
std::size_t end_of_footer(const Lines& lines, std::size_t at) {
    constexpr std::size_t most_lines = 6;
    if (!is_made_of(lines[at].text, '_', 10) && !is_made_of(lines[at].text, '=', 30)) return at;
    bool named = false;
    std::size_t end = at + 1;
    while (end < lines.size() && end - at <= most_lines && lines[end].quote == lines[at].quote &&
           !lines[end].text.empty()) {
        named = named || names_a_list(lines[end].text);
        ++end;
    }
    return named ? end : at;
}

}  // namespace

Strings lines_of(std::string_view text) {
    Strings lines;
    while (!text.empty()) lines.push_back(take_line(text));
    return lines;
}

Lines read_quotes(const Strings& lines) {
    std::array<bool, 64> seen{};
    std::vector<Quoted> marks;
    marks.reserve(lines.size());
    for (const std::string_view line : lines) {
        marks.push_back(read_quote_marks(line));
        seen[static_cast<std::size_t>(std::min(marks.back().depth, 63))] = true;
    }
    Lines out;
    out.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto [depth, at, prompt] = marks[i];
        // A third level without a second one is no quote.
        if (prompt && depth < 64 && !seen[static_cast<std::size_t>(depth - 1)]) {
            depth -= 3;
            at -= 4;
        }
        out.push_back({without_end_spaces(lines[i].substr(std::min(at, lines[i].size()))),
                       std::min(depth, deepest_quote)});
    }
    return out;
}

bool is_made_of(std::string_view text, char c, std::size_t at_least) {
    return text.size() >= at_least && text.find_first_not_of(c) == std::string_view::npos;
}

bool is_next_part(std::string_view line) {
    return line.starts_with("----------") && line.find(" next part ---") != std::string_view::npos;
}

Scrubbed without_scrub_notices(const Strings& lines) {
    Scrubbed out;
    out.lines.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!is_scrub_notice(lines[i])) {
            out.lines.push_back(lines[i]);
            continue;
        }
        const std::string_view notice = lines[i];
        std::string_view type;
        while (i + 1 < lines.size() && is_scrub_detail(lines[i + 1])) {
            ++i;
            if (starts_with_word(lines[i], "type")) type = lines[i];
        }
        if (is_missed(notice, type)) ++out.attachments;
        out.had_html |= notice.starts_with("An HTML");
    }
    return out;
}

Strings without_pgp_armour(const Strings& lines) {
    Strings out;
    out.reserve(lines.size());
    bool in_headers = false;
    bool in_signature = false;
    bool signed_text = false;
    for (const std::string_view line : lines) {
        if (line.starts_with("-----BEGIN PGP SIGNED MESSAGE-----")) {
            in_headers = signed_text = true;
        } else if (line.starts_with("-----BEGIN PGP SIGNATURE-----")) {
            in_signature = true;
        } else if (line.starts_with("-----END PGP SIGNATURE-----")) {
            in_signature = signed_text = false;
        } else if (in_headers) {
            in_headers = !trimmed(line).empty();
        } else if (!in_signature) {
            out.push_back(signed_text && line.starts_with("- -") ? line.substr(2) : line);
        }
    }
    return out;
}

Strings without_signatures(const Strings& lines) {
    Strings out;
    out.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size();) {
        const std::size_t end = end_of_signature(lines, i);
        if (end == i) {
            out.push_back(is_next_part(lines[i]) ? std::string_view() : lines[i]);
            ++i;
        } else {
            i = end;
        }
    }
    return out;
}

Lines without_footers(const Lines& lines) {
    Lines out;
    out.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size();) {
        const std::size_t end = end_of_footer(lines, i);
        if (end == i) out.push_back(lines[i++]);
        else i = end;
    }
    return out;
}

void trim_lines(Lines& lines) {
    while (!lines.empty() && lines.back().text.empty()) lines.pop_back();
    const auto first = std::find_if(lines.begin(), lines.end(),
                                    [](const Line& line) { return !line.text.empty(); });
    lines.erase(lines.begin(), first);
}

Lines first_lines(const Lines& lines, std::size_t code_points) {
    Lines out;
    for (const Line& line : lines) {
        const std::size_t size = text::length(line.text) + 1;
        if (size > code_points) {
            if (out.empty()) out.push_back({text::first(line.text, code_points), line.quote});
            break;
        }
        code_points -= size;
        out.push_back(line);
    }
    return out;
}

}  // namespace kith::transfer
