#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
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
    std::vector<Skipped> skipped;
    std::int64_t read = 0;  // messages met, also those left out
};

// Called now and then: how much is done (0 to 1) and how many messages so far.
using OnProgress = std::function<void(double fraction, std::int64_t messages)>;

Result<Archive> read_mbox(const std::string& path, const OnProgress& progress);
Result<Archive> read_discourse(const std::string& folder, const OnProgress& progress);

struct Report {
    std::int64_t messages = 0;  // in the archive
    std::int64_t imported = 0;  // new in this run
    std::int64_t skipped = 0;   // left out, and those that were here already
    std::int64_t threads = 0;   // new in this run
    std::int64_t authors = 0;   // new in this run
    std::vector<Skipped> reasons;
};

// Writes the archive into the group of that name, which is made if it is missing. Many small transactions, each
// with its own records: killed at any point and run again it goes on where it was; run twice it adds nothing.
Result<Report> import_archive(Services& services, const Archive& archive, std::string_view group,
                              const OnProgress& progress);

}  // namespace kith::transfer
