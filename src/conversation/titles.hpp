#pragma once

#include <string>
#include <string_view>

#include "conversation/conversation.hpp"

// Titles of threads; private to conversation.
namespace kith::conversation {

// The title as it will be kept, or `invalid` with field "title".
Result<std::string> check_title(std::string_view typed);
// Why a moderator did something, as it will be kept, or `invalid` with field "reason".
Result<std::string> check_reason(std::string_view typed);

// Empties the title of a removed thread, unless the actor moderates its group.
void hide_title(db::ReadTx& tx, const Actor& actor, Thread& thread);

// Whether the actor may change a title as the one who began the thread.
bool may_rename_own(db::ReadTx& tx, const Actor& actor, const Thread& thread);

}  // namespace kith::conversation
