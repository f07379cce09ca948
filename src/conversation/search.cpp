#include <algorithm>

#include "conversation/conversation.hpp"
#include "conversation/kept_away.hpp"
#include "conversation/store.hpp"
#include "conversation/titles.hpp"
#include "identity/identity.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/search_text.hpp"
#include "platform/text/visible_text.hpp"

namespace kith::conversation {
namespace {

constexpr std::size_t excerpt_most = 200;
// At a million posts a word takes some milliseconds; what takes longer than this is the beginning of very many.
constexpr std::int64_t longest_ms = 250;

// Where the actor may look; none of them: nowhere.
Result<std::vector<GroupId>> searched_groups(db::ReadTx& tx, const Actor& actor, GroupId group) {
    std::vector<GroupId> groups = groups::readable_groups(tx, actor);
    if (!group) return groups;
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) return not_found();
    return std::vector<GroupId>{group};
}

// The title of a removed thread is for those who moderate its group.
Found found_from(db::ReadTx& tx, const Actor& actor, store::Hit&& hit, const text::Query& query) {
    Thread thread{.group = hit.group, .title = std::move(hit.title), .removed_at = hit.thread_removed_at};
    hide_title(tx, actor, thread);
    return {hit.post,   hit.group,      std::move(thread.title),
            hit.author, hit.created_at, text::excerpt(text::visible_text(hit.html), query, excerpt_most)};
}

}  // namespace

Result<FoundPage> search(db::ReadTx& tx, const Actor& actor, std::string_view typed, GroupId group,
                         std::int64_t before, int limit, LastWord last) {
    text::Query query = TRY(text::parse_query(typed));
    if (last == LastWord::whole)
        for (text::Term& term : query.terms) term.prefix = false;
    const std::vector<GroupId> groups = TRY(searched_groups(tx, actor, group));
    if (groups.empty()) return FoundPage();
    const std::string words = tx.engine() == db::Engine::sqlite ? text::to_fts5(query, groups)
                                                                : text::to_tsquery(query, groups);
    const auto muted = identity::muted_by(tx, actor.member);
    const content_notes::Choices choices = content_notes::choices_of(tx, actor.member);
    tx.limit_time(longest_ms);
    std::vector<store::Hit> hits = store::hits(tx, words, before, limit);
    FoundPage page;
    if (hits.size() == static_cast<std::size_t>(limit)) page.older = hits.back().entry;
    for (store::Hit& hit : hits)
        if (!hit.removed && !identity::is_muted(muted, hit.author, hit.group) &&
            !is_kept_away(tx, choices, hit.notes, hit.author, actor.member))
            page.found.push_back(found_from(tx, actor, std::move(hit), query));
    return page;
}

namespace {

// What was brought in from elsewhere is old, and has been read.
void let_read(db::Tx& tx, const std::vector<store::WaitingEntry>& posts) {
    constexpr std::int64_t new_ms = 2 * day_ms;
    std::vector<std::int64_t> ids;
    for (const store::WaitingEntry& one : posts)
        if (!one.removed && tx.now() - one.written_at <= new_ms) ids.push_back(one.post.value());
    if (!ids.empty())
        jobs::enqueue(tx, posts_written_job, jobs::payload_of(ids), tx.now(), jobs::Lane::urgent);
}

}  // namespace

bool index_waiting_posts(db::Tx& tx, int most) {
    const std::vector<store::WaitingEntry> waiting = store::waiting_entries(tx, most);
    let_read(tx, waiting);
    for (const store::WaitingEntry& entry : waiting) {
        const std::string_view title = entry.post.number() == 1 ? std::string_view(entry.title) : "";
        const std::string document = entry.removed
                                         ? std::string()
                                         : text::search_document(title, entry.markdown, entry.group);
        store::index_entry(tx, entry, document);
    }
    return waiting.size() == static_cast<std::size_t>(most);
}

bool tidy_search(db::Tx& tx, Tidying tidying) { return store::merge_index(tx, tidying == Tidying::begin); }

bool any_post_waits(db::ReadTx& tx) { return !store::waiting_entries(tx, 1).empty(); }

}  // namespace kith::conversation
