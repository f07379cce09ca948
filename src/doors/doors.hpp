#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"

// Against outsiders: how many may come in, what new accounts may write, who reads far too much. It slows, counts and
// tells the hosts; a host decides. No address is kept, and honest people should never notice that it is here.
namespace kith::doors {

// ---- what the host sets ----------------------------------------------------------------------------------

// Whether the device of a newcomer has to work for a moment (or wait a minute, without scripts).
enum class Asking { when_busy, never, always };
constexpr auto enum_words(Asking) {
    return std::to_array<std::string_view>({"when_busy", "never", "always"});
}
struct Numbers {
    std::int64_t per_network = 20;  // sign-ups in an hour
    std::int64_t per_hour = 300;    // of everybody; who has an invitation passes
    std::int64_t busy_from = 60;    // sign-ups in an hour
    Asking asking = Asking::when_busy;
    std::int64_t new_days = 3;       // how long an account counts as new; 0: never
    std::int64_t threads_a_day = 5;  // of a new account, as the next
    std::int64_t posts_a_day = 40;
    std::int64_t same_words = 3;       // how often they come from new accounts before it is a flood; 0: never
    std::int64_t reads_an_hour = 600;  // conversations that one member opens; 0: no matter how many
};
Numbers numbers(db::ReadTx& tx);
// By a host; audited. Faults: `forbidden`; `invalid` with the field's name.
Done set_numbers(db::Tx& tx, const Actor& actor, const Numbers& typed);

// ---- signing up ------------------------------------------------------------------------------------------

// For identity::Door. `check` counts a try and says whether a newcomer may go on; `come_in` counts who came and uses
// the answer up: it is good once.
void ask(Html& h, http::Ctx& ctx, identity::Way way);
Result<identity::Ticket> check(http::Ctx& ctx, identity::Way way);
Done come_in(db::Tx& tx, MemberId newcomer, const identity::Ticket& ticket);

struct Count {
    std::int64_t came = 0, turned_away = 0;
    std::int64_t worked = 0, waited = 0;  // of those who came
};
// Since then, in steps of ten minutes. The caller has asked who acts.
Count count_since(db::ReadTx& tx, Time since);
void forget_counts_before(db::Tx& tx, Time time);

// ---- what new accounts write -----------------------------------------------------------------------------

// For conversation::Watch. Fault `too_many` above the numbers of a day. A link in it is reported by a rule; the same
// words or the same link from several is a flood, and words that repeat it once more are hidden until a host has
// looked, unless somebody may be in danger.
Done on_words(db::Tx& tx, MemberId author, PostId post, conversation::Watch::Did did, std::string_view words);

using FloodId = Id<struct FloodTag>;
enum class FloodKind { words, link };
constexpr auto enum_words(FloodKind) { return std::to_array<std::string_view>({"words", "link"}); }
enum class FloodOutcome { stopped, cleared };
constexpr auto enum_words(FloodOutcome) { return std::to_array<std::string_view>({"stopped", "cleared"}); }
struct Flood {
    FloodId id;
    FloodKind kind = FloodKind::words;
    Time began_at, last_at;
    std::optional<FloodOutcome> outcome;  // nothing: it waits for a host
    std::string words;                    // to the authors
    std::optional<PersonaId> decided_by;
    std::optional<Time> decided_at;
    std::int64_t posts = 0;
    std::int64_t waiting = 0;  // posts of a stopped one that came since, or are not done yet
};
// The newest first, at most 20. The caller has asked who acts.
std::vector<Flood> floods(db::ReadTx& tx);
struct FloodFile {
    Flood flood;
    std::vector<PostId> posts;  // the first 50
};
// By a host. Faults: `forbidden`, `not_found`.
Result<FloodFile> flood_file(db::ReadTx& tx, const Actor& actor, FloodId id);
// One decision for all of it, by a host, audited; a job carries it out. Stopped: each post is removed and its account
// on hold, each by a case of its own, so that each author can ask for another look. Cleared: what was hidden or done is
// undone, and these words are no flood any more. Each can follow the other. Faults: `forbidden`, `not_found`;
// `invalid`, field "words".
Done stop_flood(db::Tx& tx, const Actor& actor, FloodId id, std::string_view words);
Done clear_flood(db::Tx& tx, const Actor& actor, FloodId id);

// ---- invitations -----------------------------------------------------------------------------------------

struct Stop {
    PersonaId stopped_by;
    Time stopped_at;
    std::optional<Time> undone_at;
};
struct InvitationFile {
    groups::UsedInvitation invitation;
    std::vector<groups::Arrival> arrivals;
    std::optional<Stop> stop;
    std::vector<MemberId> on_hold;  // because of it, ascending
};
// By a host. Faults: `forbidden`, `not_found`.
Result<InvitationFile> invitation_file(db::ReadTx& tx, const Actor& actor, InvitationId id);
// By a host, who says why; audited. It works no more, and who came by it within invitation_days is on hold, but for
// those with a task and those who are on hold already. start_again undoes what this stop did, and no more. Faults as
// above; `invalid`, field "reason"; `conflict`.
Done stop_invitation(db::Tx& tx, const Actor& actor, InvitationId id, std::string_view reason);
Done start_again(db::Tx& tx, const Actor& actor, InvitationId id);
inline constexpr std::int64_t invitation_days = 90;  // then nobody knows any more who came by it

// ---- reading ---------------------------------------------------------------------------------------------

// For conversation::Watch.
bool opens_at_once(const http::Ctx& ctx, ThreadId thread);
Done opens(http::Ctx& ctx, ThreadId thread);
// The numbers that readers are counted against, in this process. Before serving, and after each change of the site;
// with another one everybody begins anew.
void use_numbers(const Numbers& numbers);

struct ReadingAlarm {
    std::int64_t id = 0;
    std::optional<MemberId> member;  // nothing: without an account
    std::int64_t opened = 0;         // at least
    Time began_at, last_at;
};
// The newest first, at most 20, as the next. The caller has asked who acts.
std::vector<ReadingAlarm> reading_alarms(db::ReadTx& tx);
// Keeps one, or raises the one of this reader that goes on, and tells hosts. `opened` since `began_at`.
void note_alarm(db::Tx& tx, std::optional<MemberId> member, std::int64_t opened, Time began_at);

// ---- accounts on hold ------------------------------------------------------------------------------------

// Somebody on hold is here. What is kept of their network is a hash, for as long as they are on hold, at most
// network_days; nothing where the hold is about an alias, which no name may lead to. One for the process.
class HeldVisits {
public:
    // Once in an hour for each of them: the hash takes time. Outside any transaction.
    void note(Services& services, MemberId member, std::string_view network);

private:
    bool is_noted_lately(MemberId member, Time now);

    std::mutex mutex_;
    std::unordered_map<MemberId, Time> noted_;
};
inline constexpr std::int64_t network_days = 90;
// Of a network, to be compared with those of accounts on hold. Takes as long as a password: outside any transaction.
std::string network_digest(Services& services, std::string_view network);
// New accounts from such a network: perhaps the same person, perhaps a neighbour.
struct Hint {
    MemberId member;
    Time at;
};
std::vector<Hint> hints(db::ReadTx& tx);

// ---- upkeep ----------------------------------------------------------------------------------------------

jobs::Handlers handlers(Services& services);
std::vector<http::Route> routes();

}  // namespace kith::doors
