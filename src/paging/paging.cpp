#include "paging/paging.hpp"

#include <algorithm>
#include <stdexcept>

#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "paging/waking.hpp"
#include "url.hpp"

namespace kith::paging {
namespace {

using safeguarding::Case;
using safeguarding::Targets;
using safeguarding::Urgency;

constexpr std::string_view page_job = "page_crisis", hook_job = "call_page_hook";

Pager& the_pager() {
    static Pager pager;
    return pager;
}

// One turn of waking people: the n-th of the crisis that began then.
struct Turn {
    CaseId id;
    Time since;
    std::int64_t round = 0;

    std::string payload() const {
        const std::int64_t numbers[] = {id.value(), since.ms, round};
        return jobs::payload_of(numbers);
    }
};

Turn turn_in(std::string_view payload) {
    const std::vector<std::int64_t> numbers = jobs::numbers_in(payload);
    return {CaseId(numbers.at(0)), Time{numbers.at(1)}, numbers.at(2)};
}

bool is_open(const std::optional<Case>& one, const Turn& turn) {
    return one && one->urgency == Urgency::crisis && one->urgent_since == turn.since && !one->decided_at;
}

// Hosts as well once it is overdue; and where nobody is there, those who are on a break.
std::vector<MemberId> people_for(db::ReadTx& tx, const Case& one, std::int64_t round) {
    using safeguarding::Breaks;
    std::vector<MemberId> out = safeguarding::staff_for(tx, one);
    if (round >= rounds_in_time) add(out, safeguarding::hosts_for(tx, one, Breaks::respected));
    if (out.empty()) out = safeguarding::hosts_for(tx, one, Breaks::ended);
    return out;
}

void enqueue(db::Tx& tx, std::string_view kind, const Turn& turn, std::int64_t in_ms) {
    jobs::enqueue(tx, kind, turn.payload(), tx.now() + in_ms, jobs::Lane::urgent);
}

void take_turn(db::Tx& tx, const Turn& turn) {
    const auto one = safeguarding::find_case(tx, turn.id);
    // What was told stands in the case: a crash may run a turn again, and two chains of turns are one.
    if (!is_open(one, turn) || safeguarding::times_paged(tx, turn.id, turn.since) >= turn.round) return;
    // Whoever took it on may fall asleep over it.
    if (one->is_claimed(tx.now())) return enqueue(tx, page_job, turn, *one->claimed_until - tx.now());
    const std::vector<MemberId> people = people_for(tx, *one, turn.round);
    for (const MemberId member : people)
        notices::tell_again(tx, member, notices::Kind::crisis,
                            {one->group, one->post.thread(), one->post.number(), {}});
    safeguarding::note_paged(tx, turn.id, people.empty());
    enqueue(tx, hook_job, turn, 0);
    enqueue(tx, page_job, {turn.id, turn.since, turn.round + 1},
            wait_ms(safeguarding::targets(tx), turn.round));
}

// Nothing of health and nobody's name: that a case waits, and where.
void call_hook(Services& services, const Turn& turn) {
    if (the_pager().hook.url.empty()) return;
    const bool is_due = services.db.read([&](db::ReadTx& tx) {
        const auto one = safeguarding::find_case(tx, turn.id);
        const bool is_last = safeguarding::times_paged(tx, turn.id, turn.since) <= turn.round;
        return is_last && is_open(one, turn) && !one->is_claimed(tx.now());
    });
    if (!is_due) return;
    JsonWriter j;
    j.object()
        .member("event", "crisis")
        .member("case", turn.id)
        .member("round", turn.round)
        .member("waits_since", turn.since)
        .member("address", pager_address(url::safety_case(turn.id)))
        .end();
    call_pager(services, j);
}

// From the moment when it began to wait, however late this runs.
void begin(db::Tx& tx, CaseId id, Time at) {
    const auto one = safeguarding::find_case(tx, id);
    if (!one || one->urgency != Urgency::crisis || one->decided_at) return;
    const std::int64_t taken = safeguarding::times_paged(tx, id, one->urgent_since);
    const Turn next{id, one->urgent_since, taken + 1};
    enqueue(tx, hook_job, {id, one->urgent_since, taken}, 0);
    enqueue(tx, page_job, next, (at - tx.now()) + wait_ms(safeguarding::targets(tx), taken));
}

}  // namespace

// In the time that the host allows, three times; then less often, but without end: every second time is twice as far
// away, up to an hour.
std::int64_t wait_ms(const Targets& limits, std::int64_t round) {
    const std::int64_t first = std::max(limits.crisis * minute_ms / rounds_in_time, 20 * second_ms);
    const std::int64_t doubled = std::clamp<std::int64_t>((round - rounds_in_time) / 2, 0, 10);
    return std::max(first, std::min(first << doubled, hour_ms));
}

void add(std::vector<MemberId>& out, std::span<const MemberId> more) {
    for (const MemberId member : more)
        if (std::ranges::find(out, member) == out.end()) out.push_back(member);
}

std::string pager_address(const Url& url) { return the_pager().public_url + url.text(); }

void call_pager(Services& services, const JsonWriter& message) {
    const Pager& pager = the_pager();
    if (pager.hook.url.empty()) return;
    if (!hook::call(pager.hook, message.str(), services.clock.now()))
        throw std::runtime_error("the program at page_url did not take the call");
}

void use_pager(Pager pager) { the_pager() = std::move(pager); }

jobs::Handlers handlers(Services& services) {
    const auto in_tx = [&services](auto&& work) {
        const Done done = services.db.write([&](db::Tx& tx) -> Done {
            work(tx);
            return {};
        });
        CHECK(done);
    };
    jobs::Handlers out;
    out[std::string(safeguarding::crisis_waits_job)] = {[in_tx](const std::string& payload) {
        const std::vector<std::int64_t> numbers = jobs::numbers_in(payload);
        in_tx([&](db::Tx& tx) { begin(tx, CaseId(numbers.at(0)), Time{numbers.at(1)}); });
    }};
    out[std::string(page_job)] = {
        [in_tx](const std::string& payload) { in_tx([&](db::Tx& tx) { take_turn(tx, turn_in(payload)); }); }};
    out[std::string(hook_job)] = {
        [&services](const std::string& payload) { call_hook(services, turn_in(payload)); }};
    out.merge(waiting_handlers(services));
    return out;
}

}  // namespace kith::paging
