#include "conversation/unanswered.hpp"

#include "conversation/store.hpp"
#include "conversation/telling.hpp"
#include "identity/identity.hpp"

namespace kith::conversation {
namespace {

constexpr int most_shown = 50;

// The hosts as long as nobody has the task.
std::vector<identity::Holder> those_who_look_after(db::ReadTx& tx, GroupId group) {
    auto out = identity::holders_in(tx, group);
    return out.empty() ? identity::holders_of(tx, identity::Role::host, {}) : out;
}

void tell_those_who_look_after(db::Tx& tx, const Thread& thread, const Post& post, MemberId author) {
    const notices::About about{thread.group, thread.id, post.id.number(), post.author};
    for (const identity::Holder& holder : those_who_look_after(tx, thread.group))
        if (holder.member != author &&
            !notices::is_told(tx, holder.member, notices::Kind::first_words, about))
            tell_unless_muted(tx, holder.member, notices::Kind::first_words, about, post.notes);
}

}  // namespace

void expect_answer(db::Tx& tx, const groups::Access& access, const Speaker& by, const Thread& thread,
                   const Post& post) {
    const bool is_named = by.voice == Voice::name;
    const bool is_first = is_named && access.member && !access.has_written;
    if (is_first) groups::note_first_post(tx, thread.group, by.member);
    // Whoever looks after the group needs no answer; under an alias nothing may tell that it is them.
    if (is_named && (access.lead || access.moderate)) return;
    // An alias says nothing of who is new: so the first words of each wait, and are not called first words.
    if (!is_first && !by.is_new_alias && post.id.number() > 1) return;
    store::insert_unanswered(tx, thread.group, post, is_first);
    if (is_first) tell_those_who_look_after(tx, thread, post, by.member);
}

void take_answer(db::Tx& tx, const Post& post) {
    const ThreadId thread = post.id.thread();
    store::answer_waiting(tx, PostId(thread, 1), PostId(thread, post.reply_to), post);
}

void lose_answer(db::Tx& tx, PostId post) { store::reopen_answered_by(tx, post); }

Result<std::vector<Unanswered>> unanswered_in(db::ReadTx& tx, const Actor& actor, GroupId group) {
    const groups::Access access = TRY(groups::readable(tx, actor, group));
    if (!access.lead && !access.moderate) return not_found();
    return store::unanswered(tx, group, access.moderate, most_shown);
}

Done settle(db::Tx& tx, const Actor& actor, PostId post) {
    const ThreadAccess there = TRY(access_thread(tx, actor, post.thread()));
    if (!there.access.lead && !there.access.moderate) return not_found();
    store::settle_unanswered(tx, post, there.access.persona);
    return {};
}

std::vector<GroupId> groups_that_wait(db::ReadTx& tx, const Actor& actor, std::span<const GroupId> groups) {
    std::vector<GroupId> out;
    for (const GroupId group : groups) {
        const auto access = groups::readable(tx, actor, group);
        if (!access || access->phase == groups::Phase::archived) continue;
        if (store::does_anybody_wait(tx, group, tx.now() + -patience_ms)) out.push_back(group);
    }
    return out;
}

}  // namespace kith::conversation
