#include <algorithm>
#include <tuple>

#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/unicode.hpp"
#include "transfer/store.hpp"
#include "transfer/transfer.hpp"

namespace kith::transfer {
namespace {

constexpr std::size_t messages_per_transaction = 400;

// One message where it belongs, in the order of writing over all conversations.
struct Step {
    const Conversation* conversation;
    std::size_t place;
    Time written_at;  // never before what it answers
};

std::vector<Step> in_order_of_writing(const Archive& archive) {
    std::vector<Step> steps;
    steps.reserve(archive.messages.size());
    for (const Conversation& conversation : archive.conversations) {
        Time latest{};
        for (std::size_t place = 0; place < conversation.messages.size(); ++place) {
            latest = std::max(latest, archive.messages[conversation.messages[place]].written_at);
            steps.push_back({&conversation, place, latest});
        }
    }
    const auto key = [](const Step& s) { return std::tuple(s.written_at, s.conversation, s.place); };
    std::sort(steps.begin(), steps.end(), [&](const Step& a, const Step& b) { return key(a) < key(b); });
    return steps;
}

class Importer {
public:
    Importer(Services& services, const Archive& archive) : services_(services), archive_(archive) {}

    Result<Report> run(std::string_view group_name, const OnProgress& progress) {
        TRY(prepare(group_name));
        const std::vector<Step> steps = in_order_of_writing(archive_);
        report_.messages = archive_.read;
        report_.reasons = archive_.skipped;
        for (std::size_t done = 0; done < steps.size(); done += messages_per_transaction) {
            const std::size_t count = std::min(messages_per_transaction, steps.size() - done);
            TRY(write_some(std::span(steps).subspan(done, count)));
            progress(static_cast<double>(done + count) / static_cast<double>(steps.size()),
                     static_cast<std::int64_t>(done + count));
        }
        if (known_ > 0) report_.reasons.push_back({"here already", known_});
        report_.skipped = report_.messages - report_.imported;
        return report_;
    }

private:
    Done prepare(std::string_view name) {
        const std::string fresh = services_.random.token(32);
        group_ = TRY(services_.db.write([&](db::Tx& tx) -> Result<GroupId> {
            key_ = store::digest_key(tx, fresh);
            if (const auto known = groups::find_group(tx, name)) return *known;
            return groups::create_group(
                tx, Actor::system(),
                {.name = std::string(name),
                 .purpose = "Conversations that were brought here from another place.",
                 .rules = "Be kind. What is said here stays here.",
                 .public_reading = false});
        }));
        return {};
    }

    // PostgreSQL may run a transaction twice, so what it counts is added up after the commit.
    Done write_some(std::span<const Step> steps) {
        const Report now = TRY(services_.db.write([&](db::Tx& tx) -> Result<Report> {
            Report counts;
            for (const Step& step : steps) TRY(write_one(tx, step, counts));
            return counts;
        }));
        report_.imported += now.imported;
        report_.threads += now.threads;
        report_.authors += now.authors;
        known_ += now.skipped;
        return {};
    }

    Done write_one(db::Tx& tx, const Step& step, Report& counts) {
        const Message& message = message_at(step, step.place);
        const std::string digest = digest_of(message.key);
        if (store::imported_id(tx, archive_.source, "message", digest)) {
            ++counts.skipped;
            return {};
        }
        const conversation::ImportedPost post{
            .author = TRY(author_of(tx, message, counts)),
            .created_at = message.written_at,
            .markdown = std::string(text::first(message.markdown, conversation::post_most)),
            .reply_to = parent_number(tx, step),
            .removed = message.removed};
        const PostId id = place_post(tx, step, post, counts);
        store::insert_imported(tx, archive_.source, "message", digest, id.value());
        ++counts.imported;
        return {};
    }

    PostId place_post(db::Tx& tx, const Step& step, const conversation::ImportedPost& post, Report& counts) {
        const std::string digest = digest_of(step.conversation->key);
        const auto known = store::imported_id(tx, archive_.source, "thread", digest);
        if (known) return conversation::import_post(tx, ThreadId(*known), post);
        ++counts.threads;
        std::string title = text::one_line(step.conversation->title);
        if (title.empty()) title = "(no title)";
        const ThreadId thread = conversation::import_thread(
            tx, group_, text::first(title, conversation::title_most), post);
        store::insert_imported(tx, archive_.source, "thread", digest, thread.value());
        return PostId(thread, 1);
    }

    std::int64_t parent_number(db::Tx& tx, const Step& step) {
        const std::int64_t parent = step.conversation->parents[step.place];
        if (parent < 0) return 0;
        const Message& message = message_at(step, static_cast<std::size_t>(parent));
        const auto id = store::imported_id(tx, archive_.source, "message", digest_of(message.key));
        return id ? PostId(*id).number() : 0;
    }

    Result<PersonaId> author_of(db::Tx& tx, const Message& message, Report& counts) {
        const std::string digest = digest_of(message.author_key);
        if (const auto known = store::imported_id(tx, archive_.source, "author", digest))
            return PersonaId(*known);
        constexpr int most_tries = 200;
        for (int i = 0; i < most_tries; ++i) {
            const auto persona = identity::create_placeholder(tx, Actor::system(),
                                                              text::suggest_pseudonym(services_.random));
            if (!persona) continue;  // the name is taken
            TRY(groups::add_member(tx, Actor::system(), group_, identity::member_of(tx, *persona), *persona));
            store::insert_imported(tx, archive_.source, "author", digest, persona->value());
            ++counts.authors;
            return *persona;
        }
        return conflict("We ran out of names for authors.");
    }

    const Message& message_at(const Step& step, std::size_t place) const {
        return archive_.messages[step.conversation->messages[place]];
    }
    std::string digest_of(std::string_view key) const { return crypto::keyed_digest(key_, key); }

    Services& services_;
    const Archive& archive_;
    GroupId group_;
    std::string key_;
    Report report_;
    std::int64_t known_ = 0;
};

}  // namespace

Result<Report> import_archive(Services& services, const Archive& archive, std::string_view group,
                              const OnProgress& progress) {
    return Importer(services, archive).run(group, progress);
}

}  // namespace kith::transfer
