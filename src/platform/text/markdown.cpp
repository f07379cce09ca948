#include "platform/text/markdown.hpp"

#include <algorithm>
#include <optional>

#include "platform/text/markdown_walker.hpp"
#include "platform/text/picture_address.hpp"
#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr int depth_most = 32;
constexpr std::string_view announcement = "<b></b>";
// The styles hide the inner span until the outer one is pointed at, tabbed to or tapped.
constexpr std::string_view spoiler_open = "<span class=\"spoiler\" tabindex=\"0\"><b></b><span>";
constexpr std::string_view spoiler_close = "</span></span>";

// The path of a local address or of one with a host; neither query nor fragment.
std::string_view path_of(std::string_view address) {
    if (!address.starts_with('/')) {
        const std::size_t host = address.find("://");
        if (host == std::string_view::npos) return {};
        address.remove_prefix(std::min(address.size(), address.find('/', host + 3)));
    }
    return address.substr(0, address.find_first_of("?#"));
}

// Whether it may lead to our own quick exit, also as a browser or the router would spell it out. The name of
// this host is not known here, so the path counts on every host.
bool leads_out(std::string_view address) {
    const std::string_view path = path_of(address);
    const bool is_ours = address.starts_with('/');
    const bool is_odd = path.find_first_of("%\\") != std::string_view::npos ||
                        path.find("/.") != std::string_view::npos ||
                        path.find("//") != std::string_view::npos;
    return path == "/leave" || path == "/leave/" || (is_ours && is_odd);
}

// Addresses a member may link to; nothing for all others, such as javascript: and //host.
std::optional<Url> allowed_url(std::string_view address) {
    Url url = address.starts_with('/') ? Url::local(address) : Url::external(address);
    if (url.text() != address || leads_out(address)) return std::nullopt;
    return url;
}

std::string_view heading_of(const void* detail) {
    const unsigned level = static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level;
    return level == 1 ? "h3" : level == 2 ? "h4" : "h5";  // h1 and h2 are the page's own
}

std::string_view tag_of(MD_SPANTYPE type) {
    switch (type) {
        case MD_SPAN_EM:
            return "em";
        case MD_SPAN_STRONG:
            return "strong";
        case MD_SPAN_CODE:
            return "code";
        default:
            return {};
    }
}

bool is_container(MD_BLOCKTYPE type) {
    return type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_LI;
}

class HtmlWriter final : public MarkdownWalker {
public:
    explicit HtmlWriter(std::size_t input_size) : link_budget_(8 * input_size + 1024) {
        out_.reserve(input_size + input_size / 4 + 64);
    }
    std::string take() { return std::move(out_); }

private:
    struct Span {
        int number = 0;  // no two spans have the same
        bool is_anchor = false;
        std::size_t content = 0;  // where its text begins
        std::string address;
        bool is_picture = false, is_blurred = false;
    };
    struct Mark {
        std::size_t at = 0;
        int span = 0;
    };

    void enter_block(MD_BLOCKTYPE type, const void* detail) override {
        resolve_spoilers();
        if (is_container(type) && ++depth_ > depth_most) return;
        switch (type) {
            case MD_BLOCK_P:
                out_ += "<p>";
                break;
            case MD_BLOCK_HR:
                out_ += "<hr>";
                break;
            case MD_BLOCK_UL:
                out_ += "<ul>";
                break;
            case MD_BLOCK_OL:
                open_list(static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start);
                break;
            case MD_BLOCK_LI:
                out_ += "<li>";
                break;
            case MD_BLOCK_CODE:
                out_ += "<pre><code>";
                break;
            case MD_BLOCK_H:
                open_tag(heading_ = heading_of(detail));
                break;
            default:
                break;
        }
    }

    void leave_block(MD_BLOCKTYPE type) override {
        resolve_spoilers();
        if (is_container(type) && depth_-- > depth_most) return;
        switch (type) {
            case MD_BLOCK_P:
                close_paragraph();
                break;
            case MD_BLOCK_UL:
                out_ += "</ul>";
                break;
            case MD_BLOCK_OL:
                out_ += "</ol>";
                break;
            case MD_BLOCK_LI:
                out_ += "</li>";
                break;
            case MD_BLOCK_CODE:
                out_ += "</code></pre>";
                break;
            case MD_BLOCK_H:
                close_tag(heading_);
                break;
            default:
                break;
        }
    }

    void enter_quote(bool spoiler) override {
        resolve_spoilers();
        if (++depth_ > depth_most) return;
        out_ += spoiler ? "<details class=\"spoiler\"><summary><b></b></summary>" : "<blockquote>";
    }
    void leave_quote(bool spoiler) override {
        resolve_spoilers();
        if (depth_-- > depth_most) return;
        out_ += spoiler ? "</details>" : "</blockquote>";
    }

    void enter_span(MD_SPANTYPE type, const void* detail) override {
        Span span;
        span.number = ++last_span_;
        if (type == MD_SPAN_A) {
            span.address = attribute_text(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href);
        } else if (type == MD_SPAN_IMG) {
            const auto* const image = static_cast<const MD_SPAN_IMG_DETAIL*>(detail);
            span.address = attribute_text(image->src);
            span.is_picture = picture_address_in(span.address).has_value();
            span.is_blurred = span.is_picture && attribute_text(image->title) == "blur";
        } else if (spans_.size() < depth_most) {
            open_tag(tag_of(type));
        }
        if (!span.address.empty() && !span.is_picture && pictures_ == 0)
            span.is_anchor = open_link(span.address);
        if (span.is_picture) ++pictures_;
        span.content = out_.size();
        spans_.push_back(std::move(span));
    }

    void leave_span(MD_SPANTYPE type) override {
        const Span span = std::move(spans_.back());
        spans_.pop_back();
        if (span.is_picture) {
            close_picture(span);
        } else if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
            if (span.is_anchor) close_link(span);
        } else if (spans_.size() < depth_most) {
            close_tag(tag_of(type));
        }
    }

    void text(std::string_view text) override { escape_html(out_, text); }
    void code(std::string_view code) override { escape_html(out_, code); }
    void line_break() override { out_ += pictures_ > 0 ? " " : "<br>"; }
    void mention(std::string_view name, std::string_view) override {
        if (pictures_ > 0) {
            out_ += '@';
            return escape_html(out_, name);
        }
        out_ += "<span class=\"mention\">@";
        escape_html(out_, name);
        out_ += "</span>";
    }
    void spoiler_mark(std::string_view mark) override {
        if (pictures_ == 0) marks_.push_back({out_.size(), spans_.empty() ? 0 : spans_.back().number});
        out_ += mark;
    }

    // What can be seen on a picture is text alone.
    void open_tag(std::string_view tag) {
        if (pictures_ == 0) out_.append("<").append(tag).append(">");
    }
    void close_tag(std::string_view tag) {
        if (pictures_ == 0) out_.append("</").append(tag).append(">");
    }

    void close_picture(const Span& span) {
        if (--pictures_ > 0) return;
        const auto [key, width, height] = *picture_address_in(span.address);
        const std::string words = out_.substr(span.content);
        out_.resize(span.content);
        out_ += span.is_blurred ? "<span class=\"picture blurred\" tabindex=\"0\" data-words=\""
                                : "<span class=\"picture\" data-words=\"";
        out_.append(words).append("\"><img src=\"/pictures/");
        out_.append(key).append("\" alt=\"").append(words);
        out_.append("\" width=\"").append(width).append("\" height=\"").append(height);
        out_ += "\" loading=\"lazy\"></span>";
    }

    // A hidden passage may begin with a line of nothing but its "!".
    void close_paragraph() {
        constexpr std::string_view open = "<p>";
        if (out_.ends_with(open)) {
            out_.resize(out_.size() - open.size());
        } else {
            out_ += "</p>";
        }
    }

    void open_list(unsigned start) {
        if (start == 1) {
            out_ += "<ol>";
        } else {
            out_.append("<ol start=\"").append(std::to_string(start)).append("\">");
        }
    }

    // Whether an anchor was written: not for an address we do not allow, not inside another link, and not
    // when the addresses of reference links have made far more output than there was input.
    bool open_link(const std::string& address) {
        const std::optional<Url> url = allowed_url(address);
        const bool nested = std::any_of(spans_.begin(), spans_.end(),
                                        [](const Span& span) { return span.is_anchor; });
        if (!url || nested || out_.size() + address.size() > link_budget_) return false;
        out_ += "<a href=\"";
        escape_html(out_, url->text());
        out_ += address.starts_with('/') ? "\">" : "\" rel=\"nofollow noreferrer noopener\">";
        return true;
    }

    void close_link(const Span& span) {
        if (out_.size() == span.content) escape_html(out_, span.address);
        out_ += "</a>";
    }

    // Which of marks_ open and close a hidden passage. Two of the same span always nest with the tags
    // between them, whatever those are.
    std::vector<std::string_view> pair_marks() const {
        std::vector<std::string_view> tags(marks_.size(), "||");
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < marks_.size(); ++i) {
            // A span that is over can take no more marks: numbers only grow as spans are entered, so what
            // waits above our own number was left behind.
            while (!open.empty() && marks_[open.back()].span > marks_[i].span) open.pop_back();
            if (!open.empty() && marks_[open.back()].span == marks_[i].span) {
                tags[open.back()] = spoiler_open;
                tags[i] = spoiler_close;
                open.pop_back();
            } else {
                open.push_back(i);
            }
        }
        return tags;
    }

    // At the end of each block of inline text: the marks written as text become tags.
    void resolve_spoilers() {
        if (marks_.empty()) return;
        const std::vector<std::string_view> tags = pair_marks();
        const std::size_t begin = marks_.front().at;
        const std::string written = out_.substr(begin);
        out_.resize(begin);
        for (std::size_t i = 0; i < marks_.size(); ++i) {
            const std::size_t from = marks_[i].at - begin + 2;
            const std::size_t to = i + 1 < marks_.size() ? marks_[i + 1].at - begin : written.size();
            out_ += tags[i];
            out_.append(written, from, to - from);
        }
        marks_.clear();
    }

    std::string out_;
    std::size_t link_budget_;
    int depth_ = 0;
    int last_span_ = 0;
    int pictures_ = 0;  // that are open
    std::string_view heading_;
    std::vector<Span> spans_;
    std::vector<Mark> marks_;
};

class PlainWriter final : public MarkdownWalker {
public:
    std::string take() {
        while (out_.ends_with('\n')) out_.pop_back();
        return std::move(out_);
    }

private:
    void enter_block(MD_BLOCKTYPE, const void*) override { end_line(); }
    void leave_block(MD_BLOCKTYPE) override { end_line(); }
    void text(std::string_view text) override { out_ += text; }
    void code(std::string_view code) override { out_ += code; }
    void line_break() override { out_ += '\n'; }
    void mention(std::string_view name, std::string_view) override { out_.append("@").append(name); }
    void spoiler_mark(std::string_view) override {}

    void end_line() {
        if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    }

    std::string out_;
};

}  // namespace

Safe render_markdown(std::string_view markdown) {
    const std::string input = clean(markdown);
    HtmlWriter writer(input.size());
    writer.walk(input);
    return Safe::from_renderer(writer.take());
}

Safe announce_hidden(Safe html, std::string_view hidden) {
    const std::string_view from = html.html();
    std::size_t at = from.find(announcement);
    if (at == std::string_view::npos) return html;
    std::string out;
    out.reserve(from.size() + 64);
    std::size_t done = 0;
    for (; at != std::string_view::npos; at = from.find(announcement, done)) {
        out.append(from, done, at - done).append("<b>");
        escape_html(out, hidden);
        out += "</b>";
        done = at + announcement.size();
    }
    out.append(from, done);
    return Safe::from_renderer(std::move(out));
}

Safe blur_pictures(Safe html) {
    constexpr std::string_view open = "<span class=\"picture\" ",
                               blurred = "<span class=\"picture blurred\" tabindex=\"0\" ";
    std::string out(html.html());
    for (std::size_t at = out.find(open); at != std::string::npos; at = out.find(open, at + blurred.size()))
        out.replace(at, open.size(), blurred);
    return Safe::from_renderer(std::move(out));
}

std::string plain_text(std::string_view markdown) {
    const std::string input = clean(markdown);
    PlainWriter writer;
    writer.walk(input);
    return writer.take();
}

}  // namespace kith::text
