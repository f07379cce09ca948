#include "safeguarding/holds.hpp"

#include <algorithm>
#include <set>

#include "audit/audit.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/store.hpp"

namespace kith::safeguarding {
namespace {

// Of all their names: the ladder is one person's.
std::int64_t holds_so_far(db::ReadTx& tx, MemberId member) {
    std::int64_t count = 0;
    for (const PersonaId persona : identity::every_persona_of(tx, member))
        count += store::holds_decided_about(tx, persona);
    return count;
}

// Behind the last step it stays the last one.
std::int64_t next_days(db::ReadTx& tx, MemberId member) {
    const std::vector<std::int64_t> steps = ladder(tx);
    const auto last = static_cast<std::int64_t>(steps.size()) - 1;
    return steps[static_cast<std::size_t>(std::min(holds_so_far(tx, member), last))];
}

// Not one or two who insist, however many posts they report.
constexpr std::size_t members_least = 3;

// Open cases about posts under this name that were reported for a reason that hides; none while one is a crisis.
std::vector<Case> cases_that_pause(db::ReadTx& tx, PersonaId author) {
    std::vector<Case> out;
    std::set<MemberId> members;
    for (Case& one : store::open_cases_about(tx, author)) {
        if (one.urgency == Urgency::crisis) return {};
        bool counts = false;
        for (const store::Voice& voice : store::voices_of(tx, one.id)) {
            if (!hides(voice.reason)) continue;
            members.insert(voice.member);
            counts = true;
        }
        if (counts) out.push_back(std::move(one));
    }
    if (members.size() < members_least) out.clear();
    return out;
}

// Whoever is kept out does not wait for long.
void pause_for(db::Tx& tx, MemberId member, const Case& one) {
    if (!identity::hold_by_case(tx, member, {one.id, tx.now()}, std::nullopt)) return;
    if (one.urgency < Urgency::red)
        store::set_urgency(tx, one.id, Urgency::red, std::max(one.worst, Urgency::red));
    store::insert_event(tx, one.id, Step::paused, std::nullopt, "");
    audit::record(tx, Actor::system(), "case.held", "case", one.id.value());
}

}  // namespace

Done hold_author(db::Tx& tx, const Actor& actor, const Case& one) {
    const MemberId member = writer_of(tx, one);
    const std::int64_t days = next_days(tx, member);
    const auto until = days == 0 ? std::nullopt : std::optional(tx.now() + days * day_ms);
    const Time written_at = TRY(conversation::visible_post(tx, Actor::system(), one.post)).created_at;
    TRY(identity::hold_by_case(tx, member, {one.id, written_at}, until));
    audit::record(tx, actor, "case.held", "case", one.id.value());
    return {};
}

void pause_if_many(db::Tx& tx, PersonaId author) {
    const std::int64_t most = store::targets(tx).pause_after;
    if (most == 0 || identity::is_alias(tx, author)) return;
    const std::vector<Case> cases = cases_that_pause(tx, author);
    if (std::ssize(cases) < most) return;
    const MemberId member = identity::member_of(tx, author);
    const std::vector<identity::Hold> holds = identity::standing_holds(tx, member);
    for (const Case& one : cases)
        if (std::ranges::find(holds, one.id, &identity::Hold::by_case) == holds.end())
            pause_for(tx, member, one);
}

void end_pauses(db::Tx& tx, const Subject& subject) {
    if (!subject.post) return;
    for (const Case& one : store::open_cases_about(tx, subject.author)) end_hold(tx, Actor::system(), one);
}

void end_hold(db::Tx& tx, const Actor& actor, const Case& one) {
    if (identity::end_hold_by_case(tx, writer_of(tx, one), one.id))
        audit::record(tx, actor, "case.hold_ended", "case", one.id.value());
}

}  // namespace kith::safeguarding
