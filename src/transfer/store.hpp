#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "platform/db/db.hpp"

// All SQL of transfer: what was brought in already.
namespace kith::transfer {

enum class Kind { message, thread, author };
constexpr auto enum_words(Kind) { return std::to_array<std::string_view>({"message", "thread", "author"}); }

}  // namespace kith::transfer

namespace kith::transfer::store {

// The key of this database's digests; made when it is first needed.
std::optional<std::string> find_digest_key(db::ReadTx& tx);
std::string digest_key(db::Tx& tx, const std::string& fresh);

struct Imported {
    Kind kind = Kind::message;
    std::string digest;
    std::int64_t id = 0;
};
// All that the group has from the source.
std::vector<Imported> imported(db::ReadTx& tx, GroupId group, std::string_view source);
void insert_imported(db::Tx& tx, GroupId group, std::string_view source, const Imported& row);
// The thread where its conversation goes on; replaces the one before.
void set_thread(db::Tx& tx, GroupId group, std::string_view source, const Imported& row);

std::optional<MemberId> find_person(db::ReadTx& tx, std::string_view digest);
void insert_person(db::Tx& tx, std::string_view digest, MemberId member);

}  // namespace kith::transfer::store
