#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "platform/text/html_to_markdown.hpp"
#include "platform/text/html_tree.hpp"

namespace kith::text {

// An address as it can stand between ( and ); empty if members may not link to it or it may not stay.
std::string link_address(std::string_view href, const HtmlOrigin& origin);

// Collects what stands in one line or paragraph as inline Markdown; its lines are those of <br>.
class InlineWriter {
public:
    explicit InlineWriter(const HtmlOrigin& origin) : origin_(origin) {}

    void write(const GumboNode& node, int depth);
    std::string take() { return std::exchange(out_, {}); }

private:
    bool write_element(const GumboNode& node, int depth);
    void write_children(const GumboNode& node, int depth);
    std::string inner(const GumboNode& node, int depth);
    void wrap(const GumboNode& node, int depth, std::string_view mark, bool& inside);
    void write_code(const std::string& code);
    void write_image(const GumboNode& node);
    void write_link(const GumboNode& node, int depth);
    bool write_mention(const GumboNode& node, int depth);

    const HtmlOrigin& origin_;
    std::string out_;
    bool strong_ = false;
    bool emphasis_ = false;
    bool spoiler_ = false;
    bool in_link_ = false;
};

}  // namespace kith::text
