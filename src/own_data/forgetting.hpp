#pragma once

#include <span>

#include "platform/db/db.hpp"

// What is forgotten about somebody, a statement for each table; private to own_data.
namespace kith::own_data {

// Each for a member, $1. A table that names members and stands in neither list fails a test.
std::span<const db::Sql> ways_in();  // the account, and all that lets somebody come in
std::span<const db::Sql> traces();   // everything else, besides the words of posts; in this order
// What stands beside a post and goes with its words; $1 is the post.
std::span<const db::Sql> beside_a_post();

}  // namespace kith::own_data
