#include "transfer/mail/body.hpp"

#include <gmime/gmime.h>

#include <algorithm>

#include "platform/text/html_to_markdown.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "transfer/addresses.hpp"
#include "transfer/characters.hpp"
#include "transfer/mail/charsets.hpp"
#include "transfer/mail/lines.hpp"
#include "transfer/mail/paragraphs.hpp"
#include "transfer/plain_markdown.hpp"

namespace kith::transfer {
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
    const std::unique_ptr<guchar, FreeG> decoded(
        g_base64_decode(std::string(body.substr(0, size)).c_str(), &decoded_size));
    const std::string_view bytes(reinterpret_cast<const char*>(decoded.get()), decoded_size);
    if (!is_utf8(bytes)) return std::string(body);
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

// --- MIME ---

struct Parts {
    std::string plain, html;
    int attachments = 0;
};

std::string content_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (!content) return {};
    const std::unique_ptr<GMimeStream, Unref> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    const std::string_view data(reinterpret_cast<const char*>(bytes->data), bytes->len);
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const char* charset = g_mime_content_type_get_parameter(type, "charset");
    return to_utf8(data, charset ? charset : "");
}

bool is_signature_type(GMimeContentType* type) {
    const char* subtype = g_mime_content_type_get_media_subtype(type);
    return subtype && has_word(subtype, "signature");
}

void take_part(Parts& parts, GMimePart* part) {
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const bool is_file = g_mime_part_get_filename(part) != nullptr || g_mime_part_is_attachment(part);
    if (!is_file && g_mime_content_type_is_type(type, "text", "html")) {
        if (parts.html.empty()) parts.html = content_of(part);
    } else if (!is_file && g_mime_content_type_is_type(type, "text", "*")) {
        // Lists add their footer as a part of its own.
        parts.plain += (parts.plain.empty() ? "" : "\n") + content_of(part);
    } else if (!is_signature_type(type)) {
        ++parts.attachments;
    }
}

void take_object(Parts& parts, GMimeObject* object, int depth) {
    constexpr int deepest = 16;
    if (depth > deepest || !object) return;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart* multipart = GMIME_MULTIPART(object);
        const int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count; ++i)
            take_object(parts, g_mime_multipart_get_part(multipart, i), depth + 1);
    } else if (GMIME_IS_PART(object)) {
        take_part(parts, GMIME_PART(object));
    } else {
        ++parts.attachments;
    }
}

Parts parse_mime(std::string_view whole) {
    start_gmime();
    Parts parts;
    const std::unique_ptr<GMimeStream, Unref> stream(
        g_mime_stream_mem_new_with_buffer(whole.data(), whole.size()));
    const std::unique_ptr<GMimeParser, Unref> parser(g_mime_parser_new_with_stream(stream.get()));
    const std::unique_ptr<GMimeMessage, Unref> message(
        g_mime_parser_construct_message(parser.get(), nullptr));
    if (message) take_object(parts, g_mime_message_get_mime_part(message.get()), 0);
    return parts;
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
    const std::string text = to_utf8(mail.body, parameter(mail.content_type, "charset"));
    return starts_with_word(mail.content_type, "text/html") ? read_web(text) : read_plain(text);
}

Body body_in_any_form(const Mail& mail) {
    if (is_readable_as_it_is(mail)) return body_as_it_is(mail);
    const Parts parts = parse_mime(mail.whole);
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
