#include "platform/text/visible_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kith::text {
namespace {

constexpr std::string_view hidden_class = "class=\"spoiler\"";

std::string_view name_of(std::string_view tag) { return tag.substr(0, tag.find_first_of(" />")); }

bool keeps_the_line(std::string_view name) {
    return name == "em" || name == "strong" || name == "a" || name == "span" || name == "code";
}

class Reader {
public:
    explicit Reader(std::string_view html) : left_(html) {}

    std::string read() {
        while (!left_.empty()) {
            const std::size_t tag = std::min(left_.find('<'), left_.size());
            add(left_.substr(0, tag));
            left_.remove_prefix(tag);
            if (!left_.empty()) take_tag();
        }
        return std::move(out_);
    }

private:
    void take_tag() {
        const std::size_t end = std::min(left_.find('>'), left_.size() - 1);
        const std::string_view tag = left_.substr(1, end - 1);
        left_.remove_prefix(end + 1);
        if (tag.starts_with('/')) {
            close(tag.substr(1));
        } else {
            open(tag);
        }
    }

    // Elements of the same name may stand inside a hidden one, so they are counted.
    void open(std::string_view tag) {
        const std::string_view name = name_of(tag);
        if (hidden_depth_ > 0) {
            hidden_depth_ += name == hidden_name_ ? 1 : 0;
        } else if (tag.find(hidden_class) != std::string_view::npos) {
            hidden_name_ = name;
            hidden_depth_ = 1;
            out_ += "…";
        } else if (!keeps_the_line(name)) {
            out_ += ' ';
        }
    }

    void close(std::string_view name) {
        if (hidden_depth_ > 0) hidden_depth_ -= name == hidden_name_ ? 1 : 0;
        else if (!keeps_the_line(name)) out_ += ' ';
    }

    void add(std::string_view text) {
        if (hidden_depth_ > 0) return;
        for (std::size_t at = 0; at < text.size();) at += add_one(text.substr(at));
    }

    // The entities are those of escape_html.
    std::size_t add_one(std::string_view text) {
        constexpr auto entities = std::to_array<std::pair<std::string_view, char>>(
            {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}});
        for (const auto& [entity, character] : entities) {
            if (!text.starts_with(entity)) continue;
            out_ += character;
            return entity.size();
        }
        out_ += text.front();
        return 1;
    }

    std::string_view left_;
    std::string out_;
    std::string_view hidden_name_;
    int hidden_depth_ = 0;
};

}  // namespace

std::string visible_text(std::string_view html) { return Reader(html).read(); }

}  // namespace kith::text
