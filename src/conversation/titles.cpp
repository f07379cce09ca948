#include "conversation/titles.hpp"

#include "audit/audit.hpp"
#include "conversation/store.hpp"
#include "conversation/waiting.hpp"
#include "identity/identity.hpp"
#include "pacing/pacing.hpp"
#include "platform/text/unicode.hpp"

namespace kith::conversation {

Result<std::string> check_title(std::string_view typed) {
    std::string title = text::one_line(typed);
    if (title.empty()) return invalid("Please give your thread a title.", "title");
    if (text::length(title) > title_most) return invalid("Please choose a shorter title.", "title");
    return title;
}

Result<std::string> check_reason(std::string_view typed) {
    std::string reason = text::one_line(typed);
    if (reason.empty()) return invalid("Please say which rule this is about.", "reason");
    if (text::length(reason) > reason_most)
        return invalid("Please say it in one or two short sentences.", "reason");
    return reason;
}

void hide_title(db::ReadTx& tx, const Actor& actor, Thread& thread) {
    if (!thread.removed_at) return;
    const auto access = groups::access(tx, actor, thread.group);
    if (!access || !access->moderate) thread.title.clear();
}

std::string_view shown_title(std::string_view title, const Words& words) {
    return title.empty() ? words.t("Removed") : title;
}

bool may_rename_own(db::ReadTx& tx, const Actor& actor, const Thread& thread) {
    const bool in_grace = tx.now() - thread.created_at <= edit_grace_ms;
    const bool own = actor.is_member() && identity::member_of(tx, thread.author) == actor.member;
    if (!in_grace || thread.removed_at || !own) return false;
    const pacing::Pace pace = pacing::together(pacing::standing(tx, thread.group, thread.id));
    return !pace.held_first && !pace.read_only;  // then somebody looks first, or nothing changes
}

Done rename_thread(db::Tx& tx, const Actor& actor, ThreadId id, std::string_view typed,
                   std::string_view typed_reason) {
    const auto [thread, access] = TRY(access_thread(tx, actor, id));
    const bool began_it = actor.is_member() && identity::member_of(tx, thread.author) == actor.member;
    if (!access.moderate && !began_it) return not_found();
    const bool as_author = may_rename_own(tx, actor, thread) && access.write;
    if (!access.moderate && !as_author)
        return conflict("People have read this title. Ask somebody who looks after the group to change it.");
    const std::string title = TRY(check_title(typed));
    const std::string reason = as_author ? std::string() : TRY(check_reason(typed_reason));
    if (as_author && would_wait(tx, access, thread, actor.member, title))
        return conflict(
            "For now somebody looks first at what you write here, so you cannot change a title yourself. Ask "
            "somebody who looks after the group.");
    if (title == thread.title) return {};
    store::rename_thread(tx, id, title, as_author ? thread.author : access.persona, reason);
    store::let_entry_wait(tx, PostId(thread.id, 1));  // it is found by the title, too
    if (!as_author) audit::record(tx, actor, "thread.renamed", "thread", id.value());
    tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = id});
    return {};
}

}  // namespace kith::conversation
