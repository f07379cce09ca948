#pragma once

#include "platform/jobs/jobs.hpp"

namespace kith::jobs::store {

// The job that has been due longest, leased until then; nothing if none is due.
std::optional<JobRow> lease(db::Tx& tx, Time until);
void mark_done(db::Tx& tx, std::int64_t id);
// Gives a job back after a failure: due again at `due`, or given up for good (nothing).
void mark_failed(db::Tx& tx, std::int64_t id, std::string_view error, std::optional<Time> due);

}  // namespace kith::jobs::store
