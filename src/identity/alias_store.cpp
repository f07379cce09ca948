#include "identity/store.hpp"

namespace kith::identity::store {

// The key of an alias holds a sign that no key of a typed name has.
constexpr db::Sql insert_alias_sql = R"(
    insert into persona (member_id, group_id, thread_id, name, name_key, created_at_ms)
    values ($1, $2, 0, '', $3, $4)
    returning id)";

PersonaId insert_alias(db::Tx& tx, MemberId member, GroupId group) {
    const std::string key = "~" + std::to_string(member.value());
    return tx.one<PersonaId>(insert_alias_sql, member, group, key, tx.now());
}

constexpr db::Sql place_alias_sql = R"(
    update persona
    set thread_id = $2,
        name = $3,
        name_key = $4
    where id = $1)";

void place_alias(db::Tx& tx, PersonaId alias, ThreadId thread, std::string_view name, std::string_view key) {
    tx.run(place_alias_sql, alias, thread, name, key);
}

constexpr db::Sql find_alias_sql = R"(
    select id, name
    from persona
    where member_id = $1 and thread_id = $2)";

std::optional<Persona> find_alias(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return tx.first<Persona>(find_alias_sql, member, thread);
}

constexpr db::Sql count_aliases_sql = R"(
    select count(*)
    from persona
    where thread_id = $1)";

std::int64_t count_aliases(db::ReadTx& tx, ThreadId thread) {
    return tx.one<std::int64_t>(count_aliases_sql, thread);
}

constexpr db::Sql is_alias_sql = R"(
    select 1
    from persona
    where id = $1 and thread_id is not null)";

bool is_alias(db::ReadTx& tx, PersonaId persona) { return tx.exists(is_alias_sql, persona); }

constexpr db::Sql every_persona_of_sql = R"(
    select id
    from persona
    where member_id = $1)";

std::vector<PersonaId> every_persona_of(db::ReadTx& tx, MemberId member) {
    return tx.all<PersonaId>(every_persona_of_sql, member);
}

constexpr db::Sql aliases_of_sql = R"(
    select thread_id, name
    from persona
    where member_id = $1 and thread_id is not null
    order by thread_id desc
    limit $2)";

std::vector<Alias> aliases_of(db::ReadTx& tx, MemberId member, int limit) {
    return tx.all<Alias>(aliases_of_sql, member, limit);
}

}  // namespace kith::identity::store
