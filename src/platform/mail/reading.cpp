#include "platform/mail/reading.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>

#include "platform/mail/charsets.hpp"
#include "platform/text/ascii.hpp"

namespace kith::mail {
namespace {

using namespace text::ascii;

// ---- parts ---------------------------------------------------------------------------------------------

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

std::unique_ptr<GMimeMessage, Unref> parse(std::string_view mail) {
    start_gmime();
    const std::unique_ptr<GMimeStream, Unref> stream(
        g_mime_stream_mem_new_with_buffer(mail.data(), mail.size()));
    const std::unique_ptr<GMimeParser, Unref> parser(g_mime_parser_new_with_stream(stream.get()));
    return std::unique_ptr<GMimeMessage, Unref>(g_mime_parser_construct_message(parser.get(), nullptr));
}

Parts parts_in(GMimeMessage* message) {
    Parts parts;
    take_object(parts, g_mime_message_get_mime_part(message), 0);
    return parts;
}

// ---- headers -------------------------------------------------------------------------------------------

// The topmost of that name as it came: what is decoded could end a value early (RFC 2047).
std::string raw_header(GMimeMessage* message, std::string_view lower_name) {
    GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
        GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
        const char* value = g_mime_header_get_raw_value(header);
        if (same_word(g_mime_header_get_name(header), lower_name)) return value ? value : "";
    }
    return {};
}

// The topmost of that name, decoded; empty without one.
std::string header(GMimeMessage* message, const char* name) {
    const char* value = g_mime_object_get_header(GMIME_OBJECT(message), name);
    return value ? value : "";
}

void add_addresses(std::vector<std::string>& out, InternetAddressList* list) {
    const int count = list ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count; ++i) {
        InternetAddress* address = internet_address_list_get_address(list, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
        const char* text = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
        if (text) out.push_back(lower_case(text));
    }
}

std::vector<std::string> recipients_of(GMimeMessage* message) {
    std::vector<std::string> out;
    add_addresses(out, g_mime_message_get_to(message));
    add_addresses(out, g_mime_message_get_cc(message));
    for (const char* name : {"Delivered-To", "X-Original-To"})
        if (const std::string found = header(message, name); !found.empty())
            out.push_back(lower_case(trimmed(found)));
    return out;
}

std::string sender_of(GMimeMessage* message) {
    std::vector<std::string> from;
    add_addresses(from, g_mime_message_get_from(message));
    return from.size() == 1 ? from.front() : std::string();
}

bool is_from_program(GMimeMessage* message) {
    const std::string submitted = header(message, "Auto-Submitted");
    if (!submitted.empty() && !same_word(trimmed(submitted), "no")) return true;
    constexpr auto automatic = std::to_array<std::string_view>({"bulk", "junk", "list", "auto_reply"});
    if (is_one_of(trimmed(header(message, "Precedence")), automatic)) return true;
    if (same_word(trimmed(header(message, "Return-Path")), "<>")) return true;
    return std::ranges::any_of(
        std::to_array({"List-Id", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"}),
        [&](const char* name) { return !header(message, name).empty(); });
}

bool is_delivery_report(GMimeMessage* message) {
    GMimeObject* part = g_mime_message_get_mime_part(message);
    GMimeContentType* type = part ? g_mime_object_get_content_type(part) : nullptr;
    if (!type || !g_mime_content_type_is_type(type, "multipart", "report")) return false;
    const char* kind = g_mime_content_type_get_parameter(type, "report-type");
    return kind && same_word(kind, "delivery-status");
}

}  // namespace

Parts parts_of(std::string_view mail) {
    const auto message = parse(mail);
    return message ? parts_in(message.get()) : Parts();
}

Incoming read_incoming(std::string_view mail) {
    const auto message = parse(mail);
    if (!message) return {};
    const char* id = g_mime_message_get_message_id(message.get());
    return {sender_of(message.get()),
            recipients_of(message.get()),
            id ? id : "",
            is_from_program(message.get()),
            is_delivery_report(message.get()),
            raw_header(message.get(), "authentication-results"),
            parts_in(message.get())};
}

namespace {

// Without what a sender can put there: quoted strings and comments.
std::string without_asides(std::string_view text) {
    std::string out;
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && (is_quoted || depth > 0)) {
            ++at;
        } else if (is_quoted) {
            is_quoted = c != '"';
        } else if (c == '"' && depth == 0) {
            is_quoted = true;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')' && depth > 0) {
            --depth;
        } else if (depth == 0) {
            out += c;
        }
    }
    return out;
}

}  // namespace

bool is_vouched_for(std::string_view checks_in, std::string_view server) {
    const std::string kept = without_asides(checks_in);
    const std::string_view checks = kept;
    const std::size_t end = checks.find(';');
    if (end == std::string_view::npos) return false;
    std::string_view name = trimmed(checks.substr(0, end));
    name = name.substr(0, name.find_first_of(" \t\r\n"));  // behind it: a version
    if (!same_word(name, lower_case(server))) return false;
    for (std::string_view rest = checks.substr(end + 1); !rest.empty();) {
        const std::size_t next = rest.find(';');
        const std::string_view verdict = trimmed(rest.substr(0, next));
        if (same_word(verdict.substr(0, verdict.find_first_of(" \t\r\n")), "dmarc=pass")) return true;
        rest.remove_prefix(next == std::string_view::npos ? rest.size() : next + 1);
    }
    return false;
}

}  // namespace kith::mail
