#include "platform/http/multipart.hpp"

#include <algorithm>
#include <optional>

namespace kith::http {
namespace {

constexpr std::size_t most_parts = 200, most_boundary = 70, most_part_head = 4096;

tl::unexpected<Error> broken() { return invalid("This form came broken. Please send it again."); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with_folded(std::string_view text, std::string_view lowered) {
    return text.size() >= lowered.size() &&
           std::ranges::equal(text.substr(0, lowered.size()), lowered, {}, lower);
}

// The value of `name=` among the parameters of a header: quoted or not. Browsers write a quote in a name as %22.
std::optional<std::string_view> parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at != std::string_view::npos) {
        header.remove_prefix(at + 1);
        while (!header.empty() && (header.front() == ' ' || header.front() == '\t')) header.remove_prefix(1);
        const bool is_it = starts_with_folded(header, name) && header.size() > name.size() &&
                           header[name.size()] == '=';
        const std::size_t equals = header.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        std::string_view value = header.substr(equals + 1);
        const bool is_quoted = value.starts_with('"');
        if (is_quoted) value.remove_prefix(1);
        const std::size_t end = value.find(is_quoted ? '"' : ';');
        if (is_quoted && end == std::string_view::npos) return std::nullopt;
        if (is_it) return value.substr(0, end);
        header = end == std::string_view::npos ? std::string_view() : value.substr(end);
        at = header.find(';');
    }
    return std::nullopt;
}

// What a part says of itself.
struct Disposition {
    std::string_view name;
    bool is_file = false;
};

std::optional<Disposition> disposition_in(std::string_view head) {
    constexpr std::string_view wanted = "content-disposition:";
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        if (!starts_with_folded(line, wanted)) continue;
        line.remove_prefix(wanted.size());
        while (line.starts_with(' ')) line.remove_prefix(1);
        const auto name = parameter(line, "name");
        if (!starts_with_folded(line, "form-data") || !name || name->empty()) return std::nullopt;
        return Disposition{*name, parameter(line, "filename").has_value()};
    }
    return std::nullopt;
}

bool is_boundary(std::string_view text) {
    return !text.empty() && text.size() <= most_boundary &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

}  // namespace

Result<Multipart> parse_multipart(std::string_view content_type, std::string_view body) {
    const auto boundary = parameter(content_type, "boundary");
    if (!boundary || !is_boundary(*boundary)) return broken();
    const std::string first = "--" + std::string(*boundary), between = "\r\n" + first;
    if (!body.starts_with(first)) return broken();
    body.remove_prefix(first.size());
    Multipart out;
    for (std::size_t parts = 0; !body.starts_with("--"); ++parts) {
        if (!body.starts_with("\r\n") || parts == most_parts) return broken();
        body.remove_prefix(2);
        const std::size_t head_end = body.substr(0, most_part_head).find("\r\n\r\n");
        if (head_end == std::string_view::npos) return broken();
        const auto part = disposition_in(body.substr(0, head_end));
        body.remove_prefix(head_end + 4);
        const std::size_t end = body.find(between);
        if (!part || end == std::string_view::npos) return broken();
        const std::string_view content = body.substr(0, end);
        body.remove_prefix(end + between.size());
        if (!part->is_file) out.fields.set(std::string(part->name), std::string(content));
        else if (!content.empty()) out.files.push_back({part->name, content});
    }
    return out;
}

}  // namespace kith::http
