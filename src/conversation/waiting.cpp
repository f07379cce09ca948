#include "conversation/waiting.hpp"

#include "assist/assist.hpp"
#include "audit/audit.hpp"
#include "conversation/sending.hpp"
#include "conversation/store.hpp"
#include "drafts/drafts.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "training/training.hpp"

namespace kith::conversation {
namespace {

using pacing::Outcome;
using pacing::Place;
using pacing::Waiting;

Voice voice_of(const Waiting& words) { return from_word<Voice>(words.voice).value_or(Voice::anonymous); }

// The alias that the writer has there already.
PersonaId alias_of(db::ReadTx& tx, MemberId member, const Waiting& words) {
    if (voice_of(words) == Voice::name) return {};
    if (words.kind == Place::change) return store::find_post(tx, PostId(words.place))->author;
    const auto alias = words.thread() ? identity::alias_in(tx, member, words.thread()) : std::nullopt;
    return alias ? alias->id : PersonaId();
}

std::string all_words(const Waiting& words) {
    return words.title + "\n" + words.note + "\n" + words.markdown;
}

pacing::Writing writing_of(db::ReadTx& tx, const groups::Access& access, const Waiting& words) {
    const assist::Warning warning = assist::warning_in(all_words(words));
    return {.member = *words.member,
            .group = words.group,
            .thread = words.thread(),
            .is_staff = access.moderate,
            .is_anonymous = voice_of(words) == Voice::anonymous,
            .alias = alias_of(tx, *words.member, words),
            .has_written = access.has_written,
            .is_change = words.kind == Place::change,
            .tells_method = warning.method,
            .is_danger = warning.danger};
}

}  // namespace

Result<bool> must_wait(db::Tx& tx, const groups::Access& access, Voice voice, Waiting words) {
    words.voice = to_word(voice);
    const pacing::Writing writing = writing_of(tx, access, words);
    const bool may_hide = !writing.is_anonymous ||
                          pacing::may_be_anonymous(tx, writing.member, writing.group, writing.alias);
    if (!may_hide)
        return conflict("For now you cannot write anonymously in this group. You can write under your name.");
    const auto cause = TRY(pacing::cause_to_wait(tx, writing));
    pacing::take_turn(tx, writing);
    if (!cause) return false;
    words.cause = *cause;
    words.is_danger = writing.is_danger;
    pacing::let_wait(tx, words);
    return true;
}

bool would_wait(db::ReadTx& tx, const groups::Access& access, const Thread& thread, MemberId author,
                std::string_view title) {
    const bool is_alias = identity::is_alias(tx, thread.author);
    const auto cause = pacing::cause_to_wait(tx, {.member = author,
                                                  .group = thread.group,
                                                  .thread = thread.id,
                                                  .is_staff = access.moderate,
                                                  .is_anonymous = is_alias,
                                                  .alias = is_alias ? thread.author : PersonaId(),
                                                  .has_written = access.has_written,
                                                  .is_change = true,
                                                  .tells_method = assist::warning_in(title).method});
    return !cause || cause->has_value();
}

// ---- who looks ---------------------------------------------------------------------------------------------

namespace {

struct Found {
    Waiting words;
    groups::Access access;
};

// What waits in a group that the actor moderates and is trained for, of somebody else.
Result<Found> waiting_for(db::ReadTx& tx, const Actor& actor, std::int64_t id) {
    TRY(identity::acting_member(tx, actor));
    auto words = pacing::find_waiting(tx, id);
    if (!words) return not_found();
    groups::Access access = TRY(groups::access(tx, actor, words->group));
    if (!access.moderate) return not_found();
    TRY(training::require_trained(tx, actor));
    if (words->looked_at) return conflict("Somebody was faster: this has been looked at.");
    if (words->member == actor.member) return conflict("You wrote this. Somebody else looks at it.");
    return Found{*std::move(words), std::move(access)};
}

Draft draft_of(const Waiting& words) {
    return {.markdown = words.markdown,
            .note = words.note,
            .reply_to = words.reply_to,
            .form_key = {},
            .voice = voice_of(words),
            .notes = NoteSet(words.notes)};
}

Result<PostId> publish(db::Tx& tx, const Waiting& words) {
    const Actor author = Actor::of(*words.member);
    const Draft draft = draft_of(words);
    switch (words.kind) {
        case Place::thread:
            return PostId(TRY(start_thread(tx, author, words.group, words.title, draft, Looked::already)), 1);
        case Place::reply:
            return write_post(tx, author, ThreadId(words.place), draft, Looked::already);
        case Place::change:
            TRY(edit_post(tx, author, PostId(words.place), draft.markdown, draft.note, draft.notes,
                          Looked::already));
            return PostId(words.place);
    }
    return not_found();
}

drafts::Place draft_place(const Waiting& words) {
    switch (words.kind) {
        case Place::thread:
            return drafts::new_thread_in(words.group);
        case Place::reply:
            return drafts::reply_in(ThreadId(words.place));
        case Place::change:
            return drafts::change_of(PostId(words.place));
    }
    return {};
}

std::string notes_typed(NoteSet notes) {
    std::string out;
    for (std::int64_t id = 1; id <= content_notes::notes_most; ++id)
        if (notes.has(ContentNoteId(id))) out += (out.empty() ? "" : ",") + std::to_string(id);
    return out;
}

// Before what they have begun there since. What finds no room as a draft still stands in My space.
void keep_as_draft(db::Tx& tx, const Waiting& words) {
    const drafts::Place place = draft_place(words);
    const auto begun = drafts::find(tx, *words.member, place);
    drafts::Typed typed{.title = words.title,
                        .markdown = words.markdown,
                        .note = words.note,
                        .reply_to = words.reply_to,
                        .voice = words.voice,
                        .notes = notes_typed(NoteSet(words.notes))};
    if (begun) typed.markdown += "\n\n" + begun->typed.markdown;
    static_cast<void>(drafts::save(tx, Actor::of(*words.member), place, typed,
                                   begun ? drafts::edition_of(begun->typed) : std::string()));
}

Done decide(db::Tx& tx, const Waiting& words, Outcome outcome, std::optional<PersonaId> by,
            std::string_view to_author = {}) {
    if (pacing::look(tx, words, outcome, by, to_author)) return {};
    return conflict("Somebody was faster: this has been looked at.");
}

}  // namespace

Result<PostId> let_through(db::Tx& tx, const Actor& actor, std::int64_t id) {
    const auto [words, access] = TRY(waiting_for(tx, actor, id));
    TRY(decide(tx, words, Outcome::let_through, access.persona));
    const auto theirs = groups::access(tx, Actor::of(*words.member), words.group);
    constexpr auto gone = t_later(
        "It cannot stand there any more: its author has left, or the thread is closed. You can send it "
        "back.");
    if (!theirs) return conflict(gone);
    const pacing::Writing writing = writing_of(tx, *theirs, words);
    const auto post = publish(tx, words);
    if (!post) return conflict(gone);
    pacing::let_in(tx, words, writing);
    if (!words.form_key.empty()) store::insert_sent_form(tx, *words.member, words.form_key, *post);
    audit::record(tx, actor, "post.let_through", "post", post->value());
    notices::tell(tx, *words.member, notices::Kind::let_through,
                  {.group = words.group, .thread = post->thread(), .number = post->number()});
    return *post;
}

Done send_back(db::Tx& tx, const Actor& actor, std::int64_t id, std::string_view typed) {
    const auto [words, access] = TRY(waiting_for(tx, actor, id));
    const std::string to_author = text::trim(text::clean(typed));
    if (to_author.empty()) return invalid("Please write a few kind words to the author.", "words");
    if (text::length(to_author) > pacing::words_most)
        return invalid("Please keep it to 1000 letters.", "words");
    TRY(decide(tx, words, Outcome::sent_back, access.persona, to_author));
    keep_as_draft(tx, words);
    audit::record(tx, actor, "post.sent_back", "group", words.group.value());
    notices::tell(tx, *words.member, notices::Kind::sent_back, {.group = words.group});
    return {};
}

Done take_back(db::Tx& tx, const Actor& actor, std::int64_t id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const auto words = pacing::find_waiting(tx, id);
    if (!words || words->member != member) return not_found();
    TRY(decide(tx, *words, Outcome::taken_back, std::nullopt));
    keep_as_draft(tx, *words);
    return {};
}

// ---- what they see -----------------------------------------------------------------------------------------

Result<std::vector<ToLookAt>> to_look_at(db::ReadTx& tx, const Actor& actor, GroupId group) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const groups::Access access = TRY(groups::access(tx, actor, group));
    if (!access.moderate) return not_found();
    std::vector<ToLookAt> out;
    for (Waiting& words : pacing::waiting_in(tx, group)) {
        const bool is_named = voice_of(words) == Voice::name;
        const PersonaId name[] = {is_named ? groups::persona_here(tx, group, *words.member)
                                           : alias_of(tx, *words.member, words)};
        const auto names = identity::names_of(tx, name);
        const auto thread = words.thread() ? store::find_thread(tx, words.thread()) : std::nullopt;
        out.push_back({.words = {},
                       .name = names.empty() ? std::string() : names.begin()->second,
                       .title = thread ? thread->title : std::string(),
                       .own = words.member == member});
        out.back().words = std::move(words);
    }
    return out;
}

Post shown_post(const Waiting& words) {
    return {.html = std::string(text::render_markdown(words.markdown).html()),
            .note = words.note,
            .notes = NoteSet(words.notes)};
}

Done set_thread_pace(db::Tx& tx, const Actor& actor, ThreadId thread, const pacing::PaceForm& form) {
    return pacing::set_pace(tx, actor, TRY(visible_thread(tx, actor, thread)).group, thread, form);
}

}  // namespace kith::conversation
