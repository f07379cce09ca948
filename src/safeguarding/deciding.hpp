#pragma once

#include "safeguarding/safeguarding.hpp"

// What decisions and their appeals have in common; private to safeguarding.
namespace kith::safeguarding {

// What the decision did is undone. What is gone since (its author withdrew the post) needs no undoing.
Done undo(db::Tx& tx, const Actor& actor, const Case& one);
// Whoever learns from it hears of it once it is sure.
void note_judged(db::Tx& tx, CaseId id);

}  // namespace kith::safeguarding
