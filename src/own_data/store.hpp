#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "own_data/own_data.hpp"

// SQL of own_data: whose turn it is, and posts and names. What else goes stands in forgetting.cpp, what is copied in
// the sections.
namespace kith::own_data::store {

void insert_erasure(db::Tx& tx, MemberId member, OwnWords words, Time due);
struct Erasure {
    MemberId member;
    OwnWords words = OwnWords::keep;
    Time due = {};
};
std::optional<Erasure> erasure_of(db::ReadTx& tx, MemberId member);
std::optional<Erasure> due_erasure(db::ReadTx& tx);
bool is_here(db::ReadTx& tx, MemberId member);  // and not erased

// The account and every way back into it.
void delete_account(db::Tx& tx, MemberId member);

// With all that they hold: read for a copy alone.
std::vector<Copy::File> pictures_of(db::ReadTx& tx, MemberId member);
std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member);
// Posts of one persona behind `after`, in order.
std::vector<PostId> posts_after(db::ReadTx& tx, PersonaId author, PostId after, int most);
// The words of a post, its earlier ones, and its title if it begins a thread. It counts as removed by its author.
void empty_post(db::Tx& tx, PostId post);
GroupId group_of(db::ReadTx& tx, ThreadId thread);

// Every name that a member has or had; `thread`: an alias, which stands there alone.
struct NameIn {
    ThreadId thread;
    std::string name;
};
std::vector<NameIn> all_names_of(db::ReadTx& tx, MemberId member);
// The words of a post as they are and were.
std::vector<std::string> texts_of(db::ReadTx& tx, PostId post);
std::vector<ThreadId> threads_in(db::ReadTx& tx, GroupId group);
// The texts of a thread that name somebody or quote, by post.
struct Text {
    PostId post;
    std::int64_t version = 0;
    std::string markdown;
};
std::vector<Text> texts_with_echoes(db::ReadTx& tx, ThreadId thread);
// Unless it has changed since it was read.
void put_text(db::Tx& tx, const Text& read, std::string_view markdown);
// What waits in a group; `thread`: none for a new one.
struct WaitingText {
    std::int64_t id = 0;
    ThreadId thread;
    std::string markdown;
};
std::vector<WaitingText> waiting_in(db::ReadTx& tx, GroupId group);
void put_waiting(db::Tx& tx, const WaitingText& read, std::string_view markdown);
// As its newest text is now, for readers and for search.
void render_anew(db::Tx& tx, PostId post);

std::vector<std::string> name_keys(db::ReadTx& tx, MemberId member);
void insert_erased_name(db::Tx& tx, std::string_view digest);
std::vector<GroupId> groups_of(db::ReadTx& tx, MemberId member);
// Every row about a member, and at last the member: their personas have no names and are nobody's any more.
void delete_traces(db::Tx& tx, MemberId member);

// Where SQLite moves a row to another page, its free space keeps the old bytes, in spite of secure_delete (seen with
// 3.40). PostgreSQL uses its space again by itself.
void write_anew(db::Database& db);
bool waits_to_be_written_anew(db::ReadTx& tx);  // and cannot have begun

}  // namespace kith::own_data::store
