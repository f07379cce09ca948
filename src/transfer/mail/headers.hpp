#pragma once

#include <string>
#include <string_view>

namespace kith::transfer {

// A mail taken apart; the views are into the raw text it came from.
struct Mail {
    std::string_view separator;  // the mbox line, or empty
    std::string_view whole;      // headers and body
    std::string_view body;
    std::string from, date, subject, message_id, in_reply_to, references;
    std::string content_type, encoding;
    int known_headers = 0;
};

Mail split_mail(std::string_view raw);
// Encoded words as UTF-8, on one line.
std::string decode_header(const std::string& value);
// The value of a parameter such as charset, without quotes.
std::string parameter(std::string_view header, std::string_view lower_name);

}  // namespace kith::transfer
