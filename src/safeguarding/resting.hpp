#pragma once

#include "safeguarding/safeguarding.hpp"

// What somebody takes on until it is time to rest; private to safeguarding.
namespace kith::safeguarding {

// A case becomes this person's. With what brings them to their limit, the others that they work on go to those on
// shift, where there are any. Fault `conflict`: it is time to rest, or they are not alone, which is not asked where the
// author wrote under an alias.
Done take_on(db::Tx& tx, const Actor& actor, const Case& one, rota::Company company);
// The same of what they have read to its end: it counts, and is not refused.
void take_on_decided(db::Tx& tx, MemberId member, const Case& one);

// What stands in the words of a release by the house, see take_on.
inline constexpr std::string_view handed_on = "rest";

}  // namespace kith::safeguarding
