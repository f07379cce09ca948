#include "doors/floods.hpp"
#include "doors/holds.hpp"
#include "doors/store.hpp"
#include "doors/work.hpp"

namespace kith::doors {
namespace {

constexpr std::int64_t newcomer_days = 3, kept_days = 30, flood_days = 90;

// docs/operators/outsiders.md says how long each is kept.
Done forget(db::Tx& tx) {
    const auto ago = [&](std::int64_t days) { return tx.now() + -days * day_ms; };
    forget_counts_before(tx, ago(kept_days));
    store::forget_spent_before(tx, tx.now() + -challenge_ms);
    store::forget_newcomers_before(tx, ago(newcomer_days));
    store::forget_floods_before(tx, ago(flood_days));
    store::forget_alarms_before(tx, ago(kept_days));
    store::forget_hints_before(tx, ago(kept_days));
    store::forget_stops_before(tx, ago(invitation_days));
    groups::forget_arrivals_before(tx, ago(invitation_days));
    forget_networks(tx);
    return {};
}

}  // namespace

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out["forget_doors"] = {[&services](const std::string&) { CHECK(services.db.write(forget)); }, hour_ms};
    out[std::string(flood_job)] = {[&services](const std::string& payload) {
        for (const std::int64_t id : jobs::numbers_in(payload)) carry_out_flood(services, FloodId(id));
    }};
    return out;
}

}  // namespace kith::doors
