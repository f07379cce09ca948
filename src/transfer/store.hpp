#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/db/db.hpp"

// All SQL of transfer: what was brought in already.
namespace kith::transfer::store {

// The key of this database's digests, made when it is first needed.
std::string digest_key(db::Tx& tx, const std::string& fresh);
std::optional<std::int64_t> imported_id(db::ReadTx& tx, std::string_view source, std::string_view kind,
                                        std::string_view digest);
void insert_imported(db::Tx& tx, std::string_view source, std::string_view kind, std::string_view digest,
                     std::int64_t id);

}  // namespace kith::transfer::store
