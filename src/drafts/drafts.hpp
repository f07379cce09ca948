#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"

// What a member has begun to write and not sent: one draft a place, seen by nobody else. Two windows or two devices
// never overwrite each other: whoever saves says which edition they saw last.
namespace kith::drafts {

inline constexpr std::size_t words_most = 60'000;  // code points of title, text and note together
inline constexpr int drafts_most = 100;            // of one member
inline constexpr std::int64_t keep_days = 365;     // after the last saving
inline constexpr std::int64_t keep_ms = keep_days * day_ms;

// A new thread in a group, a reply in a thread, a change of a post.
enum class Kind { thread, reply, change };
constexpr auto enum_words(Kind) { return std::to_array<std::string_view>({"thread", "reply", "change"}); }

struct Place {
    Kind kind = Kind::thread;
    std::int64_t id = 0;  // of the group, the thread or the post
};
inline Place new_thread_in(GroupId group) { return {Kind::thread, group.value()}; }
inline Place reply_in(ThreadId thread) { return {Kind::reply, thread.value()}; }
inline Place change_of(PostId post) { return {Kind::change, post.value()}; }

// As it was typed, with nothing checked but that it can be kept.
struct Typed {
    std::string title;
    std::string markdown;
    std::string note;
    std::int64_t reply_to = 0;
    std::string voice;  // the word of the choice; empty: none was made
    std::string notes;  // content notes that are ticked: "1,3"

    bool has_words() const { return !title.empty() || !markdown.empty() || !note.empty(); }
    friend bool operator==(const Typed&, const Typed&) = default;
};
// The content notes that are ticked in a form, as Typed keeps them.
std::string notes_typed(const http::Form& form);
// The same for the same words, and only for them.
std::string edition_of(const Typed& typed);

struct Draft {
    Place place;
    Typed typed;
    Time saved_at;
};

// How a saving ended. `elsewhere`: another window or device has saved other words since, which stand; nothing was
// written. `gone`: what was seen has been sent or put away elsewhere; nothing was written.
enum class Outcome { saved, elsewhere, gone };
constexpr auto enum_words(Outcome) { return std::to_array<std::string_view>({"saved", "elsewhere", "gone"}); }
struct Saving {
    Outcome outcome = Outcome::saved;
    std::optional<Draft> standing;  // what is kept now; nothing when no words are left
};

// Keeps what was typed in place of the edition that was `seen` (empty: none). No words at all put the draft away.
// Faults: `unauthenticated`; `invalid` when it is longer than words_most; `conflict` when there are drafts_most.
Result<Saving> save(db::Tx& tx, const Actor& actor, Place place, const Typed& typed, std::string_view seen);
// Fault `conflict` when it is another edition than the one that was seen.
Done put_away(db::Tx& tx, const Actor& actor, Place place, std::string_view seen);
// The words of a place are sent: its draft goes, unless it holds others that the sender has not seen.
void sent(db::Tx& tx, MemberId member, Place place, const Typed& typed, std::string_view seen);

std::optional<Draft> find(db::ReadTx& tx, MemberId member, Place place);
bool exists(db::ReadTx& tx, MemberId member, Place place);
bool any(db::ReadTx& tx, MemberId member);
std::vector<Draft> list_of(db::ReadTx& tx, MemberId member);  // the last saved first

// Those last saved before `time`.
void forget_before(db::Tx& tx, Time time);

std::vector<http::Route> routes();

}  // namespace kith::drafts
