#include "platform/mail/charsets.hpp"

#include <gmime/gmime.h>

#include <mutex>

#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"

namespace kith::mail {
namespace {

std::string from_windows_1252(std::string_view bytes) {
    static constexpr char16_t high[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                          0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char ch : bytes) {
        const auto c = static_cast<unsigned char>(ch);
        text::append_utf8(out, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c);
    }
    return out;
}

std::optional<std::string> converted(std::string_view bytes, const std::string& charset) {
    start_gmime();
    const iconv_t conversion = g_mime_iconv_open("UTF-8", charset.c_str());
    if (conversion == reinterpret_cast<iconv_t>(-1)) return {};
    const GText text(g_mime_iconv_strndup(conversion, bytes.data(), bytes.size()));
    g_mime_iconv_close(conversion);
    if (!text) return {};
    return std::string(text.get());
}

// Latin-1 and ASCII are what mail programs declare when they do not know; such bytes are tried as
// UTF-8 first, since text in another charset is hardly ever valid UTF-8 by chance.
bool is_a_guess(std::string_view charset) {
    static constexpr std::array<std::string_view, 10> guesses = {
        "",           "utf-8",      "utf8",        "us-ascii",     "ascii",
        "iso-8859-1", "iso_8859-1", "iso-8859-15", "windows-1252", "unknown-8bit"};
    return text::ascii::is_one_of(charset, guesses);
}

}  // namespace

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

bool is_utf8(std::string_view bytes) {
    return g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), nullptr) != 0;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    if (!is_a_guess(charset))
        if (auto text = converted(bytes, std::string(charset))) return *std::move(text);
    return is_utf8(bytes) ? std::string(bytes) : from_windows_1252(bytes);
}

}  // namespace kith::mail
