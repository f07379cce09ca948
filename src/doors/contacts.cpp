#include "doors/contacts.hpp"

#include <algorithm>

#include "platform/text/ascii.hpp"

namespace kith::doors {
namespace {

constexpr std::size_t digits_least = 9, digits_most = 15;

namespace ascii = text::ascii;

bool ends_word(char c) {
    return ascii::is_space(c) || std::string_view("<>()[]{}\"'|,;").find(c) != std::string_view::npos;
}

// "www.Example.org/a." as "example.org/a".
std::string plain_address(std::string_view word) {
    while (!word.empty() && std::string_view(".!?:/*_").find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    const std::string out = ascii::lower_case(word);
    return out.starts_with("www.") ? out.substr(4) : out;
}

// A host that ends like one: letters behind its last dot, at least two.
bool is_host(std::string_view host) {
    host = host.substr(0, host.find_first_of("/:?#"));
    const std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || host.size() - dot < 3) return false;
    return std::ranges::all_of(host.substr(dot + 1), ascii::is_alpha);
}

// Nothing for a word that is no address.
std::string address_in(std::string_view word) {
    const std::size_t scheme = word.find("://");
    const bool is_web = scheme != std::string_view::npos || ascii::starts_with_word(word, "www.");
    const std::string plain = plain_address(scheme == std::string_view::npos ? word
                                                                             : word.substr(scheme + 3));
    const std::size_t at = plain.find('@');
    if (at != std::string::npos)
        return at > 0 && is_host(std::string_view(plain).substr(at + 1)) ? plain : std::string();
    const bool has_path = plain.find('/') != std::string::npos;  // "t.me/somebody"
    return (is_web || has_path) && is_host(plain) ? plain : std::string();
}

void add(std::vector<std::string>& out, std::string found, std::size_t most) {
    if (found.empty() || out.size() >= most || std::ranges::find(out, found) != out.end()) return;
    out.push_back(std::move(found));
}

void add_addresses(std::vector<std::string>& out, std::string_view text, std::size_t most) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !ends_word(text[end])) ++end;
        add(out, address_in(text.substr(at, end - at)), most);
        at = end + 1;
    }
}

// Nine digits or more with nothing but spaces, dots, dashes, brackets and slashes between them.
void add_numbers(std::vector<std::string>& out, std::string_view text, std::size_t most) {
    std::string digits;
    const auto finish = [&] {
        if (digits.size() >= digits_least && digits.size() <= digits_most) add(out, digits, most);
        digits.clear();
    };
    for (const char c : text) {
        if (ascii::is_digit(c)) digits += c;
        else if (std::string_view(" .-()/+").find(c) == std::string_view::npos) finish();
    }
    finish();
}

}  // namespace

std::vector<std::string> contacts_in(std::string_view text, std::size_t most) {
    std::vector<std::string> out;
    add_addresses(out, text, most);
    add_numbers(out, text, most);
    return out;
}

}  // namespace kith::doors
