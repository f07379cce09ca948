#pragma once

#include "platform/jobs/jobs.hpp"

namespace kith::jobs::store {

// Lets a kind come round: due now if it is new, else when it is due already.
void come_round(db::Tx& tx, std::string_view kind, std::int64_t every_ms, Lane lane);
void forget_round(db::Tx& tx, std::string_view kind);

bool any_due(db::ReadTx& tx, Lane lane);
// The job of the lane that has been due longest, leased until then; nothing if none is due. A lease that ran out counts
// as a failure.
std::optional<JobRow> lease(db::Tx& tx, Lane lane, Time until);
// Both do nothing when the lease ran out and another Runner has the job.
void mark_done(db::Tx& tx, const JobRow& leased);
// Gives a job back after a failure: due again at `due`, or given up for good (nothing).
void mark_failed(db::Tx& tx, const JobRow& leased, std::string_view error, std::optional<Time> due);

}  // namespace kith::jobs::store
