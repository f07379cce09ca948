#include "groups/store.hpp"

#include <tuple>

namespace kith::groups::store {

// ---- membership ---------------------------------------------------------------------------------

constexpr db::Sql belonging_sql = R"(
    select group_id, persona_id, rules_agreed_at_ms, first_post_at_ms
    from membership
    where group_id = $1 and member_id = $2 and left_at_ms is null)";

std::optional<Belonging> belonging(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<Belonging>(belonging_sql, group, member);
}

constexpr db::Sql belongings_sql = R"(
    select group_id, persona_id, rules_agreed_at_ms, first_post_at_ms
    from membership
    where member_id = $1 and left_at_ms is null
    order by group_id)";

std::vector<Belonging> belongings(db::ReadTx& tx, MemberId member) {
    return tx.all<Belonging>(belongings_sql, member);
}

constexpr db::Sql latest_persona_sql = R"(
    select persona_id
    from membership
    where member_id = $1 and group_id = $2
    order by id desc
    limit 1)";

std::optional<PersonaId> latest_persona(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<PersonaId>(latest_persona_sql, member, group);
}

constexpr db::Sql latest_personas_sql = R"(
    select m.member_id, m.persona_id
    from membership m
    where m.group_id = $1
      and m.member_id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      and m.id = (select max(l.id)
                  from membership l
                  where l.member_id = m.member_id and l.group_id = m.group_id))";

std::vector<NameUsed> latest_personas(db::ReadTx& tx, GroupId group,
                                      const std::array<MemberId, members_at_once>& members) {
    return std::apply(
        [&](const auto&... member) { return tx.all<NameUsed>(latest_personas_sql, group, member...); },
        members);
}

constexpr db::Sql ending_reason_sql = R"(
    select coalesce(m.left_reason, '')
    from membership m
    where m.member_id = $1 and m.group_id = $2 and m.ended_by is not null
      and m.id = (select max(l.id)
                  from membership l
                  where l.member_id = m.member_id and l.group_id = m.group_id))";

std::optional<std::string> ending_reason(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<std::string>(ending_reason_sql, member, group);
}

constexpr db::Sql insert_name_sql = R"(
    insert into group_name (group_id, persona_id, since_ms)
    values ($1, $2, $3)
    on conflict do nothing)";

void insert_name(db::Tx& tx, GroupId group, PersonaId persona) {
    tx.run(insert_name_sql, group, persona, tx.now());
}

constexpr db::Sql was_name_used_sql = R"(
    select 1
    from group_name
    where group_id = $1 and persona_id = $2)";

bool was_name_used(db::ReadTx& tx, GroupId group, PersonaId persona) {
    return tx.exists(was_name_used_sql, group, persona);
}

constexpr db::Sql members_sql = R"(
    select member_id
    from membership
    where group_id = $1 and left_at_ms is null
    order by member_id)";

std::vector<MemberId> members(db::ReadTx& tx, GroupId group) { return tx.all<MemberId>(members_sql, group); }

constexpr db::Sql count_members_sql = R"(
    select count(*)
    from membership
    where group_id = $1 and left_at_ms is null)";

int count_members(db::ReadTx& tx, GroupId group) { return tx.one<int>(count_members_sql, group); }

constexpr db::Sql my_groups_sql = R"(
    select g.id, g.name, g.closes_at_ms, m.joined_at_ms
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

constexpr db::Sql agree_to_rules_sql = R"(
    update membership
    set rules_agreed_at_ms = $3
    where group_id = $1 and member_id = $2 and left_at_ms is null and rules_agreed_at_ms is null)";

bool agree_to_rules(db::Tx& tx, GroupId group, MemberId member) {
    return tx.run(agree_to_rules_sql, group, member, tx.now()) == 1;
}

constexpr db::Sql note_first_post_sql = R"(
    update membership
    set first_post_at_ms = $3
    where group_id = $1 and member_id = $2 and left_at_ms is null and first_post_at_ms is null)";

void note_first_post(db::Tx& tx, GroupId group, MemberId member) {
    tx.run(note_first_post_sql, group, member, tx.now());
}

constexpr db::Sql end_membership_sql = R"(
    update membership
    set left_at_ms = $3,
        left_reason = $4,
        ended_by = $5
    where group_id = $1 and member_id = $2 and left_at_ms is null)";

bool end_membership(db::Tx& tx, GroupId group, MemberId member, const Ending& ending) {
    return tx.run(end_membership_sql, group, member, tx.now(), ending.reason, ending.by) == 1;
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
    select id, group_id, member_id, persona_id, words, created_at_ms
    from join_request
    where id = $1)";

std::optional<Request> find_request(db::ReadTx& tx, RequestId request) {
    return tx.first<Request>(find_request_sql, request);
}

constexpr db::Sql waiting_requests_sql = R"(
    select id, group_id, member_id, persona_id, words, created_at_ms
    from join_request
    where group_id = $1 and decided_at_ms is null
    order by id
    limit $2)";

std::vector<Request> waiting_requests(db::ReadTx& tx, GroupId group, int limit) {
    return tx.all<Request>(waiting_requests_sql, group, limit);
}

constexpr db::Sql waiting_request_sql = R"(
    select id, group_id, member_id, persona_id, words, created_at_ms
    from join_request
    where group_id = $1 and member_id = $2 and decided_at_ms is null)";

std::optional<Request> waiting_request(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<Request>(waiting_request_sql, group, member);
}

constexpr db::Sql declined_at_sql = R"(
    select decided_at_ms
    from join_request
    where member_id = $1 and group_id = $2 and accepted = 0 and decided_by is distinct from member_id
    order by id desc
    limit 1)";

std::optional<Time> declined_at(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<Time>(declined_at_sql, member, group);
}

constexpr db::Sql insert_request_sql = R"(
    insert into join_request (group_id, member_id, persona_id, words, created_at_ms)
    values ($1, $2, $3, $4, $5)
    on conflict do nothing
    returning id)";

std::optional<RequestId> insert_request(db::Tx& tx, const NewRequest& request) {
    return tx.first<RequestId>(insert_request_sql, request.group, request.member, request.persona,
                               request.words, tx.now());
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

}  // namespace kith::groups::store
