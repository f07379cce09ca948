#include <algorithm>
#include <set>
#include <tuple>

#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"
#include "transfer/authors.hpp"
#include "transfer/mail/author.hpp"
#include "transfer/people.hpp"
#include "transfer/records.hpp"
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

const Message& message_at(const Archive& archive, const Conversation& conversation, std::size_t place) {
    return archive.messages[conversation.messages[place]];
}

// ---- finding the place -------------------------------------------------------------------------------------

// The post that a message answers, in this archive or in one that came before.
std::optional<PostId> answered(const Archive& archive, const Records& records,
                               const Conversation& conversation, std::size_t place) {
    const auto post_of = [&](const std::string& key) -> std::optional<PostId> {
        const auto id = key.empty() ? std::nullopt : records.find(Kind::message, key);
        return id ? std::optional(PostId(*id)) : std::nullopt;
    };
    if (const std::int64_t parent = conversation.parents[place]; parent >= 0)
        return post_of(message_at(archive, conversation, static_cast<std::size_t>(parent)).key);
    const Message& message = message_at(archive, conversation, place);
    std::optional<PostId> found = post_of(message.parent_key);
    for (const std::string& key : message.further_keys)
        if (!found) found = post_of(key);
    return found;
}

// Where the rest of a conversation is: it may have been there before its first message was found.
std::optional<ThreadId> thread_of(const Archive& archive, const Records& records,
                                  const Conversation& conversation) {
    if (const auto known = records.find(Kind::thread, conversation.key)) return ThreadId(*known);
    for (std::size_t place = 0; place < conversation.messages.size(); ++place)
        if (const auto id = records.find(Kind::message, message_at(archive, conversation, place).key))
            return PostId(*id).thread();
    return {};
}

// ---- one transaction ---------------------------------------------------------------------------------------

// PostgreSQL may run a transaction twice, so what it finds out stays here until the commit.
class Batch {
public:
    Batch(db::Tx& tx, Random& random, const Archive& archive, const Destination& to, const Records& known)
        : tx_(tx),
          archive_(archive),
          to_(to),
          records_(known.digest_key(), &known),
          authors_(tx, random, to, records_) {}

    Done write(const Step& step) {
        const Message& message = message_at(archive_, *step.conversation, step.place);
        if (records_.find(Kind::message, message.key)) {
            ++counts_.skipped;
            return {};
        }
        const conversation::ImportedPost post{.author = TRY(authors_.persona_of(message.author_key)),
                                              .created_at = message.written_at,
                                              .markdown = markdown_of(message),
                                              .edited_at = message.edited_at,
                                              .removed = message.removed};
        const PostId id = place_post(step, post);
        store::Imported row{Kind::message, records_.digest_of(message.key), id.value()};
        store::insert_imported(tx_, to_.group, to_.source, row);
        records_.put(row);
        touched_.insert(id.thread());
        ++counts_.imported;
        return {};
    }

    void announce() {
        conversation::announce_imported(tx_, to_.group, std::vector(touched_.begin(), touched_.end()));
    }

    Report counts() const {
        Report counts = counts_;
        counts.authors = authors_.made();
        return counts;
    }
    Records&& take_records() { return std::move(records_); }

private:
    std::string markdown_of(const Message& message) {
        const auto name_of = [&](std::string_view user) -> std::string {
            const auto author = archive_.people.find(std::string(user));
            return author == archive_.people.end() ? "somebody" : authors_.name_of(author->second);
        };
        return std::string(text::first(with_names(message.markdown, name_of), conversation::post_most));
    }

    // With what it answers, else with the rest of its conversation.
    PostId place_post(const Step& step, conversation::ImportedPost post) {
        if (const auto parent = answered(archive_, records_, *step.conversation, step.place)) {
            post.reply_to = parent->number();
            if (const auto id = conversation::import_post(tx_, parent->thread(), post)) return *id;
            post.reply_to = 0;
        }
        if (const auto rest = thread_of(archive_, records_, *step.conversation))
            if (const auto id = conversation::import_post(tx_, *rest, post)) return *id;
        return begin_thread(step, post);
    }

    // Also for what no thread has room for any more.
    PostId begin_thread(const Step& step, const conversation::ImportedPost& post) {
        std::string title = text::one_line(step.conversation->title);
        if (title.empty()) title = "(no title)";
        const ThreadId thread = conversation::import_thread(
            tx_, to_.group, text::first(title, conversation::title_most), post);
        const store::Imported row{Kind::thread, records_.digest_of(step.conversation->key), thread.value()};
        store::set_thread(tx_, to_.group, to_.source, row);
        records_.put(row);
        ++counts_.threads;
        return PostId(thread, 1);
    }

    db::Tx& tx_;
    const Archive& archive_;
    const Destination& to_;
    Records records_;
    Authors authors_;
    std::set<ThreadId> touched_;
    Report counts_;
};

// ---- the whole ---------------------------------------------------------------------------------------------

// What is there when an import begins.
struct Start {
    Destination to;
    Records known;
};

Result<GroupId> group_for(db::Tx& tx, const Target& target) {
    if (const auto known = groups::find_group(tx, target.group)) return *known;
    return groups::create_group(tx, Actor::system(),
                                {.name = target.group,
                                 .purpose = "Conversations that were brought here from another place.",
                                 .rules = "Be kind. What is said here stays here.",
                                 .admission = target.admission,
                                 .public_reading = false});
}

Records known_records(db::ReadTx& tx, const Destination& to, std::string digest_key) {
    Records known(std::move(digest_key));
    known.put(store::imported(tx, to.group, to.source));
    return known;
}

Result<Start> prepare(Services& services, const Archive& archive, const Target& target) {
    const std::string fresh = services.random.token(32);
    return services.db.write([&](db::Tx& tx) -> Result<Start> {
        std::string digest_key = store::digest_key(tx, fresh);
        Destination to{TRY(group_for(tx, target)), archive.source, target.site};
        Records known = known_records(tx, to, std::move(digest_key));
        return Start{std::move(to), std::move(known)};
    });
}

void add_counts(Report& report, const Report& more) {
    report.imported += more.imported;
    report.threads += more.threads;
    report.authors += more.authors;
    report.skipped += more.skipped;
}

Report finished(Report report, const Archive& archive) {
    report.messages = archive.read;
    report.reasons = archive.skipped;
    if (report.skipped > 0) report.reasons.push_back({"here already", report.skipped});
    report.skipped = report.messages - report.imported;
    return report;
}

}  // namespace

Result<Report> import_archive(Services& services, const Archive& archive, const Target& target,
                              const OnProgress& progress) {
    Start start = TRY(prepare(services, archive, target));
    const std::vector<Step> steps = in_order_of_writing(archive);
    Report report;
    progress(0, 0);
    for (std::size_t done = 0; done < steps.size();) {
        const std::size_t end = std::min(done + messages_per_transaction, steps.size());
        std::optional<Records> added;
        const Report counts = TRY(services.db.write([&](db::Tx& tx) -> Result<Report> {
            Batch batch(tx, services.random, archive, start.to, start.known);
            for (std::size_t i = done; i < end; ++i) TRY(batch.write(steps[i]));
            batch.announce();
            added.emplace(batch.take_records());
            return batch.counts();
        }));
        start.known.take_over(*std::move(added));
        TRY(services.db.write([](db::Tx& tx) -> Result<bool> {
            return conversation::index_waiting_posts(tx, static_cast<int>(messages_per_transaction));
        }));
        add_counts(report, counts);
        done = end;
        progress(static_cast<double>(done) / static_cast<double>(steps.size()),
                 static_cast<std::int64_t>(done));
    }
    return finished(std::move(report), archive);
}

Result<Report> foresee_import(Services& services, const Archive& archive, const Target& target) {
    Report report;
    const Records known = services.db.read([&](db::ReadTx& tx) {
        const auto group = groups::find_group(tx, target.group);
        report.makes_group = !group;
        const auto key = store::find_digest_key(tx);
        if (!group || !key) return Records(std::string(32, '0'));
        return known_records(tx, {*group, archive.source, target.site}, *key);
    });
    std::set<std::string_view> authors;
    for (const Conversation& conversation : archive.conversations) {
        const std::int64_t before = report.imported;
        for (std::size_t place = 0; place < conversation.messages.size(); ++place) {
            const Message& message = message_at(archive, conversation, place);
            const bool is_known = known.find(Kind::message, message.key).has_value();
            ++(is_known ? report.skipped : report.imported);
            if (!is_known && !known.find(Kind::author, message.author_key))
                authors.insert(message.author_key);
        }
        const bool goes_on = answered(archive, known, conversation, 0) ||
                             thread_of(archive, known, conversation);
        if (report.imported > before && !goes_on) ++report.threads;
    }
    report.authors = static_cast<std::int64_t>(authors.size());
    return finished(std::move(report), archive);
}

Result<MemberId> member_behind(db::ReadTx& tx, std::string_view address) {
    const auto key = store::find_digest_key(tx);
    const std::string person = person_key("mbox", "", plain_address(address));
    const auto member = key ? store::find_person(tx, Records(*key).digest_of(person))
                            : std::optional<MemberId>();
    if (!member) return not_found("Nobody wrote from this address in what was brought in.");
    return *member;
}

}  // namespace kith::transfer
