#pragma once

#include <string>
#include <string_view>

#include "platform/mail/message.hpp"

// Handing mails to a mail server, by libcurl.
namespace kith::mail {

struct Server {
    std::string
        url;  // smtp://host:port (TLS by STARTTLS, unless the host is this machine) or smtps://; empty: none
    std::string user;
    std::string password;
    std::string ca_file;  // trusted besides those of the machine; empty: none
    std::string from;     // address of the sender

    bool is_set() const { return !url.empty(); }
};

struct Outcome {
    enum class Kind {
        sent,
        no_such_address,  // for good: the server knows that nobody reads mail there
        trouble           // now; another try may work
    };
    Kind kind = Kind::sent;
    std::string why = {};  // of trouble: words of ours, never an address or what the server said
};

// Waits for the answer of the server, a minute at most. Never throws.
Outcome send(const Server& server, const Message& message);

// Whether what a server answered to a recipient ("550 5.1.1 ...") means that there is no such address: not that the
// mailbox is full, the mail unwelcome, or this server not allowed to send.
bool means_no_such_address(std::string_view answer);

}  // namespace kith::mail
