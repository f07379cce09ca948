#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matching/matching.hpp"

// All SQL of matching: rows in, rows out, no decisions.
namespace kith::matching::store {

struct Said {
    Since since = Since::unsaid;
    Stage stage = Stage::unsaid;
    groups::Tone tone = groups::Tone::any;
    std::string hopes;  // "listen,share"
};
std::optional<Said> said(db::ReadTx& tx, MemberId member);
std::vector<TopicId> topics_of(db::ReadTx& tx, MemberId member);
void put(db::Tx& tx, MemberId member, const Said& said);
void remove_topics(db::Tx& tx, MemberId member);
void insert_topic(db::Tx& tx, MemberId member, TopicId topic);
void remove(db::Tx& tx, MemberId member);

// In which groups many gave that answer, as it was counted last.
std::vector<GroupId> groups_alike(db::ReadTx& tx, std::string_view question, std::string_view answer);
// Counts anew, of answers and memberships from before `before`: at least `least` people of a group.
void count_alike(db::Tx& tx, Time before, int least);

struct Answered {
    GroupId group;
    Fit answer = Fit::yes;
    Time answered_at;
};
std::vector<Answered> fits_of(db::ReadTx& tx, MemberId member);
void put_fit(db::Tx& tx, MemberId member, GroupId group, Fit answer);
bool set_misfit(db::Tx& tx, MemberId member, GroupId group, Misfit reason);

}  // namespace kith::matching::store
