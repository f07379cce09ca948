#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "conversation/telling.hpp"
#include "conversation/voices.hpp"
#include "identity/identity.hpp"

namespace kith::conversation {
namespace {

constexpr int most_of_a_kind = 0xffff;

std::int64_t one_of(Support kind) { return std::int64_t{1} << (16 * static_cast<int>(kind)); }

void announce(db::Tx& tx, GroupId group, PostId post) {
    tx.changed({.kind = Change::Kind::post_edited,
                .group = group,
                .thread = post.thread(),
                .number = post.number()});
}

}  // namespace

Done give_support(db::Tx& tx, const Actor& actor, PostId id, Support kind) {
    const Post post = TRY(visible_post(tx, actor, id));
    const auto [thread, access] = TRY(access_thread(tx, actor, id.thread()));
    TRY(groups::require_write(access, actor));
    const MemberId author = identity::member_of(tx, post.author);
    if (author == actor.member) return conflict("This is your own post.");
    if (count_of(post.supports, kind) == most_of_a_kind) return {};
    if (!store::insert_support(tx, actor.member, id, kind)) return {};
    store::add_to_supports(tx, id, one_of(kind));
    tell_unless_muted(tx, author, notices::Kind::support,
                      {thread.group, id.thread(), id.number(), seen_as(tx, actor, access, thread.id)});
    announce(tx, thread.group, id);
    return {};
}

Done take_back_supports(db::Tx& tx, const Actor& actor, PostId id) {
    const Thread thread = TRY(visible_thread(tx, actor, id.thread()));
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const std::vector<Support> taken = store::delete_supports(tx, member, id);
    if (taken.empty()) return {};
    std::int64_t sum = 0;
    for (const Support kind : taken) sum += one_of(kind);
    store::add_to_supports(tx, id, -sum);
    announce(tx, thread.group, id);
    return {};
}

}  // namespace kith::conversation
