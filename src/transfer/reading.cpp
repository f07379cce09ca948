#include <filesystem>
#include <unordered_set>

#include "transfer/discourse.hpp"
#include "transfer/mail/message.hpp"
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

// ---- mbox --------------------------------------------------------------------------------------------------

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
    if (archive.read == 0 && reader.not_messages() > 0)
        return fail(Fault::invalid, path + " is no mailing-list archive: no line in it begins a message");
    reasons.add("too large", reader.too_large());
    reasons.add("not a message", reader.not_messages());
    if (reader.broken())
        archive.problems.push_back("The file breaks off or is damaged; what comes before that was read.");
    archive.read += reader.too_large() + reader.not_messages();
    archive.skipped = reasons.list();
    archive.conversations = thread_messages(archive.messages);
    return archive;
}

// ---- Discourse ---------------------------------------------------------------------------------------------

namespace {

// A topic is a conversation already.
void add_topic(Archive& archive, Topic&& topic) {
    Conversation conversation{.key = topic.key, .title = topic.title, .messages = {}, .parents = {}};
    std::unordered_map<std::string, std::int64_t> places;
    for (Message& message : topic.posts) {
        const auto parent = places.find(message.parent_key);
        conversation.parents.push_back(parent == places.end() ? -1 : parent->second);
        places.emplace(message.key, static_cast<std::int64_t>(conversation.messages.size()));
        conversation.messages.push_back(archive.messages.size());
        archive.messages.push_back(std::move(message));
    }
    if (!conversation.messages.empty()) archive.conversations.push_back(std::move(conversation));
}

std::string unread_file(const std::string& file, const std::string& why) {
    return std::filesystem::path(file).filename().string() + " could not be read: " + why + ".";
}

}  // namespace

Result<Archive> read_discourse(const std::string& folder, const OnProgress& progress) {
    DiscourseReader reader = TRY(DiscourseReader::open(folder));
    Archive archive{.source = "discourse"};
    Reasons reasons, notes;
    std::unordered_set<std::string> seen;
    Topic topic;
    std::string why;
    while (reader.next(topic, why)) {
        if (!why.empty()) archive.problems.push_back(unread_file(reader.file(), why));
        else if (topic.met == 0) notes.add("topics without a post");
        archive.read += topic.met;
        for (const Skipped& skipped : topic.skipped) reasons.add(skipped.reason, skipped.count);
        const std::size_t copies = std::erase_if(
            topic.posts, [&](const Message& m) { return !seen.insert(m.key).second; });
        reasons.add("duplicate", static_cast<std::int64_t>(copies));
        notes.add("likes", topic.likes);
        archive.people.merge(topic.people);
        add_topic(archive, std::move(topic));
        progress(reader.fraction(), archive.read);
    }
    archive.skipped = reasons.list();
    archive.notes = notes.list();
    return archive;
}

}  // namespace kith::transfer
