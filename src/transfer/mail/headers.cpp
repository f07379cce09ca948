#include "transfer/mail/headers.hpp"

#include <gmime/gmime.h>

#include "platform/mail/charsets.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

std::string* header_slot(Mail& mail, std::string_view name) {
    struct Slot {
        std::string_view name;
        std::string Mail::* field;
    };
    static constexpr Slot slots[] = {{"from", &Mail::from},
                                     {"date", &Mail::date},
                                     {"subject", &Mail::subject},
                                     {"message-id", &Mail::message_id},
                                     {"in-reply-to", &Mail::in_reply_to},
                                     {"references", &Mail::references},
                                     {"content-type", &Mail::content_type},
                                     {"content-transfer-encoding", &Mail::encoding}};
    for (const Slot& slot : slots)
        if (same_word(name, slot.name)) return &(mail.*slot.field);
    return nullptr;
}

// The name of a header line, or nothing if the line is none.
std::string_view header_name(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    const std::string_view name = without_end_spaces(line.substr(0, colon));
    const bool valid = std::all_of(name.begin(), name.end(),
                                   [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
    return valid ? name : std::string_view();
}

}  // namespace

Mail split_mail(std::string_view raw) {
    Mail mail;
    if (raw.starts_with("From ")) mail.separator = take_line(raw);
    mail.whole = raw;
    std::string* current = nullptr;
    while (!raw.empty()) {
        const std::string_view rest = raw;
        const std::string_view line = take_line(raw);
        if (line.empty()) break;
        if (is_blank(line[0])) {
            if (current) current->append(" ").append(trimmed(line));
            continue;
        }
        const std::string_view name = header_name(line);
        if (name.empty()) {  // a body without the blank line before it
            raw = rest;
            break;
        }
        current = header_slot(mail, name);
        if (current && !current->empty()) current = nullptr;
        if (!current) continue;
        ++mail.known_headers;
        current->assign(trimmed(line.substr(line.find(':') + 1)));
    }
    mail.body = raw;
    return mail;
}

std::string decode_header(const std::string& value) {
    std::string text = value;
    if (value.find("=?") != std::string::npos) {
        mail::start_gmime();
        const mail::GText decoded(g_mime_utils_header_decode_text(nullptr, value.c_str()));
        if (decoded) text = decoded.get();
    }
    return text::one_line(mail::to_utf8(text, {}));
}

std::string parameter(std::string_view header, std::string_view lower_name) {
    for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at + 1)) {
        const std::string_view rest = trimmed(header.substr(at + 1));
        if (!starts_with_word(rest, lower_name)) continue;
        std::string_view value = trimmed(rest.substr(lower_name.size()));
        if (!value.starts_with('=')) continue;
        value = trimmed(value.substr(1));
        if (value.starts_with('"')) {
            value.remove_prefix(1);
            return std::string(value.substr(0, value.find('"')));
        }
        return std::string(value.substr(0, value.find_first_of("; \t")));
    }
    return {};
}

}  // namespace kith::transfer
