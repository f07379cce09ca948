#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "base/ids.hpp"
#include "platform/db/db.hpp"

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
    membership_ended
};
constexpr auto enum_words(Kind) {
    return std::to_array<std::string_view>({"reply", "mention", "support", "welcome", "joined", "request",
                                            "request_accepted", "request_declined", "removal",
                                            "membership_ended"});
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
// Tells a member who is not told yet. Adds a change of kind `notice`.
void tell(db::Tx& tx, MemberId member, Kind kind, const About& about);

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
std::vector<Notice> list_for(db::ReadTx& tx, MemberId member, std::int64_t before, int limit);
bool any_unread(db::ReadTx& tx, MemberId member);
void mark_all_read(db::Tx& tx, MemberId member);
// The replies and mentions of a thread that was read to its end.
void mark_read_in(db::Tx& tx, MemberId member, ThreadId thread);
// What is about posts and from this person.
void mark_read_from(db::Tx& tx, MemberId member, PersonaId from);

}  // namespace kith::notices
