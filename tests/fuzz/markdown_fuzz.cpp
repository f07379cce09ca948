// Any text as a post: what the renderer makes holds no markup but its own and stays within bounds.
#include <algorithm>
#include <cstdint>

#include "base/check.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/search_text.hpp"
#include "platform/text/unicode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const std::string typed(reinterpret_cast<const char*>(data), size);
    const std::string text = text::clean(typed);
    CHECK(text::clean(text) == text);
    const Safe html = text::render_markdown(text);
    for (const std::string_view tag : {"<script", "<iframe", "<style", " onerror=", "javascript:alert"})
        if (html.html().find(tag) != std::string_view::npos)
            CHECK(tag == " onerror=" || tag == "javascript:alert");
    // No picture but one that was brought here, and what can be seen on it never ends its attribute.
    constexpr std::string_view picture = "<img src=\"/pictures/";
    for (std::size_t at = html.html().find("<img"); at != std::string_view::npos;
         at = html.html().find("<img", at + 1)) {
        const std::string_view tag = html.html().substr(at, html.html().find('>', at) - at);
        CHECK(tag.starts_with(picture));
        CHECK(std::count(tag.begin(), tag.end(), '"') == 10);
    }
    for (const text::PictureIn& one : text::pictures_in(text)) CHECK(!one.key.empty());
    text::mentions_in(text);
    text::plain_text(text);
    text::search_document(text, text, GroupId(1));
    if (const auto query = text::parse_query(typed)) {
        const GroupId groups[] = {GroupId(1)};
        text::to_fts5(*query, groups);
        text::to_tsquery(*query, groups);
        text::excerpt(text, *query, 200);
    }
    static_cast<void>(text::check_pseudonym(text::one_line(typed)));
    text::pseudonym_warning(text::one_line(typed));
    return 0;
}
