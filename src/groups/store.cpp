#include "groups/store.hpp"

namespace kith::groups::store {

// ---- groups -------------------------------------------------------------------------------------

constexpr db::Sql find_group_sql = R"(
    select id, topic_id, name, purpose, rules, admission, leadership, hours, public_reading,
           size_limit, opens_at_ms, closes_at_ms, sensitive, anonymous_posting, created_at_ms,
           archived_at_ms, tone
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

constexpr db::Sql names_of_sql = R"(
    select id, name
    from peer_group
    where id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                 $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))";

std::vector<Name> names_of(db::ReadTx& tx, const std::array<GroupId, names_at_once>& ids) {
    return std::apply([&](const auto&... id) { return tx.all<Name>(names_of_sql, id...); }, ids);
}

constexpr db::Sql groups_listed_for_sql = R"(
    select id, topic_id, name, purpose, rules, admission, leadership, hours, public_reading,
           size_limit, opens_at_ms, closes_at_ms, sensitive, anonymous_posting, created_at_ms,
           archived_at_ms, tone
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
    select id, topic_id, name, purpose, rules, admission, leadership, hours, public_reading,
           size_limit, opens_at_ms, closes_at_ms, sensitive, anonymous_posting, created_at_ms,
           archived_at_ms, tone
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

constexpr db::Sql search_words_sql = R"(
    select id, words
    from peer_group)";

std::unordered_map<GroupId, std::string> search_words(db::ReadTx& tx) {
    std::unordered_map<GroupId, std::string> out;
    for (const db::Row row : tx.query(search_words_sql))
        out.emplace(row.get<GroupId>(0), row.get<std::string>(1));
    return out;
}

constexpr db::Sql insert_group_sql = R"(
    insert into peer_group (topic_id, name, name_key, purpose, rules, admission, leadership, hours,
                            public_reading, size_limit, opens_at_ms, closes_at_ms, sensitive, words,
                            created_at_ms, created_by, anonymous_posting, tone)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
    returning id)";

GroupId insert_group(db::Tx& tx, const GroupForm& form, const GroupKeys& keys, std::optional<MemberId> by) {
    return tx.one<GroupId>(insert_group_sql, form.topic, form.name, keys.name, form.purpose, form.rules,
                           form.admission, form.leadership, form.hours, form.public_reading, form.size_limit,
                           form.opens_at, form.closes_at, form.sensitive, keys.words, tx.now(), by,
                           form.anonymous_posting, form.tone);
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
        hours = $9,
        public_reading = $10,
        size_limit = $11,
        opens_at_ms = $12,
        closes_at_ms = $13,
        sensitive = $14,
        words = $15,
        anonymous_posting = $16,
        tone = $17
    where id = $1)";

void update_group(db::Tx& tx, GroupId group, const GroupForm& form, const GroupKeys& keys) {
    tx.run(update_group_sql, group, form.topic, form.name, keys.name, form.purpose, form.rules,
           form.admission, form.leadership, form.hours, form.public_reading, form.size_limit, form.opens_at,
           form.closes_at, form.sensitive, keys.words, form.anonymous_posting, form.tone);
}

constexpr db::Sql set_archived_sql = R"(
    update peer_group
    set archived_at_ms = $2
    where id = $1)";

void set_archived(db::Tx& tx, GroupId group, std::optional<Time> at) { tx.run(set_archived_sql, group, at); }

// ---- topics -------------------------------------------------------------------------------------

constexpr db::Sql topics_sql = R"(
    select id, parent_id, name, position
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

constexpr db::Sql place_topic_sql = R"(
    update topic
    set parent_id = $2,
        position = $3
    where id = $1)";

void place_topic(db::Tx& tx, TopicId topic, std::optional<TopicId> parent, std::int64_t position) {
    tx.run(place_topic_sql, topic, parent, position);
}

constexpr db::Sql topics_in_use_sql = R"(
    select distinct topic_id
    from peer_group
    where topic_id is not null)";

std::vector<TopicId> topics_in_use(db::ReadTx& tx) { return tx.all<TopicId>(topics_in_use_sql); }

constexpr db::Sql delete_topic_sql = R"(
    delete from topic
    where id = $1)";

void delete_topic(db::Tx& tx, TopicId topic) { tx.run(delete_topic_sql, topic); }

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
    limit $2 offset $3)";

std::vector<Invitation> invitations(db::ReadTx& tx, GroupId group, int limit, int offset) {
    return tx.all<Invitation>(invitations_sql, group, limit, offset);
}

constexpr db::Sql count_invitations_sql = R"(
    select count(*)
    from invitation
    where group_id = $1)";

int count_invitations(db::ReadTx& tx, GroupId group) { return tx.one<int>(count_invitations_sql, group); }

constexpr db::Sql revoke_invitation_sql = R"(
    update invitation
    set revoked_at_ms = $2
    where id = $1 and revoked_at_ms is null)";

bool revoke_invitation(db::Tx& tx, InvitationId invitation) {
    return tx.run(revoke_invitation_sql, invitation, tx.now()) == 1;
}

// ---- tries --------------------------------------------------------------------------------------

constexpr db::Sql tries_since_sql = R"(
    select count(*)
    from group_try
    where key_digest = $1 and at_ms > $2)";

int tries_since(db::ReadTx& tx, std::string_view key_digest, Time since) {
    return tx.one<int>(tries_since_sql, db::Blob{key_digest}, since);
}

constexpr db::Sql insert_try_sql = R"(
    insert into group_try (key_digest, at_ms)
    values ($1, $2))";

void insert_try(db::Tx& tx, std::string_view key_digest) {
    tx.run(insert_try_sql, db::Blob{key_digest}, tx.now());
}

constexpr db::Sql delete_tries_before_sql = R"(
    delete from group_try
    where at_ms < $1)";

void delete_tries_before(db::Tx& tx, Time time) { tx.run(delete_tries_before_sql, time); }

}  // namespace kith::groups::store
