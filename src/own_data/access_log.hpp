#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/enum.hpp"
#include "platform/db/db.hpp"

// Who has looked at what only a member themselves should know, or has changed their account; for the member alone.
namespace kith::own_data {

enum class Looked {
    looked_up,     // a host, at who writes under a name
    unmasked,      // two who look after a group, at who wrote an anonymous post
    reached,       // two who look after a group, at how to reach the member in an emergency
    exported,      // a host gave a case about the member's words to an authority
    named,         // a host gave a report of the member, with their name, to an authority
    held,          // an account put on hold
    hold_lifted,   // and taken off it
    reset_code,    // a code made that lets somebody choose a new password
    factors_ended  // passkeys and codes taken away, as after a loss
};
constexpr auto enum_words(Looked) {
    return std::to_array<std::string_view>({"looked_up", "unmasked", "reached", "exported", "named", "held",
                                            "hold_lifted", "reset_code", "factors_ended"});
}

struct Opening {
    Time at;
    Looked what = Looked::looked_up;
    std::optional<std::string> name;    // the name or alias of the member that it was about
    std::optional<std::string> reason;  // as it was written down
    std::optional<std::string> by;      // who did it; nothing: the house, or somebody who has left
    std::optional<std::string> with;    // who agreed
};

// A look at who somebody is shows after so long: it may be about their safety, or that of others (ADR 0024).
inline constexpr int days_unseen = 7;

// The newest first, at most `limit`.
std::vector<Opening> access_log(db::ReadTx& tx, MemberId member, std::size_t limit);

}  // namespace kith::own_data
