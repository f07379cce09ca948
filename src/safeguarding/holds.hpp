#pragma once

#include "safeguarding/rights.hpp"
#include "safeguarding/safeguarding.hpp"

// Accounts on hold by a case; private to safeguarding.
namespace kith::safeguarding {

// Whoever wrote the post, for the next step of the ladder. Fault `conflict`.
Done hold_author(db::Tx& tx, const Actor& actor, const Case& one);
// Reports of several members of several posts under one name put the account on hold until somebody has decided about
// each; nobody who may be in danger, nobody with a task, and nobody who wrote anonymously: who falls silent at that
// moment would tell whose posts they are.
void pause_if_many(db::Tx& tx, PersonaId author);
// Whoever may be in danger is not kept out: what reports alone had done ends.
void end_pauses(db::Tx& tx, const Subject& subject);
// Nothing to do if there is none.
void end_hold(db::Tx& tx, const Actor& actor, const Case& one);

}  // namespace kith::safeguarding
