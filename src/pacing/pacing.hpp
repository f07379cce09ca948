#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "groups/groups.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/services.hpp"

// How fast people write in a group or a thread, and what waits there until somebody has looked.
namespace kith::pacing {

inline constexpr std::size_t words_most = 1000;  // code points, of banners, reasons and words to an author
inline constexpr std::int64_t newcomer_most = 50;
inline constexpr std::int64_t waiting_most = 10;      // posts of one member in a group
inline constexpr std::int64_t keep_ms = 90 * day_ms;  // what was looked at, besides counts

// ---- the pace of a place -----------------------------------------------------------------------------------

struct Pace {
    std::int64_t slow_minutes = 0;  // one post of a person in so many; 0: not slow
    bool held_first = false;        // a post waits until somebody has looked
    bool read_only = false;
    bool flags_hide = false;  // one report hides a post
    bool is_usual() const { return slow_minutes == 0 && !held_first && !read_only && !flags_hide; }
    friend bool operator==(const Pace&, const Pace&) = default;
};
inline constexpr std::int64_t slow_choices[] = {5, 15, 30, 60, 180, 720, 1440};
inline constexpr std::int64_t hour_choices[] = {1, 3, 8, 24, 72, 168};

enum class Kind { set, memorial, cover };
constexpr auto enum_words(Kind) { return std::to_array<std::string_view>({"set", "memorial", "cover"}); }

struct Setting {
    std::int64_t id = 0;
    GroupId group;
    ThreadId thread;  // none: the whole group
    Kind kind = Kind::set;
    Pace pace;
    std::string words;   // for everybody there
    std::string reason;  // for those who look after the group
    std::optional<PersonaId> set_by;
    Time set_at;
    std::optional<Time> until;
    std::optional<Time> look_at;  // a memorial: when they are asked whether it shall go on
    std::optional<Time> ended_at;
};
// All together: the slowest, and each of the others that holds anywhere.
Pace together(std::span<const Setting> settings);
// Those that stand for a thread; none: for the group alone.
std::vector<Setting> standing(db::ReadTx& tx, GroupId group, ThreadId thread);
// Those of a group and its threads, the newest first, at most 20.
std::vector<Setting> history(db::ReadTx& tx, GroupId group);

struct PaceForm {
    Pace pace;
    std::string words, reason;
    std::int64_t hours = 0;  // 0: until somebody ends it
};
// By those who moderate the group, for the group or a thread of it (the caller has asked which). A usual pace ends what
// stands. Audited. Faults, here and below: `not_found`; `forbidden` for who lacks training; `invalid`, field "slow",
// "hours", "words" or "reason".
Done set_pace(db::Tx& tx, const Actor& actor, GroupId group, ThreadId thread, const PaceForm& form);

// After a death or a disclosure: slow, each post waits, and a banner with help. It goes on until somebody has been
// asked and has answered.
struct MemorialForm {
    std::string words, reason;
    std::int64_t slow_minutes = 30;
    std::optional<Time> look_at;  // a day, in the next 60
};
Done begin_memorial(db::Tx& tx, const Actor& actor, GroupId group, const MemorialForm& form);
// end: now. last: by itself on that day. go_on: they are asked again on that day.
enum class Look { end, last, go_on };
constexpr auto enum_words(Look) { return std::to_array<std::string_view>({"end", "last", "go_on"}); }
Done look_at_memorial(db::Tx& tx, const Actor& actor, GroupId group, Look look, std::optional<Time> day);
bool is_memorial(db::ReadTx& tx, GroupId group);
// Asks those who moderate where the day has come, once a day, until somebody answers.
void ask_about_memorials(db::Tx& tx);

// ---- while nobody is on shift ------------------------------------------------------------------------------

enum class Cover { none, slow, read_only, flags_hide };
constexpr auto enum_words(Cover) {
    return std::to_array<std::string_view>({"none", "slow", "read_only", "flags_hide"});
}
inline constexpr std::int64_t cover_slow_minutes = 30;
Cover mode_without_cover(db::ReadTx& tx, GroupId group);
// By the house, when it knows whether somebody is on shift: the mode that the group chose begins, or ends.
void set_by_cover(db::Tx& tx, GroupId group, bool covered);
// Asked for when a group chose another mode; payload: the group. Whoever knows of shifts answers with set_by_cover.
inline constexpr std::string_view cover_asked = "cover_asked";

// Whether one report hides a post there now.
bool flags_hide(db::ReadTx& tx, GroupId group);

// ---- newcomers ---------------------------------------------------------------------------------------------

// How many first posts of somebody new wait: of the site (no group), and of a group (nothing: as in the site).
std::int64_t site_newcomer_posts(db::ReadTx& tx);
std::optional<std::int64_t> newcomer_posts(db::ReadTx& tx, GroupId group);
// By a host. Fault `invalid`, field "posts". Audited.
Done set_site_newcomers(db::Tx& tx, const Actor& actor, std::int64_t posts);
struct ChoiceForm {
    std::optional<std::int64_t> newcomer_posts;
    Cover cover = Cover::none;
};
// By those who moderate the group. Audited.
Done set_choices(db::Tx& tx, const Actor& actor, GroupId group, const ChoiceForm& form);

// ---- by a case ---------------------------------------------------------------------------------------------

// What the author of a case writes next in the group waits: so many posts, or for so many days. It shows at the case
// alone. Under their name: that covers their name there. Under an alias: that alias alone, and nobody learns whose it
// is. Meanwhile the person writes under no other alias in the group, which would be a way around it.
struct ReadFirst {
    MemberId member;
    GroupId group;
    PersonaId alias;                   // none: under their name
    std::int64_t posts = 0, days = 0;  // one of them
};
void read_first(db::Tx& tx, CaseId by_case, const ReadFirst& what);
void end_read_first(db::Tx& tx, CaseId by_case);
// One that stands.
struct Measure {
    std::optional<std::int64_t> posts_left;
    std::optional<Time> until;
};
std::optional<Measure> standing_read_first(db::ReadTx& tx, CaseId by_case);

// ---- writing -----------------------------------------------------------------------------------------------

enum class Cause { place, newcomer, person, method };
constexpr auto enum_words(Cause) {
    return std::to_array<std::string_view>({"place", "newcomer", "person", "method"});
}
// Somebody writes, with all that decides how.
struct Writing {
    MemberId member;
    GroupId group;
    ThreadId thread;        // none: a new one
    bool is_staff = false;  // moderates the group; what they write under an alias is treated as everybody's
    bool is_anonymous = false;
    PersonaId alias;                               // that they have in the thread
    bool has_written = false;                      // under their name here, before
    bool is_change = false;                        // of what stands there: it takes no turn
    bool tells_method = false, is_danger = false;  // what rules say about the words
};
// Why it waits; nothing: it does not. Faults: `conflict` where it can only be read, or not under this alias; `too_many`
// before their turn. Whoever may be in danger need not wait for a turn.
Result<std::optional<Cause>> cause_to_wait(db::ReadTx& tx, const Writing& writing);
// The same, and it is sent: where it is slow, the next turn is counted from now, whichever name it carries.
Result<std::optional<Cause>> take_turn(db::Tx& tx, const Writing& writing);

// ---- what waits --------------------------------------------------------------------------------------------

enum class Place { thread, reply, change };
constexpr auto enum_words(Place) { return std::to_array<std::string_view>({"thread", "reply", "change"}); }
enum class Outcome { let_through, sent_back, taken_back };
constexpr auto enum_words(Outcome) {
    return std::to_array<std::string_view>({"let_through", "sent_back", "taken_back"});
}
struct Waiting {
    std::int64_t id = 0;
    GroupId group;
    Place kind = Place::reply;
    std::int64_t place = 0;  // the group, the thread, the post
    std::optional<MemberId> member;
    std::string voice;  // the word of a conversation::Voice
    std::string title, markdown, note;
    std::int64_t notes = 0, reply_to = 0;
    std::string form_key;
    Cause cause = Cause::place;
    bool is_danger = false;
    Time written_at;
    std::optional<Time> looked_at;
    std::optional<Outcome> outcome;
    std::string words;
    std::int64_t times_paged = 0;  // people were woken for it
    std::optional<CaseId> left_case;
    ThreadId thread() const;  // none: a new one
};
// Those who moderate are told. A change takes the place of an older one of the same post. Fault `too_many` above
// waiting_most; words of somebody in danger are counted by themselves, so that they are heard behind any others.
Done let_wait(db::Tx& tx, const Waiting& words);
// For the author, who has decided otherwise since.
void take_back_change(db::Tx& tx, MemberId author, PostId post);
// Whether this form is here already and nobody has looked.
bool is_waiting(db::ReadTx& tx, MemberId member, std::string_view form_key);
std::optional<Waiting> find_waiting(db::ReadTx& tx, std::int64_t id);
// The oldest first, at most 50.
std::vector<Waiting> waiting_in(db::ReadTx& tx, GroupId group);
bool anything_waits(db::ReadTx& tx, GroupId group);
// Of a member, the newest first, at most 50: what waits, and what was sent back.
std::vector<Waiting> waiting_of(db::ReadTx& tx, MemberId member);
// False if somebody was faster. The caller has asked who may.
bool look(db::Tx& tx, const Waiting& one, Outcome outcome, std::optional<PersonaId> by,
          std::string_view words);
// Looked at, let through and written: it counts for whoever is new or is read first. Of the row a number is left.
void let_in(db::Tx& tx, const Waiting& one, const Writing& writing);
void forget_looked_before(db::Tx& tx, Time time);
// Jobs for whoever wakes people. Somebody in danger waits: the number of the row, and since when; of one member in a
// group for the oldest alone. Such words will not stand there: the number of the row.
inline constexpr std::string_view danger_job = "danger_waits", danger_hidden_job = "danger_hidden";
void note_paged(db::Tx& tx, std::int64_t id);
void note_case(db::Tx& tx, std::int64_t id, CaseId left);

// For those who moderate: how many posts waited there since, and what came of them.
struct Counts {
    std::int64_t waited = 0, let_through = 0, sent_back = 0, taken_back = 0, of_danger = 0;
};
Counts counts_since(db::ReadTx& tx, GroupId group, Time since);

// ---- for pages ---------------------------------------------------------------------------------------------

// What a reader meets in a thread or a group: told above what they write.
struct Here {
    std::vector<Setting> settings;
    Time next_turn;                   // none: now
    std::vector<Waiting> own;         // of theirs, in this thread (or in the group, where it is none)
    Time good_until(Time now) const;  // when one of its times changes something
};
Here here(db::ReadTx& tx, MemberId member, GroupId group, ThreadId thread);
// The banners and the sentences above the composer. `is_staff`: with the way to what they can do.
void notes(Html& h, const http::Ctx& ctx, const Here& here, bool is_staff);
// The fields of a pace; set_pace's form, for a group or a thread.
void pace_form(Html& h, const http::Ctx& ctx, const Url& action, std::span<const Setting> standing,
               const Error* error);
PaceForm typed_pace(const http::Ctx& ctx);
std::string_view words_of(Cause cause);

jobs::Handlers handlers(Services& services);
std::vector<http::Route> routes();

}  // namespace kith::pacing
