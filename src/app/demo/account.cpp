#include "app/demo/account.hpp"

#include <algorithm>
#include <vector>

#include "app/demo/texts.hpp"
#include "transparency/transparency.hpp"

namespace kith::app {
namespace {

using safeguarding::Outcome, safeguarding::Reason, safeguarding::Review, safeguarding::Urgency;
using transparency::Facts;
using transparency::Period;

// House rules and privacy notice are those that everybody agrees to.
bool asks(const PolicyText& text) {
    return text.kind == policies::Kind::rules || text.kind == policies::Kind::privacy;
}

Done agree(db::Tx& tx, policies::PolicyId id, std::int64_t number, std::span<const MemberId> members) {
    for (const MemberId member : members)
        TRY(policies::answer(tx, Actor::of(member), id, number, policies::Answer::agreed));
    return {};
}

Done write_policy(db::Tx& tx, const Actor& host, const PolicyText& text, std::span<const MemberId> members,
                  MemberId undecided) {
    const policies::VersionForm first{std::string(text.title), std::string(text.text), "", asks(text)};
    const policies::PolicyId id = TRY(policies::write_policy(tx, host, text.kind, first));
    if (!asks(text)) return {};
    TRY(agree(tx, id, 1, members));
    TRY(agree(tx, id, 1, std::span(&undecided, 1)));
    if (text.later.empty()) return {};
    const policies::VersionForm second{std::string(text.title), std::string(text.later),
                                       std::string(text.changes), true};
    TRY(policies::write_version(tx, host, id, 1, second));
    return agree(tx, id, 2, members);
}

Done write_risk(db::Tx& tx, const Actor& host, const RiskText& text) {
    TRY(risks::add(tx, host,
                   {.title = std::string(text.title),
                    .words = std::string(text.words),
                    .measures = std::string(text.measures),
                    .owner = std::string(text.owner),
                    .changes = "",
                    .likelihood = text.likelihood,
                    .severity = text.severity,
                    .review_at = tx.now() + text.review_in_days * day_ms}));
    return {};
}

// Cases that came in evenly, each looked at a little later than the one before.
void add_cases(Facts& facts, const Period& period, Urgency urgency, int count, std::int64_t step_ms) {
    for (int i = 0; i < count; ++i) {
        const Time opened = period.from + (i + 1) * (period.until - period.from) / (count + 2);
        const Time looked = opened + (i + 1) * step_ms;
        facts.opened.push_back({urgency, opened, looked, looked + hour_ms});
    }
}

Facts quarter(const Period& period) {
    Facts facts{.posts = 4812,
                .writers = 318,
                .reports = {{Reason::hostile, true, false, 21},
                            {Reason::advice, true, false, 14},
                            {Reason::danger, true, false, 7},
                            {Reason::danger, false, true, 11},
                            {Reason::spam, true, false, 9},
                            {Reason::spam, false, false, 6},
                            {Reason::comparison, true, false, 3},
                            {Reason::confidentiality, true, false, 2}},
                .opened = {},
                .decided = {{Outcome::nothing, 19},
                            {Outcome::talked, 12},
                            {Outcome::warned, 8},
                            {Outcome::removed, 11},
                            {Outcome::suspended, 2}},
                .done_about_posts = 33,
                .asked_again = 8,
                .hidden = 6,
                .removed_without_report = 5,
                .held_until_a_look = 1,
                .held_by_host = 0,
                .appeals = {}};
    add_cases(facts, period, Urgency::crisis, 12, minute_ms);
    add_cases(facts, period, Urgency::red, 18, 4 * minute_ms);
    add_cases(facts, period, Urgency::amber, 22, 40 * minute_ms);
    for (int i = 0; i < 8; ++i) {
        const Time filed = period.from + (i + 1) * 9 * day_ms;
        facts.appeals.push_back(
            {filed, i < 6 ? Review::upheld : Review::overturned, filed + (i + 4) * 5 * hour_ms});
    }
    return facts;
}

void publish_quarter(db::Tx& tx) {
    const Period period = transparency::last_quarter(tx.now());
    Facts facts = quarter(period);
    facts.targets = safeguarding::targets(tx);
    transparency::keep(
        tx, transparency::count(facts, period, transparency::least(tx)),
        "These numbers are made up, as everything in this demo. We looked at most reports in time. "
        "Next spring we want a second person on Sunday nights.",
        std::nullopt);
}

}  // namespace

Done give_account(db::Tx& tx, const std::map<std::string_view, MemberId>& members) {
    const auto undecided = std::ranges::find(demo_sign_ins(), "member", &SignInText::role)->name;
    const Actor host = Actor::of(members.at(demo_sign_ins().front().name));
    std::vector<MemberId> others;
    for (const auto& [name, member] : members)
        if (name != undecided) others.push_back(member);
    for (const PolicyText& text : demo_policies())
        TRY(write_policy(tx, host, text, others, members.at(undecided)));
    for (const RiskText& text : demo_risks()) TRY(write_risk(tx, host, text));
    publish_quarter(tx);
    return {};
}

}  // namespace kith::app
