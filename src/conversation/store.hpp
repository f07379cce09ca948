#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/conversation.hpp"

// All SQL of conversation: rows in, rows out, no decisions.
namespace kith::conversation::store {

std::optional<Thread> find_thread(db::ReadTx& tx, ThreadId thread);
ThreadId insert_thread(db::Tx& tx, GroupId group, std::string_view title, PersonaId author, Time at);
// The newest post of a thread that was read in the same transaction.
void set_last_post(db::Tx& tx, PostId post, PersonaId author, Time at);
std::vector<ThreadRow> threads_by_last_word(db::ReadTx& tx, GroupId group, MemberId reader, int limit,
                                            std::int64_t offset);
// Keeps the old title.
void rename_thread(db::Tx& tx, ThreadId thread, std::string_view title, PersonaId by,
                   std::string_view reason);
std::int64_t count_threads(db::ReadTx& tx, GroupId group);

inline constexpr std::size_t groups_at_once = 20;
using SomeGroups = std::array<GroupId, groups_at_once>;  // filled up with none
// Threads with something new among the newest `depth` of each group, newest first, without muted ones.
std::vector<ThreadRow> unread_threads(db::ReadTx& tx, MemberId reader, const SomeGroups& groups,
                                      std::int64_t depth, std::size_t limit);
// Whether one of the groups has more threads than that.
bool have_more_threads(db::ReadTx& tx, const SomeGroups& groups, std::int64_t depth);

void insert_post(db::Tx& tx, const Post& post);
void insert_version(db::Tx& tx, PostId post, const Version& version);
std::optional<Typed> typed(db::ReadTx& tx, PostId post);
std::optional<Version> last_version(db::ReadTx& tx, PostId post);
std::vector<Version> versions(db::ReadTx& tx, PostId post);
std::optional<Post> find_post(db::ReadTx& tx, PostId post);
std::vector<Post> posts_between(db::ReadTx& tx, PostId first, PostId last);
// Of the last `most` of them, each once.
std::vector<PersonaId> authors_between(db::ReadTx& tx, PostId first, PostId last, int most);
struct Written {
    PostId post;
    PersonaId author;
};
// The posts that those between `first` and `last` of one thread answer.
std::vector<Written> targets_of(db::ReadTx& tx, PostId first, PostId last);
void update_post(db::Tx& tx, PostId post, std::string_view html, std::string_view note,
                 std::optional<Time> edited_at);

// Content notes of the list: all that a post has, those of a thread, those that staff put on a post.
void set_notes(db::Tx& tx, PostId post, NoteSet notes);
void set_thread_notes(db::Tx& tx, ThreadId thread, NoteSet notes);
NoteSet staff_notes(db::ReadTx& tx, PostId post);
void put_staff_notes(db::Tx& tx, PostId post, NoteSet notes, PersonaId by);

// False when there is a standing removal already (or none to end). The removal of a first post is the thread's.
bool insert_removal(db::Tx& tx, PostId post, PersonaId by, bool own, std::string_view reason);
bool end_removal(db::Tx& tx, PostId post);
std::optional<Removal> standing_removal(db::ReadTx& tx, PostId post);
std::vector<PostId> removed_by_staff(db::ReadTx& tx, PostId first, PostId last);

// How many supports were added (0 or 1) or taken back by kind.
bool insert_support(db::Tx& tx, MemberId member, PostId post, Support kind);
std::vector<Support> delete_supports(db::Tx& tx, MemberId member, PostId post);
void add_to_supports(db::Tx& tx, PostId post, std::int64_t delta);
struct OwnSupport {
    PostId post;
    Support kind = Support::with_you;
};
std::vector<OwnSupport> supports_of(db::ReadTx& tx, MemberId member, ThreadId thread);

std::optional<Voice> last_voice(db::ReadTx& tx, MemberId member, ThreadId thread);
void set_voice(db::Tx& tx, MemberId member, ThreadId thread, Voice voice);

std::int64_t read_mark(db::ReadTx& tx, MemberId member, ThreadId thread);
void advance_read_mark(db::Tx& tx, MemberId member, ThreadId thread, std::int64_t number, Time at);

// Moves the mark over a post that the member wrote, if nothing unread lies before it.
void follow_own_post(db::Tx& tx, MemberId member, PostId post);

bool is_closed(db::ReadTx& tx, ThreadId thread);
void insert_closing(db::Tx& tx, ThreadId thread, PersonaId by);
void end_closing(db::Tx& tx, ThreadId thread);

void insert_muted_thread(db::Tx& tx, MemberId member, ThreadId thread);
void delete_muted_thread(db::Tx& tx, MemberId member, ThreadId thread);
std::vector<ThreadId> muted_threads(db::ReadTx& tx, MemberId member);

std::optional<PostId> sent_form(db::ReadTx& tx, MemberId member, std::string_view key);
void insert_sent_form(db::Tx& tx, MemberId member, std::string_view key, PostId post);
void delete_sent_forms_before(db::Tx& tx, Time time);

// Posts that wait for an answer. unanswered_store.cpp
void insert_unanswered(db::Tx& tx, GroupId group, const Post& post, bool is_first);
void answer_waiting(db::Tx& tx, PostId first, PostId target, const Post& answer);
void settle_unanswered(db::Tx& tx, PostId post, PersonaId by);
void reopen_answered_by(db::Tx& tx, PostId answer);
// `all_titles`: those of removed threads, too.
std::vector<Unanswered> unanswered(db::ReadTx& tx, GroupId group, bool all_titles, int most);
// A newcomer, or a post from before `since`.
bool does_anybody_wait(db::ReadTx& tx, GroupId group, Time since);

// Search: one entry a post, which keeps its place whatever becomes of the post. The two engines keep their index
// in different tables. insert_post makes the entry; an entry that waits is behind its post.
std::int64_t next_entry(db::Tx& tx, Time written_at);
void insert_entry(db::Tx& tx, std::int64_t id, PostId post);
void let_entry_wait(db::Tx& tx, PostId post);
struct WaitingEntry {
    std::int64_t id = 0;
    std::string document;  // what the index knows
    PostId post;
    bool removed = false;
    GroupId group;
    std::string title;
    std::string markdown;
    Time written_at;
};
std::vector<WaitingEntry> waiting_entries(db::ReadTx& tx, int most);
void index_entry(db::Tx& tx, const WaitingEntry& entry, std::string_view document);
// A step of merging the parts of the index; `all`: the old ones too. Whether anything was left to merge.
bool merge_index(db::Tx& tx, bool all);
// The smallest number of an entry of a post written on that day.
std::int64_t first_entry_of(Time written_at);
struct Hit {
    std::int64_t entry = 0;
    PostId post;
    GroupId group;
    std::string title;
    PersonaId author;
    Time created_at;
    bool removed = false;
    std::optional<Time> thread_removed_at;
    std::string html;  // empty behind a content note
    NoteSet notes;
};
// By the time of writing, newest first. Throws TooSlow as ReadTx::limit_time says.
std::vector<Hit> hits(db::ReadTx& tx, std::string_view engine_query, std::int64_t before, int limit);

}  // namespace kith::conversation::store
