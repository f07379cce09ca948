#pragma once

#include "platform/jobs/jobs.hpp"

namespace kith::app {

// The house-keeping of the database, which comes round as jobs: once for all servers that share it.
jobs::Handlers upkeep(Services& services);

// Lets search find what was written since the last time.
void index_posts(Services& services);

}  // namespace kith::app
