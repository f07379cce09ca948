#pragma once

#include <functional>
#include <string>
#include <string_view>

// A mailbox on a mail server, read by IMAP (libcurl).
namespace kith::mail {

struct Inbox {
    std::string
        url;  // imaps://host/INBOX, or imap:// (TLS by STARTTLS, unless the host is this machine); empty: none
    std::string user;
    std::string password;
    std::string ca_file;  // trusted besides those of the machine; empty: none

    bool is_set() const { return !url.empty(); }
};

// What becomes of a mail that was looked at.
enum class Verdict {
    done,  // it is deleted
    left   // it stays, flagged, for people
};

using Look = std::function<Verdict(std::string_view mail)>;

// Shows each of the newest 1,000 mails that is not flagged and below 10 MB, the oldest first, 100 at most, and does as
// `look` says. Each is dealt with before the next is shown: killed in between, none is lost, and one at most is shown
// again. What `look` throws leaves that mail as it was, for the next time, and goes into the log. Throws
// std::runtime_error, without a word of the server or of an address in it, when the server cannot be talked to.
void read_inbox(const Inbox& inbox, const Look& look);

}  // namespace kith::mail
