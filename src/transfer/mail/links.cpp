#include "transfer/mail/links.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "platform/text/ascii.hpp"
#include "transfer/mail/dates.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

std::string_view separator_date(std::string_view line) {
    for (const std::string_view day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
        const std::size_t at = line.rfind(" " + std::string(day) + " ");
        if (at != std::string_view::npos) return line.substr(at + 1);
    }
    return {};
}

std::string plain_id(std::string_view id) {
    std::string key(trimmed(id));
    if (const std::size_t at = key.find(" at "); at != std::string::npos) key.replace(at, 4, "@");
    return key;
}

// The newest ones, and not so many that a mail could fill the memory.
constexpr std::size_t parents_most = 16;

// What stands in <...>, the last first.
std::vector<std::string> ids_from_the_end(std::string_view references) {
    std::vector<std::string> ids;
    while (ids.size() < parents_most) {
        const std::size_t close = references.rfind('>');
        if (close == std::string_view::npos) break;
        const std::size_t open = references.rfind('<', close);
        if (open == std::string_view::npos) break;
        ids.push_back(plain_id(references.substr(open + 1, close - open - 1)));
        references = references.substr(0, open);
    }
    return ids;
}

std::string first_id(std::string_view text) {
    const std::size_t open = text.find('<');
    if (open == std::string_view::npos) return {};
    const std::size_t close = text.find('>', open);
    return close == std::string_view::npos ? std::string()
                                           : plain_id(text.substr(open + 1, close - open - 1));
}

std::uint64_t fnv1a(std::uint64_t hash, std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

// The separator stays out of it: copies of one message differ there.
std::string content_key(const Mail& mail) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::string* part : {&mail.from, &mail.date, &mail.subject}) {
        hash = fnv1a(hash, *part);
        hash = fnv1a(hash, "\n");
    }
    hash = fnv1a(hash, trimmed(mail.body));
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(hash));
    return "content:" + std::string(hex.data());
}

}  // namespace

// The separator holds the time of arrival. A Date after it comes from a clock that was wrong, and so does one long
// before: a mail may wait for a moderator, but not for months.
std::optional<Time> written_at(const Mail& mail) {
    const std::optional<Time> date = read_mail_date(mail.date);
    const std::optional<Time> arrival = read_mail_date(separator_date(mail.separator));
    if (!date) return arrival;
    if (!arrival) return date;
    const std::int64_t ahead_ms = *date - *arrival;
    constexpr std::int64_t most_ahead_ms = 2 * day_ms, longest_wait_ms = 60 * day_ms;
    return ahead_ms > most_ahead_ms || ahead_ms < -longest_wait_ms ? arrival : date;
}

std::string key_of(const Mail& mail) {
    std::string key = first_id(mail.message_id);
    if (key.empty()) key = plain_id(mail.message_id);
    return key.empty() ? content_key(mail) : key;
}

std::vector<std::string> parents_of(const Mail& mail) {
    std::vector<std::string> parents = ids_from_the_end(mail.references);
    parents.push_back(first_id(mail.in_reply_to));
    std::vector<std::string> out;
    for (std::string& id : parents)
        if (!id.empty() && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(std::move(id));
    return out;
}

}  // namespace kith::transfer
