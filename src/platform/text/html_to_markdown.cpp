#include "platform/text/html_to_markdown.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>
#include <vector>

#include "platform/text/html_guard.hpp"
#include "platform/text/html_inline.hpp"
#include "platform/text/html_tree.hpp"
#include "platform/text/markdown_escape.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr int nesting_most = 16;  // of quotes and lists: each costs a mark on every line

enum class Kind { paragraph, heading, list, other };

struct Block {
    Kind kind = Kind::paragraph;
    std::string text;
};

class BlockWriter {
public:
    explicit BlockWriter(const HtmlOrigin& origin) : origin_(origin) {}

    std::vector<Block> blocks_of(Nodes nodes, int depth) {
        std::vector<Block> blocks;
        InlineWriter line(origin_);
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
                add(blocks, {Kind::heading, heading(node, depth)});
                return;
            case GUMBO_TAG_HR:
                add(blocks, {Kind::other, "---"});
                return;
            case GUMBO_TAG_PRE:
                add(blocks, {Kind::other, fenced(raw_text(node, depth))});
                return;
            case GUMBO_TAG_A:
                write_linked(blocks, node, depth);
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

    std::string heading(const GumboNode& node, int depth) {
        InlineWriter line(origin_);
        for (const GumboNode* child : children_of(node)) line.write(*child, depth);
        std::string text = one_line(line.take());
        if (text.empty()) return {};
        if (text.ends_with('#')) text.insert(text.size() - 1, 1, '\\');  // or it would close the heading
        const int level = tag_of(node) - GUMBO_TAG_H1 + 1;
        return std::string(static_cast<std::size_t>(level), '#') + " " + text;
    }

    // A link around blocks becomes one around the first line of words in it.
    void write_linked(std::vector<Block>& blocks, const GumboNode& node, int depth) {
        const std::string address = link_address(attribute(node, "href"), origin_);
        std::vector<Block> content = blocks_of(children_of(node), depth);
        const auto words = std::find_if(content.begin(), content.end(), [](const Block& block) {
            const bool is_line = block.kind == Kind::paragraph || block.kind == Kind::heading;
            return is_line && block.text.find("](") == std::string::npos;
        });
        if (!address.empty() && words != content.end()) {
            const std::size_t begin = words->kind == Kind::heading ? words->text.find(' ') + 1 : 0;
            words->text.insert(begin, "[").append("](").append(address).append(")");
        }
        for (Block& block : content) add(blocks, std::move(block));
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
            if (is_element(*child) && has_class(*child, "title") && origin_.name_of)
                add(content, {Kind::paragraph, citation_title(node)});
            else add_all(content, is_quote ? children_of(*child) : Nodes(&child, 1), depth);
        }
        return content;
    }

    std::string citation_title(const GumboNode& node) const {
        const std::string name = one_line(attribute(node, "data-username"));
        return name.empty() ? std::string() : origin_.name_of(name) + ":";
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

    const HtmlOrigin& origin_;
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

std::string html_to_markdown(std::string_view html, const HtmlOrigin& origin) {
    const std::string input = clean(html);
    if (!is_harmless_html(input)) return without_tags(input);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    const std::unique_ptr<GumboOutput, Destroy> output(
        gumbo_parse_with_options(&options, input.data(), input.size()));
    BlockWriter writer(origin);
    GumboNode* const root = output->root;
    std::string markdown = clean(BlockWriter::join(writer.blocks_of(Nodes(&root, 1), 0)));
    if (markdown.empty() && holds_picture(*root, 0)) markdown = a_picture;
    return markdown;
}

}  // namespace kith::text
