#pragma once

#include <string_view>

#include "safeguarding/safeguarding.hpp"

// Accounts on hold by a case; private to safeguarding.
namespace kith::safeguarding {

// Whoever wrote the post, for the next step of the ladder. Fault `conflict`.
Done hold_author(db::Tx& tx, const Actor& actor, const Case& one, std::string_view words);
// Nothing to do if there is none.
void end_hold(db::Tx& tx, const Actor& actor, const Case& one);

}  // namespace kith::safeguarding
