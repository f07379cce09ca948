#pragma once

#include <optional>
#include <string>

#include "mailing/mailing.hpp"

namespace kith::mailing::store {

std::optional<std::string> link_key(db::ReadTx& tx);
void insert_link_key(db::Tx& tx, std::string_view key);

}  // namespace kith::mailing::store
