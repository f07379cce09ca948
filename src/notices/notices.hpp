#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "base/ids.hpp"
#include "platform/db/db.hpp"

// What is new for one person, and the outbox of what other features must do.
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
    removal
};
constexpr auto enum_words(Kind) {
    return std::to_array<std::string_view>({"reply", "mention", "support", "welcome", "joined", "request",
                                            "request_accepted", "request_declined", "removal"});
}

// What a notice is about; 0 where it does not apply.
struct About {
    GroupId group{};
    ThreadId thread{};
    std::int64_t number = 0;
    PersonaId from{};
};

// Tells a member, once per kind and subject while unread. Adds a change of kind `notice`.
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

// Leaves a row for the feature that handles `kind`, in this transaction.
void post_to_outbox(db::Tx& tx, std::string_view kind, std::string_view payload_json);

}  // namespace kith::notices
