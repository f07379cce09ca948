#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "base/ids.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"
#include "platform/words/words.hpp"

// What is new for one person.
namespace kith::notices {

enum class Kind {
    reply,
    mention,
    support,
    welcome,
    joined,
    request,
    request_accepted,
    request_declined,
    removal,
    noted,
    first_words,
    membership_ended,
    mail_paused,
    report,
    crisis,
    second_reading,
    report_done,
    decision,
    appeal,
    appeal_done,
    coming_back,
    came_back,
    shift,
    training,
    outsiders,
    words_wait,
    danger_waits,
    let_through,
    sent_back,
    look_again,
    review_due,
    debrief,
    debrief_shared,
    taken_back
};
constexpr auto enum_words(Kind) {
    return std::to_array<std::string_view>({"reply",
                                            "mention",
                                            "support",
                                            "welcome",
                                            "joined",
                                            "request",
                                            "request_accepted",
                                            "request_declined",
                                            "removal",
                                            "noted",
                                            "first_words",
                                            "membership_ended",
                                            "mail_paused",
                                            "report",
                                            "crisis",
                                            "second_reading",
                                            "report_done",
                                            "decision",
                                            "appeal",
                                            "appeal_done",
                                            "coming_back",
                                            "came_back",
                                            "shift",
                                            "training",
                                            "outsiders",
                                            "words_wait",
                                            "danger_waits",
                                            "let_through",
                                            "sent_back",
                                            "look_again",
                                            "review_due",
                                            "debrief",
                                            "debrief_shared",
                                            "taken_back"});
}

// What a notice is about; 0 where it does not apply.
struct About {
    GroupId group{};
    ThreadId thread{};
    std::int64_t number = 0;
    PersonaId from{};
};

// Whether the member has an unread notice of this already. Of replies the first by the same person in the same thread
// is enough, and of mentions, too; everything else is told once for each post or group.
bool is_told(db::ReadTx& tx, MemberId member, Kind kind, const About& about);
// Tells a member who is not told yet and wishes it; a mail is on its way then, if they wish that: at once, whatever
// they chose, where somebody may be in danger. Adds a change of kind `notice`.
void tell(db::Tx& tx, MemberId member, Kind kind, const About& about);

// The same once more to whoever was told and has not looked.
void tell_again(db::Tx& tx, MemberId member, Kind kind, const About& about);

struct Notice {
    std::int64_t id = 0;
    Kind kind = Kind::reply;
    GroupId group;
    ThreadId thread;
    std::int64_t number = 0;
    PersonaId from;
    Time created_at;
    std::optional<Time> read_at;
};
// What it says: "Heron replied to you."; `from` stands where it names somebody.
std::string sentence(const Words& words, Kind kind, std::string_view from);
// "2 replies to you", for a mail.
std::string count_words(const Words& words, Kind kind, long count);
// Whether somebody may be in danger: nothing is gathered then, and no hour is quiet.
bool is_about_danger(Kind kind);
Url address(const Notice& notice);

std::vector<Notice> list_for(db::ReadTx& tx, MemberId member, std::int64_t before, int limit);
bool any_unread(db::ReadTx& tx, MemberId member);
void mark_all_read(db::Tx& tx, MemberId member);
// The replies and mentions of a thread that was read to its end.
void mark_read_in(db::Tx& tx, MemberId member, ThreadId thread);
// What is about this post.
void mark_read_at(db::Tx& tx, MemberId member, PostId post);
// Whoever was told of it need not look any more. Of the kinds for staff: report, crisis, second_reading, appeal,
// words_wait, danger_waits.
void settle(db::Tx& tx, Kind kind, const About& about);
// What is about posts and from this person.
void mark_read_from(db::Tx& tx, MemberId member, PersonaId from);

// ---- signals on devices --------------------------------------------------------------------------------

// Whether the member wants a signal when something is new. The caller has asked who acts.
void set_push(db::Tx& tx, MemberId member, bool wanted);
// What a job of kind `push` (its payload is the member) finds when it runs, and its end: it was sent, or there is no
// sending it.
bool is_push_due(db::ReadTx& tx, MemberId member);
void end_push(db::Tx& tx, MemberId member);

// ---- by mail -----------------------------------------------------------------------------------------

// site: on the pages alone. important: there as well, and only what one has to know (a removal, what became of a
// request).
enum class Way { site, at_once, daily, weekly, important };
constexpr auto enum_words(Way) {
    return std::to_array<std::string_view>({"site", "at_once", "daily", "weekly", "important"});
}
constexpr bool by_mail(Way way) { return way == Way::at_once || way == Way::daily || way == Way::weekly; }

struct Wish {
    Way way = Way::site;
    std::int64_t hour = 18;  // of the digest
    std::int64_t weekday = 1;
    std::int64_t quiet_from = 22,
                 quiet_until = 7;  // nothing is sent at once then; the same twice: no such hours
    std::string zone = "UTC";
    bool tells_more = false;  // a mail may name the site and its groups
    bool answers = false;     // a mail at once shows the words of a reply, and may be answered

    bool shows_words() const { return answers && way == Way::at_once; }
};
Wish wish_of(db::ReadTx& tx, MemberId member);
// A mail of its own about danger, for who chose no mails; payload: the member.
inline constexpr std::string_view danger_mail_job = "mail_danger";
// The caller has asked who acts and checked the values. What waits for a mail goes at the new time.
void set_wish(db::Tx& tx, MemberId member, const Wish& wish);

// When a mail about something new goes.
Time mail_time(const Wish& wish, Time now);

// What a job of kind `mail` (its payload is the member) finds when it runs: nothing unless it is due.
struct Mail {
    Wish wish;
    std::vector<Notice> notices;  // unread and not mailed yet, the newest first
};
std::optional<Mail> due_mail(db::ReadTx& tx, MemberId member);
// It was sent, or there is no sending it. `last`: the newest notice that it told of; 0: none.
void end_mail(db::Tx& tx, MemberId member, std::int64_t last);

}  // namespace kith::notices
