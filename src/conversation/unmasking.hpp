#pragma once

#include "conversation/conversation.hpp"

// Finding out who wrote an anonymous post, when somebody may be in danger: two people who look after the group (lead it
// or moderate it) do it together, and every step is audited. The author and all others are told nothing. Private to
// conversation.
namespace kith::conversation {

inline constexpr std::int64_t unmasking_ms = day_ms;  // to agree, and then to see the name

struct Unmasking {
    enum class State { none, asked, agreed };
    State state = State::none;
    PersonaId alias;
    bool is_part = false;             // the actor is the one who asked, or who agreed
    std::string asked_by, agreed_by;  // names in the group
    std::string reason;
    Time asked_at, until;
    std::vector<std::string> others;  // who could be the second person, by their names in the group
};
constexpr auto enum_words(Unmasking::State) {
    return std::to_array<std::string_view>({"none", "asked", "agreed"});
}

// How far it has come for the author of a post, who may have other posts in the thread. By a person who looks after the
// group. Fault `not_found`, also for a post that is not anonymous and for the author.
Result<Unmasking> unmasking_of(db::ReadTx& tx, const Actor& actor, PostId post);

// Each step needs identity::require_confirmed: fault `invalid`, field "current".
// Faults besides: `invalid` with field "reason"; `conflict` when somebody has asked already.
Done ask_unmasking(db::Tx& tx, const Actor& actor, PostId post, std::string_view reason);
// By another person than the one who asked, within the time. Fault `conflict`.
Done agree_to_unmasking(db::Tx& tx, const Actor& actor, PostId post);
// The name the author has in the group, for the two alone and within the time. Fault `conflict`. Audited each time.
Result<std::string> see_unmasked(db::Tx& tx, const Actor& actor, PostId post);

// For the host: the newest first, without who it was.
struct UnmaskingRow {
    PostId post;
    MemberId asked_by;
    std::string reason;
    Time asked_at;
    std::optional<MemberId> agreed_by;
    std::optional<Time> agreed_at;
};
Result<std::vector<UnmaskingRow>> list_unmaskings(db::ReadTx& tx, const Actor& actor, int limit);

namespace store {

struct Unmask {
    std::int64_t id = 0;
    MemberId asked_by;
    std::string reason;
    Time asked_at;
    std::optional<MemberId> agreed_by;
    std::optional<Time> agreed_at;
};
std::optional<Unmask> last_unmasking(db::ReadTx& tx, PersonaId alias);
void insert_unmasking(db::Tx& tx, PersonaId alias, PostId post, MemberId by, std::string_view reason);
void agree_to_unmasking(db::Tx& tx, std::int64_t unmasking, MemberId by);
std::vector<UnmaskingRow> unmaskings(db::ReadTx& tx, int limit);

}  // namespace store
}  // namespace kith::conversation
