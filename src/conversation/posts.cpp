#include <algorithm>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "conversation/telling.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/search_text.hpp"
#include "platform/text/unicode.hpp"

namespace kith::conversation {
namespace {

struct CheckedText {
    std::string markdown;
    std::string note;
};

Result<CheckedText> check_text(std::string_view markdown, std::string_view note) {
    CheckedText out{text::trim(text::clean(markdown)), text::one_line(note)};
    if (out.markdown.empty()) return invalid("Please write something first.", "text");
    if (text::length(out.markdown) > post_most)
        return invalid("This is very long. Please send it in two or more parts.", "text");
    if (text::length(out.note) > note_most)
        return invalid("Please keep the content note to a few words.", "note");
    return out;
}

Result<std::string> check_title(std::string_view typed) {
    std::string title = text::one_line(typed);
    if (title.empty()) return invalid("Please give your thread a title.", "title");
    if (text::length(title) > title_most) return invalid("Please choose a shorter title.", "title");
    return title;
}

// Whoever is answered or named, and may read here, hears of it; nobody hears of their own post.
void tell_readers(db::Tx& tx, const Thread& thread, PostId post, PersonaId author, std::int64_t reply_to,
                  std::string_view markdown) {
    const MemberId writer = identity::member_of(tx, author);
    const notices::About about{thread.group, thread.id, post.number(), author};
    std::vector<MemberId> told{writer};
    const auto tell = [&](PersonaId persona, notices::Kind kind) {
        const MemberId reader = identity::member_of(tx, persona);
        if (std::find(told.begin(), told.end(), reader) != told.end()) return;
        told.push_back(reader);
        if (groups::readable(tx, Actor::of(reader), thread.group)) tell_unless_muted(tx, reader, kind, about);
    };
    const auto target = reply_to > 0 ? store::find_post(tx, PostId(thread.id, reply_to)) : std::nullopt;
    if (target) tell(target->author, notices::Kind::reply);
    for (const std::string& name : text::mentions_in(markdown))
        if (const auto persona = identity::find_persona(tx, name)) tell(*persona, notices::Kind::mention);
    tell(thread.author, notices::Kind::reply);
}

Result<PostId> add_post(db::Tx& tx, const Thread& thread, PersonaId author, const CheckedText& text,
                        std::int64_t reply_to) {
    const auto number = store::take_number(tx, thread.id, author, tx.now());
    CHECK(number.has_value());
    if (*number > PostId::max_number) return conflict("This thread is full. Please start a new one.");
    Post post{.id = PostId(thread.id, *number), .author = author, .created_at = tx.now()};
    post.html = text::render_markdown(text.markdown).html();
    post.reply_to = reply_to < *number ? reply_to : 0;
    post.note = text.note;
    store::insert_post(tx, post);
    store::insert_version(tx, post.id, 1, text.markdown, author, tx.now());
    store::index_post(tx, post.id,
                      text::search_document(*number == 1 ? thread.title : "", text.markdown, thread.group));
    store::advance_read_mark(tx, identity::member_of(tx, author), thread.id, *number, tx.now());
    tell_readers(tx, thread, post.id, author, post.reply_to, text.markdown);
    tx.changed({.kind = Change::Kind::post, .group = thread.group, .thread = thread.id, .number = *number});
    return post.id;
}

void announce_edit(db::Tx& tx, const Thread& thread, PostId post) {
    tx.changed({.kind = Change::Kind::post_edited,
                .group = thread.group,
                .thread = thread.id,
                .number = post.number()});
}

bool wrote(db::ReadTx& tx, const Actor& actor, const Post& post) {
    return actor.is_member() && identity::member_of(tx, post.author) == actor.member;
}

struct Place {
    Post post;
    Thread thread;
    groups::Access access;
};

// A post that the actor may see, with what they may do where it stands.
Result<Place> place_of(db::ReadTx& tx, const Actor& actor, PostId id) {
    Thread thread = TRY(visible_thread(tx, actor, id.thread()));
    groups::Access access = TRY(groups::readable(tx, actor, thread.group));
    auto post = store::find_post(tx, id);
    if (!post) return not_found();
    return Place{*std::move(post), std::move(thread), std::move(access)};
}

void reindex(db::Tx& tx, const Thread& thread, PostId post, std::string_view markdown) {
    store::unindex_post(tx, post);
    store::index_post(tx, post,
                      text::search_document(post.number() == 1 ? thread.title : "", markdown, thread.group));
}

}  // namespace

Result<ThreadId> start_thread(db::Tx& tx, const Actor& actor, GroupId group, std::string_view typed_title,
                              const Draft& draft) {
    const groups::Access access = TRY(groups::writable(tx, actor, group));
    const std::string title = TRY(check_title(typed_title));
    const CheckedText text = TRY(check_text(draft.markdown, draft.note));
    if (!draft.form_key.empty())
        if (const auto sent = store::sent_form(tx, actor.member, draft.form_key)) return sent->thread();
    const ThreadId id = store::insert_thread(tx, group, title, access.persona, tx.now());
    const Thread thread{.id = id, .group = group, .title = title, .author = access.persona};
    const PostId post = TRY(add_post(tx, thread, access.persona, text, 0));
    if (!draft.form_key.empty()) store::insert_sent_form(tx, actor.member, draft.form_key, post);
    return id;
}

Result<PostId> write_post(db::Tx& tx, const Actor& actor, ThreadId thread_id, const Draft& draft) {
    const Thread thread = TRY(visible_thread(tx, actor, thread_id));
    const groups::Access access = TRY(groups::writable(tx, actor, thread.group));
    const CheckedText text = TRY(check_text(draft.markdown, draft.note));
    if (!draft.form_key.empty())
        if (const auto sent = store::sent_form(tx, actor.member, draft.form_key)) return *sent;
    if (store::is_closed(tx, thread_id) && !access.moderate)
        return conflict("This thread has been closed. You can still read it, or start a new one.");
    const PostId post = TRY(add_post(tx, thread, access.persona, text, draft.reply_to));
    if (!draft.form_key.empty()) store::insert_sent_form(tx, actor.member, draft.form_key, post);
    return post;
}

Done edit_post(db::Tx& tx, const Actor& actor, PostId id, std::string_view markdown, std::string_view note) {
    const Place place = TRY(place_of(tx, actor, id));
    if (!wrote(tx, actor, place.post)) return not_found();
    TRY(groups::writable(tx, actor, place.thread.group));
    if (place.post.removed_at) return conflict("This post has been removed. Bring it back first.");
    const CheckedText text = TRY(check_text(markdown, note));
    const bool in_grace = tx.now() - place.post.created_at <= edit_grace_ms;
    const std::optional<Time> edited_at = in_grace ? place.post.edited_at : std::optional(tx.now());
    store::update_post(tx, id, text::render_markdown(text.markdown).html(), text.note, edited_at);
    store::insert_version(tx, id, store::last_version(tx, id) + 1, text.markdown, place.post.author,
                          tx.now());
    reindex(tx, place.thread, id, text.markdown);
    announce_edit(tx, place.thread, id);
    return {};
}

Done remove_post(db::Tx& tx, const Actor& actor, PostId id, std::string_view reason) {
    const Place place = TRY(place_of(tx, actor, id));
    const bool own = wrote(tx, actor, place.post);
    if (!own && !place.access.moderate) return not_found();
    const std::string why = text::one_line(reason);
    if (!own && why.empty()) return invalid("Please say which rule this is about.", "reason");
    if (!store::insert_removal(tx, id, place.access.persona, own, why)) return {};
    store::unindex_post(tx, id);
    if (!own) {
        audit::record(tx, actor, "post.removed", "post", id.value());
        notices::tell(tx, identity::member_of(tx, place.post.author), notices::Kind::removal,
                      {place.thread.group, place.thread.id, id.number(), {}});
    }
    announce_edit(tx, place.thread, id);
    return {};
}

Done restore_post(db::Tx& tx, const Actor& actor, PostId id) {
    const Place place = TRY(place_of(tx, actor, id));
    const auto removal = store::standing_removal(tx, id);
    if (!removal) return {};
    // What its author withdrew is theirs to bring back, what staff removed is the staff's.
    const bool may = removal->own ? wrote(tx, actor, place.post) : place.access.moderate;
    if (!may) return not_found();
    store::end_removal(tx, id);
    store::index_post(tx, id,
                      text::search_document(id.number() == 1 ? place.thread.title : "",
                                            store::markdown_of(tx, id), place.thread.group));
    if (!removal->own) audit::record(tx, actor, "post.restored", "post", id.value());
    announce_edit(tx, place.thread, id);
    return {};
}

Result<Options> options_for(db::ReadTx& tx, const Actor& actor, PostId id) {
    const Place place = TRY(place_of(tx, actor, id));
    const bool own = wrote(tx, actor, place.post);
    const bool there = !place.post.removed_at;
    const auto removal = store::standing_removal(tx, id);
    return Options{.change = own && there && place.access.write,
                   .remove = own && there,
                   .remove_as_moderator = !own && there && place.access.moderate,
                   .restore = removal && (removal->own ? own : place.access.moderate),
                   .history = own || place.access.moderate,
                   .hide_author = !own && actor.is_member()};
}

Result<std::vector<Version>> history(db::ReadTx& tx, const Actor& actor, PostId id) {
    const Place place = TRY(place_of(tx, actor, id));
    if (!wrote(tx, actor, place.post) && !place.access.moderate) return not_found();
    return store::versions(tx, id);
}

Result<Post> visible_post(db::ReadTx& tx, const Actor& actor, PostId id) {
    Place place = TRY(place_of(tx, actor, id));
    if (place.post.removed_at && !place.access.moderate && !wrote(tx, actor, place.post))
        return not_found("This post has been removed.");
    return std::move(place.post);
}

Done mute_author(db::Tx& tx, const Actor& actor, PostId id, bool muted) {
    const Place place = TRY(place_of(tx, actor, id));
    if (wrote(tx, actor, place.post)) return conflict("You cannot hide yourself.");
    return muted ? identity::mute(tx, actor, place.post.author)
                 : identity::unmute(tx, actor, place.post.author);
}

}  // namespace kith::conversation
