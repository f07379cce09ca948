#pragma once

#include <string_view>
#include <vector>

// A plain text body, line by line: quotes are told apart, what is no part of what the author says is left out.
namespace kith::transfer {

using Strings = std::vector<std::string_view>;

struct Line {
    std::string_view text;  // without quote marks and spaces at the end
    int quote = 0;          // how many quote marks stood before it
};
using Lines = std::vector<Line>;

Strings lines_of(std::string_view text);
Lines read_quotes(const Strings& lines);
Lines without_footers(const Lines& lines);
Strings without_pgp_armour(const Strings& lines);
Strings without_signatures(const Strings& lines);

// "-------------- next part --------------", as Mailman divides a body.
bool is_next_part(std::string_view line);
struct Scrubbed {
    Strings lines;
    int attachments = 0;
    bool had_html = false;
};

// Without what Mailman wrote for each attachment that it took out.
Scrubbed without_scrub_notices(const Strings& lines);

// Without empty lines at both ends.
void trim_lines(Lines& lines);
// The lines that fit into `code_points`.
Lines first_lines(const Lines& lines, std::size_t code_points);

// Whether the line is `c` alone, at least so often.
bool is_made_of(std::string_view text, char c, std::size_t at_least);

}  // namespace kith::transfer
