#include "identity/store.hpp"

#include <tuple>

namespace kith::identity::store {

// ---- members and accounts ----------------------------------------------------------------------------

constexpr db::Sql insert_member_sql = R"(
    insert into member (created_at_ms, language)
    values ($1, $2)
    returning id)";

MemberId insert_member(db::Tx& tx, Language language) {
    return tx.one<MemberId>(insert_member_sql, tx.now(), language);
}

constexpr db::Sql member_exists_sql = R"(
    select 1
    from member
    where id = $1)";

bool member_exists(db::ReadTx& tx, MemberId member) { return tx.exists(member_exists_sql, member); }

constexpr db::Sql joined_at_sql = R"(
    select created_at_ms
    from member
    where id = $1)";

Time joined_at(db::ReadTx& tx, MemberId member) { return tx.one<Time>(joined_at_sql, member); }

constexpr db::Sql language_of_sql = R"(
    select language
    from member
    where id = $1)";

Language language_of(db::ReadTx& tx, MemberId member) {
    return tx.first<Language>(language_of_sql, member).value_or(Language::en);
}

constexpr db::Sql set_comfort_sql = R"(
    update member
    set language = $2,
        theme = $3,
        view = $4,
        keys = $5,
        country = $6
    where id = $1)";

void set_comfort(db::Tx& tx, MemberId member, const Comfort& comfort) {
    tx.run(set_comfort_sql, member, comfort.language, comfort.theme, comfort.view, comfort.keys,
           code_of(comfort.country));
}

constexpr db::Sql account_by_key_sql = R"(
    select member_id, password_hash, coalesce(email, '')
    from account
    where name_key = $1)";

std::optional<Account> account_by_key(db::ReadTx& tx, std::string_view name_key) {
    return tx.first<Account>(account_by_key_sql, name_key);
}

constexpr db::Sql account_of_sql = R"(
    select member_id, password_hash, coalesce(email, '')
    from account
    where member_id = $1)";

std::optional<Account> account_of(db::ReadTx& tx, MemberId member) {
    return tx.first<Account>(account_of_sql, member);
}

constexpr db::Sql insert_account_sql = R"(
    insert into account (member_id, name_key, password_hash, changed_at_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

bool insert_account(db::Tx& tx, MemberId member, std::string_view name_key, std::string_view hash) {
    return tx.run(insert_account_sql, member, name_key, hash, tx.now()) == 1;
}

constexpr db::Sql set_password_sql = R"(
    update account
    set password_hash = $2,
        changed_at_ms = $3
    where member_id = $1)";

bool set_password(db::Tx& tx, MemberId member, std::string_view hash) {
    return tx.run(set_password_sql, member, hash, tx.now()) == 1;
}

constexpr db::Sql set_name_key_sql = R"(
    update account
    set name_key = $2,
        changed_at_ms = $3
    where member_id = $1)";

void set_name_key(db::Tx& tx, MemberId member, std::string_view name_key) {
    tx.run(set_name_key_sql, member, name_key, tx.now());
}

constexpr db::Sql set_email_sql = R"(
    update account
    set email = nullif($2, ''),
        email_confirmed_at_ms = case when email = $2 then email_confirmed_at_ms end,
        email_paused_at_ms = null,
        changed_at_ms = $3
    where member_id = $1)";

void set_email(db::Tx& tx, MemberId member, std::string_view email) {
    tx.run(set_email_sql, member, email, tx.now());
}

constexpr db::Sql mailbox_of_sql = R"(
    select a.email, m.language, a.email_confirmed_at_ms, a.email_paused_at_ms
    from account a
    join member m on m.id = a.member_id
    where a.member_id = $1 and a.email is not null)";

std::optional<Mailbox> mailbox_of(db::ReadTx& tx, MemberId member) {
    return tx.first<Mailbox>(mailbox_of_sql, member);
}

constexpr db::Sql confirm_email_sql = R"(
    update account
    set email_confirmed_at_ms = coalesce(email_confirmed_at_ms, $3)
    where member_id = $1 and email = $2)";

bool confirm_email(db::Tx& tx, MemberId member, std::string_view email) {
    return tx.run(confirm_email_sql, member, email, tx.now()) == 1;
}

constexpr db::Sql pause_email_sql = R"(
    update account
    set email_paused_at_ms = $2
    where member_id = $1 and email is not null and email_paused_at_ms is null)";

bool pause_email(db::Tx& tx, MemberId member) { return tx.run(pause_email_sql, member, tx.now()) == 1; }

// ---- personas ----------------------------------------------------------------------------------------

constexpr db::Sql insert_persona_sql = R"(
    insert into persona (member_id, group_id, name, name_key, created_at_ms)
    values ($1, $2, $3, $4, $5)
    on conflict (name_key) do nothing
    returning id)";

std::optional<PersonaId> insert_persona(db::Tx& tx, MemberId member, std::optional<GroupId> group,
                                        std::string_view name, std::string_view name_key) {
    return tx.first<PersonaId>(insert_persona_sql, member, group, name, name_key, tx.now());
}

constexpr db::Sql rename_persona_sql = R"(
    update persona
    set name = $2,
        name_key = $3
    where id = $1)";

void rename_persona(db::Tx& tx, PersonaId persona, std::string_view name, std::string_view name_key) {
    tx.run(rename_persona_sql, persona, name, name_key);
}

constexpr db::Sql persona_by_key_sql = R"(
    select id, member_id, group_id, name
    from persona
    where name_key = $1)";

std::optional<PersonaRow> persona_by_key(db::ReadTx& tx, std::string_view name_key) {
    return tx.first<PersonaRow>(persona_by_key_sql, name_key);
}

constexpr db::Sql find_persona_sql = R"(
    select id, member_id, group_id, name
    from persona
    where id = $1)";

std::optional<PersonaRow> find_persona(db::ReadTx& tx, PersonaId persona) {
    return tx.first<PersonaRow>(find_persona_sql, persona);
}

constexpr db::Sql retire_name_sql = R"(
    insert into retired_name (name_key, persona_id, name, retired_at_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

void retire_name(db::Tx& tx, const PersonaRow& persona, std::string_view name_key) {
    tx.run(retire_name_sql, name_key, persona.id, persona.name, tx.now());
}

constexpr db::Sql unretire_name_sql = R"(
    delete from retired_name
    where name_key = $1)";

void unretire_name(db::Tx& tx, std::string_view name_key) { tx.run(unretire_name_sql, name_key); }

constexpr db::Sql owner_of_retired_sql = R"(
    select p.member_id
    from retired_name r
    join persona p on p.id = r.persona_id
    where r.name_key = $1)";

std::optional<MemberId> owner_of_retired(db::ReadTx& tx, std::string_view name_key) {
    return tx.first<MemberId>(owner_of_retired_sql, name_key);
}

constexpr db::Sql is_erased_name_sql = R"(
    select 1
    from erased_name
    where name_digest = $1)";

bool is_erased_name(db::ReadTx& tx, std::string_view digest) {
    return tx.exists(is_erased_name_sql, db::Blob{digest});
}

constexpr db::Sql persona_in_sql = R"(
    select id, member_id, group_id, name
    from persona
    where member_id = $1 and group_id is not distinct from $2)";

std::optional<PersonaRow> persona_in(db::ReadTx& tx, MemberId member, std::optional<GroupId> group) {
    return tx.first<PersonaRow>(persona_in_sql, member, group);
}

constexpr db::Sql member_of_sql = R"(
    select member_id
    from persona
    where id = $1)";

std::optional<MemberId> member_of(db::ReadTx& tx, PersonaId persona) {
    return tx.first<MemberId>(member_of_sql, persona);
}

constexpr db::Sql personas_of_sql = R"(
    select id
    from persona
    where member_id = $1 and thread_id is null
    union all
    select id
    from persona
    where member_id = $1 and thread_id = $2)";

std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return tx.all<PersonaId>(personas_of_sql, member, thread);
}

constexpr db::Sql names_of_sql = R"(
    select id, name
    from persona
    where name <> '' and id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                 $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))";

std::vector<Persona> names_of(db::ReadTx& tx, const std::array<PersonaId, names_at_once>& ids) {
    return std::apply([&](const auto&... id) { return tx.all<Persona>(names_of_sql, id...); }, ids);
}

constexpr db::Sql main_personas_sql = R"(
    select id, name
    from persona
    where group_id is null
    order by id
    limit $1)";

std::vector<Persona> main_personas(db::ReadTx& tx, int limit) {
    return tx.all<Persona>(main_personas_sql, limit);
}

// ---- mutes -------------------------------------------------------------------------------------------

constexpr db::Sql insert_mute_sql = R"(
    insert into mute (member_id, persona_id, group_id, since_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

void insert_mute(db::Tx& tx, MemberId member, PersonaId persona, GroupId group) {
    tx.run(insert_mute_sql, member, persona, group, tx.now());
}

constexpr db::Sql delete_mute_sql = R"(
    delete from mute
    where member_id = $1 and persona_id = $2)";

void delete_mute(db::Tx& tx, MemberId member, PersonaId persona) { tx.run(delete_mute_sql, member, persona); }

constexpr db::Sql muted_names_sql = R"(
    select distinct persona_id
    from mute
    where member_id = $1
    order by persona_id)";

std::vector<PersonaId> muted_names(db::ReadTx& tx, MemberId member) {
    return tx.all<PersonaId>(muted_names_sql, member);
}

// The second half: names that the same people took in a group after they were muted there. Never their main name or an
// earlier one, and no alias: whoever mutes one name must not see which others are the same person's.
constexpr db::Sql muted_by_sql = R"(
    select persona_id, 0
    from mute
    where member_id = $1
    union all
    select other.id, m.group_id
    from mute m
    join persona p on p.id = m.persona_id
    join persona other on other.member_id = p.member_id
    where m.member_id = $1 and other.id <> p.id and other.group_id = m.group_id
      and other.created_at_ms >= m.since_ms and p.thread_id is null and other.thread_id is null)";

std::vector<Muted> muted_by(db::ReadTx& tx, MemberId member) { return tx.all<Muted>(muted_by_sql, member); }

}  // namespace kith::identity::store
