#include <algorithm>

#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

// A name stands in pages of any thread, so every cached page goes.
void announce_new_name(db::Tx& tx) { tx.changed({.kind = Change::Kind::site}); }

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

std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member) { return store::personas_of(tx, member); }

PersonaId persona_in(db::ReadTx& tx, MemberId member, GroupId group) {
    const auto own = store::persona_in(tx, member, group);
    return own ? own->id : main_persona(tx, member);
}

Done rename(db::Tx& tx, const Actor& actor, std::string_view typed) {
    const MemberId member = TRY(acting_member(tx, actor));
    const std::string name = TRY(valid_name(typed));
    const PersonaId own = main_persona(tx, member);
    const std::string key = key_of(name);
    const auto holder = store::persona_by_key(tx, key);
    if (holder && holder->id != own) return name_taken();
    store::rename_persona(tx, own, name, key);
    store::set_name_key(tx, member, key);
    announce_new_name(tx);
    return {};
}

Result<PersonaId> persona_for_group(db::Tx& tx, MemberId member, GroupId group, std::string_view typed) {
    const std::string name = TRY(valid_name(typed));
    const std::string key = key_of(name);
    const auto holder = store::persona_by_key(tx, key);
    const bool is_main = holder && holder->member == member && !holder->group;
    if (is_main) return holder->id;
    const auto own = store::persona_in(tx, member, group);
    if (holder && (!own || holder->id != own->id)) return name_taken();
    announce(tx, member);
    if (own) {
        store::rename_persona(tx, own->id, name, key);
        announce_new_name(tx);
        return own->id;
    }
    const auto made = store::insert_persona(tx, member, group, name, key);
    if (!made) return name_taken();
    return *made;
}

Done mute(db::Tx& tx, const Actor& actor, PersonaId persona) {
    const MemberId member = TRY(acting_member(tx, actor));
    const auto muted = store::member_of(tx, persona);
    if (!muted) return not_found();
    if (*muted == member) return invalid("This is you. You can mute other people only.");
    store::insert_mute(tx, member, persona);
    announce(tx, member);
    return {};
}

Done unmute(db::Tx& tx, const Actor& actor, PersonaId persona) {
    const MemberId member = TRY(acting_member(tx, actor));
    store::delete_mute(tx, member, persona);
    announce(tx, member);
    return {};
}

std::vector<PersonaId> muted_by(db::ReadTx& tx, MemberId member) { return store::muted_by(tx, member); }

// ---- shared with the other rules ---------------------------------------------------------------------

std::string key_of(std::string_view name) { return text::skeleton(name); }

Result<std::string> valid_name(std::string_view typed) {
    std::string name = text::one_line(typed);
    TRY(text::check_pseudonym(name));
    return name;
}

Result<PersonaId> add_main_persona(db::Tx& tx, MemberId member, std::string_view name) {
    const auto made = store::insert_persona(tx, member, std::nullopt, name, key_of(name));
    if (!made) return name_taken();
    return *made;
}

std::string main_name(db::ReadTx& tx, MemberId member) {
    const auto persona = store::persona_in(tx, member, std::nullopt);
    return persona ? persona->name : std::string();
}

void announce(db::Tx& tx, MemberId member) { tx.changed({.kind = Change::Kind::member, .member = member}); }

}  // namespace kith::identity
