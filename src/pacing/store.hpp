#pragma once

#include "pacing/pacing.hpp"

// All SQL of pacing: rows in, rows out, no decisions.
namespace kith::pacing::store {

std::vector<Setting> standing(db::ReadTx& tx, GroupId group, ThreadId thread);
std::vector<Setting> history(db::ReadTx& tx, GroupId group, int most);
void insert_setting(db::Tx& tx, const Setting& setting);
// Whether one stood.
bool end_setting(db::Tx& tx, GroupId group, ThreadId thread, Kind kind, std::optional<PersonaId> by);
void set_look(db::Tx& tx, std::int64_t id, std::optional<Time> look_at, std::optional<Time> until);
std::vector<Setting> to_look_at(db::ReadTx& tx);

Time last_turn(db::ReadTx& tx, MemberId member, GroupId group, ThreadId thread);
void put_turn(db::Tx& tx, MemberId member, GroupId group, ThreadId thread);

std::int64_t insert_waiting(db::Tx& tx, const Waiting& words);
bool is_waiting(db::ReadTx& tx, MemberId member, std::string_view key);
std::optional<Waiting> find_waiting(db::ReadTx& tx, std::int64_t id);
std::vector<Waiting> waiting_in(db::ReadTx& tx, GroupId group, int most);
bool anything_waits(db::ReadTx& tx, GroupId group);
std::vector<Waiting> waiting_of(db::ReadTx& tx, MemberId member, int most);
std::vector<Waiting> own_in(db::ReadTx& tx, MemberId member, GroupId group);  // that nobody has looked at
std::optional<Waiting> waiting_change(db::ReadTx& tx, MemberId member, PostId post);
struct Load {
    std::int64_t usual = 0, in_danger = 0;
};
Load load_of(db::ReadTx& tx, MemberId member, GroupId group);
// The oldest of theirs in which they may be in danger.
std::optional<std::int64_t> first_danger(db::ReadTx& tx, MemberId member, GroupId group);
void count_paging(db::Tx& tx, std::int64_t id);
void set_case(db::Tx& tx, std::int64_t id, CaseId left);
bool set_outcome(db::Tx& tx, std::int64_t id, Outcome outcome, std::optional<PersonaId> by,
                 std::string_view words);
void forget_words(db::Tx& tx, std::int64_t id);
void delete_looked_before(db::Tx& tx, Time time);
Counts counts_since(db::ReadTx& tx, GroupId group, Time since);

struct Choice {
    std::optional<std::int64_t> newcomer_posts;
    Cover cover = Cover::none;
};
Choice choice(db::ReadTx& tx, GroupId group);
void put_choice(db::Tx& tx, GroupId group, const Choice& choice);
// How many first posts wait there: as the group chose, or the site.
std::int64_t first_posts(db::ReadTx& tx, GroupId group);
std::optional<std::int64_t> newcomer_posts(db::ReadTx& tx, MemberId member, GroupId group);
void count_newcomer(db::Tx& tx, MemberId member, GroupId group);

struct ReadFirstRow {
    CaseId by_case;
    PersonaId alias;
    std::optional<std::int64_t> posts_left;
};
void put_read_first(db::Tx& tx, CaseId by_case, const ReadFirst& what, std::optional<Time> until);
void end_read_first(db::Tx& tx, CaseId by_case);
std::vector<ReadFirstRow> read_first_of(db::ReadTx& tx, MemberId member, GroupId group);
std::optional<Measure> standing_read_first(db::ReadTx& tx, CaseId by_case);
void count_read(db::Tx& tx, CaseId by_case);

}  // namespace kith::pacing::store
