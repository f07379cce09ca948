#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "groups/groups.hpp"

// A group as one reader sees it before joining, and what the reader is in it.
namespace kith::groups {

struct Preview {
    Access access;
    Leaders leaders;
    std::string code;                   // the invitation that opened it, if any
    std::string name;                   // the reader's name there, or the one they would have
    std::string main_name;              // of the reader
    std::optional<std::string> ending;  // why a leader ended the reader's stay
    std::optional<Time> pause_until;    // when the reader may ask again
    bool waiting = false;
    bool full = false;

    const Group& group() const { return access.group; }
    // Whether joining means asking.
    bool asks() const {
        if (access.lead || access.moderate) return false;
        return ending || (group().admission == Admission::request && code.empty());
    }
    bool needs_invitation() const {
        const bool looks_after = access.lead || access.moderate;
        return group().admission == Admission::invitation && code.empty() && !ending && !looks_after;
    }
};
// With a code: also of a group that would be unknown without it. Fault `not_found`.
Result<Preview> preview(db::ReadTx& tx, const Actor& actor, GroupId group, std::string_view code);

}  // namespace kith::groups
