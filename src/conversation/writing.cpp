#include "conversation/posts.hpp"
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

// What members write: asked whether they may, checked, and put where it stands, or left to wait.
namespace kith::conversation {

using pacing::Waiting;

// ---- what was typed ----------------------------------------------------------------------------------------

std::string kept_text(std::string_view typed) { return text::trim(text::clean(typed)); }

std::string html_of(std::string_view kept) { return std::string(text::render_markdown(kept).html()); }

namespace {

// `before`: the notes that the post had, which stay allowed when the list has lost them.
Result<Waiting> checked(db::ReadTx& tx, std::string_view markdown, std::string_view note, NoteSet notes,
                        NoteSet before = {}) {
    Waiting out{.markdown = kept_text(markdown),
                .note = text::one_line(note),
                .notes = content_notes::allowed(tx, notes, before).value()};
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

// A form sent twice is one post; with other words it is another, so that none are lost. Empty: no key came.
std::string sent_key(std::string_view form_key, const Waiting& words) {
    if (form_key.empty()) return {};
    JsonWriter j;
    j.array()
        .value(words.kind)
        .value(words.place)
        .value(words.title)
        .value(words.markdown)
        .value(words.note)
        .value(words.reply_to)
        .value(words.notes)
        .end();
    return std::string(form_key) + ":" + crypto::digest_hex(j.str());
}

// What became of this form when it came before: its post, or none while that waits.
std::optional<PostId> sent_before(db::ReadTx& tx, const Waiting& words) {
    if (words.form_key.empty()) return std::nullopt;
    if (const auto sent = store::sent_form(tx, *words.member, words.form_key)) return sent;
    if (pacing::is_waiting(tx, *words.member, words.form_key)) return PostId();
    return std::nullopt;
}

Done watch_words(db::Tx& tx, MemberId author, PostId post, Watch::Did did, std::string_view words) {
    return the_watch().on_words ? the_watch().on_words(tx, author, post, did, words) : Done();
}

}  // namespace

// ---- who may write -----------------------------------------------------------------------------------------

Result<ThreadId> start_thread(db::Tx& tx, const Actor& actor, GroupId group, std::string_view title,
                              const Draft& draft) {
    const groups::Access access = TRY(groups::writable(tx, actor, group));
    const std::string checked_title = TRY(check_title(title));
    Waiting words = TRY(checked(tx, draft.markdown, draft.note, draft.notes));
    words.kind = pacing::Place::thread;
    words.group = group;
    words.place = group.value();
    words.member = actor.member;
    words.title = checked_title;
    words.form_key = sent_key(draft.form_key, words);
    if (const auto sent = sent_before(tx, words)) return sent->thread();
    TRY(policies::require_agreed(tx, actor));
    words.voice = to_word(TRY(voice_of(tx, actor, access, {}, draft.voice)));
    if (TRY(must_wait(tx, writing_of(tx, access, words), words))) return ThreadId();
    const PostId first = TRY(put_thread(tx, access, words));
    TRY(watch_words(tx, actor.member, first, Watch::Did::wrote, words.title + "\n" + words.markdown));
    return first.thread();
}

Result<PostId> write_post(db::Tx& tx, const Actor& actor, ThreadId id, const Draft& draft) {
    const auto [thread, access] = TRY(access_thread(tx, actor, id));
    TRY(groups::require_write(access, actor));
    Waiting words = TRY(checked(tx, draft.markdown, draft.note, draft.notes));
    words.kind = pacing::Place::reply;
    words.group = thread.group;
    words.place = id.value();
    words.member = actor.member;
    words.reply_to = draft.reply_to;
    words.form_key = sent_key(draft.form_key, words);
    if (const auto sent = sent_before(tx, words)) return *sent;
    const bool is_closed = store::is_closed(tx, id);
    if (is_closed && !access.moderate)
        return conflict("This thread has been closed. You can still read it, or start a new one.");
    TRY(policies::require_agreed(tx, actor));
    const Voice voice = TRY(voice_of(tx, actor, access, {id, is_closed}, draft.voice));
    remember_voice(tx, access.group, actor.member, id, voice);
    words.voice = to_word(voice);
    const pacing::Writing writing = writing_of(tx, access, words);
    if (TRY(must_wait(tx, writing, words))) return PostId();
    const PostId post = TRY(put_reply(tx, access, thread, words, writing.alias));
    TRY(watch_words(tx, actor.member, post, Watch::Did::wrote, words.markdown));
    return post;
}

Done edit_post(db::Tx& tx, const Actor& actor, PostId post, std::string_view markdown, std::string_view note,
               NoteSet notes) {
    TRY(change_post(tx, actor, post, markdown, note, notes));
    return {};
}

Result<bool> change_post(db::Tx& tx, const Actor& actor, PostId id, std::string_view markdown,
                         std::string_view note, NoteSet notes) {
    const PostPlace place = TRY(place_of(tx, actor, id));
    if (!wrote(tx, actor, place.post)) return not_found();
    TRY(groups::require_write(place.access, actor));
    if (place.post.removed_at) return conflict("This post has been removed. Bring it back first.");
    const auto last = store::last_version(tx, id);
    CHECK(last.has_value());
    Waiting words = TRY(checked(tx, markdown, note, notes, last->notes));
    words.kind = pacing::Place::change;
    words.group = place.thread.group;
    words.place = id.value();
    words.member = actor.member;
    words.voice = to_word(identity::is_alias(tx, place.post.author) ? Voice::anonymous : Voice::name);
    words.form_key = sent_key("change", words);
    if (pacing::is_waiting(tx, actor.member, words.form_key)) return true;
    const bool is_same = last->markdown == words.markdown && last->note == words.note &&
                         last->notes.value() == words.notes;
    if (!is_same && TRY(must_wait(tx, writing_of(tx, place.access, words), words))) return true;
    // What waited would come back over what they want now.
    pacing::take_back_change(tx, actor.member, id);
    if (!is_same) TRY(put_change(tx, place.thread, place.post, *last, words));
    return false;
}

// ---- where it stands ---------------------------------------------------------------------------------------

namespace {

// The pictures of a text are its post's from now on. Fault `invalid` for one that could not be seen there.
Done take_pictures(db::Tx& tx, PostId post, const Waiting& words) {
    const std::vector<std::string> keys = picture_keys_in(words.markdown);
    if (keys.empty()) return {};
    pictures::attach(tx, *words.member, words.group, post, keys);
    if (!pictures::are_shown_in(tx, words.group, keys))
        return invalid("One of the pictures cannot be seen in this group. Please add it here once more.",
                       "text");
    return {};
}

Result<Post> add_post(db::Tx& tx, const Thread& thread, PersonaId author, const Waiting& words) {
    const std::int64_t number = thread.last_number + 1;
    if (number > PostId::max_number) return conflict("This thread is full. Please start a new one.");
    Post post{.id = PostId(thread.id, number), .author = author, .created_at = tx.now()};
    post.html = html_of(words.markdown);
    post.reply_to = words.reply_to < number ? words.reply_to : 0;
    post.note = words.note;
    post.notes = NoteSet(words.notes);
    store::set_last_post(tx, post.id, author, tx.now());
    store::insert_post(tx, post);
    store::insert_version(tx, post.id, {1, words.markdown, words.note, author, tx.now(), post.notes});
    if (number == 1 && !post.notes.empty()) store::set_thread_notes(tx, thread.id, post.notes);
    store::follow_own_post(tx, *words.member, post.id);
    tell_readers(tx, thread, post, *words.member, words.markdown);
    TRY(take_pictures(tx, post.id, words));
    if (!words.form_key.empty()) store::insert_sent_form(tx, *words.member, words.form_key, post.id);
    tx.changed({.kind = Change::Kind::post, .group = thread.group, .thread = thread.id, .number = number});
    return post;
}

}  // namespace

Result<PostId> put_thread(db::Tx& tx, const groups::Access& access, const Waiting& words) {
    const Voice voice = voice_of(words);
    const bool is_anonymous = voice == Voice::anonymous;
    // The alias is there before its thread: not even a row that is overwritten holds the name.
    const PersonaId author = is_anonymous ? identity::new_alias(tx, *words.member, words.group)
                                          : access.persona;
    const ThreadId id = store::insert_thread(tx, words.group, words.title, author, tx.now());
    if (is_anonymous) identity::place_alias(tx, author, id);
    remember_voice(tx, access.group, *words.member, id, voice);
    const Thread thread{.id = id, .group = words.group, .title = words.title, .author = author};
    const Post post = TRY(add_post(tx, thread, author, words));
    expect_answer(tx, access, {*words.member, voice}, thread, post);
    return post.id;
}

Result<PostId> put_reply(db::Tx& tx, const groups::Access& access, const Thread& thread, const Waiting& words,
                         PersonaId alias) {
    const Voice voice = voice_of(words);
    const bool is_new_alias = voice == Voice::anonymous && !alias;
    if (is_new_alias) alias = identity::alias_for(tx, *words.member, thread.group, thread.id);
    const PersonaId author = voice == Voice::anonymous ? alias : access.persona;
    const Post post = TRY(add_post(tx, thread, author, words));
    take_answer(tx, post);
    expect_answer(tx, access, {*words.member, voice, is_new_alias}, thread, post);
    return post.id;
}

Done put_change(db::Tx& tx, const Thread& thread, const Post& post, const Version& last,
                const Waiting& words) {
    const bool in_grace = tx.now() - post.created_at <= edit_grace_ms;
    const std::optional<Time> edited_at = in_grace ? post.edited_at : std::optional(tx.now());
    const NoteSet notes(words.notes);
    store::update_post(tx, post.id, html_of(words.markdown), words.note, edited_at);
    store::insert_version(tx, post.id,
                          {last.version + 1, words.markdown, words.note, post.author, tx.now(), notes});
    set_notes(tx, thread, post, notes | store::staff_notes(tx, post.id));
    pictures::show_only(tx, post.id, picture_keys_in(words.markdown));
    TRY(take_pictures(tx, post.id, words));
    store::let_entry_wait(tx, post.id);
    tell_newly_named(tx, thread, post, *words.member, last.markdown, words.markdown);
    announce_edit(tx, thread, post.id);
    return watch_words(tx, *words.member, post.id, Watch::Did::changed, words.markdown);
}

}  // namespace kith::conversation
