#pragma once

#include "safeguarding/safeguarding.hpp"

// Threads that are closed without a report, and opened again; private to safeguarding.
namespace kith::safeguarding {

// conversation::close_thread, which its author hears of as of any decision, with the way to ask for another look.
Done close_thread(db::Tx& tx, const Actor& actor, ThreadId id);
// conversation::reopen_thread. Whatever had closed it is undone with that: it can undo nothing later any more.
Done reopen_thread(db::Tx& tx, const Actor& actor, ThreadId id);

}  // namespace kith::safeguarding
