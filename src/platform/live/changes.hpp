#pragma once

#include <vector>

#include "platform/db/db.hpp"

// The `change` table: what committed transactions changed, kept for a day so that event streams can resume.
namespace kith {

// Changes after a sequence number that concern a group (a thread of it, if given) or a member; oldest first.
std::vector<Change> changes_after(db::ReadTx& tx, std::int64_t sequence, GroupId group, ThreadId thread,
                                  MemberId member, int limit);
void forget_changes_before(db::Tx& tx, Time time);

}  // namespace kith
