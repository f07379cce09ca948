#pragma once

#include <string>
#include <string_view>
#include <vector>

// Mails from outside, taken apart by GMime. Nothing here fails: what cannot be read is empty.
namespace kith::mail {

// What a mail says, in UTF-8: the text of its plain parts and of its first part in HTML. Attached files are counted.
struct Parts {
    std::string plain, html;
    int attachments = 0;
};
Parts parts_of(std::string_view mail);

// A mail that came to us. Addresses are in lower case.
struct Incoming {
    std::string from;                     // empty: none, or several
    std::vector<std::string> recipients;  // of To, Cc, Delivered-To and X-Original-To
    std::string id;                       // of Message-ID, without brackets
    bool is_automatic = false;        // written by a program: an absence note, a list, a report (RFC 3834)
    bool is_delivery_report = false;  // RFC 3464
    std::string
        checks;  // as it came, the topmost Authentication-Results (RFC 8601): by the server that took it
    Parts parts;
};
Incoming read_incoming(std::string_view mail);

// Whether the server of that name has found that the mail comes from the domain of its From (DMARC).
bool is_vouched_for(std::string_view checks, std::string_view server);

}  // namespace kith::mail
