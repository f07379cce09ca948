#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pushing/pushing.hpp"

// All SQL of pushing: rows in, rows out, no decisions.
namespace kith::pushing::store {

std::vector<Device> devices_of(db::ReadTx& tx, MemberId member);
struct Address {
    DeviceId id;
    std::string endpoint;
};
std::vector<Address> addresses_of(db::ReadTx& tx, MemberId member);
void put_device(db::Tx& tx, MemberId member, std::string_view endpoint, std::string_view words);
// Whoever else had it.
std::optional<MemberId> owner_of(db::ReadTx& tx, std::string_view endpoint);
bool remove_device(db::Tx& tx, MemberId member, DeviceId device);

std::optional<std::string> private_key(db::ReadTx& tx);
void insert_private_key(db::Tx& tx, std::string_view key);

}  // namespace kith::pushing::store
