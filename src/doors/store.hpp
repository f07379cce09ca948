#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doors/doors.hpp"

// All SQL of doors: rows in, rows out, no decisions. flood_store.cpp: what new accounts write.
namespace kith::doors::store {

Numbers numbers(db::ReadTx& tx);
void set_numbers(db::Tx& tx, const Numbers& numbers);

enum class Purpose { work, network };
constexpr auto enum_words(Purpose) { return std::to_array<std::string_view>({"work", "network"}); }
std::optional<std::string> secret(db::ReadTx& tx, Purpose purpose);
void insert_secret(db::Tx& tx, Purpose purpose, std::string_view secret);  // the first one stays

// ---- signing up ------------------------------------------------------------------------------------------

void add_count(db::Tx& tx, std::int64_t slot, const Count& count);
Count count_from(db::ReadTx& tx, std::int64_t first_slot);
bool is_spent(db::ReadTx& tx, std::string_view work);
bool spend(db::Tx& tx, std::string_view work);  // false if it was spent before

// ---- what new accounts write -----------------------------------------------------------------------------

struct Written {
    std::int64_t posts = 0, threads = 0;
};
Written written_since(db::ReadTx& tx, MemberId member, Time since);
void insert_newcomer_post(db::Tx& tx, PostId post, MemberId member, bool begins);
void insert_words(db::Tx& tx, FloodKind kind, std::string_view digest, PostId post, MemberId member);
void forget_words_of(db::Tx& tx, PostId post);
struct Same {
    PostId post;
    MemberId member;
};
// Those with this digest, the oldest first.
std::vector<Same> posts_with(db::ReadTx& tx, std::string_view digest, int limit);

std::optional<Flood> find_flood(db::ReadTx& tx, FloodId id);
std::optional<Flood> flood_with(db::ReadTx& tx, std::string_view digest);
std::vector<Flood> floods(db::ReadTx& tx, int limit);
FloodId insert_flood(db::Tx& tx, FloodKind kind, std::string_view digest);
bool add_to_flood(db::Tx& tx, FloodId flood, PostId post);  // false if it is there already
void decide_flood(db::Tx& tx, FloodId flood, FloodOutcome outcome, std::string_view words, PersonaId by);
struct FloodPost {
    PostId post;
    std::optional<CaseId> by_case;
};
std::vector<FloodPost> posts_of(db::ReadTx& tx, FloodId flood, PostId after, int limit);
void set_case(db::Tx& tx, FloodId flood, PostId post, std::optional<CaseId> by_case);

// ---- invitations -----------------------------------------------------------------------------------------

std::optional<Stop> find_stop(db::ReadTx& tx, InvitationId id);
void put_stop(db::Tx& tx, InvitationId id, PersonaId by);
void end_stop(db::Tx& tx, InvitationId id);
std::vector<MemberId> stopped_by(db::ReadTx& tx, InvitationId id);  // ascending
void insert_stopped(db::Tx& tx, InvitationId id, MemberId member);
void forget_stopped(db::Tx& tx, InvitationId id);

// ---- reading, holds --------------------------------------------------------------------------------------

// The one that began then, or a new one.
void put_alarm(db::Tx& tx, std::optional<MemberId> member, std::int64_t opened, Time began_at);
std::vector<ReadingAlarm> alarms(db::ReadTx& tx, int limit);

void put_network(db::Tx& tx, MemberId member, std::string_view digest, Time until);
bool any_network(db::ReadTx& tx);
bool is_network_held(db::ReadTx& tx, std::string_view digest);
std::vector<MemberId> held_members(db::ReadTx& tx);
void forget_networks_of(db::Tx& tx, MemberId member);
void forget_secret(db::Tx& tx, Purpose purpose);
void put_hint(db::Tx& tx, MemberId member);
std::vector<Hint> hints(db::ReadTx& tx, int limit);

// ---- upkeep ----------------------------------------------------------------------------------------------

void forget_counts_before(db::Tx& tx, std::int64_t slot);
void forget_spent_before(db::Tx& tx, Time time);
void forget_newcomers_before(db::Tx& tx, Time time);
void forget_floods_before(db::Tx& tx, Time time);
void forget_alarms_before(db::Tx& tx, Time time);
void forget_hints_before(db::Tx& tx, Time time);
void forget_networks_before(db::Tx& tx, Time time);
void forget_stops_before(db::Tx& tx, Time time);

}  // namespace kith::doors::store
