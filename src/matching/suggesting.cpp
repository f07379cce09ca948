#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "matching/matching.hpp"
#include "matching/store.hpp"

// Which groups and threads fit what somebody said, and why.
namespace kith::matching {
namespace {

using groups::Group;

// How much a reason counts beside the others.
constexpr int weight(Reason reason) {
    switch (reason) {
        case Reason::topic:
            return 8;
        case Reason::since:
        case Reason::stage:
            return 3;
        case Reason::tone:
        case Reason::professional:
        case Reason::company:
            return 2;
        case Reason::reading:
        case Reason::nameless:
            return 1;
    }
    return 0;
}

// The topics that were chosen and all below them, each with the name of the chosen one.
std::unordered_map<TopicId, std::string> topics_meant(db::ReadTx& tx, const AboutMe& about) {
    std::unordered_map<TopicId, std::string> out;
    if (about.topics.empty()) return out;
    // Parents come before what is below them.
    for (const groups::TopicPath& path : groups::topic_paths(groups::topics(tx))) {
        const bool is_chosen = std::ranges::find(about.topics, path.id) != about.topics.end();
        if (is_chosen) out.emplace(path.id, path.name);
        else if (path.parent && out.contains(*path.parent)) out.emplace(path.id, out.at(*path.parent));
    }
    return out;
}

bool hopes_for(const AboutMe& about, Hope hope) {
    return std::ranges::find(about.hopes, hope) != about.hopes.end();
}

bool had_company_today(db::ReadTx& tx, const Actor& actor, const Group& group) {
    if (!groups::readable(tx, actor, group.id)) return false;
    const auto newest = conversation::threads_of(tx, actor, group.id, 1, 1);
    return !newest.empty() && tx.now() - newest.front().thread.last_post_at < day_ms;
}

// Groups in which many gave the same answers.
struct Alike {
    std::unordered_set<GroupId> since, stage;
};

Alike alike_for(db::ReadTx& tx, const AboutMe& about) {
    const auto groups = [&](std::string_view question, std::string_view answer) {
        const auto found = answer.empty() ? std::vector<GroupId>()
                                          : store::groups_alike(tx, question, answer);
        return std::unordered_set<GroupId>(found.begin(), found.end());
    };
    return {groups("since", to_word(about.since)), groups("stage", to_word(about.stage))};
}

std::vector<Reason> reasons_for(db::ReadTx& tx, const Actor& actor, const AboutMe& about, const Alike& alike,
                                const Group& group) {
    using groups::AnonymousPosting;
    std::vector<Reason> out;
    const auto add = [&](bool holds, Reason reason) {
        if (holds) out.push_back(reason);
    };
    add(alike.since.contains(group.id), Reason::since);
    add(alike.stage.contains(group.id), Reason::stage);
    add(about.tone != groups::Tone::any && about.tone == group.tone, Reason::tone);
    add(hopes_for(about, Hope::learn) && group.leadership == groups::Leadership::professional,
        Reason::professional);
    add(hopes_for(about, Hope::company) && had_company_today(tx, actor, group), Reason::company);
    add(hopes_for(about, Hope::listen) && group.admission == groups::Admission::open, Reason::reading);
    add(hopes_for(about, Hope::share) && group.anonymous_posting != AnonymousPosting::off, Reason::nameless);
    return out;
}

int score_of(const Suggestion& suggestion) {
    int out = 0;
    for (const Reason reason : suggestion.reasons) out += weight(reason);
    return out;
}

std::unordered_set<GroupId> groups_joined(db::ReadTx& tx, MemberId member) {
    std::unordered_set<GroupId> out;
    if (!member) return out;
    for (const groups::MyGroup& group : groups::groups_of(tx, member)) out.insert(group.id);
    return out;
}

bool could_be_joined(db::ReadTx& tx, const Group& group) {
    return group.admission != groups::Admission::invitation && groups::has_room(tx, group);
}

}  // namespace

std::vector<Suggestion> groups_for(db::ReadTx& tx, const Actor& actor, const AboutMe& about) {
    const auto meant = topics_meant(tx, about);
    const auto joined = groups_joined(tx, actor.member);
    const Alike alike = alike_for(tx, about);
    std::vector<Suggestion> out;
    for (Group& group : groups::listed_groups(tx, actor)) {
        const bool is_meant = group.topic && meant.contains(*group.topic);
        if (joined.contains(group.id) || (!about.topics.empty() && !is_meant)) continue;
        Suggestion suggestion;
        if (is_meant) {
            suggestion.reasons.push_back(Reason::topic);
            suggestion.topic = meant.at(*group.topic);
        }
        std::ranges::copy(reasons_for(tx, actor, about, alike, group),
                          std::back_inserter(suggestion.reasons));
        if (suggestion.reasons.empty() || !could_be_joined(tx, group)) continue;
        suggestion.group = std::move(group);
        out.push_back(std::move(suggestion));
    }
    std::ranges::stable_sort(out, std::ranges::greater(), score_of);
    if (out.size() > groups_most) out.resize(groups_most);
    return out;
}

std::vector<SuggestedThread> threads_for(db::ReadTx& tx, const Actor& actor, const AboutMe& about) {
    constexpr int looked_at = 3;  // of each group
    const auto meant = topics_meant(tx, about);
    const content_notes::Choices choices = content_notes::choices_of(tx, actor.member);
    std::vector<SuggestedThread> out;
    for (const Group& group : groups::listed_groups(tx, actor)) {
        if (!group.topic || !meant.contains(*group.topic) || !groups::readable(tx, actor, group.id)) continue;
        for (conversation::ThreadRow& row : conversation::threads_of(tx, actor, group.id, 1, looked_at))
            if (!row.thread.removed_at && !choices.wants_no_news(row.thread.notes))
                out.push_back({std::move(row.thread), group.name, meant.at(*group.topic)});
    }
    std::ranges::sort(out, std::ranges::greater(), [](const auto& one) { return one.thread.last_post_at; });
    if (out.size() > threads_most) out.resize(threads_most);
    return out;
}

}  // namespace kith::matching
