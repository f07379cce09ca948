// Any bytes as a Discourse post: HTML becomes Markdown, and that Markdown becomes our HTML again.
#include <cstdint>

#include "platform/text/html_to_markdown.hpp"
#include "platform/text/markdown.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const std::string_view html(reinterpret_cast<const char*>(data), size);
    text::render_markdown(text::html_to_markdown(html));
    return 0;
}
