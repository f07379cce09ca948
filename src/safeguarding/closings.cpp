#include "safeguarding/closings.hpp"

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/store.hpp"

namespace kith::safeguarding {

Done close_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    const bool was_closed = conversation::is_closed(tx, id);
    TRY(conversation::close_thread(tx, actor, id));
    const conversation::Thread thread = TRY(conversation::visible_thread(tx, actor, id));
    const MemberId author = identity::member_of(tx, thread.author);
    if (was_closed || author == actor.member) return {};
    const store::Decided decided{.outcome = Outcome::closed,
                                 .words = {},
                                 .by = groups::persona_here(tx, thread.group, actor.member),
                                 .did = true};
    store::insert_decided(tx, {thread.group, PostId(id, 1), thread.author}, decided, tx.now());
    notices::tell(tx, author, notices::Kind::decision, {.group = thread.group, .thread = id, .number = 1});
    return {};
}

Done reopen_thread(db::Tx& tx, const Actor& actor, ThreadId id) {
    TRY(conversation::reopen_thread(tx, actor, id));
    store::end_closings(tx, id);
    return {};
}

}  // namespace kith::safeguarding
