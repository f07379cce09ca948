#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"

// Words of the house for those who decide about posts: a host keeps the list; whoever decides begins with one and makes
// it their own before it is sent.
namespace kith::replies {

inline constexpr std::size_t name_most = 60, words_most = 1000;  // code points
inline constexpr std::size_t replies_most = 30;

struct Reply {
    std::int64_t id = 0;
    std::string name, words;
};
std::vector<Reply> list(db::ReadTx& tx);

// Adds one (id 0) or changes it. By a host; audited. Faults: `forbidden`, `not_found`; `invalid`, field "name" or
// "words"; `conflict` when there are 30.
Done put(db::Tx& tx, const Actor& actor, const Reply& typed);
Done take_away(db::Tx& tx, const Actor& actor, std::int64_t id);

std::vector<http::Route> routes();

namespace store {

std::vector<Reply> list(db::ReadTx& tx);
std::int64_t insert(db::Tx& tx, const Reply& reply);
bool update(db::Tx& tx, const Reply& reply);  // false: there is none
bool remove(db::Tx& tx, std::int64_t id);

}  // namespace store
}  // namespace kith::replies
