#pragma once

#include <vector>

#include "platform/db/db.hpp"

// The `change` table: what committed transactions changed, kept for a day so that event streams can resume.
namespace kith {

// What happened after a sequence number that concerns readers of a group (of a thread of it, if given) or tells a
// member of news; oldest first, at most `limit`. Some may be known already: with PostgreSQL a smaller number may
// be committed later, so what is a few seconds old is told again.
std::vector<Change> changes_after(db::ReadTx& tx, std::int64_t sequence, GroupId group, ThreadId thread,
                                  MemberId member, int limit);

// Of what is kept; 0 when nothing is.
std::int64_t first_sequence(db::ReadTx& tx);
std::int64_t last_sequence(db::ReadTx& tx);

// Deletes the oldest changes, not more than `most`; whether there may be older ones than `time` left.
bool forget_changes_before(db::Tx& tx, Time time, int most);

}  // namespace kith
