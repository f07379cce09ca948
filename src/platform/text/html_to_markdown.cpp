#include "platform/text/html_to_markdown.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "platform/html/html.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr int depth_most = 100;
constexpr int nesting_most = 16;  // of quotes and lists: each costs a mark on every line
constexpr std::size_t html_most = std::size_t{256} * 1024;

// ---- guard ----------------------------------------------------------------------------------------------
// Gumbo 0.10 frees its tree by recursion and takes quadratic time for deep nesting, for formatting that is
// opened and never closed, and for many attributes. Such HTML does not reach it.

constexpr int open_most = 400;
constexpr int open_formatting_most = 32;
constexpr int attributes_most = 4096;

constexpr auto formatting_tags = std::to_array<std::string_view>(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"});

// Elements that have no content or that the next of their kind closes.
constexpr auto closing_tags = std::to_array<std::string_view>(
    {"area", "base",   "br", "col",   "dd",     "dt",    "embed", "hr", "img", "input", "li", "link",
     "meta", "option", "p",  "param", "source", "tbody", "td",    "th", "tr",  "track", "wbr"});

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Counts tags as they stand in the text, without knowing what they mean: what it allows is harmless.
class Guard {
public:
    bool allows(std::string_view html) {
        if (html.size() > html_most) return false;
        bool in_tag = false;
        int separators = 0;
        for (std::size_t i = 0; i < html.size(); ++i) {
            const char c = html[i];
            if (c == '<' && !take_tag(html.substr(i + 1), in_tag)) return false;
            if (c == '>') in_tag = false;
            if (!in_tag) separators = 0;
            if (in_tag && (c == '/' || is_space(static_cast<unsigned char>(c)))) ++separators;
            if (separators > attributes_most) return false;
        }
        return true;
    }

private:
    bool take_tag(std::string_view rest, bool& in_tag) {
        const bool closes = rest.starts_with('/');
        if (closes) rest.remove_prefix(1);
        const std::string name = name_of(rest);
        in_tag = in_tag || !name.empty();
        if (name.empty() || holds(closing_tags, name)) return true;
        int& open = open_[name];
        if (closes && open == 0) return true;
        const int step = closes ? -1 : 1;
        open += step;
        all_open_ += step;
        if (holds(formatting_tags, name)) formatting_open_ += step;
        return all_open_ <= open_most && formatting_open_ <= open_formatting_most;
    }

    static std::string name_of(std::string_view rest) {
        std::size_t size = 0;
        while (size < rest.size() && size < 16 &&
               (is_ascii_letter(rest[size]) || (size > 0 && rest[size] >= '0' && rest[size] <= '9')))
            ++size;
        return fold(rest.substr(0, size));
    }

    std::map<std::string, int> open_;
    int all_open_ = 0;
    int formatting_open_ = 0;
};

// ---- escaping -------------------------------------------------------------------------------------------

bool is_name_byte(char c) {
    return is_ascii_letter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Whether text[i] could be a mark wherever it stands in a line.
bool is_mark_anywhere(std::string_view text, std::size_t i) {
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    switch (text[i]) {
        case '\\':
        case '`':
        case '*':
        case '[':
        case ']':
        case '<':
        case '|':
            return true;
        case '&':
            return is_ascii_letter(next) || next == '#';
        case '_':
            return i == 0 || !is_name_byte(text[i - 1]) || !is_name_byte(next);
        default:
            return false;
    }
}

void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_mark_anywhere(text, i)) out += '\\';
        out += text[i];
    }
}

// Where a line of text would begin a list, heading, quote, rule or fence: the byte to escape.
std::size_t mark_at_start(std::string_view line) {
    if (line.empty()) return std::string_view::npos;
    const char next = line.size() > 1 ? line[1] : ' ';
    const bool doubled = next == line[0] || next == ' ';
    switch (line[0]) {
        case '>':
            return 0;
        case '-':
        case '+':
        case '#':
        case '=':
        case '~':
            return doubled ? 0 : std::string_view::npos;
        case '!':
            return next == ' ' ? 0 : std::string_view::npos;
        default:
            break;
    }
    const std::size_t end = line.find_first_not_of("0123456789");
    const bool numbered = end > 0 && end != std::string_view::npos && end <= 9 &&
                          (line[end] == '.' || line[end] == ')');
    return numbered ? end : std::string_view::npos;
}

std::string safe_line(std::string_view line) {
    std::string out = trim(line);
    if (const std::size_t at = mark_at_start(out); at != std::string::npos) out.insert(at, 1, '\\');
    return out;
}

template <class Each>
void for_each_line(std::string_view text, Each each) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        each(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

// Inline Markdown as the lines of a paragraph; empty lines would end it and are left out.
std::string paragraph_lines(std::string_view inline_markdown) {
    std::string out;
    for_each_line(inline_markdown, [&](std::string_view line) {
        const std::string safe = safe_line(line);
        if (safe.empty()) return;
        if (!out.empty()) out += '\n';
        out += safe;
    });
    return out;
}

std::string prefix_lines(std::string_view text, std::string_view first_prefix, std::string_view prefix) {
    std::string out;
    for_each_line(text, [&](std::string_view line) {
        if (!out.empty()) out += '\n';
        out += out.empty() ? first_prefix : prefix;
        out += line;
        while (out.ends_with(' ')) out.pop_back();
    });
    return out;
}

std::size_t longest_run(std::string_view text, char c) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char each : text) {
        run = each == c ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// ---- tree -----------------------------------------------------------------------------------------------

using Nodes = std::span<GumboNode* const>;

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

bool holds_block(const GumboNode& node, int depth) {
    if (is_block(node)) return true;
    if (depth >= depth_most || is_dropped(node)) return false;
    const Nodes children = children_of(node);
    return std::any_of(children.begin(), children.end(),
                       [&](const GumboNode* child) { return holds_block(*child, depth + 1); });
}

bool is_spoiler(const GumboNode& node) {
    return is_element(node) && (has_class(node, "spoiler") || has_class(node, "spoiled"));
}

// Discourse's quote of another post.
bool is_citation(const GumboNode& node) {
    return tag_of(node) == GUMBO_TAG_ASIDE && has_class(node, "quote");
}

// Blocks that put something before each of their lines.
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

// All text below, as it stands.
void append_raw_text(std::string& out, const GumboNode& node, int depth) {
    if (is_text(node)) out += node.v.text.text;
    if (tag_of(node) == GUMBO_TAG_BR) out += '\n';
    if (depth >= depth_most || is_dropped(node)) return;
    for (const GumboNode* child : children_of(node)) append_raw_text(out, *child, depth + 1);
}

std::string raw_text(const GumboNode& node, int depth) {
    std::string out;
    append_raw_text(out, node, depth);
    return out;
}

// ---- inline ---------------------------------------------------------------------------------------------

// An address as it can stand between ( and ); empty if members may not link to it.
std::string link_address(std::string_view href) {
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

class InlineWriter {
public:
    void write(const GumboNode& node, int depth) {
        if (depth > depth_most || is_dropped(node)) return;
        if (is_text(node)) {
            append_escaped(out_, collapse_inner(node.v.text.text));
            return;
        }
        switch (tag_of(node)) {
            case GUMBO_TAG_BR:
                out_ += '\n';
                return;
            case GUMBO_TAG_IMG:
                write_image(node);
                return;
            case GUMBO_TAG_CODE:
            case GUMBO_TAG_KBD:
            case GUMBO_TAG_TT:
            case GUMBO_TAG_SAMP:
                write_code(raw_text(node, depth));
                return;
            case GUMBO_TAG_STRONG:
            case GUMBO_TAG_B:
                wrap(node, depth, "**", strong_);
                return;
            case GUMBO_TAG_EM:
            case GUMBO_TAG_I:
                wrap(node, depth, "*", emphasis_);
                return;
            case GUMBO_TAG_A:
                write_link(node, depth);
                return;
            default:
                break;
        }
        if (is_spoiler(node)) {
            wrap(node, depth, "||", spoiler_);
        } else {
            write_children(node, depth);
        }
        if (tag_of(node) == GUMBO_TAG_TD || tag_of(node) == GUMBO_TAG_TH) out_ += ' ';
    }

    std::string take() { return std::exchange(out_, {}); }

private:
    static std::string collapse_inner(std::string_view text) {
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

    void write_children(const GumboNode& node, int depth) {
        for (const GumboNode* child : children_of(node)) write(*child, depth + 1);
    }

    std::string inner(const GumboNode& node, int depth) {
        std::string before = std::exchange(out_, {});
        write_children(node, depth);
        return std::exchange(out_, std::move(before));
    }

    // The marks stand close to the text or they are no marks: spaces go outside.
    void wrap(const GumboNode& node, int depth, std::string_view mark, bool& inside) {
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

    void write_code(const std::string& code) {
        const std::string text = one_line(code);
        if (text.empty()) return;
        const std::string fence(longest_run(text, '`') + 1, '`');
        const bool touches = text.front() == '`' || text.back() == '`';
        out_.append(fence).append(touches ? " " : "").append(text);
        out_.append(touches ? " " : "").append(fence);
    }

    void write_image(const GumboNode& node) {
        if (has_class(node, "avatar")) return;
        const std::string alt = one_line(attribute(node, "alt"));
        if (has_class(node, "emoji")) {
            append_escaped(out_, alt);
        } else if (!alt.empty()) {
            append_escaped(out_, "[image: " + alt + "]");
        }
    }

    void write_link(const GumboNode& node, int depth) {
        const std::string address = link_address(attribute(node, "href"));
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

    std::string out_;
    bool strong_ = false;
    bool emphasis_ = false;
    bool spoiler_ = false;
    bool in_link_ = false;
};

// ---- blocks ---------------------------------------------------------------------------------------------

enum class Kind { paragraph, list, other };

struct Block {
    Kind kind = Kind::paragraph;
    std::string text;
};

class BlockWriter {
public:
    std::vector<Block> blocks_of(Nodes nodes, int depth) {
        std::vector<Block> blocks;
        InlineWriter line;
        for (const GumboNode* node : nodes) {
            if (is_dropped(*node)) continue;
            if (!holds_block(*node, depth)) {
                line.write(*node, depth);
                continue;
            }
            add(blocks, {Kind::paragraph, paragraph_lines(line.take())});
            if (depth < depth_most) write_block(blocks, *node, depth + 1);
        }
        add(blocks, {Kind::paragraph, paragraph_lines(line.take())});
        return blocks;
    }

    static std::string join(const std::vector<Block>& blocks, bool tight = false) {
        std::string out;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const bool close = tight && blocks[i].kind == Kind::list;
            if (i > 0) out += close ? "\n" : "\n\n";
            out += blocks[i].text;
        }
        return out;
    }

private:
    static void add(std::vector<Block>& blocks, Block block) {
        if (!block.text.empty()) blocks.push_back(std::move(block));
    }

    void add_all(std::vector<Block>& blocks, Nodes nodes, int depth) {
        for (Block& block : blocks_of(nodes, depth)) add(blocks, std::move(block));
    }

    void write_block(std::vector<Block>& blocks, const GumboNode& node, int depth) {
        switch (tag_of(node)) {
            case GUMBO_TAG_H1:
            case GUMBO_TAG_H2:
            case GUMBO_TAG_H3:
            case GUMBO_TAG_H4:
            case GUMBO_TAG_H5:
            case GUMBO_TAG_H6:
                add(blocks, {Kind::other, heading(node, depth)});
                return;
            case GUMBO_TAG_HR:
                add(blocks, {Kind::other, "---"});
                return;
            case GUMBO_TAG_PRE:
                add(blocks, {Kind::other, fenced(raw_text(node, depth))});
                return;
            default:
                break;
        }
        if (nesting_ == nesting_most || !is_nesting(node)) {
            add_all(blocks, children_of(node), depth);
            return;
        }
        ++nesting_;
        write_nesting_block(blocks, node, depth);
        --nesting_;
    }

    void write_nesting_block(std::vector<Block>& blocks, const GumboNode& node, int depth) {
        const GumboTag tag = tag_of(node);
        if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) {
            add(blocks, {Kind::list, list(node, depth)});
        } else if (tag == GUMBO_TAG_BLOCKQUOTE) {
            add(blocks, {Kind::other, quote(blocks_of(children_of(node), depth))});
        } else if (is_citation(node)) {
            add(blocks, {Kind::other, quote(cited(node, depth))});
        } else if (tag == GUMBO_TAG_DETAILS) {
            write_details(blocks, node, depth);
        } else {
            write_hidden(blocks, blocks_of(children_of(node), depth));
        }
    }

    static std::string heading(const GumboNode& node, int depth) {
        InlineWriter line;
        for (const GumboNode* child : children_of(node)) line.write(*child, depth);
        std::string text = one_line(line.take());
        if (text.empty()) return {};
        if (text.ends_with('#')) text.insert(text.size() - 1, 1, '\\');  // or it would close the heading
        const int level = tag_of(node) - GUMBO_TAG_H1 + 1;
        return std::string(static_cast<std::size_t>(level), '#') + " " + text;
    }

    static std::string fenced(std::string code) {
        while (code.ends_with('\n')) code.pop_back();
        if (trim(code).empty()) return {};
        const std::string fence(std::max<std::size_t>(3, longest_run(code, '`') + 1), '`');
        return fence + "\n" + code + "\n" + fence;
    }

    std::string list(const GumboNode& node, int depth) {
        const std::string_view start = attribute(node, "start");
        unsigned number = 1;
        std::from_chars(start.data(), start.data() + start.size(), number);
        if (number > 999'999) number = 1;
        const bool ordered = tag_of(node) == GUMBO_TAG_OL;
        std::string out;
        for (GumboNode* child : children_of(node)) {
            if (is_dropped(*child) || (is_text(*child) && trim(child->v.text.text).empty())) continue;
            const std::string marker = ordered ? std::to_string(number++) + ". " : "- ";
            if (!out.empty()) out += '\n';
            out += prefix_lines(item(child, depth), marker, std::string(marker.size(), ' '));
        }
        return out;
    }

    std::string item(GumboNode* node, int depth) {
        if (depth >= depth_most) return {};
        if (tag_of(*node) == GUMBO_TAG_LI) return join(blocks_of(children_of(*node), depth + 1), true);
        return join(blocks_of(Nodes(&node, 1), depth), true);
    }

    static std::string quote(const std::vector<Block>& content) {
        return content.empty() ? std::string() : prefix_lines(join(content), "> ", "> ");
    }

    // Discourse: who wrote it stands in .title, above the quoted text.
    std::vector<Block> cited(const GumboNode& node, int depth) {
        std::vector<Block> content;
        for (GumboNode* const& child : children_of(node)) {
            const bool is_quote = tag_of(*child) == GUMBO_TAG_BLOCKQUOTE;
            add_all(content, is_quote ? children_of(*child) : Nodes(&child, 1), depth);
        }
        return content;
    }

    void write_details(std::vector<Block>& blocks, const GumboNode& node, int depth) {
        std::vector<GumboNode*> hidden;
        for (GumboNode* child : children_of(node)) {
            if (tag_of(*child) == GUMBO_TAG_SUMMARY) {
                if (one_line(raw_text(*child, depth)) != "Hidden text")
                    add_all(blocks, children_of(*child), depth);
            } else {
                hidden.push_back(child);
            }
        }
        write_hidden(blocks, blocks_of(hidden, depth));
    }

    // "||" hides within one paragraph; more is a quote that begins with "!".
    static void write_hidden(std::vector<Block>& blocks, const std::vector<Block>& content) {
        if (content.empty()) return;
        const bool one = content.size() == 1 && content[0].kind == Kind::paragraph;
        if (one && content[0].text.find("||") == std::string::npos) {
            add(blocks, {Kind::paragraph, "||" + content[0].text + "||"});
        } else {
            add(blocks, {Kind::other, prefix_lines("!\n\n" + join(content), "> ", "> ")});
        }
    }

    int nesting_ = 0;
};

struct Destroy {
    void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

std::string without_tags(std::string_view html) {
    std::string text;
    bool in_tag = false;
    for (const char c : html) {
        if (c == '<') text += ' ';
        if (c == '<' || c == '>') {
            in_tag = c == '<';
        } else if (!in_tag) {
            text += c;
        }
    }
    std::string out;
    append_escaped(out, one_line(text));
    return safe_line(out);
}

}  // namespace

std::string html_to_markdown(std::string_view html) {
    const std::string input = clean(html);
    if (!Guard().allows(input)) return without_tags(input);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    const std::unique_ptr<GumboOutput, Destroy> output(
        gumbo_parse_with_options(&options, input.data(), input.size()));
    BlockWriter writer;
    GumboNode* const root = output->root;
    return clean(BlockWriter::join(writer.blocks_of(Nodes(&root, 1), 0)));
}

}  // namespace kith::text
