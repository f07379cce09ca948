#include "paging/paging.hpp"

#include <algorithm>
#include <stdexcept>

#include "paging/waking.hpp"
#include "platform/json/writer.hpp"

namespace kith::paging {
namespace {

using safeguarding::Breaks;

constexpr std::int64_t rounds_in_time = 3;  // before it is overdue

Pager& the_pager() {
    static Pager pager;
    return pager;
}

// One turn of waking people: the n-th for what began to wait then.
struct Turn {
    std::int64_t id = 0;
    Time since;
    std::int64_t round = 0;
};

Turn turn_in(std::string_view payload) {
    const std::vector<std::int64_t> numbers = jobs::numbers_in(payload);
    return {numbers.at(0), Time{numbers.at(1)}, numbers.at(2)};
}

// In the time that the host allows, three times; then less often, but without end: every second time is twice as far
// away, up to an hour.
std::int64_t wait_ms(db::ReadTx& tx, std::int64_t round) {
    const std::int64_t allowed_ms = safeguarding::targets(tx).crisis * minute_ms;
    const std::int64_t first = std::max(allowed_ms / rounds_in_time, 20 * second_ms);
    const std::int64_t doubled = std::clamp<std::int64_t>((round - rounds_in_time) / 2, 0, 10);
    return std::max(first, std::min(first << doubled, hour_ms));
}

// What still waits as it did when the turn was planned.
std::optional<Waits> waits_for(db::ReadTx& tx, const Matter& matter, const Turn& turn) {
    auto found = matter.find(tx, turn.id);
    if (found && found->since != turn.since) found.reset();
    return found;
}

// Hosts as well once it is overdue; and where nobody is there, those who are on a break.
std::vector<MemberId> people_for(db::ReadTx& tx, const Matter& matter, const Turn& turn) {
    std::vector<MemberId> out = matter.staff(tx, turn.id);
    if (turn.round >= rounds_in_time)
        for (const MemberId host : matter.hosts(tx, turn.id, Breaks::respected))
            if (std::ranges::find(out, host) == out.end()) out.push_back(host);
    return out.empty() ? matter.hosts(tx, turn.id, Breaks::ended) : out;
}

void enqueue(db::Tx& tx, std::string_view kind, const Turn& turn, std::int64_t in_ms) {
    const std::int64_t numbers[] = {turn.id, turn.since.ms, turn.round};
    jobs::enqueue(tx, kind, jobs::payload_of(numbers), tx.now() + in_ms, jobs::Lane::urgent);
}

// From the moment when people could know, however late this runs.
void begin(db::Tx& tx, const Matter& matter, std::int64_t id, Time at) {
    const auto waits = matter.find(tx, id);
    if (!waits) return;
    const Turn taken{id, waits->since, waits->times_paged};
    enqueue(tx, matter.hook_job, taken, 0);
    enqueue(tx, matter.turn_job, {id, taken.since, taken.round + 1},
            (at - tx.now()) + wait_ms(tx, taken.round));
}

void take_turn(db::Tx& tx, const Matter& matter, const Turn& turn) {
    const auto waits = waits_for(tx, matter, turn);
    // What was told stands in the row: a crash may run a turn again, and two chains of turns are one.
    if (!waits || waits->times_paged >= turn.round) return;
    // Whoever took it on may fall asleep over it.
    if (waits->claimed_until && *waits->claimed_until > tx.now())
        return enqueue(tx, matter.turn_job, turn, *waits->claimed_until - tx.now());
    const std::vector<MemberId> people = people_for(tx, matter, turn);
    for (const MemberId member : people) notices::tell_again(tx, member, matter.notice, waits->about);
    matter.note_paged(tx, turn.id, people.empty());
    enqueue(tx, matter.hook_job, turn, 0);
    enqueue(tx, matter.turn_job, {turn.id, turn.since, turn.round + 1}, wait_ms(tx, turn.round));
}

// Nothing of health and nobody's name: that something waits, and where.
void call_hook(Services& services, const Matter& matter, const Turn& turn) {
    const Pager& pager = the_pager();
    if (pager.hook.url.empty()) return;
    const auto waits = services.db.read([&](db::ReadTx& tx) { return waits_for(tx, matter, turn); });
    const Time now = services.clock.now();
    if (!waits || waits->times_paged > turn.round) return;
    if (waits->claimed_until && *waits->claimed_until > now) return;
    JsonWriter j;
    j.object()
        .member("event", matter.event)
        .member(matter.id_name, turn.id)
        .member("round", turn.round)
        .member("waits_since", turn.since)
        .member("address", pager.public_url + waits->address.text())
        .end();
    if (!hook::call(pager.hook, j.str(), now))
        throw std::runtime_error("the program at page_url did not take the call");
}

}  // namespace

void use_pager(Pager pager) { the_pager() = std::move(pager); }

jobs::Handlers handlers_of(Services& services, const Matter& matter) {
    const auto in_tx = [&services](auto&& work) {
        const Done done = services.db.write([&](db::Tx& tx) -> Done {
            work(tx);
            return {};
        });
        CHECK(done);
    };
    jobs::Handlers out;
    out[std::string(matter.begin_job)] = {[in_tx, &matter](const std::string& payload) {
        const std::vector<std::int64_t> numbers = jobs::numbers_in(payload);
        in_tx([&](db::Tx& tx) { begin(tx, matter, numbers.at(0), Time{numbers.at(1)}); });
    }};
    out[std::string(matter.turn_job)] = {[in_tx, &matter](const std::string& payload) {
        in_tx([&](db::Tx& tx) { take_turn(tx, matter, turn_in(payload)); });
    }};
    out[std::string(matter.hook_job)] = {
        [&services, &matter](const std::string& payload) { call_hook(services, matter, turn_in(payload)); }};
    return out;
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out = crisis_handlers(services);
    out.merge(danger_handlers(services));
    return out;
}

}  // namespace kith::paging
