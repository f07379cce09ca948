#include "platform/text/html_inline.hpp"

#include <algorithm>
#include <utility>

#include "platform/html/html.hpp"
#include "platform/text/markdown_escape.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

std::string collapse_inner(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
        if (!space) {
            out += c;
        } else if (!out.ends_with(' ')) {
            out += ' ';
        }
    }
    return out;
}

// An address to write to is no place to go to.
bool starts_with_mail(std::string_view href) { return fold(trim(href).substr(0, 7)) == "mailto:"; }

}  // namespace

std::string link_address(std::string_view href, const HtmlOrigin& origin) {
    if (starts_with_mail(href) || (origin.keeps_link && !origin.keeps_link(href))) return {};
    constexpr char hex[] = "0123456789ABCDEF";
    constexpr std::string_view encoded = "()<>\\*`[]|\"";
    std::string out;
    for (const char c : trim(href)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7F || encoded.find(c) != std::string_view::npos) {
            out.append("%").append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
        } else {
            if (c == '&') out += '\\';  // "&copy" in an address is no entity
            out += c;
        }
    }
    return Url::external(out).text() == "#" ? std::string() : out;
}

void InlineWriter::write(const GumboNode& node, int depth) {
    if (depth > depth_most || is_dropped(node)) return;
    if (is_text(node)) {
        append_escaped(out_, collapse_inner(node.v.text.text));
        return;
    }
    if (write_element(node, depth) || write_mention(node, depth)) return;
    if (is_spoiler(node)) {
        wrap(node, depth, "||", spoiler_);
    } else {
        write_children(node, depth);
    }
    if (tag_of(node) == GUMBO_TAG_TD || tag_of(node) == GUMBO_TAG_TH) out_ += ' ';
}

bool InlineWriter::write_element(const GumboNode& node, int depth) {
    switch (tag_of(node)) {
        case GUMBO_TAG_BR:
            out_ += '\n';
            return true;
        case GUMBO_TAG_IMG:
            write_image(node);
            return true;
        case GUMBO_TAG_CODE:
        case GUMBO_TAG_KBD:
        case GUMBO_TAG_TT:
        case GUMBO_TAG_SAMP:
            write_code(raw_text(node, depth));
            return true;
        case GUMBO_TAG_STRONG:
        case GUMBO_TAG_B:
            wrap(node, depth, "**", strong_);
            return true;
        case GUMBO_TAG_EM:
        case GUMBO_TAG_I:
            wrap(node, depth, "*", emphasis_);
            return true;
        case GUMBO_TAG_A:
            if (!write_mention(node, depth)) write_link(node, depth);
            return true;
        default:
            return false;
    }
}

// "@moss", of a person whom the house it comes from knows.
bool InlineWriter::write_mention(const GumboNode& node, int depth) {
    if (!origin_.name_of || !is_element(node) || !has_class(node, "mention")) return false;
    const std::string name = one_line(raw_text(node, depth));
    if (name.size() < 2 || name[0] != '@') return false;
    out_ += origin_.name_of(std::string_view(name).substr(1));
    return true;
}

void InlineWriter::write_children(const GumboNode& node, int depth) {
    for (const GumboNode* child : children_of(node)) write(*child, depth + 1);
}

std::string InlineWriter::inner(const GumboNode& node, int depth) {
    std::string before = std::exchange(out_, {});
    write_children(node, depth);
    return std::exchange(out_, std::move(before));
}

// The marks stand close to the text or they are no marks: spaces go outside.
void InlineWriter::wrap(const GumboNode& node, int depth, std::string_view mark, bool& inside) {
    const bool nested = std::exchange(inside, true);
    const std::string content = inner(node, depth);
    inside = nested;
    const std::string text = trim(content);
    if (nested || text.empty()) {
        out_ += content;
        return;
    }
    const std::size_t begin = content.find(text);
    out_.append(content, 0, begin).append(mark).append(text).append(mark);
    out_.append(content, begin + text.size());
}

void InlineWriter::write_code(const std::string& code) {
    const std::string text = one_line(code);
    if (text.empty()) return;
    const std::string fence(longest_run(text, '`') + 1, '`');
    const bool touches = text.front() == '`' || text.back() == '`';
    out_.append(fence).append(touches ? " " : "").append(text);
    out_.append(touches ? " " : "").append(fence);
}

void InlineWriter::write_image(const GumboNode& node) {
    if (has_class(node, "avatar")) return;
    const std::string alt = one_line(attribute(node, "alt"));
    if (has_class(node, "emoji")) {
        append_escaped(out_, alt);
    } else if (!alt.empty()) {
        append_escaped(out_, "[image: " + alt + "]");
    } else if (in_link_) {
        out_ += a_picture;
    }
}

void InlineWriter::write_link(const GumboNode& node, int depth) {
    const std::string address = link_address(attribute(node, "href"), origin_);
    if (address.empty() || in_link_) {
        write_children(node, depth);
        return;
    }
    in_link_ = true;
    const std::string content = inner(node, depth);
    in_link_ = false;
    const std::string text = paragraph_lines(content);
    if (text.empty()) return;
    if (content.front() == ' ') out_ += ' ';
    if (out_.ends_with('!')) out_.insert(out_.size() - 1, 1, '\\');  // "![" would be an image
    out_.append("[").append(text).append("](").append(address).append(")");
    if (content.back() == ' ') out_ += ' ';
}

}  // namespace kith::text
