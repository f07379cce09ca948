#include <algorithm>

#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/search_text.hpp"

namespace kith::conversation {
namespace {

constexpr std::size_t excerpt_most = 200;

// An entry as the reader may see it; nothing where the index is behind the rows.
std::optional<Found> found_at(db::ReadTx& tx, const store::Entry& entry, const text::Query& query,
                              std::span<const GroupId> groups) {
    const auto post = store::find_post(tx, entry.post);
    const auto thread = store::find_thread(tx, entry.post.thread());
    if (!post || !thread || post->removed_at) return std::nullopt;
    if (std::find(groups.begin(), groups.end(), thread->group) == groups.end()) return std::nullopt;
    const std::string plain = text::plain_text(store::markdown_of(tx, entry.post));
    return Found{entry.id,
                 entry.post,
                 thread->group,
                 thread->title,
                 post->author,
                 post->created_at,
                 post->note.empty() ? text::excerpt(plain, query, excerpt_most) : std::string()};
}

}  // namespace

Result<std::vector<Found>> search(db::ReadTx& tx, const Actor& actor, std::string_view typed, GroupId group,
                                  std::int64_t before, int limit) {
    const text::Query query = TRY(text::parse_query(typed));
    std::vector<GroupId> groups = groups::readable_groups(tx, actor);
    if (group) {
        if (std::find(groups.begin(), groups.end(), group) == groups.end()) return not_found();
        groups = {group};
    }
    if (groups.empty()) return std::vector<Found>();
    const std::string words = tx.engine() == db::Engine::sqlite ? text::to_fts5(query, groups)
                                                                : text::to_tsquery(query, groups);
    std::vector<Found> out;
    for (const store::Entry& entry : store::entries_matching(tx, words, before, limit))
        if (auto found = found_at(tx, entry, query, groups)) out.push_back(*std::move(found));
    return out;
}

}  // namespace kith::conversation
