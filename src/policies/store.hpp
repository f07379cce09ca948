#pragma once

#include <optional>
#include <vector>

#include "policies/policies.hpp"

// All SQL of policies: rows in, rows out, no decisions.
namespace kith::policies::store {

std::vector<Current> standing(db::ReadTx& tx);
std::optional<PolicyId> standing_of(db::ReadTx& tx, Kind kind);
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

// Policies that ask and that the member has not agreed to.
struct Unanswered {
    PolicyId policy;
    Time asked_at;               // of the version that asks
    std::optional<Answer> said;  // to that version or one since: the newest, which is no yes
    std::optional<Time> said_at;
    std::int64_t agreed_before = 0;  // the newest earlier version with a yes
    std::int64_t grace_days = 0;
};
std::vector<Unanswered> unanswered(db::ReadTx& tx, MemberId member);
// False if there is a yes already.
bool put_answer(db::Tx& tx, MemberId member, PolicyId id, std::int64_t number, Answer answer);
std::vector<Agreed> agreed_by(db::ReadTx& tx, MemberId member);
std::int64_t count_answers(db::ReadTx& tx, PolicyId id, std::int64_t from_number, Answer answer);

}  // namespace kith::policies::store
