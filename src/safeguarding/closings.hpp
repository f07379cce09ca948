#pragma once

#include "safeguarding/safeguarding.hpp"

// Threads that are closed without a report; private to safeguarding.
namespace kith::safeguarding {

// conversation::close_thread, which its author hears of as of any decision, with the way to ask for another look.
Done close_thread(db::Tx& tx, const Actor& actor, ThreadId id);

}  // namespace kith::safeguarding
