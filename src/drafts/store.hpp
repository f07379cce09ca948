#pragma once

#include "drafts/drafts.hpp"

// All SQL of drafts: rows in, rows out, no decisions.
namespace kith::drafts::store {

std::optional<Draft> find(db::ReadTx& tx, MemberId member, Place place);
bool exists(db::ReadTx& tx, MemberId member, Place place);
bool any(db::ReadTx& tx, MemberId member);
std::int64_t count(db::ReadTx& tx, MemberId member);
std::vector<Draft> list_of(db::ReadTx& tx, MemberId member);  // in no order
void put(db::Tx& tx, MemberId member, Place place, const Typed& typed);
bool remove(db::Tx& tx, MemberId member, Place place);
void remove_before(db::Tx& tx, Time time);

}  // namespace kith::drafts::store
