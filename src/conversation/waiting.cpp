#include "conversation/waiting.hpp"

#include "assist/assist.hpp"
#include "audit/audit.hpp"
#include "conversation/sending.hpp"
#include "conversation/store.hpp"
#include "conversation/voices.hpp"
#include "drafts/drafts.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/text/unicode.hpp"
#include "training/training.hpp"

namespace kith::conversation {
namespace {

using pacing::Outcome;
using pacing::Place;
using pacing::Waiting;

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

}  // namespace

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

Result<bool> must_wait(db::Tx& tx, const pacing::Writing& writing, Waiting words) {
    const auto cause = TRY(pacing::take_turn(tx, writing));
    if (!cause) return false;
    words.cause = *cause;
    words.is_danger = writing.is_danger;
    TRY(pacing::let_wait(tx, words));
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

// What was asked of the author when they sent it is not asked again: whether it finds a place may tell nothing of
// whoever stands behind an alias.
bool is_open_to(const groups::Access& author, const Waiting& words) {
    const bool is_named = voice_of(words) == Voice::name;
    const bool is_inside = author.member || author.lead || author.moderate;
    return is_inside && (author.phase == groups::Phase::running || (is_named && author.lead));
}

Result<PostId> publish_reply(db::Tx& tx, const groups::Access& author, const Waiting& words,
                             const pacing::Writing& writing) {
    const auto thread = store::find_thread(tx, ThreadId(words.place));
    if (!thread) return not_found();
    const bool may_stay = voice_of(words) == Voice::name && author.moderate;
    if (store::is_closed(tx, thread->id) && !may_stay) return not_found();
    return put_reply(tx, author, *thread, words, writing.alias);
}

Result<PostId> publish_change(db::Tx& tx, const Waiting& words) {
    const PostId id(words.place);
    const auto post = store::find_post(tx, id);
    const auto thread = store::find_thread(tx, id.thread());
    const auto last = store::last_version(tx, id);
    if (!post || !thread || !last || post->removed_at) return not_found();
    TRY(put_change(tx, *thread, *post, *last, words));
    return id;
}

Result<PostId> publish(db::Tx& tx, const Waiting& words) {
    const groups::Access author = TRY(groups::access_of_author(tx, *words.member, words.group));
    if (!is_open_to(author, words)) return not_found();
    const pacing::Writing writing = writing_of(tx, author, words);
    const PostId post = TRY(words.kind == Place::thread  ? put_thread(tx, author, words)
                            : words.kind == Place::reply ? publish_reply(tx, author, words, writing)
                                                         : publish_change(tx, words));
    pacing::let_in(tx, words, writing);
    return post;
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
    const auto post = publish(tx, words);
    if (!post)
        return conflict(
            "It cannot stand there any more: its author has left, or the thread is closed. You can send it "
            "back.");
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
    std::vector<PersonaId> authors;
    for (Waiting& words : pacing::waiting_in(tx, group)) {
        const bool is_named = voice_of(words) == Voice::name;
        authors.push_back(is_named ? groups::persona_here(tx, group, *words.member)
                                   : alias_of(tx, *words.member, words));
        const auto thread = words.thread() ? store::find_thread(tx, words.thread()) : std::nullopt;
        const bool is_own = words.member == member;
        out.push_back(
            {.words = std::move(words), .name = {}, .title = thread ? thread->title : "", .own = is_own});
    }
    const auto names = identity::names_of(tx, authors);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (const auto at = names.find(authors[i]); at != names.end()) out[i].name = at->second;
    return out;
}

Post shown_post(const Waiting& words) {
    return {.html = html_of(words.markdown), .note = words.note, .notes = NoteSet(words.notes)};
}

Done set_thread_pace(db::Tx& tx, const Actor& actor, ThreadId thread, const pacing::PaceForm& form) {
    return pacing::set_pace(tx, actor, TRY(visible_thread(tx, actor, thread)).group, thread, form);
}

}  // namespace kith::conversation
