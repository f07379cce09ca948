#include "safeguarding/resting.hpp"

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/store.hpp"
#include "training/training.hpp"

namespace kith::safeguarding {
namespace {

constexpr int cases_read = 500;

bool is_urgent(const Case& one) { return one.urgency >= Urgency::red; }

void tell_once_more(db::Tx& tx, const Case& one, const std::vector<rota::OnShift>& people) {
    const auto kind = one.urgency == Urgency::crisis ? notices::Kind::crisis : notices::Kind::report;
    for (const rota::OnShift& person : people) notices::tell_again(tx, person.member, kind, about(one));
}

// Those on shift without the author are a list that tells who wrote under an alias, or that they are on hold: it may
// neither show nor decide anything there.
bool is_hidden(db::ReadTx& tx, const Case& one) { return identity::is_alias(tx, one.author); }

bool works_on(db::ReadTx& tx, MemberId member, const Case& one) {
    return !one.decided_at && one.is_claimed(tx.now()) && identity::member_of(tx, *one.claimed_by) == member;
}

void hand_on(db::Tx& tx, const Case& one, const std::vector<rota::OnShift>& others) {
    store::end_claim(tx, one.id);
    store::insert_event(tx, one.id, Step::released, one.claimed_by, handed_on);
    audit::record(tx, Actor::system(), "case.handed_on", "case", one.id.value());
    tell_once_more(tx, one, others);
    if (one.urgency == Urgency::crisis) ask_to_page(tx, one.id);
}

// What they have just begun, or ended, stays theirs.
void hand_on_others(db::Tx& tx, MemberId tired, CaseId kept) {
    if (!rota::load_of(tx, tired).needs_rest) return;
    for (const Case& one : store::waiting_cases(tx, cases_read)) {
        if (one.id == kept || !is_urgent(one) || !works_on(tx, tired, one)) continue;
        const auto others = who_can_take_over(tx, one, tired);
        if (!others.empty() || is_hidden(tx, one)) hand_on(tx, one, others);
    }
}

}  // namespace

std::vector<rota::OnShift> who_can_take_over(db::ReadTx& tx, const Case& one, MemberId tired) {
    auto out = rota::who_can_take_over(tx, one.group, others_for(tx, one, tired));
    std::erase_if(
        out, [&](const rota::OnShift& other) { return !training::is_trained(tx, Actor::of(other.member)); });
    return out;
}

Done take_on(db::Tx& tx, const Actor& actor, const Case& one, rota::Company company) {
    if (!is_urgent(one)) return {};
    const bool is_alone = company == rota::Company::alone;
    if (is_alone && !is_hidden(tx, one) && !who_can_take_over(tx, one, actor.member).empty())
        return conflict(
            "Somebody else is on shift now and can take this on. Please leave it to them, and rest.");
    TRY(rota::take_on(tx, actor.member, one.id, company));
    if (is_alone) audit::record(tx, actor, "case.claimed_alone", "case", one.id.value());
    hand_on_others(tx, actor.member, one.id);
    return {};
}

void take_on_decided(db::Tx& tx, MemberId member, const Case& one) {
    if (!is_urgent(one)) return;
    CHECK(rota::take_on(tx, member, one.id, rota::Company::alone));
    hand_on_others(tx, member, one.id);
}

Done leave_to_others(db::Tx& tx, const Actor& actor, CaseId id) {
    const Case one = TRY(open_desk(tx, actor, id)).safety_case;
    const auto others = who_can_take_over(tx, one, actor.member);
    if (others.empty() && !is_hidden(tx, one))
        return conflict("Nobody else is on shift just now. If you can, take it on yourself.");
    tell_once_more(tx, one, others);
    return {};
}

}  // namespace kith::safeguarding
