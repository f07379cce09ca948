#pragma once

#include <string>
#include <string_view>

namespace kith::text {

// HTML of another house, a post of an import or a mail, as Markdown of ours. Kept are paragraphs, headings,
// lists, quotes, links to http, https and mailto, emphasis, code and hidden passages (details, .spoiler);
// an image becomes "[image: its text]"; script, style and frames are gone with what they hold; of all other
// elements only the content is kept. What is text in the HTML is text in the Markdown, but for
// bare web addresses and "@name", which become links and mentions as they would for anybody who types them.
// Never fails. Content nested deeper than 100 is left out; HTML made to exhaust a parser, and HTML of more
// than 256 KiB, keeps only its text.
std::string html_to_markdown(std::string_view html);

}  // namespace kith::text
