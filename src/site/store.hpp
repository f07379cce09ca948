#pragma once

#include <map>
#include <string>
#include <string_view>

#include "platform/db/db.hpp"

namespace kith::site::store {

// Every setting by its key.
std::map<std::string, std::string, std::less<>> settings(db::ReadTx& tx);
void put_setting(db::Tx& tx, std::string_view key, std::string_view value);
// Nothing if it is there already.
void put_first_setting(db::Tx& tx, std::string_view key, std::string_view value);

}  // namespace kith::site::store
