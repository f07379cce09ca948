#include "matching/matching.hpp"

#include <algorithm>

#include "identity/identity.hpp"
#include "matching/store.hpp"

namespace kith::matching {
namespace {

std::string as_text(const std::vector<Hope>& hopes) {
    std::string out;
    for (const Hope hope : all_of<Hope>()) {
        if (std::ranges::find(hopes, hope) == hopes.end()) continue;
        if (!out.empty()) out += ',';
        out += to_word(hope);
    }
    return out;
}

std::vector<Hope> hopes_in(std::string_view text) {
    std::vector<Hope> out;
    for (const Hope hope : all_of<Hope>())
        if (text.find(to_word(hope)) != std::string_view::npos) out.push_back(hope);
    return out;
}

// The first page says what is new about this.
void announce(db::Tx& tx, MemberId member) { tx.changed({.kind = Change::Kind::member, .member = member}); }

}  // namespace

std::optional<AboutMe> about(db::ReadTx& tx, MemberId member) {
    const auto said = store::said(tx, member);
    if (!said) return std::nullopt;
    return AboutMe{.topics = store::topics_of(tx, member),
                   .since = said->since,
                   .stage = said->stage,
                   .hopes = hopes_in(said->hopes),
                   .tone = said->tone};
}

Done say(db::Tx& tx, const Actor& actor, const AboutMe& about) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    store::put(tx, member, {about.since, about.stage, about.tone, as_text(about.hopes)});
    store::remove_topics(tx, member);
    for (const groups::Topic& topic : groups::topics(tx))
        if (std::ranges::find(about.topics, topic.id) != about.topics.end())
            store::insert_topic(tx, member, topic.id);
    announce(tx, member);
    return {};
}

Done take_back(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    store::remove(tx, member);
    announce(tx, member);
    return {};
}

void count_alike(db::Tx& tx) { store::count_alike(tx, tx.now() + -count_again_ms, people_least); }

// ---- is it right for me? -------------------------------------------------------------------------------------

bool was_asked(db::ReadTx& tx, MemberId member) { return store::said(tx, member).has_value(); }

std::optional<groups::MyGroup> group_to_ask_about(db::ReadTx& tx, MemberId member,
                                                  std::vector<groups::MyGroup> mine) {
    if (mine.empty()) return std::nullopt;
    const std::vector<store::Answered> fits = store::fits_of(tx, member);
    const Time now = tx.now();
    std::erase_if(mine, [&](const groups::MyGroup& group) {
        if (now - group.joined_at < first_question_ms || (group.closes_at && *group.closes_at <= now))
            return true;
        const auto fit = std::ranges::find(fits, group.id, &store::Answered::group);
        // An answer from an earlier stay is none to this one.
        if (fit == fits.end() || fit->answered_at < group.joined_at) return false;
        return fit->answer != Fit::unsure || now - fit->answered_at < next_question_ms;
    });
    const auto first = std::ranges::min_element(mine, {}, &groups::MyGroup::joined_at);
    return first == mine.end() ? std::nullopt : std::optional(*first);
}

Done answer_fit(db::Tx& tx, const Actor& actor, GroupId group, Fit answer) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (!TRY(groups::access(tx, actor, group)).member) return not_found();
    store::put_fit(tx, member, group, answer);
    announce(tx, member);
    return {};
}

Done say_misfit(db::Tx& tx, const Actor& actor, GroupId group, Misfit reason) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (!store::set_misfit(tx, member, group, reason)) return not_found();
    return {};
}

}  // namespace kith::matching
