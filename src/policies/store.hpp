#pragma once

#include <optional>
#include <vector>

#include "policies/policies.hpp"

// All SQL of policies: rows in, rows out, no decisions.
namespace kith::policies::store {

std::vector<Policy> all(db::ReadTx& tx);
std::optional<Policy> find(db::ReadTx& tx, PolicyId id);
PolicyId insert(db::Tx& tx, Kind kind);
// `asks_number`: also the one before, where the new version asks nothing.
void set_number(db::Tx& tx, PolicyId id, std::int64_t number, std::int64_t asks_number);
void set_retired(db::Tx& tx, PolicyId id);

std::optional<Version> version(db::ReadTx& tx, PolicyId id, std::int64_t number);
std::vector<Version> versions(db::ReadTx& tx, PolicyId id);
void insert_version(db::Tx& tx, PolicyId id, const Version& version);

std::int64_t grace_days(db::ReadTx& tx);
void set_grace_days(db::Tx& tx, std::int64_t days);

// Policies that ask and that the member has not agreed to, with the newest yes to an earlier version.
struct Unanswered {
    PolicyId policy;
    std::int64_t agreed_before = 0;
};
std::vector<Unanswered> unanswered(db::ReadTx& tx, MemberId member);
// What they said to versions from this one on, the newest first; no yes among them.
struct Said {
    Answer answer = Answer::later;
    Time at;
};
std::optional<Said> said(db::ReadTx& tx, MemberId member, PolicyId id, std::int64_t from_number);
// False if there is a yes already.
bool put_answer(db::Tx& tx, MemberId member, PolicyId id, std::int64_t number, Answer answer);
std::vector<Agreed> agreed_by(db::ReadTx& tx, MemberId member);
std::int64_t count_answers(db::ReadTx& tx, PolicyId id, std::int64_t from_number, Answer answer);

}  // namespace kith::policies::store
