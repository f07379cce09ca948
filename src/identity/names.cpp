#include <algorithm>

#include "audit/audit.hpp"
#include "identity/limits.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

void announce_new_name(db::Tx& tx, MemberId member) {
    tx.changed({.kind = Change::Kind::name, .member = member});
}

Done take_name_try(db::Tx& tx, MemberId member) {
    const Limits limits = name_limits(member);
    TRY(check_limits(tx, limits));
    count_try(tx, limits);
    return {};
}

// Nobody's, or the member's own from before.
bool is_free_for(db::ReadTx& tx, MemberId member, std::string_view key) {
    if (store::is_erased_name(tx, erased_digest(key))) return false;
    return !store::persona_by_key(tx, key) && store::owner_of_retired(tx, key).value_or(member) == member;
}

// The name before stays the member's.
Done give_name(db::Tx& tx, const store::PersonaRow& own, std::string_view name) {
    const std::string key = key_of(name);
    const std::string before = key_of(own.name);
    if (key != before) {
        if (!is_free_for(tx, own.member, key)) return name_taken();
        store::unretire_name(tx, key);
        store::retire_name(tx, own, before);
    }
    store::rename_persona(tx, own.id, name, key);
    announce_new_name(tx, own.member);
    return {};
}

Result<PersonaId> add_persona(db::Tx& tx, MemberId member, std::optional<GroupId> group,
                              std::string_view name) {
    const std::string key = key_of(name);
    if (!is_free_for(tx, member, key)) return name_taken();
    store::unretire_name(tx, key);
    const auto made = store::insert_persona(tx, member, group, name, key);
    if (!made) return name_taken();
    return *made;
}

Done rename_main(db::Tx& tx, const Actor& actor, std::string_view typed) {
    const MemberId member = TRY(acting_person(tx, actor));
    const std::string name = TRY(valid_name(typed));
    TRY(take_name_try(tx, member));
    const auto own = store::persona_in(tx, member, std::nullopt);
    CHECK(own);
    TRY(give_name(tx, *own, name));
    store::set_name_key(tx, member, key_of(name));
    audit::record(tx, actor, "member.renamed", "member", member.value());
    return {};
}

}  // namespace

std::unordered_map<PersonaId, std::string> names_of(db::ReadTx& tx, std::span<const PersonaId> ids) {
    std::vector<PersonaId> wanted(ids.begin(), ids.end());
    std::ranges::sort(wanted);
    wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
    std::unordered_map<PersonaId, std::string> out;
    for (std::size_t at = 0; at < wanted.size(); at += store::names_at_once) {
        std::array<PersonaId, store::names_at_once> some{};
        const std::size_t count = std::min(some.size(), wanted.size() - at);
        std::copy_n(wanted.begin() + static_cast<std::ptrdiff_t>(at), count, some.begin());
        for (Persona& persona : store::names_of(tx, some)) out.emplace(persona.id, std::move(persona.name));
    }
    return out;
}

std::optional<PersonaId> find_persona(db::ReadTx& tx, std::string_view name) {
    const auto persona = store::persona_by_key(tx, key_of(name));
    return persona ? std::optional(persona->id) : std::nullopt;
}

Result<MemberId> find_member(db::ReadTx& tx, std::string_view name) {
    const auto persona = store::persona_by_key(tx, key_of(name));
    if (!persona) return not_found("There is no member with this name.");
    return persona->member;
}

std::vector<Persona> list_members(db::ReadTx& tx, int limit) { return store::main_personas(tx, limit); }

PersonaId main_persona(db::ReadTx& tx, MemberId member) {
    const auto persona = store::persona_in(tx, member, std::nullopt);
    return persona ? persona->id : PersonaId();
}

MemberId member_of(db::ReadTx& tx, PersonaId persona) {
    return store::member_of(tx, persona).value_or(MemberId());
}

std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return store::personas_of(tx, member, thread);
}

std::vector<PersonaId> every_persona_of(db::ReadTx& tx, MemberId member) {
    return store::every_persona_of(tx, member);
}

Done rename(Services& services, const Actor& actor, std::string_view name) {
    const Done renamed = services.db.write([&](db::Tx& tx) { return rename_main(tx, actor, name); });
    if (!renamed) count_refused_name(services, actor, renamed.error());
    return renamed;
}

Result<PersonaId> persona_for_group(db::Tx& tx, const Actor& actor, MemberId member, GroupId group,
                                    std::string_view typed) {
    const std::string name = TRY(valid_name(typed));
    const auto holder = store::persona_by_key(tx, key_of(name));
    const bool own = holder && holder->member == member;
    if (own && (!holder->group || holder->group == group)) return holder->id;
    if (!actor.is_system()) TRY(take_name_try(tx, member));
    const PersonaId made = TRY(add_persona(tx, member, group, name));
    announce(tx, member);
    return made;
}

void count_refused_name(Services& services, const Actor& actor, const Error& error) {
    if (error.fault != Fault::conflict || error.field != "name" || !actor.is_member()) return;
    const Done counted = services.db.write([&](db::Tx& tx) { return take_name_try(tx, actor.member); });
    static_cast<void>(counted);  // beyond the limit nothing is left to count
}

Done mute(db::Tx& tx, const Actor& actor, PersonaId persona, GroupId group) {
    const MemberId member = TRY(acting_member(tx, actor));
    const auto muted = store::member_of(tx, persona);
    if (!muted) return not_found();
    if (*muted == member) return invalid("This is you. You can mute other people only.");
    store::insert_mute(tx, member, persona, group);
    notices::mark_read_from(tx, member, persona);
    announce(tx, member);
    return {};
}

Done unmute(db::Tx& tx, const Actor& actor, PersonaId persona) {
    const MemberId member = TRY(acting_member(tx, actor));
    store::delete_mute(tx, member, persona);
    announce(tx, member);
    return {};
}

bool is_muted(std::span<const Muted> muted, PersonaId author, GroupId group) {
    return std::ranges::any_of(
        muted, [&](const Muted& m) { return m.persona == author && (!m.group || m.group == group); });
}

std::vector<Muted> muted_by(db::ReadTx& tx, MemberId member) { return store::muted_by(tx, member); }

// ---- shared with the other rules ---------------------------------------------------------------------

std::string key_of(std::string_view name) { return text::skeleton(name); }

std::string erased_digest(std::string_view name_key) {
    return crypto::digest("erased name " + std::string(name_key));
}

Result<std::string> valid_name(std::string_view typed) {
    std::string name = text::one_line(typed);
    TRY(text::check_pseudonym(name));
    return name;
}

Result<NewMember> add_member(db::Tx& tx, Language language, std::string_view name) {
    // Before the member is made: an import goes on with another name.
    if (!is_free_for(tx, MemberId(), key_of(name))) return name_taken();
    const MemberId member = store::insert_member(tx, language);
    const PersonaId persona = TRY(add_persona(tx, member, std::nullopt, name));
    return NewMember{member, persona};
}

std::string main_name(db::ReadTx& tx, MemberId member) {
    const auto persona = store::persona_in(tx, member, std::nullopt);
    return persona ? persona->name : std::string();
}

void announce(db::Tx& tx, MemberId member) { tx.changed({.kind = Change::Kind::member, .member = member}); }

void announce_standing(db::Tx& tx, MemberId member) {
    announce(tx, member);
    for (const GroupRole& role : group_roles(tx, member))
        tx.changed({.kind = Change::Kind::group, .group = role.group});
}

}  // namespace kith::identity
