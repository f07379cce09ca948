#pragma once

#include <optional>
#include <string_view>

#include "feeds/feeds.hpp"

// All SQL of feeds: rows in, rows out, no decisions.
namespace kith::feeds::store {

struct Key {
    MemberId member;
    Language language = Language::en;
};
std::optional<Key> find(db::ReadTx& tx, std::string_view digest);
std::optional<Time> made_at(db::ReadTx& tx, MemberId member);
void put(db::Tx& tx, MemberId member, std::string_view digest, Language language);
void remove(db::Tx& tx, MemberId member);

}  // namespace kith::feeds::store
