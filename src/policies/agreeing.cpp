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

// Anything but a yes to what is asked now.
bool has_said(db::ReadTx& tx, MemberId member, PolicyId id) {
    const auto all = store::unanswered(tx, member);
    const auto one = std::ranges::find(all, id, &store::Unanswered::policy);
    return one != all.end() && one->said;
}

// From when on writing waits for a yes; after a no at once.
Time writes_until(const store::Unanswered& one) {
    if (one.said == Answer::declined) return {};
    return one.said_at.value_or(one.asked_at) + one.grace_days * day_ms;
}

}  // namespace

std::vector<Open> open_for(db::ReadTx& tx, MemberId member) {
    std::vector<Open> out;
    for (const store::Unanswered& one : store::unanswered(tx, member))
        out.push_back({*find(tx, one.policy), one.said, one.agreed_before, writes_until(one)});
    return out;
}

std::optional<Time> asked_from(db::ReadTx& tx, MemberId member) {
    std::optional<Time> from;
    for (const store::Unanswered& one : store::unanswered(tx, member)) {
        if (one.said == Answer::declined) continue;
        const Time at = one.said ? writes_until(one) : Time();
        if (!from || at < *from) from = at;
    }
    return from;
}

Done require_agreed(db::ReadTx& tx, const Actor& actor) {
    if (!actor.is_member()) return {};
    for (const store::Unanswered& one : store::unanswered(tx, actor.member))
        if (tx.now() >= writes_until(one))
            return forbidden(
                "Before you write again, please say whether you agree to what has changed. You find it under "
                "My space, What I agreed to. Your words are kept.");
    return {};
}

Done answer(db::Tx& tx, const Actor& actor, PolicyId id, std::int64_t number, Answer answer) {
    const MemberId member = TRY(identity::present_person(tx, actor));
    const Current current = TRY(find(tx, id));
    if (current.policy.retired_at || current.policy.asks_number == 0) return not_found();
    if (current.policy.number != number)
        return conflict("There is a newer version now. Please read that one.");
    if (answer == Answer::later && has_said(tx, member, id))
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
