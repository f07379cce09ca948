#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"
#include "platform/http/router.hpp"

// Being found by the right people: what members say about themselves, the groups and threads that fit it with the
// reason, and the question whether a group is right for them.
namespace kith::matching {

enum class Since { unsaid, fresh, years, lasting };
constexpr auto enum_words(Since) { return std::to_array<std::string_view>({"", "new", "years", "long"}); }
enum class Stage { unsaid, waiting, treatment, changed, daily, close };
constexpr auto enum_words(Stage) {
    return std::to_array<std::string_view>({"", "waiting", "treatment", "changed", "daily", "close"});
}
enum class Hope { listen, share, learn, company };
constexpr auto enum_words(Hope) {
    return std::to_array<std::string_view>({"listen", "share", "learn", "company"});
}

// Each answer may be left out. Seen by nobody else.
struct AboutMe {
    std::vector<TopicId> topics;  // conditions and themes
    Since since = Since::unsaid;  // how long it has been part of their life
    Stage stage = Stage::unsaid;
    std::vector<Hope> hopes;
    groups::Tone tone = groups::Tone::any;

    bool says_anything() const {
        return !topics.empty() || since != Since::unsaid || stage != Stage::unsaid || !hopes.empty() ||
               tone != groups::Tone::any;
    }
};
// What the member has said; nothing if they were not asked yet or took it back.
std::optional<AboutMe> about(db::ReadTx& tx, MemberId member);
bool was_asked(db::ReadTx& tx, MemberId member);
// In place of what was said before; nothing at all: they would rather not say. What is no topic is left out.
// Fault `unauthenticated`.
Done say(db::Tx& tx, const Actor& actor, const AboutMe& about);
// As if never asked.
Done take_back(db::Tx& tx, const Actor& actor);

// ---- what fits -----------------------------------------------------------------------------------------------

// At least so many people of a group gave the same answer before a reason says that there are some. Counted once a
// week, of what was said and joined a week before at least.
inline constexpr int people_least = 5;
inline constexpr std::int64_t count_again_ms = 7 * day_ms;
void count_alike(db::Tx& tx);
inline constexpr std::size_t groups_most = 5, threads_most = 4;

enum class Reason { topic, since, stage, reading, nameless, professional, company, tone };
struct Suggestion {
    groups::Group group;
    std::vector<Reason> reasons;  // the strongest first; at least one
    std::string topic;            // for Reason::topic
};
// Groups that the actor could join now, the best first; none of those they belong to, and none that fits in nothing.
// With topics, only groups that are about one of them.
std::vector<Suggestion> groups_for(db::ReadTx& tx, const Actor& actor, const AboutMe& about);

struct SuggestedThread {
    conversation::Thread thread;
    std::string group;  // its name
    std::string topic;  // why: the group is about that
};
// The newest of groups that are about what the actor said and that they may read; none that they keep away.
std::vector<SuggestedThread> threads_for(db::ReadTx& tx, const Actor& actor, const AboutMe& about);

// ---- is it right for me? -------------------------------------------------------------------------------------

inline constexpr std::int64_t first_question_ms = 7 * day_ms;  // after joining
inline constexpr std::int64_t next_question_ms = 14 * day_ms;  // after "not sure"

enum class Fit { yes, unsure, no };
constexpr auto enum_words(Fit) { return std::to_array<std::string_view>({"yes", "unsure", "no"}); }
enum class Misfit { unsaid, heavy, busy, quiet, other, words };
constexpr auto enum_words(Misfit) {
    return std::to_array<std::string_view>({"", "heavy", "busy", "quiet", "other", "words"});
}
// One of `mine`, the member's groups, that they may be asked about now: the one they joined first.
std::optional<groups::MyGroup> group_to_ask_about(db::ReadTx& tx, MemberId member,
                                                  std::vector<groups::MyGroup> mine);
// By a member of the group: fault `not_found` for others.
Done answer_fit(db::Tx& tx, const Actor& actor, GroupId group, Fit answer);
// Why it is not; once they have answered.
Done say_misfit(db::Tx& tx, const Actor& actor, GroupId group, Misfit reason);

// For the first page: a box with the question and its three answers.
void fit_question(Html& h, const http::Ctx& ctx, const groups::MyGroup& group);

std::vector<http::Route> routes();

}  // namespace kith::matching
