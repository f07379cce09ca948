#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"

// What can be hard to read: the list of content notes that the host keeps, and what each member wants to happen to
// posts that have one. Which post has which is for whoever keeps the posts.
namespace kith::content_notes {

inline constexpr int notes_most = 48;          // ever; one that nobody needs any more can be given new words
inline constexpr std::size_t words_most = 40;  // code points
inline constexpr std::size_t offered_most = 20;  // at a time, so that people find theirs

// Some notes of the list as one number: bit n - 1 stands for note n.
class NoteSet {
public:
    constexpr NoteSet() = default;
    constexpr explicit NoteSet(std::int64_t bits) : bits_(bits) {}
    constexpr std::int64_t value() const { return bits_; }

    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool has(ContentNoteId id) const { return (bits_ & bit(id)) != 0; }
    constexpr bool meets(NoteSet other) const { return (bits_ & other.bits_) != 0; }
    constexpr bool is_within(NoteSet other) const { return (bits_ & ~other.bits_) == 0; }
    constexpr void add(ContentNoteId id) { bits_ |= bit(id); }

    friend constexpr NoteSet operator|(NoteSet a, NoteSet b) { return NoteSet(a.bits_ | b.bits_); }
    friend constexpr NoteSet operator&(NoteSet a, NoteSet b) { return NoteSet(a.bits_ & b.bits_); }
    friend constexpr bool operator==(NoteSet, NoteSet) = default;

private:
    // None for what cannot be on the list.
    static constexpr std::int64_t bit(ContentNoteId id) {
        const bool is_possible = id.value() >= 1 && id.value() <= notes_most;
        return is_possible ? std::int64_t{1} << (id.value() - 1) : 0;
    }
    std::int64_t bits_ = 0;
};

// ---- the list ------------------------------------------------------------------------------------------------

struct Note {
    ContentNoteId id;
    std::string words;  // Words::t shows those that nobody has changed in the reader's language
    bool offered = true;
};
// All there ever were, by the order in which they came.
std::vector<Note> list(db::ReadTx& tx);
// Those of `asked` that are offered today, or that stood there `before`.
NoteSet allowed(db::ReadTx& tx, NoteSet asked, NoteSet before = {});

// "Self-harm, Medication"; nothing for no notes.
std::string words_of(std::span<const Note> list, NoteSet notes, const Words& words);

// By a host, audited. Faults: `forbidden`; `invalid` with field "words": not 2 to 40 letters; `conflict` with field
// "words": there is one with these words, or the list is full; `not_found`.
Result<ContentNoteId> add_note(db::Tx& tx, const Actor& actor, std::string_view words);
Done change_note(db::Tx& tx, const Actor& actor, ContentNoteId id, std::string_view words);
// No post gets it any more; those that have it keep it, and what members chose stays.
Done retire_note(db::Tx& tx, const Actor& actor, ContentNoteId id);
Done offer_note(db::Tx& tx, const Actor& actor, ContentNoteId id);

// ---- what a member chose -------------------------------------------------------------------------------------

// From open to gone. `quiet`: folded away, and no news of it: no notice, no mail, no place on the home page.
enum class Choice { open, folded, quiet, never };
constexpr auto enum_words(Choice) {
    return std::to_array<std::string_view>({"open", "folded", "quiet", "never"});
}

// Notes that are in none of these are folded.
struct Choices {
    NoteSet open, quiet, never;

    Choice of(ContentNoteId id) const;
    bool keeps_away(NoteSet notes) const { return notes.meets(never); }
    bool wants_no_news(NoteSet notes) const { return notes.meets(quiet | never); }
    bool opens(NoteSet notes) const { return !notes.empty() && notes.is_within(open); }
};
Choices choices_of(db::ReadTx& tx, MemberId member);

struct Chosen {
    ContentNoteId id;
    Choice choice = Choice::folded;
};
// What is not named stays as it is; what is not on the list is left out. Fault `unauthenticated`.
Done choose(db::Tx& tx, const Actor& actor, std::span<const Chosen> chosen);

std::vector<http::Route> routes();

}  // namespace kith::content_notes
