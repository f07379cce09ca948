#pragma once

#include "platform/jobs/jobs.hpp"

namespace kith::app {

// The house-keeping of the database, which comes round as jobs: once for all servers that share it.
jobs::Handlers upkeep(Services& services);

}  // namespace kith::app
