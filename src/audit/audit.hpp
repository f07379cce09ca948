#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "platform/db/db.hpp"

// Append-only log of who did what to what. Each entry's hash covers its text and the hash before it, so that
// a changed, removed or inserted entry shows.
namespace kith::audit {

// `verb` as "group.created"; `subject` as "group"; `detail` is JSON of ids and words of ours, never member
// text, names, addresses or secrets.
void record(db::Tx& tx, const Actor& actor, std::string_view verb, std::string_view subject,
            std::int64_t subject_id, std::string_view detail = "{}");

struct Entry {
    std::int64_t id = 0;
    Time at;
    std::optional<MemberId> member;
    std::string verb;
    std::string subject;
    std::int64_t subject_id = 0;
    std::string detail;
};

// Newest first, at most `limit`, older than `before` (0: from the newest). For the host; the caller checks.
std::vector<Entry> list(db::ReadTx& tx, std::int64_t before, int limit);

// The last entry of a chain: who kept it sees later whether anything up to it was changed or cut off.
struct Head {
    std::int64_t id = 0;
    std::string hash_hex;
};
std::string in_words(const Head& head);                // "12:0af3..."
std::optional<Head> head_from(std::string_view text);  // the other way

struct Verdict {
    std::int64_t entries = 0;
    std::optional<std::int64_t> first_wrong;  // the first entry that is missing or does not match
    Head head;
};
// Recomputes the whole chain, which must have an entry like `expected`.
Verdict verify(db::ReadTx& tx, const std::optional<Head>& expected = {});

}  // namespace kith::audit
