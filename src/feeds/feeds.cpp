#include "feeds/feeds.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "url.hpp"

namespace kith::feeds {
namespace {

constexpr std::size_t key_bytes = 24;

// What a notice is, without a name of anybody.
std::string_view words_of(notices::Kind kind) {
    switch (kind) {
        case notices::Kind::reply:
            return t_later("Somebody replied to you");
        case notices::Kind::mention:
            return t_later("Somebody wrote your name");
        case notices::Kind::support:
            return t_later("Somebody sent you support");
        default:
            return t_later("Something new for you");
    }
}

struct Sources {
    std::vector<notices::Notice> notices;
    std::vector<conversation::ThreadRow> threads;
    std::unordered_map<GroupId, std::string> groups;
};

// The newest of each of their groups, which they may read as members, whether they have done so or not: the feed does
// not tell when they are here.
std::vector<conversation::ThreadRow> threads_for(db::ReadTx& tx, MemberId member) {
    constexpr std::size_t groups_most = 20;
    constexpr int of_a_group = 5;
    const Actor actor = Actor::of(member);
    const std::vector<ThreadId> muted = conversation::muted_threads(tx, member);
    const auto hidden_people = identity::muted_by(tx, member);
    const content_notes::Choices choices = content_notes::choices_of(tx, member);
    std::vector<groups::MyGroup> mine = groups::groups_of(tx, member);
    if (mine.size() > groups_most) mine.resize(groups_most);
    std::vector<conversation::ThreadRow> out;
    for (const groups::MyGroup& group : mine) {
        for (conversation::ThreadRow& row : conversation::threads_of(tx, actor, group.id, 1, of_a_group)) {
            const conversation::Thread& thread = row.thread;
            const bool is_own = identity::member_of(tx, thread.last_author) == member;
            if (!thread.removed_at && !is_own &&
                !identity::is_muted(hidden_people, thread.last_author, thread.group) &&
                !choices.wants_no_news(thread.notes) && !std::ranges::binary_search(muted, thread.id))
                out.push_back(std::move(row));
        }
    }
    return out;
}

Sources sources_of(db::ReadTx& tx, MemberId member) {
    Sources out{notices::list_for(tx, member, 0, entries_most), threads_for(tx, member), {}};
    std::vector<GroupId> ids;
    for (const notices::Notice& notice : out.notices) ids.push_back(notice.group);
    for (const conversation::ThreadRow& row : out.threads) ids.push_back(row.thread.group);
    out.groups = groups::names_of(tx, ids);
    return out;
}

// "The circle: Bad nights", where the member lets it say so.
std::string title_of(const Sources& sources, GroupId group, std::string_view words) {
    const auto name = sources.groups.find(group);
    return name == sources.groups.end() ? std::string(words) : name->second + ": " + std::string(words);
}

Entry entry_for(const Sources& sources, const notices::Notice& notice, const Words& words, bool tells_more) {
    const std::string_view what = words.t(words_of(notice.kind));
    return {
        "notice:" + std::to_string(notice.id),
        tells_more ? title_of(sources, notice.group, what) : std::string(words.t("Something new for you")),
        url::notices().text(), notice.created_at};
}

// Another one with each post.
Entry entry_for(const Sources& sources, const conversation::ThreadRow& row, const Words& words,
                bool tells_more) {
    const conversation::Thread& thread = row.thread;
    const std::string_view title = conversation::shown_title(thread.title, words);
    return {"post:" + std::to_string(PostId(thread.id, thread.last_number).value()),
            tells_more ? title_of(sources, thread.group, title)
                       : std::string(words.t("New words in one of your groups")),
            url::thread_unread(thread.id).text(), thread.last_post_at};
}

}  // namespace

Result<std::string> make_key(db::Tx& tx, const Actor& actor, Language language, Random& random) {
    const MemberId member = TRY(identity::acting_person(tx, actor));
    TRY(identity::require_confirmed(tx, actor));
    std::string key = random.token(key_bytes);
    identity::put_feed_key(tx, member, crypto::digest(key), language);
    audit::record(tx, actor, "feed.made", "member", member.value());
    return key;
}

Done end_key(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    identity::end_feed_key(tx, member);
    return {};
}

std::optional<Time> key_made_at(db::ReadTx& tx, MemberId member) {
    return identity::feed_key_made_at(tx, member);
}

Result<Feed> feed_for(db::ReadTx& tx, std::string_view key) {
    const auto found = identity::find_feed_key(tx, crypto::digest(key));
    if (!found || !identity::acting_member(tx, Actor::of(found->member))) return not_found();
    Feed out{.language = found->language,
             .tells_more = notices::wish_of(tx, found->member).tells_more,
             .entries = {}};
    if (identity::standing_pause(tx, found->member)) return out;
    const Sources sources = sources_of(tx, found->member);
    const Words& words = Words::of(out.language);
    for (const auto& notice : sources.notices)
        out.entries.push_back(entry_for(sources, notice, words, out.tells_more));
    for (const auto& row : sources.threads)
        out.entries.push_back(entry_for(sources, row, words, out.tells_more));
    std::ranges::stable_sort(out.entries, std::ranges::greater(), &Entry::updated);
    if (out.entries.size() > entries_most) out.entries.resize(entries_most);
    return out;
}

}  // namespace kith::feeds
