#include "platform/text/markdown_walker.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <iterator>
#include <utility>

#include "base/check.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr unsigned flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS;
constexpr std::size_t mention_most = 30;

constexpr auto named_entities = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"amp", "&"},       {"lt", "<"},       {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
     {"nbsp", "\u00a0"}, {"shy", "\u00ad"}, {"copy", "©"},   {"reg", "®"},    {"deg", "°"},
     {"middot", "·"},    {"bull", "•"},     {"hellip", "…"}, {"ndash", "–"},  {"mdash", "—"},
     {"lsquo", "‘"},     {"rsquo", "’"},    {"sbquo", "‚"},  {"ldquo", "“"},  {"rdquo", "”"},
     {"bdquo", "„"},     {"laquo", "«"},    {"raquo", "»"},  {"euro", "€"},   {"pound", "£"},
     {"times", "×"},     {"rarr", "→"},     {"larr", "←"},   {"hearts", "♥"}, {"frac12", "½"},
     {"szlig", "ß"},     {"auml", "ä"},     {"ouml", "ö"},   {"uuml", "ü"},   {"Auml", "Ä"},
     {"Ouml", "Ö"},      {"Uuml", "Ü"},     {"eacute", "é"}, {"egrave", "è"}, {"aacute", "á"},
     {"iacute", "í"},    {"oacute", "ó"},   {"uacute", "ú"}, {"ntilde", "ñ"}, {"ccedil", "ç"}});

std::string decode_numeric(std::string_view digits) {
    const bool hex = digits.starts_with('x') || digits.starts_with('X');
    if (hex) digits.remove_prefix(1);
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    const bool scalar = value != 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    std::string out;
    append_utf8(out, scalar ? value : 0xFFFD);
    return clean(out);  // an entity is no way around the characters we take out
}

// "&amp;" -> "&"; an entity we do not know stays as it was typed.
std::string decode_entity(std::string_view entity) {
    const std::string_view name = entity.substr(1, entity.size() - 2);
    if (name.starts_with('#')) return decode_numeric(name.substr(1));
    for (const auto& [known, value] : named_entities)
        if (known == name) return std::string(value);
    return std::string(entity);
}

bool is_name_character(char32_t c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }

// What an "@" may not follow or be followed by: then it is an address, not a mention.
bool joins_address(char32_t c) {
    return is_name_character(c) || c == '@' || c == '/' || c == '.' || c == '+';
}

// The name right behind an "@" at `at`; empty if there is none.
std::string_view mention_at(std::string_view run, std::size_t at) {
    const std::size_t begin = at + 1;
    std::size_t end = begin;
    std::size_t count = 0;
    for (std::size_t next = begin; next < run.size(); end = next, ++count) {
        const char32_t c = next_code_point(run, next);
        if (!is_name_character(c)) break;
        if (count == 0 && !is_letter(c) && !is_digit(c)) return {};
    }
    if (count > mention_most || (end < run.size() && run[end] == '@')) return {};
    return run.substr(begin, end - begin);
}

char32_t last_code_point(std::string_view text, char32_t otherwise) {
    if (text.empty()) return otherwise;
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return next_code_point(text, at);
}

bool is_link(MD_SPANTYPE type) { return type == MD_SPAN_A || type == MD_SPAN_IMG; }

std::size_t bars_at(std::string_view run, std::size_t at) {
    std::size_t end = at;
    while (end < run.size() && run[end] == '|') ++end;
    return end - at;
}

}  // namespace

// What md4c calls; it hands our `this` back as userdata.
struct Callbacks {
    static MarkdownWalker& walker(void* userdata) { return *static_cast<MarkdownWalker*>(userdata); }
    static int enter_block(MD_BLOCKTYPE type, void* detail, void* userdata) {
        walker(userdata).on_enter_block(type, detail);
        return 0;
    }
    static int leave_block(MD_BLOCKTYPE type, void*, void* userdata) {
        walker(userdata).on_leave_block(type);
        return 0;
    }
    static int enter_span(MD_SPANTYPE type, void* detail, void* userdata) {
        walker(userdata).on_enter_span(type, detail);
        return 0;
    }
    static int leave_span(MD_SPANTYPE type, void*, void* userdata) {
        walker(userdata).on_leave_span(type);
        return 0;
    }
    static int text(MD_TEXTTYPE type, const MD_CHAR* piece, MD_SIZE size, void* userdata) {
        walker(userdata).on_text(type, {piece, size});
        return 0;
    }
};

void MarkdownWalker::walk(std::string_view markdown) {
    input_ = markdown;
    const MD_PARSER parser = {0,
                              flags,
                              Callbacks::enter_block,
                              Callbacks::leave_block,
                              Callbacks::enter_span,
                              Callbacks::leave_span,
                              Callbacks::text,
                              nullptr,
                              nullptr};
    // It fails only without memory or when a callback says so.
    CHECK(md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, this) == 0);
}

void MarkdownWalker::on_enter_block(MD_BLOCKTYPE type, const void* detail) {
    flush();
    before_ = ' ';
    at_line_start_ = true;
    if (type == MD_BLOCK_P && quote_waits_) {
        paragraph_waits_ = true;
        return;
    }
    settle_quote(false);
    if (type == MD_BLOCK_QUOTE) {
        quote_waits_ = true;
    } else {
        enter_block(type, detail);
    }
}

void MarkdownWalker::on_leave_block(MD_BLOCKTYPE type) {
    leave_spans_to(0);
    before_ = ' ';
    settle_quote(false);
    if (type != MD_BLOCK_QUOTE) {
        leave_block(type);
        return;
    }
    const bool spoiler = quotes_.back();
    quotes_.pop_back();
    leave_quote(spoiler);
}

void MarkdownWalker::on_enter_span(MD_SPANTYPE type, const void* detail) {
    flush();
    settle_quote(false);
    at_line_start_ = false;
    open_spans_.push_back(type);
    if (is_link(type)) ++links_;
    enter_span(type, detail);
}

// md4c 0.4.8 can close a span that it never opened, or leave one open ("*.)*[a](/:*)*"); subclasses see each
// span closed once and in order.
void MarkdownWalker::on_leave_span(MD_SPANTYPE type) {
    const auto open = std::find(open_spans_.rbegin(), open_spans_.rend(), type);
    if (open != open_spans_.rend()) leave_spans_to(open_spans_.rend() - open - 1);
}

void MarkdownWalker::leave_spans_to(std::ptrdiff_t depth) {
    flush();
    while (std::ssize(open_spans_) > depth) {
        const MD_SPANTYPE type = open_spans_.back();
        open_spans_.pop_back();
        if (is_link(type)) --links_;
        leave_span(type);
    }
}

void MarkdownWalker::on_text(MD_TEXTTYPE type, std::string_view piece) {
    if (type == MD_TEXT_NORMAL) {
        on_normal_text(piece);
        return;
    }
    flush();
    settle_quote(false);
    at_line_start_ = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR;
    if (at_line_start_) {
        before_ = ' ';
        line_break();
    } else if (type == MD_TEXT_ENTITY) {
        on_literal(decode_entity(piece));
    } else if (type == MD_TEXT_CODE) {
        before_ = 'c';
        code(piece);
    }
}

void MarkdownWalker::on_normal_text(std::string_view piece) {
    if (takes_spoiler_line(piece)) {
        settle_quote(true);
        piece.remove_prefix(piece.size() > 1 ? 2 : 1);
    }
    settle_quote(false);
    at_line_start_ = false;
    if (!piece.empty() && is_escaped(piece)) {
        flush();
        std::size_t end = 0;
        next_code_point(piece, end);
        on_literal(piece.substr(0, end));
        piece.remove_prefix(end);
    }
    pending_ += piece;
}

void MarkdownWalker::on_literal(std::string_view literal) {
    before_ = last_code_point(literal, before_);
    text(literal);
}

// md4c leaves a backslash out and begins a new piece behind it, so one right before a piece escaped it.
bool MarkdownWalker::is_escaped(std::string_view piece) const {
    const std::less<const char*> before;
    const char* const end = input_.data() + input_.size();
    const bool inside = before(input_.data(), piece.data()) && before(piece.data(), end);
    return inside && piece.data()[-1] == '\\';
}

// A piece ends at the end of its line or where a mark begins.
bool MarkdownWalker::ends_line(std::string_view piece) const {
    const auto after = static_cast<std::size_t>(piece.data() + piece.size() - input_.data());
    return after >= input_.size() || input_[after] == '\n' || input_[after] == ' ';
}

bool MarkdownWalker::takes_spoiler_line(std::string_view piece) const {
    const bool in_spoiler = !quotes_.empty() && quotes_.back();
    if (!at_line_start_ || !(quote_waits_ || in_spoiler) || is_escaped(piece)) return false;
    return piece.starts_with("! ") || (piece == "!" && ends_line(piece));
}

void MarkdownWalker::settle_quote(bool spoiler) {
    if (!std::exchange(quote_waits_, false)) return;
    quotes_.push_back(spoiler);
    enter_quote(spoiler);
    if (std::exchange(paragraph_waits_, false)) enter_block(MD_BLOCK_P, nullptr);
}

void MarkdownWalker::flush() {
    if (pending_.empty()) return;
    flush_run(pending_);
    before_ = last_code_point(pending_, before_);
    pending_.clear();
}

void MarkdownWalker::flush_run(std::string_view run) {
    std::size_t done = 0;
    for (std::size_t at = run.find_first_of("@|"); at != std::string_view::npos;
         at = run.find_first_of("@|", at)) {
        if (const std::size_t size = special_at(run, at); size > 0) {
            if (at > done) text(run.substr(done, at - done));
            if (run[at] == '@') {
                mention(run.substr(at + 1, size - 1), run.substr(at + size));
            } else {
                spoiler_mark(run.substr(at, size));
            }
            at = done = at + size;
        } else {
            at += run[at] == '|' ? bars_at(run, at) : 1;
        }
    }
    if (done < run.size()) text(run.substr(done));
}

// The size of the mention or spoiler mark at `at`; 0 if it is plain text.
std::size_t MarkdownWalker::special_at(std::string_view run, std::size_t at) const {
    if (run[at] == '|') return bars_at(run, at) == 2 ? 2 : 0;
    if (links_ > 0 || joins_address(last_code_point(run.substr(0, at), before_))) return 0;
    const std::string_view name = mention_at(run, at);
    return name.empty() ? 0 : name.size() + 1;
}

std::string attribute_text(const MD_ATTRIBUTE& attribute) {
    std::string out;
    for (int i = 0; attribute.size > 0 && attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET begin = attribute.substr_offsets[i];
        const std::string_view part(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
        if (attribute.substr_types[i] == MD_TEXT_ENTITY) {
            out += decode_entity(part);
        } else {
            out += part;
        }
    }
    return out;
}

}  // namespace kith::text
