#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/html/html.hpp"

// Members' Markdown (CommonMark without HTML, tables and images). A single line break is a line break.
// Our own additions: pictures that were brought here ("![what can be seen](picture:KEY/800x600)", with the title
// "blur" hidden until somebody taps it), "@name" mentions, "||hidden||" inside a paragraph, and a quote whose lines
// begin with "! " (written ">! hidden") for a whole hidden passage.
namespace kith::text {

// Never fails; what is not Markdown is text. Its tags and attributes are exactly those written in
// markdown.cpp: p br hr h3-h5 ul ol[start] li blockquote pre code em strong
// a[href, rel] span.mention span.spoiler[tabindex] span.picture[tabindex, data-words]
// img[src, alt, width, height, loading] details.spoiler summary b.
// Links lead to http, https, mailto, tel or a path of this site, else only their text is shown; none leads to
// the quick exit, which would sign out whoever follows it. An image from elsewhere is a link to its address.
// Nesting is cut at 32 levels, and the output is bounded by a small multiple of the input.
// The HTML is in no language, so that it may be kept: an empty <b> stands where a hidden passage is announced.
Safe render_markdown(std::string_view markdown);

// The same for one reader: `hidden` ("Hidden text" in their language) announces each hidden passage.
Safe announce_hidden(Safe html, std::string_view hidden);

// The same with all pictures hidden until somebody taps them: for whoever has to look at what was reported.
Safe blur_pictures(Safe html);

// What may be meant by one "@": names hold spaces, so "@Quiet Fox thinks" is read as "Quiet Fox thinks",
// "Quiet Fox" and "Quiet". The longest first, at most 5.
using Mention = std::vector<std::string>;
// Outside code and links: each once (by fold() of the longest reading), in order, at most 10.
std::vector<Mention> mentions_in(std::string_view markdown);

// The pictures that were brought here, each once, with what can be seen on them.
struct PictureIn {
    std::string key;
    std::string words;
};
std::vector<PictureIn> pictures_in(std::string_view markdown);

// The text without its marks, blocks and lines separated by \n. Hidden passages are included.
std::string plain_text(std::string_view markdown);

}  // namespace kith::text
