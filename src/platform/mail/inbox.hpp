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

// Shows each mail that is not flagged, the oldest first, 100 at most, and does as `look` says. One above 10 MB is left
// unseen. Each is dealt with before the next is shown: whatever happens in between, none is lost, and one at most is
// shown again. Throws std::runtime_error, without a word of the server or of an address in it, on trouble, and whatever
// `look` throws; then the mail stays as it was.
void read_inbox(const Inbox& inbox, const std::function<Verdict(std::string_view mail)>& look);

}  // namespace kith::mail
