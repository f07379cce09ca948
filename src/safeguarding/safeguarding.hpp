#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assist/assist.hpp"
#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "rota/rota.hpp"

// Reports, and what becomes of them: a case waits by its urgency, somebody takes it on, decides in words that the
// author reads, and the author may ask somebody else for another look. Nobody learns who reported.
namespace kith::safeguarding {

inline constexpr std::size_t words_most = 1000;  // code points, of whatever somebody writes here

// What somebody reports, each of the risks that studies of online peer support name, and danger before all.
enum class Reason {
    danger,
    hostile,
    confidentiality,
    inappropriate,
    advice,
    misinformation,
    spam,
    disruptive,
    tension,
    comparison,
    misunderstanding,
    worse,
    other
};
constexpr auto enum_words(Reason) {
    return std::to_array<std::string_view>({"danger", "hostile", "confidentiality", "inappropriate", "advice",
                                            "misinformation", "spam", "disruptive", "tension", "comparison",
                                            "misunderstanding", "worse", "other"});
}

// How soon somebody must look (ReachOut's four classes, CLPsych 2016). Green may wait.
enum class Urgency { green, amber, red, crisis };
constexpr auto enum_words(Urgency) {
    return std::to_array<std::string_view>({"green", "amber", "red", "crisis"});
}
// Of a report alone, before anybody has looked.
Urgency urgency_of(Reason reason);

// What was decided. `talked`: with words alone. `suspended`: the post is removed, and the account of whoever wrote it
// is on hold for the next step of the ladder.
enum class Outcome { nothing, talked, warned, closed, removed, suspended };
constexpr auto enum_words(Outcome) {
    return std::to_array<std::string_view>({"nothing", "talked", "warned", "closed", "removed", "suspended"});
}

// Whether several reports of it hide a post until somebody has looked. Whoever is in danger is not silenced, nor is
// what only hurts to read.
bool hides(Reason reason);

// ---- reporting -------------------------------------------------------------------------------------------

struct ReportForm {
    std::optional<Reason> reason;
    std::string words;  // may be empty
    std::string picture =
        {};  // the key of one in the post, where it is about that alone; others are left alone
};
// By anybody who may see it, guests as well, and of a post by whoever has read it: also once its author has withdrawn
// it, or the reader has left the group. It joins the case about the same that nobody has decided, and can only
// raise its urgency; a case that becomes a crisis waits anew, whoever works on it. Those who moderate the group are
// told, and once more of a crisis; of a group, those who look after the whole site. Faults: `not_found`; `invalid` with
// field "reason" or "words"; `too_many` above 30 of a member in an hour, but for danger.
Result<CaseId> file_report(db::Tx& tx, const Actor& actor, PostId post, const ReportForm& form);
Result<CaseId> file_report(db::Tx& tx, const Actor& actor, GroupId group, const ReportForm& form);
Done may_report(db::ReadTx& tx, const Actor& actor, PostId post);
// What a member reported, the newest first, at most 50; nothing is decided where `outcome` is none. A crisis is done
// once it is closed.
struct OwnReport {
    PostId post;  // none: a group
    GroupId group;
    Reason reason = Reason::other;
    Time filed_at;
    std::optional<Outcome> outcome;
    std::optional<Time> closed_at;
};
std::vector<OwnReport> reports_by(db::ReadTx& tx, MemberId member);

// ---- cases -----------------------------------------------------------------------------------------------

struct Case {
    CaseId id;
    GroupId group;
    PostId post;       // none: it is about the group
    PersonaId author;  // of the post
    Urgency urgency = Urgency::amber;
    Urgency worst = Urgency::amber;  // that it ever had
    Time opened_at;
    Time urgent_since;                    // when it got the urgency that it has
    std::optional<Time> first_look_at;    // since then
    std::optional<PersonaId> claimed_by;  // whoever works on it
    std::optional<Time> claimed_until;
    std::optional<Outcome> outcome;
    std::string words;  // to the author
    std::optional<PersonaId> decided_by;
    std::optional<Time> decided_at;
    bool did = false;  // the decision removed the post or closed the thread
    std::optional<Time> closed_at;
    std::string rule;  // that the decision is about, in its words as they were then

    bool is_claimed(Time now) const { return claimed_until && now < *claimed_until; }
    bool waits_for_second() const { return decided_at && !closed_at; }
};
// What one reads of a report: never whose it is.
struct Report {
    Reason reason = Reason::other;
    std::string words;
    Time filed_at;
    bool by_member = false;
    std::string rule = {};     // of assist, that noticed it; empty: a person reported it
    std::string picture = {};  // that it is about; empty: all of the post
};
enum class Step {
    hidden,
    paused,
    paged,
    claimed,
    released,
    urgency,
    note,
    decided,
    second,
    reopened,
    appealed,
    reviewed
};
constexpr auto enum_words(Step) {
    return std::to_array<std::string_view>({"hidden", "paused", "paged", "claimed", "released", "urgency",
                                            "note", "decided", "second", "reopened", "appealed", "reviewed"});
}
// What stands in the words of a claim: alone, though it was time to rest; over from somebody else.
inline constexpr std::string_view claimed_alone = "alone", claimed_over = "over";
// And of a decision that was taken back.
inline constexpr std::string_view decided_back = "taken_back";
struct Event {
    Step step = Step::note;
    std::optional<PersonaId> actor;
    std::string words;
    Time at;
};
enum class Review { upheld, overturned };
constexpr auto enum_words(Review) { return std::to_array<std::string_view>({"upheld", "overturned"}); }
struct Appeal {
    std::string words;
    Time filed_at;
    std::optional<Review> outcome = {};  // nothing: it waits
    std::string answer;
};

// Minutes that a report may wait, of those in which somebody is on shift for its group; in a crisis every minute
// counts.
struct Targets {
    std::int64_t amber = 720, red = 60, crisis = 15;
    std::int64_t hide_after = 3;   // members who report one post; 0: never
    std::int64_t pause_after = 5;  // reported posts of one name, see pause_if_many; 0: never
};
Targets targets(db::ReadTx& tx);
// By a host; audited. Faults: `forbidden`; `invalid`, field "amber", "red" or "crisis": 1 minute to 30 days, and what
// is more urgent waits no longer; field "hide_after" or "pause_after": 2 to 100, or 0.
Done set_targets(db::Tx& tx, const Actor& actor, const Targets& targets);
// How many days an account is on hold by a decision: the first time, the second, and so on; 0: for good.
std::vector<std::int64_t> ladder(db::ReadTx& tx);
// Typed as "14, 30, 0". By a host; audited. Faults: `forbidden`; `invalid`, field "ladder": 1 to 10 steps of 1 to 3650
// days, and nothing behind a 0.
Done set_ladder(db::Tx& tx, const Actor& actor, std::string_view typed);
// When somebody must have looked; nothing for green.
std::optional<Time> due_at(const Case& safety_case, const Targets& targets, const rota::Cover& cover);

// Open cases that the actor may work on: of posts in groups that they moderate, not their own; of groups, by those who
// look after the whole site. A crisis that nobody has decided comes first, then by when they are due; the first 20.
// Fault `not_found` for who looks after nothing.
struct QueueRow {
    Case safety_case;
    std::vector<Reason> reasons;  // each once, the most urgent first
    std::optional<Time> due_at;
    bool has_appeal = false;  // that waits
};
struct Queue {
    std::vector<QueueRow> rows;
    bool are_all = true;  // more come once these are done
};
Result<Queue> queue(db::ReadTx& tx, const Actor& actor);
// Of those in which there is a next step for this actor: not one that somebody else works on, or that somebody else
// must take. Nothing: none waits.
std::optional<Urgency> most_urgent(db::ReadTx& tx, const Actor& actor);
// The first in which there is one, besides `but`.
std::optional<CaseId> next_case(db::ReadTx& tx, const Actor& actor, CaseId but);

// All about a case. Fault `not_found` for who may not work on it.
struct Dossier {
    Case safety_case;
    std::vector<Report> reports;
    std::vector<Event> events;
    std::optional<Appeal> appeal;
    std::optional<Time> due_at;
    std::vector<Case>
        earlier;  // decided ones about the same name in this group, the newest first, at most 10
};
Result<Dossier> dossier(db::ReadTx& tx, const Actor& actor, CaseId id);

inline constexpr std::int64_t claim_ms = 30 * minute_ms;

// Each by whoever may work on the case. Faults: `conflict` while somebody else holds the claim, or once it is decided;
// `forbidden` for who lacks training, here and with each decision, but for notes.
// A claim of what is urgent counts for the time to rest, once: whoever has reached it hands over, but where they are
// alone: `conflict` while anybody can take over. A crisis can be taken over from somebody who works on it, and they are
// told. Each is audited, never its words.
Done claim(db::Tx& tx, const Actor& actor, CaseId id, rota::Company company = rota::Company::others);
// Who is on shift now and can take over from `tired`: may work on it, has done their training, needs no rest.
std::vector<rota::OnShift> who_can_take_over(db::ReadTx& tx, const Case& one, MemberId tired);
// Tells them once more that it waits. Fault `conflict` where there is nobody.
Done leave_to_others(db::Tx& tx, const Actor& actor, CaseId id);
Done release(db::Tx& tx, const Actor& actor, CaseId id);
Done set_urgency(db::Tx& tx, const Actor& actor, CaseId id, Urgency urgency);
// Also afterwards. Fault `invalid`, field "note".
Done add_note(db::Tx& tx, const Actor& actor, CaseId id, std::string_view words);

struct Decision {
    std::optional<Outcome> outcome;
    std::string words;  // to the author; needed for all but `nothing`
    // Besides, with words alone: what the author writes next under that name in the group waits until somebody has
    // looked (pacing::read_first), so many posts or days; 0: no.
    std::int64_t read_first_posts = 0, read_first_days = 0;
    std::string rule = {};  // one of rules_for, if any
};
// The rules that a decision in a group can name, each in a line: the group's, then the house's. By who may read there.
std::vector<std::string> rules_for(db::ReadTx& tx, const Actor& actor, GroupId group);
// Does what was decided (conversation::remove_post, close_thread, identity::hold_by_case), tells author and reporters,
// and closes the case, all in one transaction. What was ever a crisis stays open until somebody else has read it, who
// is told. Not by who reported it, while there is anybody else. Words without a reader become a note. Which step of the
// ladder it is stands nowhere for staff, or it would tell what was decided about other names of the author. Faults:
// `conflict`, also where the account cannot be on hold; `invalid`, field "outcome", "words" or "rule".
Done decide(db::Tx& tx, const Actor& actor, CaseId id, const Decision& decision);
// By another person than the one who decided. Agreed: it is closed. Otherwise it is open again for another decision,
// what was done is undone, and a post that was removed stays hidden until then. Fault `conflict`.
enum class Second { agreed, open_again };
Done read_second(db::Tx& tx, const Actor& actor, CaseId id, Second second = Second::agreed);

// Takes a decision back, by the same people: what was done is undone, nothing was decided, and the author is told. The
// reason becomes a note. Fault `invalid`, field "reason"; `conflict` where nothing is decided, a newer case about the
// same is open, the author has asked for another look, or it was a crisis: that is for a second person.
Done take_back(db::Tx& tx, const Actor& actor, CaseId id, std::string_view reason);
// Whether it can be, as far as the case itself says.
bool can_take_back(const Case& one, const std::optional<Appeal>& appeal);

// ---- many posts as one: for the room that watches the door (src/doors) ----------------------------------------

// Opens a case about a post, or joins the one that is open, and decides it. By whoever may work on it; faults as of
// decide.
Result<CaseId> decide_about(db::Tx& tx, const Actor& actor, PostId post, const Decision& decision);
// The same without a reason, whatever it was and whoever asked for another look: the room says why.
Done take_back(db::Tx& tx, const Actor& actor, CaseId id);

// ---- for the author --------------------------------------------------------------------------------------

// What was decided about what a member wrote, the newest first, at most 50, and every one that keeps them out:
// warnings, removals, closed threads, holds.
struct OwnDecision {
    CaseId id;
    PostId post;
    Outcome outcome = Outcome::talked;
    std::string words;
    std::string rule;
    Time decided_at;
    std::optional<Appeal> appeal;
    std::optional<identity::Hold> hold = {};  // that stands because of it
};
std::vector<OwnDecision> decisions_on(db::ReadTx& tx, MemberId member);
// By the author, once, also on hold. Faults: `not_found`; `invalid`, field "words"; `conflict`.
Done file_appeal(db::Tx& tx, const Actor& actor, CaseId id, std::string_view words);

// The same of a post that staff removed, with or without a report: a removal without one is kept as a decided case.
// Fault `conflict` besides, while the post is only held.
Result<conversation::Removal> removal_to_appeal(db::ReadTx& tx, const Actor& actor, PostId post);
Done file_removal_appeal(db::Tx& tx, const Actor& actor, PostId post, std::string_view words);

struct ReviewForm {
    std::optional<Review> outcome;
    std::string words;  // to the author
};
// By somebody else than the one who decided. Overturned: a removed post comes back, a closed thread opens, a hold ends.
// Faults: `not_found`, `conflict`; `invalid`, field "outcome" or "words".
Done review_appeal(db::Tx& tx, const Actor& actor, CaseId id, const ReviewForm& form);

// ---- for the rooms that stand on cases ---------------------------------------------------------------------

// What was seen in a post (`rule`: the id of a rule, or another source), as a report would say it. It opens or joins a
// case as a report by nobody: once for each source, and again where the same is said more urgently; never for what is
// removed. Staff are told of what is red or a crisis. The case that waits then, if any.
struct Sign {
    Reason reason = Reason::danger;
    Urgency urgency = Urgency::green;
    std::string_view rule;
};
std::optional<CaseId> file_signs(db::Tx& tx, PostId post, std::vector<Sign> signs);
// What a room that names itself as the source of a report says about it, in the words of a page, and where in the text
// it sees it. Set before serving; nothing for what it does not know.
struct Told {
    std::string words;
    std::vector<assist::Span> spans;
};
using Teller = std::optional<Told> (*)(db::ReadTx& tx, const Words& words, std::string_view source,
                                       std::string_view text);
void use_teller(Teller teller);
// A job for whoever learns from decisions: its payload is a case that was decided, opened again or looked at again.
inline constexpr std::string_view case_judged_job = "case_judged";

// What rules read: the title of a first post, what its author says beforehand, and the text.
std::string words_of_post(const conversation::Typed& post);

// The case, by somebody who may work on it, and the name that they have there. Fault `not_found`.
struct Desk {
    Case safety_case;
    PersonaId name;
};
Result<Desk> desk(db::ReadTx& tx, const Actor& actor, CaseId id);
// Somebody with a task who tried to act on a case outside their groups is in the audit log, with nothing of the case.
// About one's own words it is not: the log would tell whose they are.
Done note_refusal(db::Tx& tx, const Actor& actor, CaseId id);
// What a page does in a case, and what came of it; a refusal is noted.
template <class Act>
auto act_on_case(http::Ctx& ctx, CaseId id, Act&& act) -> decltype(act()) {
    auto out = act();
    if (!out) static_cast<void>(ctx.write([&](db::Tx& tx) { return note_refusal(tx, ctx.actor(), id); }));
    return out;
}
// Who wrote the post; none for a group. For rules that must reach them, never for pages.
MemberId writer_of(db::ReadTx& tx, const Case& one);
bool is_same_person(db::ReadTx& tx, PersonaId a, PersonaId b);

// Who sent each report of the dossier, in its order; nothing: a rule, a guest, or somebody who was erased. For a host
// alone, who must give it to an authority; the caller writes down why. Fault `not_found`.
Result<std::vector<std::optional<MemberId>>> reporters_of(db::ReadTx& tx, const Actor& actor, CaseId id);

// Asked for once a second person has read a crisis and closed it; payload: the case, and the personas of whoever
// decided and of the second person.
inline constexpr std::string_view crisis_closed_job = "crisis_closed";
// Asked for whenever a crisis begins to wait for somebody; payload: the case, and since when. May come twice.
inline constexpr std::string_view crisis_waits_job = "crisis_waits";
std::optional<Case> find_case(db::ReadTx& tx, CaseId id);
// Who can act on it and is here, without whoever wrote the post; hosts alone. Whoever is on a break is left alone,
// unless nobody else is there.
enum class Breaks { respected, ended };
std::vector<MemberId> staff_for(db::ReadTx& tx, const Case& one);
std::vector<MemberId> hosts_for(db::ReadTx& tx, const Case& one, Breaks breaks);
// The same of a post in a group that has no case, without `writer`.
std::vector<MemberId> staff_for_post_in(db::ReadTx& tx, GroupId group, MemberId writer);
std::vector<MemberId> hosts_without(db::ReadTx& tx, MemberId writer, Breaks breaks);
// That people were told again, or that nobody is there who could act.
void note_paged(db::Tx& tx, CaseId id, bool is_nobody_there);
std::int64_t times_paged(db::ReadTx& tx, CaseId id, Time since);

std::string_view words_of(Reason reason);
std::string_view words_of(Urgency urgency);
std::string_view words_of(Outcome outcome);
// What happened, as a sentence; `who`: the name of whoever did it. The words of a note stand for themselves.
std::string sentence(const Words& words, const Event& event, std::string_view who);

std::vector<http::Route> routes();

}  // namespace kith::safeguarding
