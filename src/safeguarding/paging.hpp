#pragma once

#include "safeguarding/safeguarding.hpp"

// Waking people while a crisis waits; private to safeguarding.
namespace kith::safeguarding {

// A crisis waits for somebody: those who can act are told again until somebody takes it on and decides, and hosts
// besides once it is overdue. May be asked for again.
void page_while_waiting(db::Tx& tx, CaseId id);
// What `jobs` hold for it.
jobs::Handlers paging_handlers(Services& services);

}  // namespace kith::safeguarding
