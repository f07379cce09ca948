#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kith::text {

// What is to become of what means something in the house that the HTML comes from.
struct HtmlOrigin {
    // Markdown for the person of a user name, in mentions and above quotes; empty: what stands there.
    std::function<std::string(std::string_view name)> name_of = {};
    // Whether a link may stay; otherwise its text stays alone. Empty: every one may.
    std::function<bool(std::string_view href)> keeps_link = {};
};

// Stands for pictures where nothing else is said.
inline constexpr std::string_view a_picture = "(a picture)";

// HTML of another house, a post of an import or a mail, as Markdown of ours. Kept are paragraphs, headings,
// lists, quotes, links to http and https, emphasis, code and hidden passages (details, .spoiler); an image
// becomes "[image: its text]", and "(a picture)" where there is nothing else; script, style and frames are
// gone with what they hold; of all other elements only the content is kept. What is text in the HTML is text
// in the Markdown, but for bare web addresses and "@name", which become links and mentions as they would for
// anybody who types them. Never fails. Content nested deeper than 100 is left out; HTML made to exhaust a
// parser, and HTML of more than 256 KiB, keeps only its text.
std::string html_to_markdown(std::string_view html, const HtmlOrigin& origin = {});

}  // namespace kith::text
