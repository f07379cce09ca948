#include "groups/store.hpp"

namespace kith::groups::store {

// ---- groups -------------------------------------------------------------------------------------

constexpr db::Sql find_group_sql = R"(
    select id, topic_id, name, purpose, rules, admission, leadership, public_reading, size_limit,
           opens_at_ms, closes_at_ms, sensitive, created_at_ms, archived_at_ms
    from peer_group
    where id = $1)";

std::optional<Group> find_group(db::ReadTx& tx, GroupId group) {
    return tx.first<Group>(find_group_sql, group);
}

constexpr db::Sql find_by_key_sql = R"(
    select id
    from peer_group
    where name_key = $1)";

std::optional<GroupId> find_by_key(db::ReadTx& tx, std::string_view name_key) {
    return tx.first<GroupId>(find_by_key_sql, name_key);
}

constexpr db::Sql name_of_sql = R"(
    select name
    from peer_group
    where id = $1)";

std::string name_of(db::ReadTx& tx, GroupId group) {
    return tx.first<std::string>(name_of_sql, group).value_or(std::string());
}

constexpr db::Sql groups_listed_for_sql = R"(
    select id, topic_id, name, purpose, rules, admission, leadership, public_reading, size_limit,
           opens_at_ms, closes_at_ms, sensitive, created_at_ms, archived_at_ms
    from peer_group
    where archived_at_ms is null
      and (admission <> 'invitation'
           or id in (select group_id
                     from membership
                     where member_id = $1 and left_at_ms is null))
    order by name_key)";

std::vector<Group> groups_listed_for(db::ReadTx& tx, MemberId member) {
    return tx.all<Group>(groups_listed_for_sql, member);
}

constexpr db::Sql all_groups_sql = R"(
    select id, topic_id, name, purpose, rules, admission, leadership, public_reading, size_limit,
           opens_at_ms, closes_at_ms, sensitive, created_at_ms, archived_at_ms
    from peer_group
    order by name_key)";

std::vector<Group> all_groups(db::ReadTx& tx) { return tx.all<Group>(all_groups_sql); }

constexpr db::Sql groups_readable_by_sql = R"(
    select id
    from peer_group
    where archived_at_ms is null
      and (admission = 'open'
           or id in (select group_id
                     from membership
                     where member_id = $1 and left_at_ms is null))
    order by id)";

std::vector<GroupId> groups_readable_by(db::ReadTx& tx, MemberId member) {
    return tx.all<GroupId>(groups_readable_by_sql, member);
}

constexpr db::Sql all_group_ids_sql = R"(
    select id
    from peer_group
    order by id)";

std::vector<GroupId> all_group_ids(db::ReadTx& tx) { return tx.all<GroupId>(all_group_ids_sql); }

constexpr db::Sql public_groups_sql = R"(
    select id
    from peer_group
    where archived_at_ms is null and admission = 'open' and public_reading = 1 and sensitive = 0
    order by id)";

std::vector<GroupId> public_groups(db::ReadTx& tx) { return tx.all<GroupId>(public_groups_sql); }

constexpr db::Sql insert_group_sql = R"(
    insert into peer_group (topic_id, name, name_key, purpose, rules, admission, leadership,
                            public_reading, size_limit, opens_at_ms, closes_at_ms, sensitive,
                            created_at_ms, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    returning id)";

GroupId insert_group(db::Tx& tx, const GroupForm& form, std::string_view name_key,
                     std::optional<MemberId> by) {
    return tx.one<GroupId>(insert_group_sql, form.topic, form.name, name_key, form.purpose, form.rules,
                           form.admission, form.leadership, form.public_reading, form.size_limit,
                           form.opens_at, form.closes_at, form.sensitive, tx.now(), by);
}

constexpr db::Sql update_group_sql = R"(
    update peer_group
    set topic_id = $2,
        name = $3,
        name_key = $4,
        purpose = $5,
        rules = $6,
        admission = $7,
        leadership = $8,
        public_reading = $9,
        size_limit = $10,
        opens_at_ms = $11,
        closes_at_ms = $12,
        sensitive = $13
    where id = $1)";

void update_group(db::Tx& tx, GroupId group, const GroupForm& form, std::string_view name_key) {
    tx.run(update_group_sql, group, form.topic, form.name, name_key, form.purpose, form.rules, form.admission,
           form.leadership, form.public_reading, form.size_limit, form.opens_at, form.closes_at,
           form.sensitive);
}

constexpr db::Sql set_archived_sql = R"(
    update peer_group
    set archived_at_ms = $2
    where id = $1)";

void set_archived(db::Tx& tx, GroupId group, std::optional<Time> at) { tx.run(set_archived_sql, group, at); }

// ---- topics -------------------------------------------------------------------------------------

constexpr db::Sql topics_sql = R"(
    select id, parent_id, name
    from topic
    order by position, id)";

std::vector<Topic> topics(db::ReadTx& tx) { return tx.all<Topic>(topics_sql); }

constexpr db::Sql insert_topic_sql = R"(
    insert into topic (parent_id, name, position)
    values ($1, $2, (select coalesce(max(position), 0) + 1 from topic))
    returning id)";

TopicId insert_topic(db::Tx& tx, std::optional<TopicId> parent, std::string_view name) {
    return tx.one<TopicId>(insert_topic_sql, parent, name);
}

constexpr db::Sql rename_topic_sql = R"(
    update topic
    set name = $2
    where id = $1)";

bool rename_topic(db::Tx& tx, TopicId topic, std::string_view name) {
    return tx.run(rename_topic_sql, topic, name) == 1;
}

// ---- membership ---------------------------------------------------------------------------------

constexpr db::Sql current_persona_sql = R"(
    select persona_id
    from membership
    where group_id = $1 and member_id = $2 and left_at_ms is null)";

std::optional<PersonaId> current_persona(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<PersonaId>(current_persona_sql, group, member);
}

constexpr db::Sql count_members_sql = R"(
    select count(*)
    from membership
    where group_id = $1 and left_at_ms is null)";

int count_members(db::ReadTx& tx, GroupId group) { return tx.one<int>(count_members_sql, group); }

constexpr db::Sql belongings_sql = R"(
    select group_id, persona_id
    from membership
    where member_id = $1 and left_at_ms is null
    order by group_id)";

std::vector<Belonging> belongings(db::ReadTx& tx, MemberId member) {
    return tx.all<Belonging>(belongings_sql, member);
}

constexpr db::Sql my_groups_sql = R"(
    select g.id, g.name, g.closes_at_ms
    from membership m
    join peer_group g on g.id = m.group_id
    where m.member_id = $1 and m.left_at_ms is null and g.archived_at_ms is null
    order by g.name_key)";

std::vector<MyGroup> my_groups(db::ReadTx& tx, MemberId member) {
    return tx.all<MyGroup>(my_groups_sql, member);
}

constexpr db::Sql insert_membership_sql = R"(
    insert into membership (group_id, member_id, persona_id, joined_at_ms, rules_agreed_at_ms,
                            invitation_id)
    values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing)";

bool insert_membership(db::Tx& tx, const NewMembership& membership) {
    return tx.run(insert_membership_sql, membership.group, membership.member, membership.persona, tx.now(),
                  membership.rules_agreed_at, membership.invitation) == 1;
}

constexpr db::Sql end_membership_sql = R"(
    update membership
    set left_at_ms = $3,
        left_reason = $4
    where group_id = $1 and member_id = $2 and left_at_ms is null)";

bool end_membership(db::Tx& tx, GroupId group, MemberId member, std::string_view reason) {
    return tx.run(end_membership_sql, group, member, tx.now(), reason) == 1;
}

constexpr db::Sql update_persona_sql = R"(
    update membership
    set persona_id = $3
    where group_id = $1 and member_id = $2 and left_at_ms is null)";

bool update_persona(db::Tx& tx, GroupId group, MemberId member, PersonaId persona) {
    return tx.run(update_persona_sql, group, member, persona) == 1;
}

// ---- requests -----------------------------------------------------------------------------------

constexpr db::Sql find_request_sql = R"(
    select id, group_id, member_id, words, created_at_ms
    from join_request
    where id = $1)";

std::optional<Request> find_request(db::ReadTx& tx, RequestId request) {
    return tx.first<Request>(find_request_sql, request);
}

constexpr db::Sql waiting_requests_sql = R"(
    select id, group_id, member_id, words, created_at_ms
    from join_request
    where group_id = $1 and decided_at_ms is null
    order by id
    limit $2)";

std::vector<Request> waiting_requests(db::ReadTx& tx, GroupId group, int limit) {
    return tx.all<Request>(waiting_requests_sql, group, limit);
}

constexpr db::Sql is_waiting_sql = R"(
    select 1
    from join_request
    where group_id = $1 and member_id = $2 and decided_at_ms is null)";

bool is_waiting(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.exists(is_waiting_sql, group, member);
}

constexpr db::Sql insert_request_sql = R"(
    insert into join_request (group_id, member_id, words, created_at_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing
    returning id)";

std::optional<RequestId> insert_request(db::Tx& tx, GroupId group, MemberId member, std::string_view words) {
    return tx.first<RequestId>(insert_request_sql, group, member, words, tx.now());
}

constexpr db::Sql decide_request_sql = R"(
    update join_request
    set decided_at_ms = $2,
        decided_by = $3,
        accepted = $4
    where id = $1 and decided_at_ms is null)";

bool decide_request(db::Tx& tx, RequestId request, std::optional<MemberId> by, bool accepted) {
    return tx.run(decide_request_sql, request, tx.now(), by, accepted) == 1;
}

constexpr db::Sql settle_request_sql = R"(
    update join_request
    set decided_at_ms = $3,
        decided_by = member_id,
        accepted = $4
    where group_id = $1 and member_id = $2 and decided_at_ms is null)";

bool settle_request(db::Tx& tx, GroupId group, MemberId member, bool accepted) {
    return tx.run(settle_request_sql, group, member, tx.now(), accepted) == 1;
}

// ---- invitations --------------------------------------------------------------------------------

constexpr db::Sql insert_invitation_sql = R"(
    insert into invitation (group_id, code_digest, label, created_by, created_at_ms, expires_at_ms,
                            uses_left)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning id)";

InvitationId insert_invitation(db::Tx& tx, GroupId group, std::string_view code_digest,
                               const InvitationForm& form, std::optional<MemberId> by) {
    return tx.one<InvitationId>(insert_invitation_sql, group, db::Blob{code_digest}, form.label, by, tx.now(),
                                form.expires_at, form.uses);
}

constexpr db::Sql take_use_sql = R"(
    update invitation
    set uses_left = uses_left - 1,
        used = used + 1
    where code_digest = $1
      and group_id = $2
      and revoked_at_ms is null
      and expires_at_ms > $3
      and uses_left > 0
    returning id)";

std::optional<InvitationId> take_use(db::Tx& tx, GroupId group, std::string_view code_digest) {
    return tx.first<InvitationId>(take_use_sql, db::Blob{code_digest}, group, tx.now());
}

constexpr db::Sql group_opened_by_sql = R"(
    select group_id
    from invitation
    where code_digest = $1
      and revoked_at_ms is null
      and expires_at_ms > $2
      and uses_left > 0)";

std::optional<GroupId> group_opened_by(db::ReadTx& tx, std::string_view code_digest) {
    return tx.first<GroupId>(group_opened_by_sql, db::Blob{code_digest}, tx.now());
}

constexpr db::Sql group_of_invitation_sql = R"(
    select group_id
    from invitation
    where id = $1)";

std::optional<GroupId> group_of_invitation(db::ReadTx& tx, InvitationId invitation) {
    return tx.first<GroupId>(group_of_invitation_sql, invitation);
}

constexpr db::Sql invitations_sql = R"(
    select id, label, created_at_ms, expires_at_ms, uses_left, used, revoked_at_ms
    from invitation
    where group_id = $1
    order by id desc
    limit $2)";

std::vector<Invitation> invitations(db::ReadTx& tx, GroupId group, int limit) {
    return tx.all<Invitation>(invitations_sql, group, limit);
}

constexpr db::Sql revoke_invitation_sql = R"(
    update invitation
    set revoked_at_ms = $2
    where id = $1 and revoked_at_ms is null)";

bool revoke_invitation(db::Tx& tx, InvitationId invitation) {
    return tx.run(revoke_invitation_sql, invitation, tx.now()) == 1;
}

}  // namespace kith::groups::store
