#include "platform/text/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.hpp"

namespace kith::text {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Free {
    void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

const utf8proc_uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// The library's flags are an enum of single bits, of which it wants sums.
utf8proc_option_t options(int flags) {
    return static_cast<utf8proc_option_t>(flags);  // NOLINT(clang-analyzer-optin.core.EnumCastOutOfRange)
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char ch) {
        const auto c = static_cast<unsigned char>(ch);
        return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t';
    });
}

bool is_bidi_control(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

bool is_control(char32_t c) { return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0); }

// Valid UTF-8, not yet normalised.
std::string without_controls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_code_point(text, at);
        if (c == '\r') {
            if (at < text.size() && text[at] == '\n') continue;
            c = '\n';
        }
        if (!is_control(c) && !is_bidi_control(c)) append_utf8(out, c);
    }
    return out;
}

std::string compose(const std::string& valid) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(bytes_of(valid), static_cast<utf8proc_ssize_t>(valid.size()), &mapped,
                                   options(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(mapped);
    CHECK(size >= 0);
    return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

std::string collapse_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (is_space(next_code_point(text, at))) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out.append(text, start, at - start);
    }
    return out;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

// Marks above and below letters (combining classes 200 and up) and Hebrew and Arabic points (10 to 35).
// Others, such as vowel signs and the Japanese voicing mark, make a different letter.
bool is_accent(char32_t c) {
    const int combining = utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class;
    return combining >= 200 || (combining >= 10 && combining <= 35);
}

std::vector<utf8proc_int32_t> decompose_folded(const std::string& valid) {
    const auto flags = options(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                               UTF8PROC_IGNORE);
    const auto size = static_cast<utf8proc_ssize_t>(valid.size());
    const auto count = utf8proc_decompose(bytes_of(valid), size, nullptr, 0, flags);
    CHECK(count >= 0);
    std::vector<utf8proc_int32_t> out(static_cast<std::size_t>(count));
    CHECK(utf8proc_decompose(bytes_of(valid), size, out.data(), count, flags) == count);
    return out;
}

std::string fold_unicode(std::string_view text) {
    std::vector<utf8proc_int32_t> points = decompose_folded(without_controls(text));
    std::erase_if(points, [](utf8proc_int32_t c) { return is_accent(static_cast<char32_t>(c)); });
    const auto count = utf8proc_normalize_utf32(points.data(), static_cast<utf8proc_ssize_t>(points.size()),
                                                options(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    CHECK(count >= 0);
    std::string out;
    for (utf8proc_ssize_t i = 0; i < count; ++i)
        append_utf8(out, static_cast<char32_t>(points[static_cast<std::size_t>(i)]));
    return collapse_spaces(out);
}

// What looks alike in a folded name, in either case of the letter.
constexpr auto lookalikes = std::to_array<std::pair<char32_t, char32_t>>({{U'0', U'o'},
                                                                          {U'1', U'l'},
                                                                          {U'3', U'e'},
                                                                          {U'5', U's'},
                                                                          {U'$', U's'},
                                                                          {U'@', U'a'},
                                                                          {U'i', U'l'},
                                                                          {U'|', U'l'},
                                                                          {U'!', U'l'},
                                                                          {U'ø', U'o'},
                                                                          {U'ł', U'l'},
                                                                          {U'đ', U'd'},
                                                                          {U'ı', U'l'},
                                                                          {U'ħ', U'h'},
                                                                          {U'ŧ', U't'},
                                                                          {U'ɑ', U'a'},
                                                                          {U'ɡ', U'g'},
                                                                          // Cyrillic
                                                                          {U'а', U'a'},
                                                                          {U'в', U'b'},
                                                                          {U'ь', U'b'},
                                                                          {U'е', U'e'},
                                                                          {U'з', U'e'},
                                                                          {U'к', U'k'},
                                                                          {U'м', U'm'},
                                                                          {U'н', U'h'},
                                                                          {U'о', U'o'},
                                                                          {U'р', U'p'},
                                                                          {U'с', U'c'},
                                                                          {U'т', U't'},
                                                                          {U'у', U'y'},
                                                                          {U'ү', U'y'},
                                                                          {U'х', U'x'},
                                                                          {U'ѕ', U's'},
                                                                          {U'і', U'l'},
                                                                          {U'ӏ', U'l'},
                                                                          {U'ј', U'j'},
                                                                          {U'ԁ', U'd'},
                                                                          {U'ԛ', U'q'},
                                                                          {U'ԝ', U'w'},
                                                                          {U'һ', U'h'},
                                                                          {U'ѵ', U'v'},
                                                                          // Greek
                                                                          {U'α', U'a'},
                                                                          {U'β', U'b'},
                                                                          {U'ε', U'e'},
                                                                          {U'ζ', U'z'},
                                                                          {U'η', U'h'},
                                                                          {U'ι', U'l'},
                                                                          {U'κ', U'k'},
                                                                          {U'μ', U'm'},
                                                                          {U'ν', U'v'},
                                                                          {U'ο', U'o'},
                                                                          {U'ρ', U'p'},
                                                                          {U'τ', U't'},
                                                                          {U'υ', U'y'},
                                                                          {U'γ', U'y'},
                                                                          {U'χ', U'x'},
                                                                          {U'ω', U'w'},
                                                                          {U'ϲ', U'c'},
                                                                          {U'ϳ', U'j'}});

char32_t looks_like(char32_t c) {
    const auto found = std::find_if(lookalikes.begin(), lookalikes.end(),
                                    [c](const auto& pair) { return pair.first == c; });
    return found == lookalikes.end() ? c : found->second;
}

utf8proc_category_t category(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }

}  // namespace

std::string clean(std::string_view text) {
    if (is_plain_ascii(text)) return std::string(text);
    std::string valid = without_controls(text);
    return is_ascii(valid) ? valid : compose(valid);
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
    return count;
}

std::string_view first(std::string_view text, std::size_t code_points) {
    std::size_t at = 0;
    while (at < text.size() && code_points-- > 0) next_code_point(text, at);
    return text.substr(0, at);
}

std::string fold(std::string_view text) {
    if (is_plain_ascii(text)) return collapse_spaces(ascii_lower(text));
    return fold_unicode(text);
}

std::string trim(std::string_view text) {
    std::size_t begin = text.size();
    std::size_t end = text.size();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (is_space(next_code_point(text, at))) continue;
        begin = std::min(begin, start);
        end = at;
    }
    return std::string(text.substr(begin, end - begin));
}

std::string one_line(std::string_view text) { return collapse_spaces(clean(text)); }

std::string skeleton(std::string_view text) {
    const std::string folded = fold(text);
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        const char32_t c = looks_like(next_code_point(folded, at));
        if (is_letter(c) || is_digit(c)) append_utf8(out, c);
    }
    return out;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    utf8proc_int32_t c = 0;
    const auto size = utf8proc_iterate(bytes_of(text) + at, static_cast<utf8proc_ssize_t>(text.size() - at),
                                       &c);
    at += size > 0 ? static_cast<std::size_t>(size) : 1;
    return size > 0 ? static_cast<char32_t>(c) : replacement;
}

void append_utf8(std::string& out, char32_t code_point) {
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
        return;
    }
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME;
}

bool is_mark(char32_t c) {
    if (c < 0x300) return false;
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME;
}

bool is_digit(char32_t c) {
    if (c < 0x80) return c >= '0' && c <= '9';
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO;
}

bool is_space(char32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    if (c == 0x85) return true;
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP;
}

bool is_upper(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    const auto kind = category(c);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

}  // namespace kith::text
