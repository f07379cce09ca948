#include "transfer/mail/body.hpp"

#include <gmime/gmime.h>

#include <algorithm>

#include "platform/mail/charsets.hpp"
#include "platform/mail/reading.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/html_to_markdown.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "transfer/addresses.hpp"
#include "transfer/mail/lines.hpp"
#include "transfer/mail/paragraphs.hpp"
#include "transfer/plain_markdown.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

bool is_web_page(std::string_view text) {
    const std::string_view start = trimmed(text.substr(0, 400));
    return starts_with_word(start, "<!doctype html") || starts_with_word(start, "<html");
}

Body read_web(std::string_view utf8) { return {web_to_markdown(utf8), 0}; }

// An archive that dropped the headers of a body may have kept it in base64.
std::size_t base64_size(std::string_view text) {
    constexpr std::size_t full_line = 60;
    std::size_t size = 0;
    std::size_t lines = 0;
    for (std::string_view rest = text; !rest.empty(); ++lines) {
        const std::string_view line = take_line(rest);
        const bool coded = std::all_of(
            line.begin(), line.end(), [](char c) { return is_alnum(c) || c == '+' || c == '/' || c == '='; });
        if (line.empty() || is_next_part(line)) break;
        if (!coded || (lines == 0 && line.size() < full_line)) return 0;
        size = text.size() - rest.size();
    }
    return lines >= 2 ? size : 0;
}

std::string without_base64(std::string_view body) {
    while (!body.empty() && (body.front() == '\n' || body.front() == '\r')) body.remove_prefix(1);
    const std::size_t size = base64_size(body);
    if (size == 0) return std::string(body);
    gsize decoded_size = 0;
    const std::unique_ptr<guchar, mail::FreeG> decoded(
        g_base64_decode(std::string(body.substr(0, size)).c_str(), &decoded_size));
    const std::string_view bytes(reinterpret_cast<const char*>(decoded.get()), decoded_size);
    if (!mail::is_utf8(bytes)) return std::string(body);
    return std::string(bytes).append("\n").append(body.substr(size));
}

// U+00A0, which web mail puts where an indent was.
void replace_hard_spaces(std::string& text) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool hard = text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0';
        text[kept++] = hard ? ' ' : text[at];
        if (hard) ++at;
    }
    text.resize(kept);
}

Body read_plain(std::string_view source) {
    const std::string utf8 = without_base64(source);
    if (is_web_page(utf8)) return read_web(utf8);
    std::string cleaned = without_addresses(text::clean(utf8));
    replace_hard_spaces(cleaned);
    const Scrubbed scrubbed = without_scrub_notices(without_pgp_armour(lines_of(cleaned)));
    Lines lines = without_footers(read_quotes(without_signatures(scrubbed.lines)));
    trim_lines(lines);
    Body body{render_within_limit(lines), scrubbed.attachments};
    // Nothing but HTML: then the reader does miss it.
    if (body.markdown.empty() && body.attachments == 0 && scrubbed.had_html) body.attachments = 1;
    return body;
}

bool is_readable_as_it_is(const Mail& mail) {
    const std::string_view encoding = mail.encoding;
    const bool identity = encoding.empty() || same_word(encoding, "7bit") || same_word(encoding, "8bit") ||
                          same_word(encoding, "binary");
    const std::string_view type = mail.content_type;
    return identity && (type.empty() || starts_with_word(type, "text"));
}

// "ann<b>@</b>example.org" has marks in it that no reader sees.
bool hides_address(std::string_view markdown) {
    return markdown.find('@') != std::string_view::npos && has_address(text::plain_text(markdown));
}

std::string words_alone(std::string_view markdown) {
    const std::string plain = without_addresses(text::plain_text(markdown));
    std::string out;
    for (const std::string_view line : lines_of(plain)) {
        append_line_text(out, trimmed(line));
        out += '\n';
    }
    return text::trim(out);
}

Body body_as_it_is(const Mail& mail) {
    const std::string text = mail::to_utf8(mail.body, parameter(mail.content_type, "charset"));
    return starts_with_word(mail.content_type, "text/html") ? read_web(text) : read_plain(text);
}

Body body_in_any_form(const Mail& mail) {
    if (is_readable_as_it_is(mail)) return body_as_it_is(mail);
    const mail::Parts parts = mail::parts_of(mail.whole);
    // No parts where the header promises some: the archive has kept the text alone.
    if (parts.plain.empty() && parts.html.empty() && parts.attachments == 0) return body_as_it_is(mail);
    const bool use_html = trimmed(parts.plain).empty() && !parts.html.empty();
    Body body = use_html ? read_web(parts.html) : read_plain(parts.plain);
    body.attachments += parts.attachments;
    return body;
}

std::string attachment_note(int count) {
    return count == 1 ? "(1 attachment was not brought over)"
                      : "(" + std::to_string(count) + " attachments were not brought over)";
}

void add_attachment_note(Body& body) {
    if (body.attachments == 0) return;
    if (!body.markdown.empty()) body.markdown += "\n\n";
    body.markdown += attachment_note(body.attachments);
}

std::string cut_markdown(std::string markdown) {
    if (text::length(markdown) <= max_body_code_points) return markdown;
    constexpr std::size_t room = 10;  // for closing a fence
    std::string_view kept = text::first(markdown, max_body_code_points - cut_note.size() - room);
    const std::size_t end = kept.rfind("\n\n");
    if (end != std::string_view::npos && end > kept.size() / 2) kept = kept.substr(0, end);
    std::string out(kept);
    std::size_t fences = 0;
    for (std::size_t at = out.find("```"); at != std::string::npos; at = out.find("```", at + 3)) ++fences;
    if (fences % 2 == 1) out += "\n```";
    return out.append("\n\n").append(cut_note);
}

}  // namespace

Body read_body(const Mail& mail) {
    Body body = body_in_any_form(mail);
    // Again: lines that were joined, and marks that are gone, may have hidden one.
    body.markdown = without_addresses(body.markdown);
    add_attachment_note(body);
    return body;
}

std::string plain_to_markdown(std::string_view text) { return read_plain(text).markdown; }

std::string web_to_markdown(std::string_view html, text::HtmlOrigin origin) {
    origin.keeps_link = [](std::string_view address) { return !has_address(address); };
    const std::string markdown = without_addresses(text::html_to_markdown(html, origin));
    return cut_markdown(hides_address(markdown) ? words_alone(markdown) : markdown);
}

}  // namespace kith::transfer
