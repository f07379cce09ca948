#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pictures/pictures.hpp"

// All SQL of pictures: rows in, rows out, no decisions.
namespace kith::pictures::store {

struct Place {
    GroupId group;
    std::optional<MemberId> member;
    bool hidden = false;
};
std::optional<Place> find(db::ReadTx& tx, std::string_view key);
std::string webp(db::ReadTx& tx, std::string_view key);
void insert(db::Tx& tx, std::string_view key, GroupId group, MemberId member, const picture::Recoded& made);
void attach(db::Tx& tx, std::string_view key, GroupId group, MemberId member, PostId post);
std::vector<std::string> keys_of(db::ReadTx& tx, PostId post);
void set_hidden(db::Tx& tx, std::string_view key, bool hidden);
// All but the newest.
void remove_waiting_beyond(db::Tx& tx, MemberId member, int kept);
void remove_waiting_before(db::Tx& tx, Time time);

}  // namespace kith::pictures::store
