#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

// A mail as text: RFC 5322, one part of text/plain in UTF-8.
namespace kith::mail {

struct Message {
    std::string from;  // addresses without names
    std::string to;
    std::string reply_to;  // empty: answers go to `from`
    std::string subject;
    std::string body;         // lines end with \n
    std::string unsubscribe;  // an address to POST to (RFC 8058); empty: none
    std::string id;           // of Message-ID, before its "@": letters and digits
    Time sent_at;
};

// Whether it can be the address of a mail: printable ASCII, one "@", a domain of letters, digits, dots and hyphens,
// nothing that could begin another header or command.
bool is_address(std::string_view text);

// The bytes to send, with \r\n. Throws std::invalid_argument for addresses that are none.
std::string as_text(const Message& message);

// The text of a header as encoded words where it needs them (RFC 2047), folded below 78 characters. Line breaks
// become spaces.
std::string encoded_words(std::string_view text, std::size_t used);

}  // namespace kith::mail
