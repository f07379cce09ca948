#pragma once

#include "safeguarding/safeguarding.hpp"

// Accounts on hold by a case; private to safeguarding.
namespace kith::safeguarding {

// Whoever wrote the post, for the next step of the ladder. Fault `conflict`.
Done hold_author(db::Tx& tx, const Actor& actor, const Case& one);
// Reports of several members of several posts under one name put the account on hold until somebody has decided about
// each; nobody who may be in danger, and nobody with a task. Under one name: together with an alias of the same person
// they would tell whose it is.
void pause_if_many(db::Tx& tx, PersonaId author);
// Nothing to do if there is none.
void end_hold(db::Tx& tx, const Actor& actor, const Case& one);

}  // namespace kith::safeguarding
