#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "groups/groups.hpp"

// All SQL of the feature, on the tables of schema/0004_groups.sql alone. Rows in, rows out; no decisions.
namespace kith::groups::store {

// ---- groups and topics --------------------------------------------------------------------------

std::optional<Group> find_group(db::ReadTx& tx, GroupId group);
std::optional<GroupId> find_by_key(db::ReadTx& tx, std::string_view name_key);
std::string name_of(db::ReadTx& tx, GroupId group);  // empty if there is none
// Not archived, and either not by invitation or the member's own. By name.
std::vector<Group> groups_listed_for(db::ReadTx& tx, MemberId member);
std::vector<Group> all_groups(db::ReadTx& tx);
// Not archived, and open, or the member's own. Ascending.
std::vector<GroupId> groups_readable_by(db::ReadTx& tx, MemberId member);
std::vector<GroupId> all_group_ids(db::ReadTx& tx);
// Open groups that people without an account may read. Ascending.
std::vector<GroupId> public_groups(db::ReadTx& tx);

GroupId insert_group(db::Tx& tx, const GroupForm& form, std::string_view name_key,
                     std::optional<MemberId> by);
void update_group(db::Tx& tx, GroupId group, const GroupForm& form, std::string_view name_key);
void set_archived(db::Tx& tx, GroupId group, std::optional<Time> at);

// By position.
std::vector<Topic> topics(db::ReadTx& tx);
TopicId insert_topic(db::Tx& tx, std::optional<TopicId> parent, std::string_view name);
bool rename_topic(db::Tx& tx, TopicId topic, std::string_view name);

// ---- membership ---------------------------------------------------------------------------------

// The name the member uses in a group they belong to now.
std::optional<PersonaId> current_persona(db::ReadTx& tx, GroupId group, MemberId member);
int count_members(db::ReadTx& tx, GroupId group);
struct Belonging {
    GroupId group;
    PersonaId persona;
};
// Ascending by group.
std::vector<Belonging> belongings(db::ReadTx& tx, MemberId member);
std::vector<MyGroup> my_groups(db::ReadTx& tx, MemberId member);

struct NewMembership {
    GroupId group;
    MemberId member;
    PersonaId persona;
    Time rules_agreed_at;
    std::optional<InvitationId> invitation;
};
// False if the member belongs to the group already.
bool insert_membership(db::Tx& tx, const NewMembership& membership);
bool end_membership(db::Tx& tx, GroupId group, MemberId member, std::string_view reason);
bool update_persona(db::Tx& tx, GroupId group, MemberId member, PersonaId persona);

// ---- requests -----------------------------------------------------------------------------------

struct Request {
    RequestId id;
    GroupId group;
    MemberId member;
    std::string words;
    Time created_at;
};
std::optional<Request> find_request(db::ReadTx& tx, RequestId request);
// Oldest first.
std::vector<Request> waiting_requests(db::ReadTx& tx, GroupId group, int limit);
bool is_waiting(db::ReadTx& tx, GroupId group, MemberId member);
// Nothing if one is waiting already.
std::optional<RequestId> insert_request(db::Tx& tx, GroupId group, MemberId member, std::string_view words);
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
std::vector<Invitation> invitations(db::ReadTx& tx, GroupId group, int limit);
bool revoke_invitation(db::Tx& tx, InvitationId invitation);

}  // namespace kith::groups::store
