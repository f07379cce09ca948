#pragma once

#include <atomic>
#include <memory>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "platform/db/db.hpp"
#include "platform/http/site.hpp"
#include "platform/live/event_ids.hpp"
#include "platform/live/versions.hpp"

namespace kith {

// What every part of the application works with. The database, the clock and the random
// numbers are their owner's and outlive every request and job.
struct Services {
    db::Database& db;
    const Clock& clock;
    Random& random;
    Versions& versions;
    EventIds event_ids{};

    std::shared_ptr<const Site> site() const { return std::atomic_load(&site_); }
    void set_site(std::shared_ptr<const Site> site) { std::atomic_store(&site_, std::move(site)); }

    std::shared_ptr<const Site> site_ = std::make_shared<const Site>();
};

}  // namespace kith
