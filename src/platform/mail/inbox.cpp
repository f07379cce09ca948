#include "platform/mail/inbox.hpp"

#include <algorithm>
#include <charconv>
#include <climits>
#include <stdexcept>
#include <vector>

#include "platform/log/log.hpp"
#include "platform/mail/session.hpp"

namespace kith::mail {
namespace {

constexpr std::size_t mail_most = 10 * 1024 * 1024, mails_most = 100;
constexpr unsigned long mails_seen = 1000;  // the newest

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* taken_in) {
    std::string& taken = *static_cast<std::string*>(taken_in);
    if (taken.size() + size * count > 2 * mail_most) return 0;  // that is an error
    taken.append(bytes, size * count);
    return size * count;
}

class Session {
public:
    explicit Session(const Inbox& inbox)
        : inbox_(inbox),
          curl_(open_session({inbox.url, inbox.user, inbox.password, inbox.ca_file}, "imap,imaps")) {
        if (!curl_) throw std::runtime_error("out of memory");
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, take);
    }

    // What the server says to a command.
    std::string tell(const std::string& command) {
        curl_easy_setopt(curl_.get(), CURLOPT_CUSTOMREQUEST, command.c_str());
        std::string answer = perform(inbox_.url);
        curl_easy_setopt(curl_.get(), CURLOPT_CUSTOMREQUEST, nullptr);
        return answer;
    }
    std::string fetch(const std::string& uid) { return perform(inbox_.url + "/;UID=" + uid); }

private:
    std::string perform(const std::string& url) {
        std::string taken;
        curl_easy_setopt(curl_.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &taken);
        const CURLcode code = curl_easy_perform(curl_.get());
        if (code != CURLE_OK)
            throw std::runtime_error(std::string("the mailbox: ") + curl_easy_strerror(code));
        return taken;
    }

    const Inbox& inbox_;
    Curl curl_;
};

// "* SEARCH 3 5 8", of those from `first` to `last`.
std::vector<unsigned long> numbers_in(std::string_view answer, unsigned long first, unsigned long last) {
    std::vector<unsigned long> out;
    constexpr std::string_view begin = "* SEARCH";
    const std::size_t at = answer.find(begin);
    if (at == std::string_view::npos) return out;
    const char* next = answer.data() + at + begin.size();
    const char* const end = std::find(next, answer.data() + answer.size(), '\r');
    while (next < end) {
        if (*next == ' ') ++next;
        unsigned long number = 0;
        const auto [after, wrong] = std::from_chars(next, end, number);
        if (wrong != std::errc()) break;
        if (number >= first && number <= last) out.push_back(number);
        next = after;
    }
    return out;
}

// Asked for in a range: libcurl garbles an answer of more than 16 kB.
std::vector<unsigned long> waiting(Session& session) {
    const auto newest = numbers_in(session.tell("UID SEARCH *"), 1, ULONG_MAX);
    if (newest.empty()) return {};
    const unsigned long last = newest.back(), first = last > mails_seen ? last - mails_seen : 1;
    const std::string range = std::to_string(first) + ":" + std::to_string(last);
    auto out = numbers_in(
        session.tell("UID SEARCH UID " + range + " UNFLAGGED UNDELETED SMALLER " + std::to_string(mail_most)),
        first, last);
    if (out.size() > mails_most) out.resize(mails_most);
    return out;
}

// Reading a mail has marked it as seen: it is not, for the people it is left for.
void leave(Session& session, const std::string& uid, std::string_view flag) {
    session.tell("UID STORE " + uid + " -FLAGS.SILENT (\\Seen)");
    if (!flag.empty()) session.tell("UID STORE " + uid + " +FLAGS.SILENT (" + std::string(flag) + ")");
}

// Only this one: people mark mails for deletion, too. A server without UIDPLUS keeps it marked.
void remove(Session& session, const std::string& uid) {
    session.tell("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
    try {
        session.tell("UID EXPUNGE " + uid);
    } catch (const std::runtime_error&) {
        log::info("the mailbox keeps answers, marked as deleted");
    }
}

void deal_with(Session& session, const std::string& uid, const Look& look) {
    std::string mail;
    try {
        mail = session.fetch(uid);
    } catch (const std::runtime_error&) {  // it is gone, or there is nothing in it
        return leave(session, uid, "\\Flagged");
    }
    try {
        if (look(mail) == Verdict::done) return remove(session, uid);
    } catch (const std::exception& problem) {
        log::warn("a mail that came has to wait", {{"problem", problem.what()}});
        return leave(session, uid, {});
    }
    leave(session, uid, "\\Flagged");
}

}  // namespace

void read_inbox(const Inbox& inbox, const Look& look) {
    Session session(inbox);
    for (const unsigned long uid : waiting(session)) deal_with(session, std::to_string(uid), look);
}

}  // namespace kith::mail
