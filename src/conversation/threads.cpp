#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "identity/identity.hpp"

namespace kith::conversation {
namespace {

void announce(db::Tx& tx, const Thread& thread) {
    tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = thread.id});
}

// A thread that the actor looks after.
Result<Thread> moderated_thread(db::ReadTx& tx, const Actor& actor, ThreadId id) {
    Thread thread = TRY(visible_thread(tx, actor, id));
    const groups::Access access = TRY(groups::readable(tx, actor, thread.group));
    if (!access.moderate) return not_found();
    return thread;
}

}  // namespace

Result<Thread> visible_thread(db::ReadTx& tx, const Actor& actor, ThreadId id) {
    auto thread = store::find_thread(tx, id);
    if (!thread) return not_found();
    TRY(groups::readable(tx, actor, thread->group));
    return *std::move(thread);
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
    return store::threads_by_last_word(tx, group, actor.member, limit, (page - 1) * limit);
}

namespace {

bool newer(const ThreadRow& a, const ThreadRow& b) { return a.thread.last_post_at > b.thread.last_post_at; }

// The groups that spoke last, at most `limit`: no other can have one of the `limit` newest threads.
std::vector<GroupId> liveliest_groups(db::ReadTx& tx, MemberId member, int limit) {
    std::vector<ThreadRow> newest;
    for (const groups::MyGroup& group : groups::groups_of(tx, member))
        for (ThreadRow& row : store::threads_by_last_word(tx, group.id, member, 1, 0))
            newest.push_back(std::move(row));
    std::sort(newest.begin(), newest.end(), newer);
    std::vector<GroupId> out;
    for (const ThreadRow& row : newest)
        if (out.size() < static_cast<std::size_t>(limit)) out.push_back(row.thread.group);
    return out;
}

}  // namespace

std::vector<ThreadRow> unread_threads(db::ReadTx& tx, MemberId member, int limit) {
    const auto muted = store::muted_threads(tx, member);
    std::vector<ThreadRow> out;
    for (const GroupId group : liveliest_groups(tx, member, limit)) {
        for (ThreadRow& row : store::threads_by_last_word(tx, group, member, limit, 0)) {
            const bool is_muted = std::binary_search(muted.begin(), muted.end(), row.thread.id);
            if (!is_muted && row.read_number < row.thread.last_number) out.push_back(std::move(row));
        }
    }
    std::sort(out.begin(), out.end(), newer);
    if (out.size() > static_cast<std::size_t>(limit)) out.resize(static_cast<std::size_t>(limit));
    return out;
}

std::vector<ThreadId> muted_threads(db::ReadTx& tx, MemberId member) {
    return store::muted_threads(tx, member);
}

void forget_sent_forms_before(db::Tx& tx, Time time) { store::delete_sent_forms_before(tx, time); }

std::string title_of(db::ReadTx& tx, ThreadId id) {
    const auto thread = store::find_thread(tx, id);
    return thread ? thread->title : std::string();
}

Done close_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const Thread thread = TRY(moderated_thread(tx, actor, id));
    const groups::Access access = TRY(groups::readable(tx, actor, thread.group));
    if (store::is_closed(tx, id)) return {};
    store::insert_closing(tx, id, access.persona);
    audit::record(tx, actor, "thread.closed", "thread", id.value());
    announce(tx, thread);
    return {};
}

Done reopen_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const Thread thread = TRY(moderated_thread(tx, actor, id));
    if (!store::is_closed(tx, id)) return {};
    store::end_closing(tx, id);
    audit::record(tx, actor, "thread.reopened", "thread", id.value());
    announce(tx, thread);
    return {};
}

Done mark_read(db::Tx& tx, const Actor& actor, PostId post) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    TRY(visible_thread(tx, actor, post.thread()));
    store::advance_read_mark(tx, member, post.thread(), post.number(), tx.now());
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
