#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"

// The shape that every archive reader turns its source into. Nothing here is stored as it is: the
// importer keeps keys only as keyed digests.
namespace kith::transfer {

struct Message {
    std::string key;          // stable in its source: a Message-ID, or "p<post id>"
    std::string author_key;   // stable in its source: a lower-case address, or "u<user id>"
    std::string author_hint;  // the name the source shows; not used as a name here
    Time written_at;
    std::string subject;
    std::string markdown;    // may hold person_mark()s
    std::string parent_key;  // empty: starts a thread
    std::vector<std::string>
        further_keys;  // what it follows from if the parent is not there, the nearest first
    std::optional<Time> edited_at = {};
    bool removed = false;
    int attachments = 0;
};

// `reason` is a word or two: "duplicate", "empty", "no date", "too large", "not a message".
struct Skipped {
    std::string reason;
    std::int64_t count = 0;
};

struct Conversation {
    std::string key;
    std::string title;
    std::vector<std::size_t> messages;  // indexes into the archive's messages, in order of writing
    // For each of `messages` the position in this conversation of what it replies to, or -1. A
    // parent always stands before its replies.
    std::vector<std::int64_t> parents;
};

}  // namespace kith::transfer
