#include "transfer/mail/message.hpp"

#include "platform/text/unicode.hpp"
#include "transfer/addresses.hpp"
#include "transfer/mail/author.hpp"
#include "transfer/mail/body.hpp"
#include "transfer/mail/headers.hpp"
#include "transfer/mail/links.hpp"

namespace kith::transfer {

std::optional<Message> read_message(std::string_view raw, std::string& why_not) {
    const Mail mail = split_mail(raw);
    const auto refuse = [&](std::string_view reason) {
        why_not = reason;
        return std::nullopt;
    };
    if (mail.known_headers == 0) return refuse("not a message");
    const Author author = author_of(mail);
    if (author.address.empty() && author.name.empty()) return refuse("no author");
    const std::optional<Time> time = written_at(mail);
    if (!time) return refuse("no date");
    Body body = read_body(mail);
    if (body.markdown.empty()) return refuse("empty");
    Message message;
    message.key = key_of(mail);
    message.subject = decode_header(mail.subject);
    message.author_key = author_key(author, message.subject);
    message.subject = text::first(without_addresses(message.subject), max_subject_code_points);
    message.author_hint = author.name;
    message.written_at = *time;
    message.markdown = std::move(body.markdown);
    message.further_keys = parents_of(mail);
    if (!message.further_keys.empty()) {
        message.parent_key = std::move(message.further_keys.front());
        message.further_keys.erase(message.further_keys.begin());
    }
    message.attachments = body.attachments;
    return message;
}

}  // namespace kith::transfer
