// Any bytes as a Discourse post: HTML becomes Markdown, and that Markdown becomes our HTML again, in which no
// tag stands that the renderer does not write.
#include <algorithm>
#include <array>
#include <cstdint>

#include "base/check.hpp"
#include "platform/text/html_to_markdown.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"

namespace {

constexpr auto our_tags = std::to_array<std::string_view>({"p", "br", "hr", "h3", "h4", "h5", "ul", "ol",
                                                           "li", "blockquote", "pre", "code", "em", "strong",
                                                           "a", "span", "details", "summary", "b"});

void check_tags(std::string_view html) {
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        std::string_view name = html.substr(at + 1);
        if (name.starts_with('/')) name.remove_prefix(1);
        name = name.substr(0, name.find_first_of(" >"));
        CHECK(std::find(our_tags.begin(), our_tags.end(), name) != our_tags.end());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const std::string_view html(reinterpret_cast<const char*>(data), size);
    const std::string markdown = text::html_to_markdown(html);
    CHECK(text::clean(markdown) == markdown);
    check_tags(text::render_markdown(markdown).html());
    const text::HtmlOrigin origin{.name_of = [](std::string_view) { return std::string("somebody"); },
                                  .keeps_link = [](std::string_view) { return false; }};
    const Safe without_links = text::render_markdown(text::html_to_markdown(html, origin));
    check_tags(without_links.html());
    return 0;
}
