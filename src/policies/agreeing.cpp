#include <algorithm>

#include "policies/policies.hpp"
#include "policies/store.hpp"
#include "url.hpp"

namespace kith::policies {
namespace {

// "3.2": version 2 of policy 3, in the form for signing up.
std::string stamp_of(const Policy& policy) {
    return std::to_string(policy.id.value()) + "." + std::to_string(policy.number);
}

bool names(std::string_view stamps, std::string_view stamp) {
    return (" " + std::string(stamps) + " ").find(" " + std::string(stamp) + " ") != std::string::npos;
}

Open open_of(db::ReadTx& tx, MemberId member, const store::Unanswered& one) {
    Open out{
        .current = *find(tx, one.policy), .said = {}, .agreed_before = one.agreed_before, .writes_until = {}};
    const std::int64_t asks = out.current.policy.asks_number;
    const std::int64_t grace_ms = store::grace_days(tx) * day_ms;
    if (const auto said = store::said(tx, member, one.policy, asks)) {
        out.said = said->answer;
        if (said->answer == Answer::later) out.writes_until = said->at + grace_ms;
    } else {
        out.writes_until = store::version(tx, one.policy, asks)->published_at + grace_ms;
    }
    return out;
}

}  // namespace

std::vector<Open> open_for(db::ReadTx& tx, MemberId member) {
    std::vector<Open> out;
    for (const store::Unanswered& one : store::unanswered(tx, member))
        out.push_back(open_of(tx, member, one));
    return out;
}

std::optional<Time> asked_from(db::ReadTx& tx, MemberId member) {
    std::optional<Time> from;
    for (const Open& open : open_for(tx, member)) {
        if (open.said == Answer::declined) continue;
        const Time at = open.said ? open.writes_until : Time();
        if (!from || at < *from) from = at;
    }
    return from;
}

Done require_agreed(db::ReadTx& tx, const Actor& actor) {
    if (!actor.is_member()) return {};
    for (const Open& open : open_for(tx, actor.member))
        if (tx.now() >= open.writes_until)
            return forbidden(
                "Before you write again, please say whether you agree to what has changed. You find it under "
                "My "
                "space, What I agreed to. Your words are kept.");
    return {};
}

Done answer(db::Tx& tx, const Actor& actor, PolicyId id, std::int64_t number, Answer answer) {
    const MemberId member = TRY(identity::present_person(tx, actor));
    const Current current = TRY(find(tx, id));
    if (current.policy.retired_at || current.policy.asks_number == 0) return not_found();
    if (current.policy.number != number)
        return conflict("There is a newer version now. Please read that one.");
    const auto said = store::said(tx, member, id, current.policy.asks_number);
    if (answer == Answer::later && said)
        return conflict("You have chosen that already. Please say yes or no when you have read it.");
    if (!store::put_answer(tx, member, id, number, answer)) return {};
    tx.changed({.kind = Change::Kind::member, .member = member});
    return {};
}

std::vector<identity::ToAgree> to_agree(db::ReadTx& tx) {
    std::vector<identity::ToAgree> out;
    for (const Current& one : list(tx))
        if (one.policy.asks_number > 0)
            out.push_back({one.version.title, url::policy(one.policy.id.value()), stamp_of(one.policy)});
    return out;
}

// What changed since the form was shown is asked later.
void agree_on_joining(db::Tx& tx, MemberId newcomer, std::string_view stamps) {
    for (const Current& one : list(tx))
        if (one.policy.asks_number > 0 && names(stamps, stamp_of(one.policy)))
            store::put_answer(tx, newcomer, one.policy.id, one.policy.number, Answer::agreed);
}

std::vector<Agreed> agreed_by(db::ReadTx& tx, MemberId member) {
    std::vector<Agreed> out = store::agreed_by(tx, member);
    std::ranges::stable_sort(out, std::greater(), &Agreed::at);
    return out;
}

Count count_answers(db::ReadTx& tx, const Policy& policy) {
    if (policy.asks_number == 0) return {};
    const auto count = [&](Answer answer) {
        return store::count_answers(tx, policy.id, policy.asks_number, answer);
    };
    return {count(Answer::agreed), count(Answer::declined)};
}

}  // namespace kith::policies
