#pragma once

#include "recovery/recovery.hpp"

// All SQL of recovery: rows in, rows out, no decisions.
namespace kith::recovery::store {

// The oldest first.
std::vector<Helper> helpers_of(db::ReadTx& tx, MemberId member);
std::optional<Helper> by_code(db::ReadTx& tx, MemberId member, std::string_view digest);
void insert(db::Tx& tx, MemberId member, std::string_view name, std::string_view digest);
void begin(db::Tx& tx, HelperId id);
bool remove(db::Tx& tx, MemberId member, HelperId id);
// How many were begun after `since`; they are no more.
std::int64_t remove_begun(db::Tx& tx, MemberId member, Time since);

}  // namespace kith::recovery::store
