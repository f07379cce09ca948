#include <algorithm>
#include <functional>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "safeguarding/deciding.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"
#include "safeguarding/words.hpp"

// Another look: what an author may ask for, and somebody else answers.
namespace kith::safeguarding {
namespace {

OwnDecision own_decision(db::ReadTx& tx, const Case& one) {
    return {
        one.id, one.post, *one.outcome, one.words, one.rule, *one.decided_at, store::appeal_of(tx, one.id)};
}

// What keeps somebody out is there however old it is: they must be able to answer.
void add_holds(db::ReadTx& tx, MemberId member, std::vector<OwnDecision>& out) {
    for (identity::Hold& hold : identity::standing_holds(tx, member)) {
        auto found = std::ranges::find(out, hold.by_case, &OwnDecision::id);
        const auto one = found == out.end() ? store::find_case(tx, hold.by_case) : std::nullopt;
        if (one && one->outcome) found = out.insert(out.end(), own_decision(tx, *one));
        if (found != out.end()) found->hold = std::move(hold);
    }
}

}  // namespace

std::vector<OwnDecision> decisions_on(db::ReadTx& tx, MemberId member) {
    constexpr int most = 50;
    std::vector<OwnDecision> out;
    for (const PersonaId persona : identity::every_persona_of(tx, member))
        for (const Case& one : store::decided_about(tx, persona, most)) out.push_back(own_decision(tx, one));
    std::ranges::stable_sort(out, std::greater(), &OwnDecision::decided_at);
    if (out.size() > most) out.resize(most);
    add_holds(tx, member, out);
    return out;
}

Done file_appeal(db::Tx& tx, const Actor& actor, CaseId id, std::string_view typed) {
    const MemberId member = TRY(identity::present_member(tx, actor));
    const auto one = store::find_case(tx, id);
    if (!one || !one->post || !one->outcome || one->outcome == Outcome::nothing) return not_found();
    if (identity::member_of(tx, one->author) != member) return not_found();
    const std::string words = TRY(checked_words(typed, Words::needed));
    if (!store::insert_appeal(tx, id, member, words))
        return conflict("You have asked for another look at this already.");
    store::insert_event(tx, id, Step::appealed, std::nullopt, "");
    audit::record(tx, Actor::system(), "appeal.filed", "case", id.value());
    for (const MemberId staff : others_for(tx, *one, identity::member_of(tx, *one->decided_by)))
        notices::tell(tx, staff, notices::Kind::appeal, about(*one));
    return {};
}

Result<conversation::Removal> removal_to_appeal(db::ReadTx& tx, const Actor& actor, PostId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const PersonaId author = TRY(conversation::visible_post(tx, actor, id)).author;
    auto removal = TRY(conversation::options_for(tx, actor, id)).removal;
    if (identity::member_of(tx, author) != member || !removal || removal->own) return not_found();
    if (!removal->removed_by)
        return conflict("Nobody has decided anything yet. Somebody will look, and tell you.");
    return *std::move(removal);
}

Done file_removal_appeal(db::Tx& tx, const Actor& actor, PostId id, std::string_view words) {
    const conversation::Removal removal = TRY(removal_to_appeal(tx, actor, id));
    const Subject subject{TRY(conversation::visible_thread(tx, actor, id.thread())).group, id,
                          TRY(conversation::visible_post(tx, actor, id)).author};
    const auto known = store::removed_by_case(tx, subject, removal.removed_at);
    const store::Decided decided{Outcome::removed, removal.reason, removal.removed_by, true};
    return file_appeal(
        tx, actor, known ? *known : store::insert_decided(tx, subject, decided, removal.removed_at), words);
}

Done review_appeal(db::Tx& tx, const Actor& actor, CaseId id, const ReviewForm& form) {
    const Desk at = TRY(trained_desk(tx, actor, id));
    const Case& one = at.safety_case;
    const auto appeal = store::appeal_of(tx, id);
    if (!appeal || !one.decided_by) return not_found();
    if (is_same_person(tx, *one.decided_by, at.name))
        return conflict("You decided this. Somebody else must look at it again.");
    TRY(require_not_reported(tx, one, actor.member));
    if (!form.outcome) return invalid("Please choose what you decide.", "outcome");
    const std::string words = TRY(checked_words(form.words, Words::needed));
    if (!store::answer_appeal(tx, id, *form.outcome, words, at.name))
        return conflict("Somebody has answered this already.");
    if (*form.outcome == Review::overturned) TRY(undo(tx, actor, one));
    store::insert_event(tx, id, Step::reviewed, at.name, to_word(*form.outcome));
    audit::record(tx, actor, "appeal.decided", "case", id.value());
    note_judged(tx, id);
    notices::settle(tx, notices::Kind::appeal, about(one));
    notices::tell(tx, identity::member_of(tx, one.author), notices::Kind::appeal_done, about(one));
    return {};
}

}  // namespace kith::safeguarding
