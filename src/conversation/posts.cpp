#include "conversation/posts.hpp"

#include "audit/audit.hpp"
#include "conversation/store.hpp"
#include "conversation/titles.hpp"
#include "conversation/unanswered.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pictures/pictures.hpp"
#include "platform/text/markdown.hpp"

// Looking after posts that stand.
namespace kith::conversation {

Result<PostPlace> place_of(db::ReadTx& tx, const Actor& actor, PostId id) {
    ThreadAccess there = TRY(access_thread(tx, actor, id.thread()));
    auto post = store::find_post(tx, id);
    if (!post) return not_found();
    return PostPlace{*std::move(post), std::move(there.thread), std::move(there.access)};
}

bool wrote(db::ReadTx& tx, const Actor& actor, const Post& post) {
    return actor.is_member() && identity::member_of(tx, post.author) == actor.member;
}

std::vector<std::string> picture_keys_in(std::string_view markdown) {
    std::vector<std::string> keys;
    for (text::PictureIn& picture : text::pictures_in(markdown)) keys.push_back(std::move(picture.key));
    return keys;
}

void set_notes(db::Tx& tx, const Thread& thread, const Post& post, NoteSet notes) {
    if (post.notes == notes) return;
    store::set_notes(tx, post.id, notes);
    if (post.id.number() != 1) return;
    store::set_thread_notes(tx, thread.id, notes);
    tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = thread.id});
}

void announce_edit(db::Tx& tx, const Thread& thread, PostId post) {
    tx.changed({.kind = Change::Kind::post_edited,
                .group = thread.group,
                .thread = thread.id,
                .number = post.number()});
}

namespace {

// With the first post goes the title, which stands in lists.
void announce_removal(db::Tx& tx, const Thread& thread, PostId post) {
    announce_edit(tx, thread, post);
    if (post.number() == 1)
        tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = thread.id});
}

}  // namespace

Done note_post(db::Tx& tx, const Actor& actor, PostId id, NoteSet asked) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    if (!place.access.moderate || wrote(tx, actor, place.post)) return not_found();
    if (place.post.removed_at) return conflict("This post has been removed. Bring it back first.");
    const NoteSet before = store::staff_notes(tx, id);
    const NoteSet notes = content_notes::allowed(tx, asked, before);
    if (notes == before) return {};
    const auto last = store::last_version(tx, id);
    CHECK(last.has_value());
    store::put_staff_notes(tx, id, notes, place.access.persona);
    set_notes(tx, place.thread, place.post, last->notes | notes);
    audit::record(tx, actor, "post.noted", "post", id.value());
    if (!notes.is_within(place.post.notes))
        notices::tell(tx, identity::member_of(tx, place.post.author), notices::Kind::noted,
                      {place.thread.group, place.thread.id, id.number(), {}});
    announce_edit(tx, place.thread, id);
    return {};
}

NoteSet staff_notes(db::ReadTx& tx, PostId id) { return store::staff_notes(tx, id); }

Done remove_post(db::Tx& tx, const Actor& actor, PostId id, std::string_view reason) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    const bool own = wrote(tx, actor, place.post);
    if (!own && !place.access.moderate) return not_found();
    const std::string why = own ? std::string() : TRY(check_reason(reason));
    // Otherwise an author could put a post beyond the reach of the staff, and bring it back later.
    const auto standing = store::standing_removal(tx, id);
    if (!own && standing && (standing->own || !standing->removed_by)) store::end_removal(tx, id);
    // Their own removal carries the name of the post: another one would tell who wrote it.
    const PersonaId by = own ? place.post.author : place.access.persona;
    if (!store::insert_removal(tx, id, by, own, why)) return {};
    pictures::hide_all(tx, id);
    lose_answer(tx, id);
    store::let_entry_wait(tx, id);
    if (!own) {
        audit::record(tx, actor, "post.removed", "post", id.value());
        notices::tell(tx, identity::member_of(tx, place.post.author), notices::Kind::removal,
                      {place.thread.group, place.thread.id, id.number(), {}});
    }
    announce_removal(tx, place.thread, id);
    return {};
}

bool hold_post(db::Tx& tx, PostId id) {
    const auto post = store::find_post(tx, id);
    const auto thread = store::find_thread(tx, id.thread());
    if (!post || !thread || !store::insert_removal(tx, id, PersonaId(), false, "")) return false;
    pictures::hide_all(tx, id);
    lose_answer(tx, id);
    store::let_entry_wait(tx, id);
    audit::record(tx, Actor::system(), "post.held", "post", id.value());
    notices::tell(tx, identity::member_of(tx, post->author), notices::Kind::removal,
                  {thread->group, thread->id, id.number(), {}});
    announce_removal(tx, *thread, id);
    return true;
}

std::optional<Typed> typed(db::ReadTx& tx, PostId post) { return store::typed(tx, post); }

bool is_held(db::ReadTx& tx, PostId id) {
    const auto removal = store::standing_removal(tx, id);
    return removal && !removal->own && !removal->removed_by;
}

Done restore_post(db::Tx& tx, const Actor& actor, PostId id) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    const auto removal = store::standing_removal(tx, id);
    if (!removal) return {};
    // What its author withdrew is theirs to bring back, what staff removed is the staff's.
    const bool may = removal->own ? wrote(tx, actor, place.post) : place.access.moderate;
    if (!may) return not_found();
    if (removal->own) TRY(groups::require_write(place.access, actor));
    store::end_removal(tx, id);
    const auto last = store::last_version(tx, id);
    CHECK(last.has_value());
    pictures::show_only(tx, id, picture_keys_in(last->markdown));
    take_answer(tx, place.post);
    store::let_entry_wait(tx, id);
    if (!removal->own) audit::record(tx, actor, "post.restored", "post", id.value());
    announce_removal(tx, place.thread, id);
    return {};
}

Result<Options> options_for(db::ReadTx& tx, const Actor& actor, PostId id) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    const bool own = wrote(tx, actor, place.post);
    const bool there = !place.post.removed_at;
    const bool moderate = place.access.moderate;
    auto removal = store::standing_removal(tx, id);
    const bool by_author = removal && removal->own;
    Options options{.change = own && there && place.access.write,
                    .remove = own && there,
                    .remove_as_moderator = !own && moderate && (there || by_author),
                    .restore = removal && (by_author ? own && place.access.write : moderate),
                    .history = own || moderate,
                    .hide_author = !own && actor.is_member(),
                    .note_as_moderator = !own && moderate && there,
                    .is_anonymous = identity::is_alias(tx, place.post.author),
                    .removal = {},
                    .group = place.thread.group};
    if (id.number() == 1) {
        const bool as_author = place.access.write && may_rename_own(tx, actor, place.thread);
        options.rename = moderate || as_author;
        options.rename_needs_reason = !as_author;
    }
    options.unmask = options.is_anonymous && !own && (moderate || place.access.lead);
    if (own || moderate) options.removal = std::move(removal);
    return options;
}

Result<std::vector<Version>> history(db::ReadTx& tx, const Actor& actor, PostId id) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    if (!wrote(tx, actor, place.post) && !place.access.moderate) return not_found();
    return store::versions(tx, id);
}

Result<Post> visible_post(db::ReadTx& tx, const Actor& actor, PostId id) {
    PostPlace place = TRY(place_of(tx, actor, id));
    if (place.post.removed_at && !place.access.moderate && !wrote(tx, actor, place.post))
        return not_found("This post has been removed.");
    return std::move(place.post);
}

Done mute_author(db::Tx& tx, const Actor& actor, PostId id, bool muted) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    if (wrote(tx, actor, place.post)) return conflict("You cannot hide yourself.");
    return muted ? identity::mute(tx, actor, place.post.author, place.thread.group)
                 : identity::unmute(tx, actor, place.post.author);
}

}  // namespace kith::conversation
