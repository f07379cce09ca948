#include "platform/mail/inbox.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <vector>

#include "platform/mail/session.hpp"

namespace kith::mail {
namespace {

constexpr std::size_t mail_most = 10 * 1024 * 1024, mails_most = 100;

struct Taken {
    std::string bytes;
    bool is_too_large = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* taken_in) {
    Taken& taken = *static_cast<Taken*>(taken_in);
    if (taken.bytes.size() + size * count > mail_most) {
        taken.is_too_large = true;
    } else {
        taken.bytes.append(bytes, size * count);
    }
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
        std::string answer = perform(inbox_.url).bytes;
        curl_easy_setopt(curl_.get(), CURLOPT_CUSTOMREQUEST, nullptr);
        return answer;
    }
    Taken fetch(const std::string& uid) { return perform(inbox_.url + "/;UID=" + uid); }

private:
    Taken perform(const std::string& url) {
        Taken taken;
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

// "* SEARCH 3 5 8".
std::vector<std::string> numbers_in(std::string_view answer) {
    std::vector<std::string> out;
    const std::size_t at = answer.find("* SEARCH");
    if (at == std::string_view::npos) return out;
    const char* next = answer.data() + at + std::string_view("* SEARCH").size();
    const char* const end = std::find(next, answer.data() + answer.size(), '\r');
    while (next < end && out.size() < mails_most) {
        if (*next == ' ') ++next;
        unsigned long number = 0;
        const auto [after, wrong] = std::from_chars(next, end, number);
        if (wrong != std::errc()) break;
        out.push_back(std::to_string(number));
        next = after;
    }
    return out;
}

}  // namespace

void read_inbox(const Inbox& inbox, const std::function<Verdict(std::string_view)>& look) {
    Session session(inbox);
    for (const std::string& uid : numbers_in(session.tell("UID SEARCH UNFLAGGED UNDELETED"))) {
        const Taken mail = session.fetch(uid);
        const Verdict verdict = mail.is_too_large ? Verdict::left : look(mail.bytes);
        if (verdict == Verdict::left) {
            session.tell("UID STORE " + uid + " +FLAGS.SILENT (\\Flagged)");
        } else {
            session.tell("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
            session.tell("EXPUNGE");
        }
    }
}

}  // namespace kith::mail
