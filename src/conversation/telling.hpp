#pragma once

#include "notices/notices.hpp"

namespace kith::conversation {

// Tells a member of something in a thread, unless they muted the thread or the person it is from.
void tell_unless_muted(db::Tx& tx, MemberId reader, notices::Kind kind, const notices::About& about);

}  // namespace kith::conversation
