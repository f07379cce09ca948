#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "platform/text/unicode.hpp"

// Under which name somebody is seen in a group.
namespace kith::groups {
namespace {

Done write_as(db::Tx& tx, GroupId group, MemberId member, PersonaId persona) {
    store::update_persona(tx, group, member, persona);
    store::insert_name(tx, group, persona);
    membership_changed(tx, group, member);
    // Pages name who has a task.
    if (has_task(tx, group, member)) tx.changed({.kind = Change::Kind::group, .group = group});
    return {};
}

}  // namespace

Result<PersonaId> persona_named(db::Tx& tx, MemberId member, GroupId group, std::string_view name) {
    if (text::one_line(name).empty()) return persona_here(tx, group, member);
    return identity::persona_for_group(tx, Actor::of(member), member, group, name);
}

Done use_name(db::Tx& tx, const Actor& actor, GroupId group, std::string_view name) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (!store::belonging(tx, group, member)) return not_found();
    if (text::one_line(name).empty())
        return invalid("Please write a name, or choose your main name below.", "name");
    return write_as(tx, group, member, TRY(identity::persona_for_group(tx, actor, member, group, name)));
}

Done use_main_name(db::Tx& tx, const Actor& actor, GroupId group) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (!store::belonging(tx, group, member)) return not_found();
    return write_as(tx, group, member, identity::main_persona(tx, member));
}

}  // namespace kith::groups
