#include "paging/waking.hpp"
#include "url.hpp"

// Cases that are a crisis.
namespace kith::paging {
namespace {

using safeguarding::Case;

std::optional<Waits> find(db::ReadTx& tx, std::int64_t number) {
    const CaseId id(number);
    const auto one = safeguarding::find_case(tx, id);
    if (!one || one->urgency != safeguarding::Urgency::crisis || one->decided_at) return std::nullopt;
    return Waits{.since = one->urgent_since,
                 .times_paged = safeguarding::times_paged(tx, id, one->urgent_since),
                 .claimed_until = one->claimed_until,
                 .about = {one->group, one->post.thread(), one->post.number(), {}},
                 .address = url::safety_case(id)};
}

std::vector<MemberId> staff(db::ReadTx& tx, std::int64_t id) {
    return safeguarding::staff_for(tx, *safeguarding::find_case(tx, CaseId(id)));
}

std::vector<MemberId> hosts(db::ReadTx& tx, std::int64_t id, safeguarding::Breaks breaks) {
    return safeguarding::hosts_for(tx, *safeguarding::find_case(tx, CaseId(id)), breaks);
}

void note_paged(db::Tx& tx, std::int64_t id, bool is_nobody_there) {
    safeguarding::note_paged(tx, CaseId(id), is_nobody_there);
}

constexpr Matter crises{.begin_job = safeguarding::crisis_waits_job,
                        .turn_job = "page_crisis",
                        .hook_job = "call_page_hook",
                        .event = "crisis",
                        .id_name = "case",
                        .notice = notices::Kind::crisis,
                        .find = find,
                        .staff = staff,
                        .hosts = hosts,
                        .note_paged = note_paged};

}  // namespace

jobs::Handlers crisis_handlers(Services& services) { return handlers_of(services, crises); }

}  // namespace kith::paging
