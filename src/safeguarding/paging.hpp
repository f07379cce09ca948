#pragma once

#include "safeguarding/safeguarding.hpp"

// Waking people while a crisis waits; private to safeguarding.
namespace kith::safeguarding {

// A crisis has begun: those who can act are told again until somebody looks, and others besides once it is overdue.
void begin_paging(db::Tx& tx, CaseId id);
// What `jobs` hold for it.
jobs::Handlers paging_handlers(Services& services);

}  // namespace kith::safeguarding
