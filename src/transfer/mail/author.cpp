#include "transfer/mail/author.hpp"

#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

std::string_view without_quotes(std::string_view name) {
    name = trimmed(name);
    while (name.size() >= 2 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front())
        name = trimmed(name.substr(1, name.size() - 2));
    return name;
}

// "Name <user@host>", "user at host (Name)", "user@host" and what is left of them.
Author read_author(std::string_view from) {
    const std::size_t open = from.rfind('<');
    if (open != std::string_view::npos) {
        const std::size_t close = from.find('>', open);
        const std::string_view inside = from.substr(open + 1, close - open - 1);
        if (std::string address = plain_address(inside); !address.empty())
            return {std::move(address), std::string(without_quotes(from.substr(0, open)))};
    }
    const std::size_t paren = from.find('(');
    if (paren == std::string_view::npos) return {plain_address(from), std::string(trimmed(from))};
    std::string_view name = trimmed(from.substr(paren + 1));
    if (name.ends_with(')')) name.remove_suffix(1);
    std::string address = plain_address(from.substr(0, paren));
    if (address.empty()) return {{}, std::string(trimmed(from.substr(0, paren)))};
    return {std::move(address), std::string(without_quotes(name))};
}

// Lists write their own address over the author's: then "[Name-of-list]" in the subject is the
// address's local part, or the name ends in "via Name-of-list".
bool is_list_address(std::string_view address, std::string_view subject) {
    const std::string tag = "[" + std::string(address.substr(0, address.find('@'))) + "]";
    return has_word(subject, tag);
}

// "From carmstro at dynup.net  Mon Feb ..." as its sender.
std::string_view separator_sender(std::string_view line) {
    if (!line.starts_with("From ")) return {};
    line.remove_prefix(5);
    const std::size_t end = line.find("  ");
    if (end != std::string_view::npos && end > 0) return line.substr(0, end);
    return line.substr(0, line.find(' '));
}

}  // namespace

std::string plain_address(std::string_view text) {
    text = trimmed(text);
    std::string address = lower_case(text);
    if (const std::size_t at = address.find(" at "); at != std::string::npos) address.replace(at, 4, "@");
    const std::size_t sign = address.find('@');
    const bool valid = sign != std::string::npos && sign > 0 && sign + 1 < address.size() &&
                       address.find_first_of(" \t<>()\",") == std::string::npos;
    return valid ? address : std::string();
}

std::string author_key(const Author& author, std::string_view subject) {
    std::string_view name = author.name;
    const std::size_t via = name.rfind(" via ");
    const bool rewritten = via != std::string_view::npos || is_list_address(author.address, subject);
    if (via != std::string_view::npos) name = name.substr(0, via);
    const bool has_name = !name.empty() && plain_address(name).empty();
    if (author.address.empty() || (rewritten && has_name)) return "name:" + text::fold(name);
    return author.address;
}

Author author_of(const Mail& mail) {
    Author author = read_author(decode_header(mail.from));
    if (author.address.empty()) author.address = plain_address(separator_sender(mail.separator));
    return author;
}

}  // namespace kith::transfer
