#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "groups/groups.hpp"
#include "platform/cli/cli.hpp"
#include "platform/services.hpp"
#include "transfer/archive.hpp"

// Bringing real archives in. Nothing of an author is stored but a keyed digest: each becomes a placeholder
// account under a new pseudonym, which the real person can claim with a code.
namespace kith::transfer {

// Everything an archive holds, read and sorted into conversations.
struct Archive {
    std::string source;  // names it in our records: "mbox" or "discourse"
    std::vector<Message> messages;
    std::vector<Conversation> conversations;
    std::map<std::string, std::string> people;  // whom person_mark()s may name: user name, author key
    std::vector<Skipped> skipped;               // messages, by reason
    std::vector<Skipped> notes;                 // what else did not come along, such as likes
    std::vector<std::string> problems;          // what could not be read, each a sentence
    std::int64_t read = 0;                      // messages met, also those left out
};

// Called now and then: how much is done (0 to 1) and how many messages so far.
using OnProgress = std::function<void(double fraction, std::int64_t messages)>;

// Faults `not_found` and `invalid`; what is broken in between is among the problems.
Result<Archive> read_mbox(const std::string& path, const OnProgress& progress);
Result<Archive> read_discourse(const std::string& folder, const OnProgress& progress);

// Where an archive goes.
struct Target {
    std::string group;  // by name; made if it is missing
    // Of a group that is made. People wrote for those who could read then, so nobody just walks in.
    groups::Admission admission = groups::Admission::request;
    // Tells two sites apart whose numbers mean different things, and one site in two groups as the same people.
    std::string site = {};
};

// messages = imported + skipped; the counts of the reasons add up to skipped.
struct Report {
    std::int64_t messages = 0;  // in the archive
    std::int64_t imported = 0;  // new in this run
    std::int64_t skipped = 0;   // left out, and those that were here already
    std::int64_t threads = 0;   // new in this run
    std::int64_t authors = 0;   // new in this group in this run
    std::vector<Skipped> reasons;
    bool makes_group = false;  // there is none of that name yet
};

// Writes the archive into the group. Many small transactions, each with its own records: killed at any point and run
// again it goes on where it was; run twice it adds nothing. What one group has is nothing to another: the same
// message may stand in both. An author has a name of their own in each group, and one account behind them all.
Result<Report> import_archive(Services& services, const Archive& archive, const Target& target,
                              const OnProgress& progress);
// What import_archive would report, from what is there now; writes nothing.
Result<Report> foresee_import(Services& services, const Archive& archive, const Target& target);

// The member who wrote from this mail address in any archive. Fault `not_found`.
Result<MemberId> member_behind(db::ReadTx& tx, std::string_view address);

std::vector<cli::Command> commands();

}  // namespace kith::transfer
