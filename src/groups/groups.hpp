#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"
#include "platform/http/router.hpp"
#include "platform/http/session.hpp"

// Groups: topics, admission, membership, invitations, opening and closing.
namespace kith::groups {

enum class Admission { open, request, invitation };
constexpr auto enum_words(Admission) {
    return std::to_array<std::string_view>({"open", "request", "invitation"});
}
enum class Leadership { peer, professional };
constexpr auto enum_words(Leadership) { return std::to_array<std::string_view>({"peer", "professional"}); }
// Where a group stands in its life, from its dates.
enum class Phase { announced, running, closed, archived };
constexpr auto enum_words(Phase) {
    return std::to_array<std::string_view>({"announced", "running", "closed", "archived"});
}

// Whether members may write without their name, under an alias for one thread alone.
enum class AnonymousPosting { off, allowed, preselected };
constexpr auto enum_words(AnonymousPosting) {
    return std::to_array<std::string_view>({"off", "allowed", "preselected"});
}

// How people talk there.
enum class Tone { any, gentle, practical, light };
constexpr auto enum_words(Tone) {
    return std::to_array<std::string_view>({"any", "gentle", "practical", "light"});
}

struct Group {
    GroupId id;
    std::optional<TopicId> topic;
    std::string name;
    std::string purpose;  // Markdown
    std::string rules;    // Markdown
    Admission admission = Admission::open;
    Leadership leadership = Leadership::peer;
    std::string hours;  // when its leaders are there, in their words
    bool public_reading = false;
    std::optional<int> size_limit;
    std::optional<Time> opens_at;
    std::optional<Time> closes_at;
    bool sensitive = false;
    AnonymousPosting anonymous_posting = AnonymousPosting::allowed;
    Time created_at;
    std::optional<Time> archived_at;
    Tone tone = Tone::any;
};
Phase phase(const Group& group, Time now);

// ---- what other features ask --------------------------------------------------------------------

// What the actor may do in a group, decided on rows of this transaction.
struct Access {
    Group group;
    Phase phase = Phase::running;
    bool read = false;  // threads and posts
    bool write =
        false;  // post, support: members who know the rules, while it runs; leaders also before and after
    bool lead = false;      // facilitator, coordinator or host
    bool moderate = false;  // moderator, facilitator or host
    bool member = false;
    bool rules_agreed = false;  // by a member; a group without rules needs none
    bool has_written = false;   // a member, under their name here
    PersonaId persona;          // the actor's name here; the main one for leaders who are no members
};
// Fault `not_found` for a group whose existence the actor may not know (invitation-only, not a member).
Result<Access> access(db::ReadTx& tx, const Actor& actor, GroupId group);
// The same of whoever wrote there and has not left the site, also while they are on hold: for words that were allowed
// when they were sent. Never for a request of theirs.
Result<Access> access_of_author(db::ReadTx& tx, MemberId author, GroupId group);
// access() that may read, or `not_found`; that may write, or `forbidden` with the reason in kind words.
Result<Access> readable(db::ReadTx& tx, const Actor& actor, GroupId group);
Result<Access> writable(db::ReadTx& tx, const Actor& actor, GroupId group);
// The same fault for an access that is known already.
Done require_write(const Access& access, const Actor& actor);

// Whether somebody new finds a place there now.
bool has_room(db::ReadTx& tx, const Group& group);

// Every group the actor may know of, by name; those led without belonging to them at the end.
std::vector<Group> listed_groups(db::ReadTx& tx, const Actor& actor);

// Every group whose posts the actor may read (memberships, led groups, open groups with public reading or
// for any signed-in member). For search, home and feeds.
std::vector<GroupId> readable_groups(db::ReadTx& tx, const Actor& actor);
// Groups the member belongs to, with their names.
struct MyGroup {
    GroupId id;
    std::string name;
    std::optional<Time> closes_at;
    Time joined_at;
};
std::vector<MyGroup> groups_of(db::ReadTx& tx, MemberId member);
std::unordered_map<GroupId, std::string> names_of(db::ReadTx& tx, std::span<const GroupId> ids);
// For Sessions: rights in all groups of a member, ascending by group.
std::vector<GroupRight> rights_of(db::ReadTx& tx, const Actor& actor);

// The name a member uses in a group, else the last one used there, else the main one.
PersonaId persona_here(db::ReadTx& tx, GroupId group, MemberId member);

// Who looks after a group, by the names they write under there.
struct Leaders {
    std::vector<std::string> facilitators;
    std::vector<std::string> moderators;
};
Leaders leaders_of(db::ReadTx& tx, GroupId group);
// Whose posts carry the word "facilitator" or "moderator": the names that those with the task write under there. The
// group's version grows when this changes.
std::vector<PersonaId> marked_facilitators(db::ReadTx& tx, GroupId group);
std::vector<PersonaId> marked_moderators(db::ReadTx& tx, GroupId group);

// The member has written under their name in the group: no newcomer any more.
void note_first_post(db::Tx& tx, GroupId group, MemberId member);

// ---- rules --------------------------------------------------------------------------------------

struct GroupForm {
    std::string name;
    std::string purpose;
    std::string rules;
    std::optional<TopicId> topic;
    Admission admission = Admission::open;
    Leadership leadership = Leadership::peer;
    std::string hours;  // when its leaders are there, in their words
    bool public_reading = false;
    std::optional<int> size_limit;
    std::optional<Time> opens_at;
    std::optional<Time> closes_at;
    bool sensitive = false;
    AnonymousPosting anonymous_posting = AnonymousPosting::allowed;
    Tone tone = Tone::any;
};
// By a host or coordinator. Faults: `invalid` with the field, `conflict` (name taken). Audited.
Result<GroupId> create_group(db::Tx& tx, const Actor& actor, const GroupForm& form);
// By whoever leads the group; who may read it (admission, public_reading, sensitive) only by a host or
// coordinator: fault `forbidden`, because members wrote for those who could read then. Audited.
Done change_group(db::Tx& tx, const Actor& actor, GroupId group, const GroupForm& form);
// Puts a group away, for its leaders alone to read, and takes it out again. By a host or coordinator. Audited.
Done archive_group(db::Tx& tx, const Actor& actor, GroupId group);
Done unarchive_group(db::Tx& tx, const Actor& actor, GroupId group);
std::optional<GroupId> find_group(db::ReadTx& tx, std::string_view name);

struct Joining {
    bool rules_agreed = false;
    std::string name;  // another pseudonym for this group; empty: the one used there, else the main one
    std::string invitation_code;  // for invitation-only groups
    std::string request_words;    // why, for groups by request
};
enum class Joined { now, requested };
// A refused name is for identity::count_refused_name(), here as with use_name().
// Whoever was taken out by a leader asks, however the group is joined otherwise. Faults: `invalid` (rules not
// agreed), `conflict` (full, closed, already, asked, declined less than a week ago), `not_found`.
Result<Joined> join(db::Tx& tx, const Actor& actor, GroupId group, const Joining& form);
// Says yes to the rules, for members who were put in without being asked; again and again does nothing.
Done agree_to_rules(db::Tx& tx, const Actor& actor, GroupId group);
// Ends the membership, or takes a waiting request back; `not_found` if there is neither.
Done leave(db::Tx& tx, const Actor& actor, GroupId group, std::string_view reason);
// Writes under another name in this group from now on; what was written keeps its name.
Done use_name(db::Tx& tx, const Actor& actor, GroupId group, std::string_view name);
Done use_main_name(db::Tx& tx, const Actor& actor, GroupId group);
// By whoever leads the group. Faults: `not_found`, `conflict` (answered already, full).
Done decide_request(db::Tx& tx, const Actor& actor, RequestId request, bool accept);
// Puts a member in without asking (imports, demo, coordinators): the rules are agreed to later. By the system,
// a host or coordinator. No persona: the main one. A member who belongs already stays as they are.
Done add_member(db::Tx& tx, const Actor& actor, GroupId group, MemberId member, PersonaId persona);
// Ends the membership of whoever writes under `persona` there; the person is told, and can ask to come back.
// By whoever leads the group. Faults: `invalid` of "reason" (empty, too long), `not_found`, `conflict` (somebody
// with a task in the group, which must end first). Audited.
Done end_membership(db::Tx& tx, const Actor& actor, GroupId group, PersonaId persona,
                    std::string_view reason);

// Gives somebody a task in a group, who becomes a member of it as well, or ends the task. By a host or coordinator.
// Faults: `invalid` with field "role" or "person", `not_found`.
struct LeadForm {
    std::string name;
    std::string role;
    bool ends = false;
};
Done change_lead(db::Tx& tx, const Actor& actor, GroupId group, const LeadForm& form);

struct InvitationForm {
    std::string label;
    Time expires_at;
    int uses = 1;
};
struct NewInvitation {
    InvitationId id;
    std::string code;  // shown once; only its digest is kept
};
// By whoever leads the group: 1 to 90 days, 1 to 500 uses; faults `invalid` with "label", "days" or "uses".
Result<NewInvitation> create_invitation(db::Tx& tx, const Actor& actor, GroupId group,
                                        const InvitationForm& form, Random& random);
Done revoke_invitation(db::Tx& tx, const Actor& actor, InvitationId invitation);
struct Invitation {
    InvitationId id;
    std::string label;
    Time created_at;
    Time expires_at;
    int uses_left = 0;
    int used = 0;
    std::optional<Time> revoked_at;
};
// The group an invitation code opens now, or `not_found` (unknown, expired, used up, revoked: one answer).
// However the code is typed: with or without dashes, in small or large letters.
Result<Group> group_for_code(db::ReadTx& tx, std::string_view code);
// The same for somebody who types it, whose network may fail 30 times an hour: faults `invalid` of "code",
// `too_many`. In a transaction of its own for each step; it writes when the code does not work.
Result<Group> group_for_typed_code(db::Database& db, std::string_view code, std::string_view network);

// Whether `next`, the page that a newcomer goes on to, is that of an invitation that works.
bool is_invitation(db::ReadTx& tx, std::string_view next);
// Makes whoever has just signed up by it a member of its group, for one use; the rules are agreed to later. Faults:
// `not_found`, `conflict` (full, closed).
Result<GroupId> join_by_invitation(db::Tx& tx, const Actor& newcomer, std::string_view next);

// ---- who came by which invitation: for the room that watches the door (src/doors), which asks who acts ----------

struct UsedInvitation {
    InvitationId id;
    GroupId group;
    std::string label;
    std::optional<PersonaId> made_by;  // as they are known in the group; nothing: the house, or they are gone
    std::optional<InvitationId> made_by_by;  // the invitation to the same group by which its maker came
    bool works = false;
    int came = 0;  // that is still known
    int came_lately = 0;
};
// Those by which somebody came since then, the most used lately first.
std::vector<UsedInvitation> used_invitations(db::ReadTx& tx, Time since, Time lately, int limit);
std::optional<UsedInvitation> find_used_invitation(db::ReadTx& tx, InvitationId id, Time lately);
struct Arrival {
    MemberId member;
    PersonaId persona;  // in that group
    Time at;
};
// The newest first.
std::vector<Arrival> arrivals_by(db::ReadTx& tx, InvitationId id);
// What was revoked at that time works again, as far as its days and uses go; what was revoked at another time stays so.
// Audited.
Done restore_invitation(db::Tx& tx, const Actor& actor, InvitationId id, Time revoked_at);
// By which invitation they came is forgotten of whoever joined before then.
void forget_arrivals_before(db::Tx& tx, Time time);

struct Topic {
    TopicId id;
    std::optional<TopicId> parent;
    std::string name;
    std::int64_t position = 0;
};
// By position.
std::vector<Topic> topics(db::ReadTx& tx);
// A topic with those above it: "Body › Pain". In the order of the tree.
struct TopicPath {
    TopicId id;
    std::optional<TopicId> parent;
    std::string name;
    std::string words;
    int depth = 0;
};
std::vector<TopicPath> topic_paths(std::span<const Topic> topics);
// By a host or coordinator. Faults: `invalid` with field "name" or "parent", `conflict` (name taken there).
Result<TopicId> create_topic(db::Tx& tx, const Actor& actor, std::optional<TopicId> parent,
                             std::string_view name);
Done rename_topic(db::Tx& tx, const Actor& actor, TopicId topic, std::string_view name);
// With all below it, to the end of what is under `parent`. Faults: those of create_topic.
Done move_topic(db::Tx& tx, const Actor& actor, TopicId topic, std::optional<TopicId> parent);
// One place up or down among its neighbours; at the end it stays.
enum class Direction { up, down };
constexpr auto enum_words(Direction) { return std::to_array<std::string_view>({"up", "down"}); }
Done shift_topic(db::Tx& tx, const Actor& actor, TopicId topic, Direction direction);
// Fault `conflict` while groups or other topics are in it.
Done delete_topic(db::Tx& tx, const Actor& actor, TopicId topic);

// ---- pages --------------------------------------------------------------------------------------

// Admission, leadership and dates of a group in a row; the name of a tone.
void badges(Html& h, const http::Ctx& ctx, const Group& group);
std::string_view tone_words(const http::Ctx& ctx, Tone tone);
// The side note "about this group": purpose, who looks after it, dates, rules, and links by right.
void group_side(Html& h, const http::Ctx& ctx, const Access& access,
                std::span<const std::string> facilitators, std::span<const std::string> moderators);

// When somebody looks after the group, from a feature above, for the note "about this group"; app/features.cpp sets it
// before serving.
using ShowHours = void (*)(Html& h, const http::Ctx& ctx, GroupId group);
void use_hours(ShowHours show);

// Why the reader reads without writing: "This group has closed. You can read it."; empty for who may write.
std::string_view reading_note(const http::Ctx& ctx, const Access& access);

std::vector<http::Route> routes();

}  // namespace kith::groups
