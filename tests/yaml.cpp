#include "tests/yaml.hpp"

#include <stdexcept>

namespace kith::test {
namespace {

struct Line {
    std::size_t indent = 0;
    std::string_view text;  // without the indent
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t indent = line.find_first_not_of(' ');
        if (indent != std::string_view::npos && line[indent] != '#')
            out.push_back({indent, line.substr(indent)});
    }
    return out;
}

// A value on one line: a scalar, or brackets with more of them.
class Inline {
public:
    explicit Inline(std::string_view text) : left_(text) {}

    Yaml value(std::string_view ends = "") {
        skip_spaces();
        if (left_.starts_with('{')) return mapping();
        if (left_.starts_with('[')) return list();
        return {scalar(ends), {}, {}};
    }

private:
    Yaml mapping() {
        Yaml out;
        for (take('{'); !is_over('}');) {
            std::string key = scalar(":");
            take(':');
            out.members.push_back({std::move(key), value(",}")});
        }
        return out;
    }

    Yaml list() {
        Yaml out;
        for (take('['); !is_over(']');) out.items.push_back(value(",]"));
        return out;
    }

    bool is_over(char bracket) {
        skip_spaces();
        if (left_.starts_with(',')) take(',');
        skip_spaces();
        if (!left_.starts_with(bracket)) return false;
        take(bracket);
        return true;
    }

    std::string scalar(std::string_view ends) {
        skip_spaces();
        if (left_.starts_with('\'') || left_.starts_with('"')) return quoted();
        std::size_t end = 0;
        while (end < left_.size() && ends.find(left_[end]) == std::string_view::npos) ++end;
        std::string out(left_.substr(0, end));
        left_.remove_prefix(end);
        while (out.ends_with(' ')) out.pop_back();
        return out;
    }

    std::string quoted() {
        const char quote = left_.front();
        std::string out;
        for (left_.remove_prefix(1);; left_.remove_prefix(1)) {
            if (left_.empty()) throw std::runtime_error("a quote is open");
            if (left_.front() == quote) {
                left_.remove_prefix(1);
                if (!left_.starts_with(quote)) return out;
            }
            out += left_.front();
        }
    }

    void take(char c) {
        if (!left_.starts_with(c)) throw std::runtime_error("not YAML that we know: " + std::string(left_));
        left_.remove_prefix(1);
    }

    void skip_spaces() {
        while (left_.starts_with(' ')) left_.remove_prefix(1);
    }

    std::string_view left_;
};

class Parser {
public:
    explicit Parser(std::string_view text) : lines_(lines_of(text)) {}

    Yaml parse() {
        Yaml all = block(0);
        if (at_ < lines_.size())
            throw std::runtime_error("not YAML that we know: " + std::string(lines_[at_].text));
        return all;
    }

private:
    Yaml block(std::size_t indent) {
        Yaml out;
        while (at_ < lines_.size() && lines_[at_].indent == indent) {
            if (lines_[at_].text.starts_with("- ")) {
                out.items.push_back(item(indent));
            } else {
                out.members.push_back(member(indent));
            }
        }
        return out;
    }

    // "- key: value" begins a mapping two further in.
    Yaml item(std::size_t indent) {
        const std::string_view text = lines_[at_].text.substr(2);
        if (key_end(text) == std::string_view::npos) {
            ++at_;
            return Inline(text).value();
        }
        lines_[at_] = {indent + 2, text};
        return block(indent + 2);
    }

    Yaml::Member member(std::size_t indent) {
        const std::string_view text = lines_[at_].text;
        const std::size_t colon = key_end(text);
        if (colon == std::string_view::npos) throw std::runtime_error("no key: " + std::string(text));
        std::string_view key = text.substr(0, colon);
        if (key.starts_with('\'')) key = key.substr(1, key.size() - 2);
        const std::string_view rest = text.substr(std::min(colon + 2, text.size()));
        ++at_;
        return {std::string(key), rest.empty() ? nested(indent) : value(rest, indent)};
    }

    Yaml value(std::string_view rest, std::size_t indent) {
        if (!rest.starts_with('>') && !rest.starts_with('|')) return Inline(rest).value();
        Yaml out;
        for (; at_ < lines_.size() && lines_[at_].indent > indent; ++at_)
            out.scalar.append(lines_[at_].text).append(" ");
        return out;
    }

    Yaml nested(std::size_t indent) {
        if (at_ == lines_.size() || lines_[at_].indent <= indent) return {};
        return block(lines_[at_].indent);
    }

    // Of "key:" or "key: value"; a bracket or a quote can not be a key here, but for '200'.
    static std::size_t key_end(std::string_view text) {
        if (text.starts_with('{') || text.starts_with('[') || text.starts_with('"'))
            return std::string_view::npos;
        if (text.ends_with(':') && text.find(": ") == std::string_view::npos) return text.size() - 1;
        return text.find(": ");
    }

    std::vector<Line> lines_;
    std::size_t at_ = 0;
};

}  // namespace

const Yaml* Yaml::find(std::string_view key) const {
    for (const Member& member : members)
        if (member.name == key) return &member.value;
    return nullptr;
}

Yaml parse_yaml(std::string_view text) { return Parser(text).parse(); }

}  // namespace kith::test
