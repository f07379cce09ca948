#include <algorithm>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/holds.hpp"
#include "safeguarding/resting.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"
#include "safeguarding/words.hpp"

// What somebody does in a case until it is decided.
namespace kith::safeguarding {

std::optional<Case> find_case(db::ReadTx& tx, CaseId id) { return store::find_case(tx, id); }

void note_paged(db::Tx& tx, CaseId id, bool is_nobody_there) {
    store::insert_event(tx, id, Step::paged, std::nullopt, is_nobody_there ? "nobody" : "");
}

std::int64_t times_paged(db::ReadTx& tx, CaseId id, Time since) {
    return std::ranges::count_if(store::events_of(tx, id), [&](const Event& event) {
        return event.step == Step::paged && event.at >= since;
    });
}

namespace {

// Somebody worked on it, and looks again now.
void take_over(db::Tx& tx, const Actor& actor, const Desk& at) {
    const Case& one = at.safety_case;
    notices::tell_again(tx, identity::member_of(tx, *one.claimed_by), notices::Kind::crisis, about(one));
    store::insert_event(tx, one.id, Step::claimed, at.name, claimed_over);
    audit::record(tx, actor, "case.taken_over", "case", one.id.value());
}

}  // namespace

Done claim(db::Tx& tx, const Actor& actor, CaseId id, rota::Company company) {
    const Desk at = TRY(open_desk(tx, actor, id));
    const bool is_over = at.safety_case.urgency == Urgency::crisis && is_with_another(tx, at);
    if (!is_over) TRY(require_free(tx, at));
    // There is nothing to go past.
    if (at.safety_case.urgency < Urgency::red || !rota::is_too_much(tx, actor.member, id))
        company = rota::Company::others;
    TRY(take_on(tx, actor, at.safety_case, company));
    store::set_claim(tx, id, at.name, tx.now() + claim_ms);
    if (is_over) {
        take_over(tx, actor, at);
        return {};
    }
    store::insert_event(tx, id, Step::claimed, at.name,
                        company == rota::Company::alone ? claimed_alone : std::string_view());
    audit::record(tx, actor, "case.claimed", "case", id.value());
    return {};
}

Done release(db::Tx& tx, const Actor& actor, CaseId id) {
    const Desk at = TRY(free_desk(tx, actor, id));
    if (!at.safety_case.is_claimed(tx.now())) return {};
    store::end_claim(tx, id);
    store::insert_event(tx, id, Step::released, at.name, "");
    audit::record(tx, actor, "case.released", "case", id.value());
    if (at.safety_case.urgency == Urgency::crisis) ask_to_page(tx, id);
    return {};
}

Done set_urgency(db::Tx& tx, const Actor& actor, CaseId id, Urgency urgency) {
    const Desk at = TRY(free_desk(tx, actor, id));
    const Case& one = at.safety_case;
    if (one.urgency == urgency) return {};
    store::set_urgency(tx, id, urgency, std::max(one.worst, urgency));
    if (urgency == Urgency::crisis) {
        for (const MemberId member : rota::first_to_tell(tx, one.group, others_for(tx, one, actor.member)))
            notices::tell(tx, member, notices::Kind::crisis, about(one));
        end_pauses(tx, subject_of(one));
        ask_to_page(tx, id);
    }
    store::insert_event(tx, id, Step::urgency, at.name, to_word(urgency));
    audit::record(tx, actor, "case.urgency", "case", id.value());
    return {};
}

Done add_note(db::Tx& tx, const Actor& actor, CaseId id, std::string_view typed) {
    const Desk at = TRY(desk(tx, actor, id));
    const std::string words = TRY(checked_words(typed, Words::needed, "note"));
    store::insert_event(tx, id, Step::note, at.name, words);
    audit::record(tx, actor, "case.noted", "case", id.value());
    return {};
}

}  // namespace kith::safeguarding
