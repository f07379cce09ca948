#include <algorithm>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "conversation/sending.hpp"
#include "conversation/store.hpp"
#include "conversation/telling.hpp"
#include "conversation/titles.hpp"
#include "conversation/unanswered.hpp"
#include "conversation/voices.hpp"
#include "conversation/writing_limit.hpp"
#include "identity/identity.hpp"
#include "pictures/pictures.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "policies/policies.hpp"

namespace kith::conversation {
namespace {

struct CheckedText {
    std::string markdown;
    std::string note;
    NoteSet notes;
};

// `before`: the notes that the post had, which stay allowed when the list has lost them.
Result<CheckedText> check_text(db::ReadTx& tx, std::string_view markdown, std::string_view note,
                               NoteSet notes, NoteSet before = {}) {
    CheckedText out{text::trim(text::clean(markdown)), text::one_line(note),
                    content_notes::allowed(tx, notes, before)};
    if (out.markdown.empty()) return invalid("Please write something first.", "text");
    if (text::length(out.markdown) > post_most)
        return invalid("This is very long. Please send it in two or more parts.", "text");
    for (const text::PictureIn& picture : text::pictures_in(out.markdown))
        if (text::trim(picture.words).empty())
            return invalid(
                "Please say what can be seen in the picture, between [ and ]. Some people cannot see it.",
                "text");
    if (text::length(out.note) > note_most)
        return invalid("Please keep the content note to a few words.", "note");
    return out;
}

Result<Post> add_post(db::Tx& tx, const Thread& thread, PersonaId author, const CheckedText& text,
                      std::int64_t reply_to) {
    const std::int64_t number = thread.last_number + 1;
    if (number > PostId::max_number) return conflict("This thread is full. Please start a new one.");
    Post post{.id = PostId(thread.id, number), .author = author, .created_at = tx.now()};
    post.html = text::render_markdown(text.markdown).html();
    post.reply_to = reply_to < number ? reply_to : 0;
    post.note = text.note;
    post.notes = text.notes;
    store::set_last_post(tx, post.id, author, tx.now());
    store::insert_post(tx, post);
    store::insert_version(tx, post.id, {1, text.markdown, text.note, author, tx.now(), text.notes});
    if (number == 1 && !post.notes.empty()) store::set_thread_notes(tx, thread.id, post.notes);
    store::follow_own_post(tx, identity::member_of(tx, author), post.id);
    tell_readers(tx, thread, post, text.markdown);
    tx.changed({.kind = Change::Kind::post, .group = thread.group, .thread = thread.id, .number = number});
    return post;
}

std::vector<std::string> keys_in(std::string_view markdown) {
    std::vector<std::string> keys;
    for (text::PictureIn& picture : text::pictures_in(markdown)) keys.push_back(std::move(picture.key));
    return keys;
}

// The pictures of a text are its post's from now on. Fault `invalid` for one that could not be seen there.
Done take_pictures(db::Tx& tx, const Thread& thread, PostId post, MemberId author,
                   std::string_view markdown) {
    const std::vector<std::string> keys = keys_in(markdown);
    if (keys.empty()) return {};
    pictures::attach(tx, author, thread.group, post, keys);
    if (!pictures::are_shown_in(tx, thread.group, keys))
        return invalid("One of the pictures cannot be seen in this group. Please add it here once more.",
                       "text");
    return {};
}

// A form sent twice is one post; with other words it is another, so that none are lost. Empty: no key came.
std::string sent_key(const Draft& draft, std::int64_t place, std::string_view title) {
    if (draft.form_key.empty()) return {};
    JsonWriter words;
    words.array()
        .value(place)
        .value(title)
        .value(draft.markdown)
        .value(draft.note)
        .value(draft.reply_to)
        .value(draft.notes.value())
        .end();
    return draft.form_key + ":" + crypto::digest_hex(words.str());
}

// The same for the same words.
std::string change_key(PostId post, const CheckedText& text) {
    JsonWriter words;
    words.array().value(post).value(text.markdown).value(text.note).value(text.notes.value()).end();
    return "change:" + crypto::digest_hex(words.str());
}

pacing::Waiting words_to_send(const Actor& actor, GroupId group, const CheckedText& text,
                              const std::string& key) {
    return {.group = group,
            .member = actor.member,
            .markdown = text.markdown,
            .note = text.note,
            .notes = text.notes.value(),
            .form_key = key};
}

void announce_edit(db::Tx& tx, const Thread& thread, PostId post) {
    tx.changed({.kind = Change::Kind::post_edited,
                .group = thread.group,
                .thread = thread.id,
                .number = post.number()});
}

// With the first post goes the title, which stands in lists.
void announce_removal(db::Tx& tx, const Thread& thread, PostId post) {
    announce_edit(tx, thread, post);
    if (post.number() == 1)
        tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = thread.id});
}

// Shown in lists besides: those of a first post are its thread's.
void set_notes(db::Tx& tx, const Thread& thread, const Post& post, NoteSet notes) {
    if (post.notes == notes) return;
    store::set_notes(tx, post.id, notes);
    if (post.id.number() != 1) return;
    store::set_thread_notes(tx, thread.id, notes);
    tx.changed({.kind = Change::Kind::thread, .group = thread.group, .thread = thread.id});
}

bool wrote(db::ReadTx& tx, const Actor& actor, const Post& post) {
    return actor.is_member() && identity::member_of(tx, post.author) == actor.member;
}

Done watch_words(db::Tx& tx, const Actor& actor, PostId post, Watch::Did did, std::string_view words) {
    if (!the_watch().on_words || !actor.is_member()) return {};
    return the_watch().on_words(tx, actor.member, post, did, words);
}

struct Place {
    Post post;
    Thread thread;
    groups::Access access;
};

// A post that the actor may see, with what they may do where it stands.
Result<Place> place_of(db::ReadTx& tx, const Actor& actor, PostId id) {
    ThreadAccess there = TRY(access_thread(tx, actor, id.thread()));
    auto post = store::find_post(tx, id);
    if (!post) return not_found();
    return Place{*std::move(post), std::move(there.thread), std::move(there.access)};
}

}  // namespace

Result<ThreadId> start_thread(db::Tx& tx, const Actor& actor, GroupId group, std::string_view title,
                              const Draft& draft) {
    return start_thread(tx, actor, group, title, draft, Looked::not_yet);
}

Result<PostId> write_post(db::Tx& tx, const Actor& actor, ThreadId thread, const Draft& draft) {
    return write_post(tx, actor, thread, draft, Looked::not_yet);
}

Done edit_post(db::Tx& tx, const Actor& actor, PostId post, std::string_view markdown, std::string_view note,
               NoteSet notes) {
    return edit_post(tx, actor, post, markdown, note, notes, Looked::not_yet);
}

Result<ThreadId> start_thread(db::Tx& tx, const Actor& actor, GroupId group, std::string_view typed_title,
                              const Draft& draft, Looked looked) {
    const groups::Access access = TRY(groups::writable(tx, actor, group));
    const std::string title = TRY(check_title(typed_title));
    const CheckedText text = TRY(check_text(tx, draft.markdown, draft.note, draft.notes));
    const std::string key = sent_key(draft, group.value(), title);
    if (!key.empty())
        if (const auto sent = store::sent_form(tx, actor.member, key)) return sent->thread();
    if (pacing::is_waiting(tx, actor.member, key)) return ThreadId();
    if (looked == Looked::not_yet) TRY(policies::require_agreed(tx, actor));
    const Voice voice = TRY(voice_of(tx, actor, access, ThreadId(), draft.voice));
    if (looked == Looked::not_yet) {
        pacing::Waiting words = words_to_send(actor, group, text, key);
        words.kind = pacing::Place::thread;
        words.place = group.value();
        words.title = title;
        if (TRY(must_wait(tx, access, voice, std::move(words)))) return ThreadId();
    }
    const bool is_anonymous = voice == Voice::anonymous;
    // The alias is there before its thread: not even a row that is overwritten holds the name.
    const PersonaId author = is_anonymous ? identity::new_alias(tx, actor.member, group) : access.persona;
    const ThreadId id = store::insert_thread(tx, group, title, author, tx.now());
    if (is_anonymous) identity::place_alias(tx, author, id);
    remember_voice(tx, access.group, actor.member, id, voice);
    const Thread thread{.id = id, .group = group, .title = title, .author = author};
    const Post post = TRY(add_post(tx, thread, author, text, 0));
    TRY(take_pictures(tx, thread, post.id, actor.member, text.markdown));
    expect_answer(tx, access, actor.member, thread, post, voice);
    if (!key.empty()) store::insert_sent_form(tx, actor.member, key, post.id);
    if (looked == Looked::not_yet)
        TRY(watch_words(tx, actor, post.id, Watch::Did::wrote, title + "\n" + text.markdown));
    return id;
}

Result<PostId> write_post(db::Tx& tx, const Actor& actor, ThreadId thread_id, const Draft& draft,
                          Looked looked) {
    const auto [thread, access] = TRY(access_thread(tx, actor, thread_id));
    TRY(groups::require_write(access, actor));
    const CheckedText text = TRY(check_text(tx, draft.markdown, draft.note, draft.notes));
    const std::string key = sent_key(draft, -thread_id.value(), "");
    if (!key.empty())
        if (const auto sent = store::sent_form(tx, actor.member, key)) return *sent;
    if (pacing::is_waiting(tx, actor.member, key)) return PostId();
    if (store::is_closed(tx, thread_id) && !access.moderate)
        return conflict("This thread has been closed. You can still read it, or start a new one.");
    if (looked == Looked::not_yet) TRY(policies::require_agreed(tx, actor));
    const Voice voice = TRY(voice_of(tx, actor, access, thread_id, draft.voice));
    remember_voice(tx, access.group, actor.member, thread_id, voice);
    if (looked == Looked::not_yet) {
        pacing::Waiting words = words_to_send(actor, thread.group, text, key);
        words.place = thread_id.value();
        words.reply_to = draft.reply_to;
        if (TRY(must_wait(tx, access, voice, std::move(words)))) return PostId();
    }
    const PersonaId author = voice == Voice::anonymous
                                 ? identity::alias_for(tx, actor.member, thread.group, thread_id)
                                 : access.persona;
    const Post post = TRY(add_post(tx, thread, author, text, draft.reply_to));
    TRY(take_pictures(tx, thread, post.id, actor.member, text.markdown));
    take_answer(tx, post);
    expect_answer(tx, access, actor.member, thread, post, voice);
    if (!key.empty()) store::insert_sent_form(tx, actor.member, key, post.id);
    if (looked == Looked::not_yet) TRY(watch_words(tx, actor, post.id, Watch::Did::wrote, text.markdown));
    return post.id;
}

Done edit_post(db::Tx& tx, const Actor& actor, PostId id, std::string_view markdown, std::string_view note,
               NoteSet notes, Looked looked) {
    const Place place = TRY(place_of(tx, actor, id));
    if (!wrote(tx, actor, place.post)) return not_found();
    TRY(groups::require_write(place.access, actor));
    if (place.post.removed_at) return conflict("This post has been removed. Bring it back first.");
    const auto last = store::last_version(tx, id);
    CHECK(last.has_value());
    const CheckedText text = TRY(check_text(tx, markdown, note, notes, last->notes));
    if (last->markdown == text.markdown && last->note == text.note && last->notes == text.notes) return {};
    if (looked == Looked::not_yet) {
        const std::string key = change_key(id, text);
        if (pacing::is_waiting(tx, actor.member, key)) return {};
        pacing::Waiting words = words_to_send(actor, place.thread.group, text, key);
        words.kind = pacing::Place::change;
        words.place = id.value();
        const Voice voice = identity::is_alias(tx, place.post.author) ? Voice::anonymous : Voice::name;
        if (TRY(must_wait(tx, place.access, voice, std::move(words)))) return {};
    }
    const bool in_grace = tx.now() - place.post.created_at <= edit_grace_ms;
    const std::optional<Time> edited_at = in_grace ? place.post.edited_at : std::optional(tx.now());
    store::update_post(tx, id, text::render_markdown(text.markdown).html(), text.note, edited_at);
    store::insert_version(
        tx, id, {last->version + 1, text.markdown, text.note, place.post.author, tx.now(), text.notes});
    set_notes(tx, place.thread, place.post, text.notes | store::staff_notes(tx, id));
    pictures::show_only(tx, id, keys_in(text.markdown));
    TRY(take_pictures(tx, place.thread, id, actor.member, text.markdown));
    store::let_entry_wait(tx, id);
    tell_newly_named(tx, place.thread, place.post, last->markdown, text.markdown);
    announce_edit(tx, place.thread, id);
    return watch_words(tx, actor, id, Watch::Did::changed, text.markdown);
}

Done note_post(db::Tx& tx, const Actor& actor, PostId id, NoteSet asked) {
    const Place place = TRY(place_of(tx, actor, id));
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
    const Place place = TRY(place_of(tx, actor, id));
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
    const Place place = TRY(place_of(tx, actor, id));
    const auto removal = store::standing_removal(tx, id);
    if (!removal) return {};
    // What its author withdrew is theirs to bring back, what staff removed is the staff's.
    const bool may = removal->own ? wrote(tx, actor, place.post) : place.access.moderate;
    if (!may) return not_found();
    if (removal->own) TRY(groups::require_write(place.access, actor));
    store::end_removal(tx, id);
    const auto last = store::last_version(tx, id);
    CHECK(last.has_value());
    pictures::show_only(tx, id, keys_in(last->markdown));
    take_answer(tx, place.post);
    store::let_entry_wait(tx, id);
    if (!removal->own) audit::record(tx, actor, "post.restored", "post", id.value());
    announce_removal(tx, place.thread, id);
    return {};
}

Result<Options> options_for(db::ReadTx& tx, const Actor& actor, PostId id) {
    const Place place = TRY(place_of(tx, actor, id));
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
    return muted ? identity::mute(tx, actor, place.post.author, place.thread.group)
                 : identity::unmute(tx, actor, place.post.author);
}

}  // namespace kith::conversation
