#include <map>
#include <unordered_set>

#include "transfer/discourse.hpp"
#include "transfer/mail_text.hpp"
#include "transfer/mbox.hpp"
#include "transfer/threading.hpp"
#include "transfer/transfer.hpp"

namespace kith::transfer {
namespace {

class Reasons {
public:
    void add(const std::string& reason, std::int64_t count = 1) {
        if (count > 0) counts_[reason] += count;
    }
    std::vector<Skipped> list() const {
        std::vector<Skipped> out;
        for (const auto& [reason, count] : counts_) out.push_back({reason, count});
        return out;
    }

private:
    std::map<std::string, std::int64_t> counts_;
};

constexpr std::int64_t tell_every = 250;

}  // namespace

Result<Archive> read_mbox(const std::string& path, const OnProgress& progress) {
    MboxReader reader = TRY(MboxReader::open(path));
    Archive archive{.source = "mbox"};
    Reasons reasons;
    std::unordered_set<std::string> seen;
    std::string raw, why;
    while (reader.next(raw)) {
        if (++archive.read % tell_every == 0) progress(reader.fraction(), archive.read);
        auto message = read_message(raw, why);
        if (!message) {
            reasons.add(why);
        } else if (!seen.insert(message->key).second) {
            reasons.add("duplicate");
        } else {
            archive.messages.push_back(*std::move(message));
        }
    }
    reasons.add("too large", reader.too_large());
    reasons.add("not a message", reader.not_messages());
    if (reader.broken()) reasons.add("the file breaks off");
    archive.read += reader.too_large();
    archive.skipped = reasons.list();
    archive.conversations = thread_messages(archive.messages);
    return archive;
}

namespace {

// A topic is a conversation already.
void add_topic(Archive& archive, const std::string& key, const std::string& title,
               std::vector<Message>&& topic) {
    Conversation conversation{.key = key, .title = title, .messages = {}, .parents = {}};
    std::unordered_map<std::string, std::int64_t> places;
    for (Message& message : topic) {
        const auto parent = places.find(message.parent_key);
        conversation.parents.push_back(parent == places.end() ? -1 : parent->second);
        places.emplace(message.key, static_cast<std::int64_t>(conversation.messages.size()));
        conversation.messages.push_back(archive.messages.size());
        archive.messages.push_back(std::move(message));
    }
    if (!conversation.messages.empty()) archive.conversations.push_back(std::move(conversation));
}

}  // namespace

Result<Archive> read_discourse(const std::string& folder, const OnProgress& progress) {
    DiscourseReader reader = TRY(DiscourseReader::open(folder));
    Archive archive{.source = "discourse"};
    Reasons reasons;
    std::unordered_set<std::string> seen;
    std::vector<Message> topic;
    std::string title, why;
    while (reader.next(topic, title, why)) {
        if (!why.empty()) reasons.add(why);
        archive.read += static_cast<std::int64_t>(topic.size());
        const std::size_t all = topic.size();
        std::erase_if(topic, [&](const Message& m) { return !seen.insert(m.key).second; });
        reasons.add("duplicate", static_cast<std::int64_t>(all - topic.size()));
        add_topic(archive, reader.topic_key(), title, std::move(topic));
        topic.clear();
        progress(reader.fraction(), archive.read);
    }
    archive.skipped = reasons.list();
    return archive;
}

}  // namespace kith::transfer
