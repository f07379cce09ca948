#include "transfer/threading.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "platform/text/unicode.hpp"

namespace kith::transfer {
namespace {

constexpr std::int64_t subject_window_ms = 30 * day_ms;
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool same_ignoring_case(std::string_view a, std::string_view lower_b) {
    return a.size() == lower_b.size() && std::equal(a.begin(), a.end(), lower_b.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
           });
}

// "Re:", "AW:", "Re[2]:" and what other languages write: how long it is, else 0.
std::size_t reply_prefix(std::string_view subject) {
    static constexpr std::array<std::string_view, 14> words = {
        "re", "aw", "antw", "antwort", "sv", "vs", "odp", "ref", "rif", "r", "fwd", "fw", "wg", "tr"};
    const std::size_t colon = subject.find(':');
    if (colon == std::string_view::npos || colon > 12) return 0;
    std::string_view word = trimmed(subject.substr(0, colon));
    if (word.ends_with(']') || word.ends_with(')')) word = trimmed(word.substr(0, word.find_first_of("[(")));
    const bool known = std::any_of(words.begin(), words.end(),
                                   [&](std::string_view each) { return same_ignoring_case(word, each); });
    return known ? colon + 1 : 0;
}

// "[Twisted-Python]": how long it is, else 0. "[Fwd: something]" is no tag, and a tag that is all
// of a subject stays.
std::size_t list_tag(std::string_view subject) {
    constexpr std::size_t longest = 40;
    if (!subject.starts_with('[')) return 0;
    const std::size_t end = subject.find(']');
    if (end == std::string_view::npos || end > longest) return 0;
    if (subject.substr(0, end).find(':') != std::string_view::npos) return 0;
    return trimmed(subject.substr(end + 1)).empty() ? 0 : end + 1;
}

struct Bare {
    std::string_view text;
    bool is_reply = false;
};

Bare bare_subject(std::string_view subject) {
    Bare bare{trimmed(subject)};
    for (;;) {
        const std::size_t prefix = reply_prefix(bare.text);
        const std::size_t tag = prefix > 0 ? 0 : list_tag(bare.text);
        if (prefix + tag == 0) return bare;
        bare.is_reply = bare.is_reply || prefix > 0;
        bare.text = trimmed(bare.text.substr(prefix + tag));
    }
}

// Puts messages into conversations; indexes are those of the archive throughout.
class Threader {
public:
    explicit Threader(std::span<const Message> messages);
    std::vector<Conversation> run();

private:
    void find_parents();
    std::size_t parent_of(std::size_t message, bool has_replies) const;
    bool follows_from(std::size_t message, std::size_t ancestor) const;
    std::size_t root_of(std::size_t message);
    void join_by_subject();
    void order_by_time();
    Conversation conversation_of(const std::vector<std::size_t>& members) const;

    std::span<const Message> messages_;
    std::vector<std::size_t> order_;   // by time, copies of a message left out
    std::vector<std::size_t> parent_;  // what a message replies to, or none
    std::vector<std::size_t> root_;    // of the tree that a message belongs to
    std::vector<std::size_t> joined_;  // for a root: the root whose conversation it joins, or itself
    std::unordered_map<std::string_view, std::size_t> by_key_;
};

Threader::Threader(std::span<const Message> messages)
    : messages_(messages),
      parent_(messages.size(), none),
      root_(messages.size(), none),
      joined_(messages.size(), none) {
    order_by_time();
}

void Threader::order_by_time() {
    std::vector<std::size_t> all(messages_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(messages_[a].written_at, a) < std::pair(messages_[b].written_at, b);
    });
    by_key_.reserve(all.size());
    for (const std::size_t i : all)
        if (by_key_.emplace(messages_[i].key, i).second) order_.push_back(i);
}

bool Threader::follows_from(std::size_t message, std::size_t ancestor) const {
    for (; message != none; message = parent_[message])
        if (message == ancestor) return true;
    return false;
}

// The nearest of what the message follows from that the archive has and that does not follow from it.
std::size_t Threader::parent_of(std::size_t i, bool has_replies) const {
    const auto fits = [&](const std::string& key) -> std::size_t {
        const auto found = key.empty() ? by_key_.end() : by_key_.find(key);
        if (found == by_key_.end() || found->second == i) return none;
        return has_replies && follows_from(found->second, i) ? none : found->second;
    };
    std::size_t parent = fits(messages_[i].parent_key);
    for (const std::string& key : messages_[i].further_keys)
        if (parent == none) parent = fits(key);
    return parent;
}

// In order of writing, so that of a loop the latest link is the one left out. A loop can only close
// at a message that has replies already: a wrong clock dated them before it.
void Threader::find_parents() {
    std::vector<bool> has_replies(messages_.size());
    for (const std::size_t i : order_) {
        parent_[i] = parent_of(i, has_replies[i]);
        if (parent_[i] != none) has_replies[parent_[i]] = true;
    }
}

std::size_t Threader::root_of(std::size_t message) {
    std::size_t root = message;
    while (parent_[root] != none && root_[root] == none) root = parent_[root];
    if (root_[root] != none) root = root_[root];
    for (; message != root && root_[message] == none; message = parent_[message]) root_[message] = root;
    return root_[root] = root;
}

// Walks through the archive as it was written and remembers for each subject where it was talked
// about.
void Threader::join_by_subject() {
    struct Seen {
        std::size_t conversation;
        Time at;
    };
    std::unordered_map<std::string, Seen> latest;
    for (const std::size_t i : order_) {
        const std::size_t root = root_of(i);
        const Message& message = messages_[i];
        bool is_reply = false;
        const std::string subject = normal_subject(message.subject, is_reply);
        if (joined_[root] == none) joined_[root] = root;
        if (subject.empty()) continue;
        const auto seen = latest.find(subject);
        const bool orphan = i == root && (is_reply || !message.parent_key.empty());
        if (orphan && seen != latest.end() && message.written_at - seen->second.at <= subject_window_ms)
            joined_[root] = seen->second.conversation;
        latest[subject] = {joined_[root], message.written_at};
    }
}

// A clock that ran wrong can date a reply before its parent: then the parent still comes first.
Conversation Threader::conversation_of(const std::vector<std::size_t>& members) const {
    Conversation conversation;
    std::unordered_map<std::size_t, std::int64_t> position;
    std::vector<std::size_t> waiting;
    const auto place = [&](std::size_t i) {
        const auto parent = position.find(parent_[i]);
        conversation.parents.push_back(parent == position.end() ? -1 : parent->second);
        position.emplace(i, static_cast<std::int64_t>(conversation.messages.size()));
        conversation.messages.push_back(i);
    };
    for (const std::size_t member : members) {
        for (std::size_t i = member; i != none && !position.contains(i); i = parent_[i]) waiting.push_back(i);
        for (; !waiting.empty(); waiting.pop_back()) place(waiting.back());
    }
    const Message& first = messages_[conversation.messages.front()];
    conversation.key = first.key;
    conversation.title = title_of(first.subject);
    return conversation;
}

std::vector<Conversation> Threader::run() {
    find_parents();
    join_by_subject();
    std::unordered_map<std::size_t, std::size_t> slots;  // root to place in `groups`
    std::vector<std::vector<std::size_t>> groups;
    for (const std::size_t i : order_) {
        const auto [slot, is_new] = slots.emplace(joined_[root_of(i)], groups.size());
        if (is_new) groups.emplace_back();
        groups[slot->second].push_back(i);
    }
    std::vector<Conversation> conversations;
    conversations.reserve(groups.size());
    for (const auto& members : groups) conversations.push_back(conversation_of(members));
    return conversations;
}

}  // namespace

std::string normal_subject(std::string_view subject, bool& is_reply) {
    const Bare bare = bare_subject(subject);
    is_reply = bare.is_reply;
    return text::fold(bare.text);
}

std::string title_of(std::string_view subject) { return std::string(bare_subject(subject).text); }

std::vector<Conversation> thread_messages(std::span<const Message> messages) {
    return Threader(messages).run();
}

}  // namespace kith::transfer
