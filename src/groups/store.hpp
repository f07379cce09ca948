#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "groups/groups.hpp"

// All SQL of the feature, on the tables of schema/0004_groups.sql alone. Rows in, rows out; no decisions.
// membership_store.cpp: who belongs and who asked; store.cpp: the rest.
namespace kith::groups::store {

// ---- groups and topics --------------------------------------------------------------------------

std::optional<Group> find_group(db::ReadTx& tx, GroupId group);
std::optional<GroupId> find_by_key(db::ReadTx& tx, std::string_view name_key);
struct Name {
    GroupId group;
    std::string name;
};
inline constexpr std::size_t names_at_once = 20;
std::vector<Name> names_of(db::ReadTx& tx, const std::array<GroupId, names_at_once>& ids);
// Not archived, and either not by invitation or the member's own. By name.
std::vector<Group> groups_listed_for(db::ReadTx& tx, MemberId member);
std::vector<Group> all_groups(db::ReadTx& tx);
// Not archived, and open, or the member's own. Ascending.
std::vector<GroupId> groups_readable_by(db::ReadTx& tx, MemberId member);
std::vector<GroupId> all_group_ids(db::ReadTx& tx);
// Open groups that people without an account may read. Ascending.
std::vector<GroupId> public_groups(db::ReadTx& tx);

// What the directory finds each group by, folded: all groups in one read.
std::unordered_map<GroupId, std::string> search_words(db::ReadTx& tx);

struct GroupKeys {
    std::string name;
    std::string words;
};
GroupId insert_group(db::Tx& tx, const GroupForm& form, const GroupKeys& keys, std::optional<MemberId> by);
void update_group(db::Tx& tx, GroupId group, const GroupForm& form, const GroupKeys& keys);
void set_archived(db::Tx& tx, GroupId group, std::optional<Time> at);

// By position.
std::vector<Topic> topics(db::ReadTx& tx);
TopicId insert_topic(db::Tx& tx, std::optional<TopicId> parent, std::string_view name);
bool rename_topic(db::Tx& tx, TopicId topic, std::string_view name);
void place_topic(db::Tx& tx, TopicId topic, std::optional<TopicId> parent, std::int64_t position);
std::vector<TopicId> topics_in_use(db::ReadTx& tx);  // by groups
void delete_topic(db::Tx& tx, TopicId topic);

// ---- membership ---------------------------------------------------------------------------------

struct Belonging {
    GroupId group;
    PersonaId persona;
    std::optional<Time> rules_agreed_at;
    std::optional<Time> first_post_at;
};
// How the member belongs to a group now.
std::optional<Belonging> belonging(db::ReadTx& tx, GroupId group, MemberId member);
std::vector<Belonging> belongings(db::ReadTx& tx, MemberId member);  // ascending by group
// The name used in a group now, or the last one of somebody who has left.
std::optional<PersonaId> latest_persona(db::ReadTx& tx, GroupId group, MemberId member);
struct NameUsed {
    MemberId member;
    PersonaId persona;
};
inline constexpr std::size_t members_at_once = 10;
// The same of several; ids of 0 fill up.
std::vector<NameUsed> latest_personas(db::ReadTx& tx, GroupId group,
                                      const std::array<MemberId, members_at_once>& members);
// Why a leader ended the member's last stay; nothing if no leader did.
std::optional<std::string> ending_reason(db::ReadTx& tx, GroupId group, MemberId member);
// Names that were ever used in a group.
void insert_name(db::Tx& tx, GroupId group, PersonaId persona);
bool was_name_used(db::ReadTx& tx, GroupId group, PersonaId persona);
std::vector<MemberId> members(db::ReadTx& tx, GroupId group);  // ascending
int count_members(db::ReadTx& tx, GroupId group);
std::vector<MyGroup> my_groups(db::ReadTx& tx, MemberId member);

struct NewMembership {
    GroupId group;
    MemberId member;
    PersonaId persona;
    std::optional<Time> rules_agreed_at;
    std::optional<InvitationId> invitation;
};
// False if the member belongs to the group already.
bool insert_membership(db::Tx& tx, const NewMembership& membership);
bool agree_to_rules(db::Tx& tx, GroupId group, MemberId member);
void note_first_post(db::Tx& tx, GroupId group, MemberId member);
struct Ending {
    std::string_view reason;
    std::optional<MemberId> by;  // the leader, 0 for the house; nothing for who leaves
};
bool end_membership(db::Tx& tx, GroupId group, MemberId member, const Ending& ending);
bool update_persona(db::Tx& tx, GroupId group, MemberId member, PersonaId persona);

// ---- requests -----------------------------------------------------------------------------------

struct Request {
    RequestId id;
    GroupId group;
    MemberId member;
    PersonaId persona;
    std::string words;
    Time created_at;
};
std::optional<Request> find_request(db::ReadTx& tx, RequestId request);
// Oldest first.
std::vector<Request> waiting_requests(db::ReadTx& tx, GroupId group, int limit);
std::optional<Request> waiting_request(db::ReadTx& tx, GroupId group, MemberId member);
// When the member's last request was declined by somebody else.
std::optional<Time> declined_at(db::ReadTx& tx, GroupId group, MemberId member);
struct NewRequest {
    GroupId group;
    MemberId member;
    PersonaId persona;
    std::string_view words;
};
// Nothing if one is waiting already.
std::optional<RequestId> insert_request(db::Tx& tx, const NewRequest& request);
// False if somebody has decided already.
bool decide_request(db::Tx& tx, RequestId request, std::optional<MemberId> by, bool accepted);
// Ends the waiting request of a member, if there is one.
bool settle_request(db::Tx& tx, GroupId group, MemberId member, bool accepted);

// ---- invitations --------------------------------------------------------------------------------

InvitationId insert_invitation(db::Tx& tx, GroupId group, std::string_view code_digest,
                               const InvitationForm& form, std::optional<MemberId> by);
// Takes one use in one statement; nothing if the code does not open this group now.
std::optional<InvitationId> take_use(db::Tx& tx, GroupId group, std::string_view code_digest);
std::optional<GroupId> group_opened_by(db::ReadTx& tx, std::string_view code_digest);
std::optional<GroupId> group_of_invitation(db::ReadTx& tx, InvitationId invitation);
// Newest first.
std::vector<Invitation> invitations(db::ReadTx& tx, GroupId group, int limit, int offset);
int count_invitations(db::ReadTx& tx, GroupId group);
bool revoke_invitation(db::Tx& tx, InvitationId invitation);
bool restore_invitation(db::Tx& tx, InvitationId invitation, Time revoked_at);

// arrival_store.cpp: who came by them.
struct Used {
    InvitationId id;
    GroupId group;
    std::string label;
    std::optional<MemberId> made_by;
    Time expires_at;
    int uses_left = 0;
    std::optional<Time> revoked_at;
    int came = 0, came_lately = 0;
};
std::vector<Used> used_invitations(db::ReadTx& tx, Time since, Time lately, int limit);
std::optional<Used> find_used(db::ReadTx& tx, InvitationId id, Time lately);
std::vector<Arrival> arrivals_by(db::ReadTx& tx, InvitationId id);
// The invitation by which a member came to the group, if that is still known.
std::optional<InvitationId> came_by(db::ReadTx& tx, GroupId group, MemberId member);
void forget_arrivals_before(db::Tx& tx, Time time);

// ---- tries --------------------------------------------------------------------------------------

int tries_since(db::ReadTx& tx, std::string_view key_digest, Time since);
void insert_try(db::Tx& tx, std::string_view key_digest);
void delete_tries_before(db::Tx& tx, Time time);

}  // namespace kith::groups::store
