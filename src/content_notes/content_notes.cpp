#include "content_notes/content_notes.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "content_notes/store.hpp"
#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"

namespace kith::content_notes {
namespace {

constexpr std::size_t words_least = 2;  // code points

const Note* find(std::span<const Note> list, ContentNoteId id) {
    const auto at = std::ranges::find(list, id, &Note::id);
    return at == list.end() ? nullptr : &*at;
}

Result<std::string> check_words(std::span<const Note> list, std::string_view typed, ContentNoteId own) {
    std::string words = text::one_line(typed);
    const std::size_t length = text::length(words);
    if (length < words_least || length > words_most)
        return invalid("Please write 2 to 40 letters, such as: Medication.", "words");
    for (const Note& note : list)
        if (note.id != own && text::fold(note.words) == text::fold(words))
            return conflict("There is a content note with these words already.", "words");
    return words;
}

Done check_room(std::span<const Note> list) {
    if (std::ranges::count(list, true, &Note::offered) >= static_cast<std::ptrdiff_t>(offered_most))
        return conflict("There are 20 content notes already. Please take one off the list first.", "words");
    return {};
}

// Every page that shows a note is made anew.
void announce(db::Tx& tx, const Actor& actor, std::string_view verb, ContentNoteId id) {
    audit::record(tx, actor, verb, "content_note", id.value());
    tx.changed({.kind = Change::Kind::site});
}

}  // namespace

std::vector<Note> list(db::ReadTx& tx) { return store::list(tx); }

NoteSet allowed(db::ReadTx& tx, NoteSet asked, NoteSet before) {
    if (asked.empty()) return {};
    NoteSet offered;
    for (const Note& note : store::list(tx))
        if (note.offered) offered.add(note.id);
    return asked & (offered | before);
}

std::string words_of(std::span<const Note> list, NoteSet notes, const Words& words) {
    std::string out;
    if (notes.empty()) return out;
    for (const Note& note : list) {
        if (!notes.has(note.id)) continue;
        if (!out.empty()) out += ", ";
        out += words.t(note.words);
    }
    return out;
}

Result<ContentNoteId> add_note(db::Tx& tx, const Actor& actor, std::string_view typed) {
    TRY(identity::require_host(tx, actor));
    const std::vector<Note> known = store::list(tx);
    const std::string words = TRY(check_words(known, typed, ContentNoteId()));
    TRY(check_room(known));
    if (known.size() >= notes_most)
        return conflict(
            "This list cannot grow any more. Please give new words to a content note that you no longer "
            "need.",
            "words");
    const ContentNoteId id(static_cast<std::int64_t>(known.size()) + 1);  // none is ever deleted
    store::insert_note(tx, id, words);
    announce(tx, actor, "content_note.added", id);
    return id;
}

Done change_note(db::Tx& tx, const Actor& actor, ContentNoteId id, std::string_view typed) {
    TRY(identity::require_host(tx, actor));
    const std::vector<Note> known = store::list(tx);
    if (!find(known, id)) return not_found();
    store::set_words(tx, id, TRY(check_words(known, typed, id)));
    announce(tx, actor, "content_note.changed", id);
    return {};
}

Done retire_note(db::Tx& tx, const Actor& actor, ContentNoteId id) {
    TRY(identity::require_host(tx, actor));
    const std::vector<Note> known = store::list(tx);
    const Note* const note = find(known, id);
    if (!note) return not_found();
    if (!note->offered) return {};
    store::set_retired(tx, id, tx.now());
    announce(tx, actor, "content_note.retired", id);
    return {};
}

Done offer_note(db::Tx& tx, const Actor& actor, ContentNoteId id) {
    TRY(identity::require_host(tx, actor));
    const std::vector<Note> known = store::list(tx);
    const Note* const note = find(known, id);
    if (!note) return not_found();
    if (note->offered) return {};
    TRY(check_room(known));
    store::set_retired(tx, id, std::nullopt);
    announce(tx, actor, "content_note.offered", id);
    return {};
}

Choice Choices::of(ContentNoteId id) const {
    if (never.has(id)) return Choice::never;
    if (quiet.has(id)) return Choice::quiet;
    return open.has(id) ? Choice::open : Choice::folded;
}

Choices choices_of(db::ReadTx& tx, MemberId member) {
    Choices out;
    if (!member) return out;
    for (const Chosen& chosen : store::choices_of(tx, member)) {
        if (chosen.choice == Choice::open) out.open.add(chosen.id);
        if (chosen.choice == Choice::quiet) out.quiet.add(chosen.id);
        if (chosen.choice == Choice::never) out.never.add(chosen.id);
    }
    return out;
}

Done choose(db::Tx& tx, const Actor& actor, std::span<const Chosen> chosen) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const std::vector<Note> known = store::list(tx);
    for (const Chosen& one : chosen)
        if (find(known, one.id)) store::put_choice(tx, member, one);
    tx.changed({.kind = Change::Kind::member, .member = member});
    return {};
}

}  // namespace kith::content_notes
