#pragma once

#include <vector>

#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "safeguarding/safeguarding.hpp"

// What rules notice in posts: it opens or joins a case, can make one more urgent, and does nothing else. Whoever has
// written that they may be in danger sees first who is there for them.
namespace kith::noticing {

// The rules of `assist` read what stands in a post; what they find becomes a report by nobody. What is removed says
// nothing.
void read_post(db::Tx& tx, PostId post);
// Reads what was written or changed since, from conversation::posts_written_job.
jobs::Handlers handlers(Services& services);
// The post, for its author alone; fault `not_found`.
Result<PostId> own_post(db::ReadTx& tx, const Actor& actor, PostId id);

std::vector<http::Route> routes();

}  // namespace kith::noticing
