#include <algorithm>
#include <iterator>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "conversation/kept_away.hpp"
#include "conversation/read_marks.hpp"
#include "conversation/store.hpp"
#include "conversation/titles.hpp"
#include "identity/identity.hpp"

namespace kith::conversation {
namespace {

void announce(db::Tx& tx, const Thread& thread) {
    tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = thread.id});
}

// A thread that the actor looks after.
Result<ThreadAccess> moderated_thread(db::ReadTx& tx, const Actor& actor, ThreadId id) {
    ThreadAccess found = TRY(access_thread(tx, actor, id));
    if (!found.access.moderate) return not_found();
    return found;
}

}  // namespace

Result<ThreadAccess> access_thread(db::ReadTx& tx, const Actor& actor, ThreadId id) {
    auto thread = store::find_thread(tx, id);
    if (!thread) return not_found();
    groups::Access access = TRY(groups::readable(tx, actor, thread->group));
    if (thread->removed_at && !access.moderate) thread->title.clear();
    return ThreadAccess{*std::move(thread), std::move(access)};
}

Result<Thread> visible_thread(db::ReadTx& tx, const Actor& actor, ThreadId id) {
    return TRY(access_thread(tx, actor, id)).thread;
}

std::vector<Post> posts_on_page(db::ReadTx& tx, ThreadId thread, std::int64_t page) {
    const std::int64_t first = (page - 1) * posts_per_page + 1;
    // A number beyond the thread would be a post of another one.
    if (first > PostId::max_number) return {};
    const std::int64_t last = std::min(first + posts_per_page - 1, PostId::max_number);
    return store::posts_between(tx, PostId(thread, first), PostId(thread, last));
}

bool is_closed(db::ReadTx& tx, ThreadId thread) { return store::is_closed(tx, thread); }

std::int64_t count_threads(db::ReadTx& tx, GroupId group) { return store::count_threads(tx, group); }

std::vector<ThreadRow> threads_of(db::ReadTx& tx, const Actor& actor, GroupId group, std::int64_t page,
                                  int limit) {
    auto rows = store::threads_by_last_word(tx, group, actor.member, limit, (page - 1) * limit);
    for (ThreadRow& row : rows) hide_title(tx, actor, row.thread);
    return rows;
}

bool has_news(db::ReadTx& tx, std::span<const identity::Muted> muted, const ThreadRow& row) {
    constexpr int posts_looked_at = 200;
    const Thread& thread = row.thread;
    if (row.read_number >= thread.last_number) return false;
    if (!identity::is_muted(muted, thread.last_author, thread.group)) return true;
    const auto authors = store::authors_between(tx, PostId(thread.id, row.read_number + 1),
                                                PostId(thread.id, thread.last_number), posts_looked_at);
    return !std::ranges::all_of(
        authors, [&](PersonaId author) { return identity::is_muted(muted, author, thread.group); });
}

namespace {

bool newer(const ThreadRow& a, const ThreadRow& b) { return a.thread.last_post_at > b.thread.last_post_at; }

std::vector<store::SomeGroups> in_portions(const std::vector<groups::MyGroup>& groups) {
    std::vector<store::SomeGroups> out;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i % store::groups_at_once == 0) out.emplace_back();
        out.back()[i % store::groups_at_once] = groups[i].id;
    }
    return out;
}

UnreadThreads unread_to(db::ReadTx& tx, MemberId member, const std::vector<store::SomeGroups>& mine,
                        const content_notes::Choices& choices, std::int64_t depth, std::size_t most) {
    const auto muted = identity::muted_by(tx, member);
    UnreadThreads out;
    for (const store::SomeGroups& groups : mine) {
        std::vector<ThreadRow> rows = store::unread_threads(tx, member, groups, depth, most);
        const bool is_whole = rows.size() < most && !store::have_more_threads(tx, groups, depth);
        out.are_all = out.are_all && is_whole;
        std::erase_if(rows, [&](const ThreadRow& row) {
            return is_no_news(tx, choices, row.thread.notes, row.thread.author, member) ||
                   !has_news(tx, muted, row);
        });
        std::ranges::move(rows, std::back_inserter(out.threads));
    }
    std::ranges::sort(out.threads, newer);
    if (out.threads.size() > most) out.threads.resize(most);
    for (ThreadRow& row : out.threads) hide_title(tx, Actor::of(member), row.thread);
    return out;
}

}  // namespace

UnreadThreads unread_threads(db::ReadTx& tx, MemberId member, std::size_t wanted) {
    constexpr std::int64_t first_look = 20, second_look = 200;
    const auto mine = in_portions(groups::groups_of(tx, member));
    const content_notes::Choices choices = content_notes::choices_of(tx, member);
    UnreadThreads near = unread_to(tx, member, mine, choices, first_look, 2 * wanted);
    // Whoever has read nearly everything is shown what is left further down.
    if (near.are_all || near.threads.size() >= wanted) return near;
    return unread_to(tx, member, mine, choices, second_look, 2 * wanted);
}

std::vector<ThreadId> muted_threads(db::ReadTx& tx, MemberId member) {
    return store::muted_threads(tx, member);
}

void forget_sent_forms_before(db::Tx& tx, Time time) { store::delete_sent_forms_before(tx, time); }

std::int64_t read_number(db::ReadTx& tx, const Actor& actor, ThreadId thread) {
    return actor.is_member() ? store::read_mark(tx, actor.member, thread) : 0;
}

Done close_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const auto [thread, access] = TRY(moderated_thread(tx, actor, id));
    if (store::is_closed(tx, id)) return {};
    store::insert_closing(tx, id, access.persona);
    audit::record(tx, actor, "thread.closed", "thread", id.value());
    announce(tx, thread);
    return {};
}

Done reopen_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const Thread thread = TRY(moderated_thread(tx, actor, id)).thread;
    if (!store::is_closed(tx, id)) return {};
    store::end_closing(tx, id);
    audit::record(tx, actor, "thread.reopened", "thread", id.value());
    announce(tx, thread);
    return {};
}

Done mark_read(db::Tx& tx, const Actor& actor, PostId post) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const Thread thread = TRY(visible_thread(tx, actor, post.thread()));
    const std::int64_t number = std::min(post.number(), thread.last_number);
    if (number < 1) return {};
    note_read(tx, {member, thread.id}, number);
    tx.changed({.kind = Change::Kind::member, .member = member});
    return {};
}

Done mute_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    TRY(visible_thread(tx, actor, id));
    store::insert_muted_thread(tx, member, id);
    tx.changed({.kind = Change::Kind::member, .member = member});
    return {};
}

Done unmute_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    store::delete_muted_thread(tx, member, id);
    tx.changed({.kind = Change::Kind::member, .member = member});
    return {};
}

}  // namespace kith::conversation
