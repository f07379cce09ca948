#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "content_notes/content_notes.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"

// Threads, posts, replies, supports, reading and searching.
namespace kith::conversation {

using content_notes::NoteSet;

inline constexpr int posts_per_page = 20;
inline constexpr int threads_per_page = 20;
inline constexpr std::size_t title_most = 120;                // code points
inline constexpr std::size_t post_most = 20'000;              // code points
inline constexpr std::size_t note_most = 60;                  // code points
inline constexpr std::size_t reason_most = 300;               // code points
inline constexpr std::int64_t edit_grace_ms = 5 * minute_ms;  // no "edited" mark within it

// Kinds of support; not a rating. Packed into post.supports in this order, 16 bits each.
enum class Support { with_you, me_too, thank_you, hug };
constexpr auto enum_words(Support) {
    return std::to_array<std::string_view>({"with-you", "me-too", "thank-you", "hug"});
}

// Under what a member writes: their name in the group, or an alias that stands for them in one thread alone.
enum class Voice { name, anonymous };
constexpr auto enum_words(Voice) { return std::to_array<std::string_view>({"name", "anonymous"}); }

// ---- writing -----------------------------------------------------------------------------------------------

struct Draft {
    std::string markdown;
    std::string note;                 // content note in the author's own words; empty: none
    std::int64_t reply_to = 0;        // number of a post in the same thread
    std::string form_key;             // the same key and words are the same post, however often they are sent
    std::optional<Voice> voice = {};  // nothing: the one that the composer proposes
    NoteSet notes = {};               // content notes of the list; those that are not offered are left out
};

// Each needs groups::writable. Faults: `invalid` with field "title", "text" or "note"; `conflict` when the thread
// is closed, can only be read for a while, or takes no anonymous posts, and "anonymous" was chosen; `too_many` above
// the writing limit, or before the writer's turn where it is slow. None: the words wait until somebody has looked.
Result<ThreadId> start_thread(db::Tx& tx, const Actor& actor, GroupId group, std::string_view title,
                              const Draft& draft);
Result<PostId> write_post(db::Tx& tx, const Actor& actor, ThreadId thread, const Draft& draft);

// The author changes text and notes. Within the grace period the post shows no "edited". Every text is kept, and
// whoever is named anew hears of it. Nothing changed is no edit. A change can wait, too; what stands stays until then.
Done edit_post(db::Tx& tx, const Actor& actor, PostId post, std::string_view markdown, std::string_view note,
               NoteSet notes = {});
// By whoever moderates the group, on a post of somebody else: these content notes stand besides those of the author,
// in place of the ones that staff put there before. Audited; the author hears of new ones.
Done note_post(db::Tx& tx, const Actor& actor, PostId post, NoteSet notes);
// By the author, or by whoever moderates the group, who says why (audited, and the author is told); that replaces
// a removal by the author. May be undone by the same: by the author while they may write there.
// With the first post of a thread goes its title. Fault `invalid` with field "reason".
Done remove_post(db::Tx& tx, const Actor& actor, PostId post, std::string_view reason);
Done restore_post(db::Tx& tx, const Actor& actor, PostId post);

// Hidden by the house until somebody who moderates the group has looked: a removal by nobody. They restore the post, or
// remove it with a reason of their own. The author is told. False if it cannot be seen anyway.
bool hold_post(db::Tx& tx, PostId post);
bool is_held(db::ReadTx& tx, PostId post);

// By whoever began the thread, within the grace period, or by whoever moderates the group, who says why
// (audited). The old title is kept. Faults: `invalid` with field "title" or "reason", `conflict` when the grace
// period is over.
Done rename_thread(db::Tx& tx, const Actor& actor, ThreadId thread, std::string_view title,
                   std::string_view reason);

// Giving the same support twice is giving it once. Nobody supports their own post: fault `conflict`.
Done give_support(db::Tx& tx, const Actor& actor, PostId post, Support kind);
Done take_back_supports(db::Tx& tx, const Actor& actor, PostId post);

// One number says how far a member has read a thread. It grows when a page is shown that follows what was read,
// when somebody writes right behind what they have read, and when they say so; never goes back. Posts on
// pages that were left out stay unread.
Done mark_read(db::Tx& tx, const Actor& actor, PostId post);

// By facilitators and moderators of the group. Audited.
Done close_thread(db::Tx& tx, const Actor& actor, ThreadId thread);
Done reopen_thread(db::Tx& tx, const Actor& actor, ThreadId thread);

// No notices and no place on the home page for this thread.
Done mute_thread(db::Tx& tx, const Actor& actor, ThreadId thread);
Done unmute_thread(db::Tx& tx, const Actor& actor, ThreadId thread);
// Hides the posts of whoever wrote this post from the actor alone.
Done mute_author(db::Tx& tx, const Actor& actor, PostId post, bool muted);

// ---- reading -----------------------------------------------------------------------------------------------

struct Thread {
    ThreadId id;
    GroupId group;
    std::string title;
    PersonaId author;
    Time created_at;
    std::int64_t last_number = 0;
    Time last_post_at;
    PersonaId last_author;
    std::optional<Time> removed_at;  // then the title is empty for all who do not moderate the group
    NoteSet notes = {};              // of its first post
};

struct Post {
    PostId id;
    PersonaId author;
    Time created_at;
    std::string html;  // from the renderer
    std::int64_t reply_to = 0;
    std::string note;
    std::int64_t supports = 0;
    std::optional<Time> edited_at;
    std::optional<Time> removed_at;
    NoteSet notes = {};  // of the list, by its author or by staff

    bool has_note() const { return !note.empty() || !notes.empty(); }
};
// How many of one kind a post has.
constexpr int count_of(std::int64_t supports, Support kind) {
    return static_cast<int>((supports >> (16 * static_cast<int>(kind))) & 0xffff);
}

// A title as it is shown: "Removed" for one that is empty.
std::string_view shown_title(std::string_view title, const Words& words);

// A thread, with what the actor may do there. Fault `not_found` unless they may read the group.
struct ThreadAccess {
    Thread thread;
    groups::Access access;
};
Result<ThreadAccess> access_thread(db::ReadTx& tx, const Actor& actor, ThreadId thread);
Result<Thread> visible_thread(db::ReadTx& tx, const Actor& actor, ThreadId thread);
Result<Post> visible_post(db::ReadTx& tx, const Actor& actor, PostId post);
// Posts of one page (from 1) of a thread, in order. The caller has asked for visible_thread.
std::vector<Post> posts_on_page(db::ReadTx& tx, ThreadId thread, std::int64_t page);
bool is_closed(db::ReadTx& tx, ThreadId thread);
// What a post says, folded behind its content notes and with pictures hidden until they are tapped: for whoever has to
// look at what was reported.
void careful_text(Html& h, const Post& post, std::span<const content_notes::Note> list, const Words& words);

struct ThreadRow {
    Thread thread;
    std::int64_t read_number = 0;  // how far the actor has read; 0 for guests
};
// Threads of a group by their last word, newest first. The caller has asked for groups::readable.
std::int64_t count_threads(db::ReadTx& tx, GroupId group);
std::vector<ThreadRow> threads_of(db::ReadTx& tx, const Actor& actor, GroupId group, std::int64_t page,
                                  int limit = threads_per_page);

// Whether there is something new for a reader who has muted these people.
bool has_news(db::ReadTx& tx, std::span<const identity::Muted> muted, const ThreadRow& row);

// Threads with something new in the groups the member belongs to, newest first, without muted ones: at least
// `wanted` if there are so many, at most twice as many.
struct UnreadThreads {
    std::vector<ThreadRow> threads;
    bool are_all = true;  // there is nothing else new, also further down than this looks
};
UnreadThreads unread_threads(db::ReadTx& tx, MemberId member, std::size_t wanted);
std::vector<ThreadId> muted_threads(db::ReadTx& tx, MemberId member);
// How far the actor has read; 0 for guests.
std::int64_t read_number(db::ReadTx& tx, const Actor& actor, ThreadId thread);

// What the composer offers a member in a thread; thread 0: in one that they begin.
struct Voices {
    bool anonymous = false;  // may be chosen here and now
    Voice usual =
        Voice::name;    // proposed: the member's last choice in the thread, else what the group prefers
    std::string alias;  // that the member has in the thread; empty: none yet
};
Voices voices_for(db::ReadTx& tx, const Actor& actor, const groups::Access& access, ThreadId thread);

// What a mail may show of a post to somebody who can answer it: its words as they look before anything is opened,
// without the names in them, and the voice that an answer would have. Nothing where they cannot write, for a removed
// post and for one with a content note, which a mail cannot fold.
struct Answerable {
    std::string text;
    Voice voice = Voice::name;
};
std::optional<Answerable> answerable(db::ReadTx& tx, const Actor& actor, PostId post);
// One notice stands for all that somebody replied until it is read. Once the first was answered, the next that the same
// person wrote to the reader is news again.
void tell_of_later_reply(db::Tx& tx, MemberId reader, PostId answered);

// ---- who waits ---------------------------------------------------------------------------------------------

// Posts that wait for somebody to answer: what begins a thread, and the first that somebody writes in a group under
// their name. Those who look after the group see to it that nobody waits in vain.
struct Unanswered {
    PostId post;
    std::string title;
    PersonaId author;
    Time written_at;
    bool is_first = false;  // that this person wrote in the group
};
// The oldest first, at most 50. For those who look after the group; for others `not_found`.
Result<std::vector<Unanswered>> unanswered_in(db::ReadTx& tx, const Actor& actor, GroupId group);
// Takes a post off that list: it needs no answer.
Done settle(db::Tx& tx, const Actor& actor, PostId post);
// Those of the groups in which a newcomer waits, or a thread has waited for `patience_ms`; none that were put away. The
// caller knows that the actor looks after them.
inline constexpr std::int64_t patience_ms = 12 * hour_ms;
std::vector<GroupId> groups_that_wait(db::ReadTx& tx, const Actor& actor, std::span<const GroupId> groups);

// ---- options of a post -------------------------------------------------------------------------------------

struct Removal {
    PersonaId removed_by;  // none: held by the house
    bool own = false;      // by the author
    std::string reason;
    Time removed_at;
};

// What the actor may do with a post. Fault `not_found` unless they may see that there is one.
struct Options {
    bool change = false, remove = false, remove_as_moderator = false, restore = false, history = false;
    bool hide_author = false;
    bool note_as_moderator = false;                    // say beforehand what may be hard to read
    bool is_anonymous = false;                         // under an alias
    bool unmask = false;                               // ask with a second person who wrote it
    bool rename = false, rename_needs_reason = false;  // the thread that it begins
    std::optional<Removal> removal;                    // for the author and for whoever moderates the group
    GroupId group;
};
Result<Options> options_for(db::ReadTx& tx, const Actor& actor, PostId post);

struct Version {
    std::int64_t version = 0;
    std::string markdown;
    std::string note;
    PersonaId written_by;
    Time written_at;
    NoteSet notes = {};
};
// Texts of a post, newest first. For the author and for whoever moderates the group; else `not_found`.
Result<std::vector<Version>> history(db::ReadTx& tx, const Actor& actor, PostId post);
// What staff put on a post. The caller has asked for options_for.
NoteSet staff_notes(db::ReadTx& tx, PostId post);

struct Found {
    PostId post;
    GroupId group;
    std::string title;
    PersonaId author;
    Time created_at;
    std::string excerpt;  // none behind a content note; "…" for hidden passages
};
struct FoundPage {
    std::vector<Found> found;
    std::int64_t older = 0;  // pass it as `before` for what was written before; 0: there is no more
};
enum class LastWord { may_be_unfinished, whole };
// Posts with all the words typed, newest first, in groups the actor may read (or in one of them), without those of
// people whom the actor has muted and without what they keep away by its content notes: so it may be fewer than
// `limit`, and there are older ones all the same. The last word may be the beginning of one; "quotes" make phrases;
// accents and case do not matter. Faults: `invalid` with field "q" without words; `not_found` for the group. Throws
// db::TooSlow: try again with whole words.
Result<FoundPage> search(db::ReadTx& tx, const Actor& actor, std::string_view typed, GroupId group,
                         std::int64_t before, int limit, LastWord last = LastWord::may_be_unfinished);

// What stands in a post now, as it was typed, for rules that read it; the caller has asked who may see it. Nothing for
// what is removed.
struct Typed {
    GroupId group;
    PersonaId author;
    std::string title;  // of the thread that it begins; else empty
    std::string note, markdown;
};
std::optional<Typed> typed(db::ReadTx& tx, PostId post);
// A job for whoever reads what was written: its payload is the numbers of posts that are new or changed.
inline constexpr std::string_view posts_written_job = "posts_written";

// A post is found a moment after it was written: its entry waits until this indexes it, up to `most` at a time, and
// asks for posts_written_job. Returns whether more may wait.
bool index_waiting_posts(db::Tx& tx, int most);
bool any_post_waits(db::ReadTx& tx);
// What was taken out of the index stays in its files until they are merged. Begins that, or goes on with a step of it;
// returns whether there is more to do. Only SQLite needs it.
enum class Tidying { begin, go_on };
bool tidy_search(db::Tx& tx, Tidying tidying);

// ---- importing ---------------------------------------------------------------------------------------------

// Posts from elsewhere, with their own authors and times, in the order of writing. By the system.
struct ImportedPost {
    PersonaId author;
    Time created_at;
    std::string markdown;
    std::int64_t reply_to = 0;
    std::string note = {};
    std::optional<Time> edited_at = {};
    bool removed = false;  // before it came here
    NoteSet notes = {};
};
ThreadId import_thread(db::Tx& tx, GroupId group, std::string_view title, const ImportedPost& first);
// Nothing if the thread has no room for one more.
std::optional<PostId> import_post(db::Tx& tx, ThreadId thread, const ImportedPost& post);
// Says once for all that these threads of a group have new posts; no other function of importing says so.
void announce_imported(db::Tx& tx, GroupId group, std::span<const ThreadId> threads);

// ---- at the edge -------------------------------------------------------------------------------------------

// Ready-made thread pages and what each reader needs on them.
class ThreadPages {
public:
    ThreadPages(Services& services, std::size_t cache_bytes);
    ~ThreadPages();

    std::optional<http::Response> thread_at_once(http::Ctx& ctx);
    http::Response thread(http::Ctx& ctx);
    http::Response group(http::Ctx& ctx);
    // To the first post that is unread, on whatever page it lies.
    http::Response unread(http::Ctx& ctx);
    // Whether the member has read the thread up to a post, also when that is not written down yet.
    bool has_read(MemberId member, PostId post);
    // Writes the read marks of the last seconds down; called by a job and at the end.
    void flush_read_marks();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Routes use this instance; set once by the app before serving.
void use_thread_pages(ThreadPages& pages);

// ThreadPages::has_read of the instance that the routes use.
bool has_read(MemberId member, PostId post);

// How many posts one member may send in a minute; 0: no limit. Set before serving.
void limit_writing(int posts_per_minute);

// What the room that watches the door (src/doors) asks; app/features.cpp sets it before serving. Without: nothing.
struct Watch {
    // In the transaction in which a member wrote a post or changed its words; a fault undoes it. Not for the system.
    enum class Did { wrote, changed };
    Done (*on_words)(db::Tx& tx, MemberId author, PostId post, Did did, std::string_view words) = nullptr;
    // Whether this reader may open one more thread now. At once: from memory, without waiting.
    bool (*opens_at_once)(const http::Ctx& ctx, ThreadId thread) = nullptr;
    Done (*opens)(http::Ctx& ctx, ThreadId thread) = nullptr;
};
void use_watch(const Watch& watch);

// Forms that were sent before `time` may be sent again as new ones.
void forget_sent_forms_before(db::Tx& tx, Time time);

std::vector<http::Route> routes();

}  // namespace kith::conversation
