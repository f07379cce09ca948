#include "platform/text/html_tree.hpp"

#include <algorithm>

#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

void append_raw_text(std::string& out, const GumboNode& node, int depth) {
    if (is_text(node)) out += node.v.text.text;
    if (tag_of(node) == GUMBO_TAG_BR) out += '\n';
    if (depth >= depth_most || is_dropped(node)) return;
    for (const GumboNode* child : children_of(node)) append_raw_text(out, *child, depth + 1);
}

// "photo.jpg 690x388 53 KB", which Discourse writes below a picture that can be enlarged.
bool is_picture_size(const GumboNode& node) {
    return is_element(node) && has_class(node, "meta") && node.parent && is_element(*node.parent) &&
           has_class(*node.parent, "lightbox");
}

template <class Test>
bool holds(const GumboNode& node, int depth, Test test) {
    if (is_dropped(node)) return false;
    if (test(node)) return true;
    if (depth >= depth_most) return false;
    const Nodes children = children_of(node);
    return std::any_of(children.begin(), children.end(),
                       [&](const GumboNode* child) { return holds(*child, depth + 1, test); });
}

}  // namespace

bool is_element(const GumboNode& node) {
    return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

bool is_text(const GumboNode& node) {
    return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
           node.type == GUMBO_NODE_CDATA;
}

GumboTag tag_of(const GumboNode& node) { return is_element(node) ? node.v.element.tag : GUMBO_TAG_UNKNOWN; }

Nodes children_of(const GumboNode& node) {
    if (!is_element(node)) return {};
    const GumboVector& children = node.v.element.children;
    return {reinterpret_cast<GumboNode* const*>(children.data), children.length};
}

std::string_view attribute(const GumboNode& node, const char* name) {
    if (!is_element(node)) return {};
    const GumboAttribute* found = gumbo_get_attribute(&node.v.element.attributes, name);
    return found ? std::string_view(found->value) : std::string_view();
}

bool has_class(const GumboNode& node, std::string_view wanted) {
    const std::string classes = " " + one_line(attribute(node, "class")) + " ";
    return classes.find(" " + std::string(wanted) + " ") != std::string::npos;
}

bool is_dropped(const GumboNode& node) {
    if (is_picture_size(node)) return true;
    switch (tag_of(node)) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_NOSCRIPT:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_EMBED:
        case GUMBO_TAG_SVG:
        case GUMBO_TAG_MATH:
        case GUMBO_TAG_TEXTAREA:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_TITLE:
        case GUMBO_TAG_NOFRAMES:
        case GUMBO_TAG_NOEMBED:
            return true;
        default:
            return !is_element(node) && !is_text(node);
    }
}

bool is_block(const GumboNode& node) {
    switch (tag_of(node)) {
        case GUMBO_TAG_HTML:
        case GUMBO_TAG_BODY:
        case GUMBO_TAG_P:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_TABLE:
        case GUMBO_TAG_THEAD:
        case GUMBO_TAG_TBODY:
        case GUMBO_TAG_TFOOT:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
        case GUMBO_TAG_HR:
        case GUMBO_TAG_DETAILS:
        case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_CENTER:
            return true;
        default:
            return false;
    }
}

bool holds_block(const GumboNode& node, int depth) { return holds(node, depth, is_block); }

bool is_picture(const GumboNode& node) {
    return tag_of(node) == GUMBO_TAG_IMG && !has_class(node, "avatar") && !has_class(node, "emoji");
}

bool holds_picture(const GumboNode& node, int depth) { return holds(node, depth, is_picture); }

bool is_spoiler(const GumboNode& node) {
    return is_element(node) && (has_class(node, "spoiler") || has_class(node, "spoiled"));
}

bool is_citation(const GumboNode& node) {
    return tag_of(node) == GUMBO_TAG_ASIDE && has_class(node, "quote");
}

bool is_nesting(const GumboNode& node) {
    switch (tag_of(node)) {
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_DETAILS:
            return true;
        default:
            return is_citation(node) || is_spoiler(node);
    }
}

std::string raw_text(const GumboNode& node, int depth) {
    std::string out;
    append_raw_text(out, node, depth);
    return out;
}

}  // namespace kith::text
