#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"

namespace kith::groups {
namespace {

constexpr std::size_t words_most = 1'000;  // code points, of a request or a reason

// What a member who wants to come in has shown.
struct Entrance {
    Group group;
    std::optional<InvitationId> invitation;
    bool at_once = false;  // without being asked about
};

// With a code: whatever the group, the code decides. A use is taken at once and given back if joining fails.
Result<Entrance> entrance_by_code(db::Tx& tx, GroupId id, std::string_view code) {
    const auto invitation = store::take_use(tx, id, crypto::digest(code));
    std::optional<Group> group = store::find_group(tx, id);
    if (!invitation || !group || group->archived_at)
        return not_found("This invitation does not work any more. Please ask for a new one.");
    return Entrance{*std::move(group), invitation, true};
}

Result<Entrance> entrance(db::Tx& tx, const Actor& actor, GroupId id, const Joining& form) {
    if (!form.invitation_code.empty()) return entrance_by_code(tx, id, form.invitation_code);
    Access found = TRY(access(tx, actor, id));
    const bool at_once = found.group.admission == Admission::open || found.lead || found.moderate;
    return Entrance{std::move(found.group), std::nullopt, at_once};
}

Done check_room(db::ReadTx& tx, const Group& group) {
    if (phase(group, tx.now()) > Phase::running)
        return conflict("This group has closed. Nobody new can join it any more.");
    if (group.size_limit && store::count_members(tx, group.id) >= *group.size_limit)
        return conflict("This group is full just now. You can come back later or look for another one.");
    return {};
}

// No name: the one they have in this group already, so that coming back gives nobody away.
Result<PersonaId> persona_named(db::Tx& tx, MemberId member, GroupId group, std::string_view name) {
    if (text::one_line(name).empty()) return identity::persona_in(tx, member, group);
    return identity::persona_for_group(tx, member, group, name);
}

// The facilitators of a group; the hosts where it has none.
std::vector<PersonaId> who_answers(db::ReadTx& tx, GroupId group) {
    auto leaders = identity::personas_with_role(tx, identity::Role::facilitator, group);
    if (leaders.empty()) leaders = identity::personas_with_role(tx, identity::Role::host, GroupId());
    return leaders;
}

Result<Joined> ask(db::Tx& tx, MemberId member, GroupId group, const Joining& form) {
    const std::string words = text::trim(text::clean(form.request_words));
    if (text::length(words) > words_most)
        return invalid("This is too long. Please use at most 1,000 letters.", "request_words");
    const PersonaId persona = TRY(persona_named(tx, member, group, form.name));
    if (!store::insert_request(tx, group, member, words))
        return conflict("You have asked already. Somebody will answer you here.");
    for (const PersonaId leader : who_answers(tx, group))
        notices::tell(tx, identity::member_of(tx, leader), notices::Kind::request,
                      {.group = group, .from = persona});
    membership_changed(tx, group, member);
    return Joined::requested;
}

Result<Joined> enter(db::Tx& tx, MemberId member, const Entrance& way, const Joining& form) {
    const GroupId group = way.group.id;
    const PersonaId persona = TRY(persona_named(tx, member, group, form.name));
    if (!store::insert_membership(tx, {group, member, persona, tx.now(), way.invitation}))
        return conflict("You already belong to this group.");
    store::settle_request(tx, group, member, true);
    notices::tell(tx, member, notices::Kind::welcome, {.group = group});
    membership_changed(tx, group, member);
    return Joined::now;
}

Done accept(db::Tx& tx, const store::Request& request, const Group& group) {
    TRY(check_room(tx, group));
    const PersonaId persona = identity::persona_in(tx, request.member, request.group);
    store::insert_membership(tx, {request.group, request.member, persona, request.created_at, std::nullopt});
    return {};
}

}  // namespace

void membership_changed(db::Tx& tx, GroupId group, MemberId member) {
    tx.changed({.kind = Change::Kind::group, .group = group});
    tx.changed({.kind = Change::Kind::member, .member = member});
}

Result<Joined> join(db::Tx& tx, const Actor& actor, GroupId group, const Joining& form) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const Entrance way = TRY(entrance(tx, actor, group, form));
    if (store::current_persona(tx, group, member)) return conflict("You already belong to this group.");
    TRY(check_room(tx, way.group));
    if (!form.rules_agreed)
        return invalid("Please read the rules and say that you agree to them.", "rules_agreed");
    if (way.at_once) return enter(tx, member, way, form);
    if (way.group.admission == Admission::invitation)
        return forbidden("This group is by invitation. Please ask somebody there for a link.");
    return ask(tx, member, group, form);
}

Done leave(db::Tx& tx, const Actor& actor, GroupId group, std::string_view reason) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const std::string words = text::trim(text::clean(reason));
    const bool left = store::end_membership(tx, group, member, text::first(words, words_most));
    const bool taken_back = store::settle_request(tx, group, member, false);
    if (!left && !taken_back) return not_found("You are not in this group.");
    membership_changed(tx, group, member);
    return {};
}

Done use_name(db::Tx& tx, const Actor& actor, GroupId group, std::string_view name) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (!store::current_persona(tx, group, member)) return not_found();
    const bool main = text::one_line(name).empty();
    const PersonaId persona = main ? identity::main_persona(tx, member)
                                   : TRY(identity::persona_for_group(tx, member, group, name));
    store::update_persona(tx, group, member, persona);
    membership_changed(tx, group, member);
    return {};
}

Done decide_request(db::Tx& tx, const Actor& actor, RequestId id, bool accepted) {
    const std::optional<store::Request> request = store::find_request(tx, id);
    if (!request) return not_found();
    const Access access = TRY(leading(tx, actor, request->group));
    if (!store::decide_request(tx, id, doer(actor), accepted))
        return conflict("Somebody has answered this already.");
    if (accepted) TRY(accept(tx, *request, access.group));
    notices::tell(tx, request->member,
                  accepted ? notices::Kind::request_accepted : notices::Kind::request_declined,
                  {.group = request->group});
    audit::record(tx, actor, accepted ? "request.accepted" : "request.declined", "join_request", id.value());
    membership_changed(tx, request->group, request->member);
    return {};
}

Done add_member(db::Tx& tx, const Actor& actor, GroupId group, MemberId member, PersonaId persona) {
    TRY(require_site_lead(tx, actor));
    TRY(leading(tx, actor, group));
    const PersonaId name = persona ? persona : identity::main_persona(tx, member);
    if (identity::member_of(tx, name) != member) return invalid("This name belongs to somebody else.");
    if (!store::insert_membership(tx, {group, member, name, tx.now(), std::nullopt})) return {};
    store::settle_request(tx, group, member, true);
    if (!actor.is_system()) audit::record(tx, actor, "member.added", "group", group.value());
    membership_changed(tx, group, member);
    return {};
}

}  // namespace kith::groups
