#pragma once

#include <md4c.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::text {

// Walks Markdown with md4c and finds mentions and hidden passages on the way; a subclass overrides what it
// wants to hear of. Internal to platform/text.
class MarkdownWalker {
public:
    MarkdownWalker() = default;
    MarkdownWalker(const MarkdownWalker&) = delete;
    MarkdownWalker& operator=(const MarkdownWalker&) = delete;
    virtual ~MarkdownWalker() = default;

    // `markdown` is clean()ed.
    void walk(std::string_view markdown);

protected:
    // Quotes come through enter_quote, all other blocks through enter_block.
    virtual void enter_block(MD_BLOCKTYPE, const void* /*detail*/) {}
    virtual void leave_block(MD_BLOCKTYPE) {}
    virtual void enter_quote(bool /*spoiler*/) {}
    virtual void leave_quote(bool /*spoiler*/) {}
    virtual void enter_span(MD_SPANTYPE, const void* /*detail*/) {}
    virtual void leave_span(MD_SPANTYPE) {}
    virtual void text(std::string_view) {}
    virtual void code(std::string_view) {}
    virtual void line_break() {}
    // `name` is without its "@"; `behind` is what follows it in the same piece of text.
    virtual void mention(std::string_view /*name*/, std::string_view /*behind*/) {}
    // "||": two of them in the same span are a hidden passage.
    virtual void spoiler_mark(std::string_view mark) { text(mark); }

private:
    friend struct Callbacks;
    void on_enter_block(MD_BLOCKTYPE type, const void* detail);
    void on_leave_block(MD_BLOCKTYPE type);
    void on_enter_span(MD_SPANTYPE type, const void* detail);
    void on_leave_span(MD_SPANTYPE type);
    void on_text(MD_TEXTTYPE type, std::string_view piece);
    void on_normal_text(std::string_view piece);
    void on_literal(std::string_view literal);

    void leave_spans_to(std::ptrdiff_t depth);
    bool is_escaped(std::string_view piece) const;
    bool ends_line(std::string_view piece) const;
    bool takes_spoiler_line(std::string_view piece) const;
    void settle_quote(bool spoiler);
    void flush();
    void flush_run(std::string_view run);
    std::size_t special_at(std::string_view run, std::size_t at) const;

    std::string_view input_;
    std::string pending_;       // text not yet searched for mentions and marks
    char32_t before_ = ' ';     // the last character before pending_
    std::vector<bool> quotes_;  // open quotes: is it a spoiler?
    bool quote_waits_ = false;  // a quote was entered; its first text tells its kind
    bool paragraph_waits_ = false;
    bool at_line_start_ = true;
    std::vector<MD_SPANTYPE> open_spans_;
    int links_ = 0;  // how many of them are links or images
};

// Text of a link's address or title, with its entities decoded.
std::string attribute_text(const MD_ATTRIBUTE& attribute);

}  // namespace kith::text
