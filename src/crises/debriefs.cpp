#include <algorithm>

#include "crises/store.hpp"
#include "crises/words.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"

namespace kith::crises {
namespace {

using identity::Role;

Result<Debrief> own(db::ReadTx& tx, const Actor& actor, std::int64_t id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    auto found = store::find_debrief(tx, id);
    if (!found || found->member != member) return not_found();
    return *std::move(found);
}

// Hosts where there is no coordinator, or where they would be the one to talk with themselves.
void tell_those_who_listen(db::Tx& tx, MemberId member) {
    for (const Role role : {Role::coordinator, Role::host}) {
        bool is_told = false;
        for (const identity::Holder& holder : identity::holders_of(tx, role, {})) {
            if (holder.member == member || holder.is_away) continue;
            notices::tell(tx, holder.member, notices::Kind::debrief_shared, {});
            is_told = true;
        }
        if (is_told) return;
    }
}

Done require_listener(db::ReadTx& tx, const Actor& actor) {
    TRY(identity::acting_member(tx, actor));
    const bool may = identity::has_role(tx, actor, Role::coordinator) ||
                     identity::has_role(tx, actor, Role::host);
    return may ? Done() : not_found();
}

void ask(db::Tx& tx, CaseId id, PersonaId persona) {
    const MemberId member = identity::member_of(tx, persona);
    if (store::insert_debrief(tx, id, member)) notices::tell(tx, member, notices::Kind::debrief, {});
}

}  // namespace

std::vector<Debrief> debriefs_of(db::ReadTx& tx, MemberId member) { return store::debriefs_of(tx, member); }

Done write_debrief(db::Tx& tx, const Actor& actor, std::int64_t id, const DebriefForm& form) {
    const Debrief before = TRY(own(tx, actor, id));
    const std::string hard = TRY(checked_words(form.hard, Need::may_be_empty, "hard"));
    const std::string help = TRY(checked_words(form.help, Need::may_be_empty, "help"));
    store::write_debrief(tx, id, {hard, help, form.share});
    if (form.share == Share::call && before.share != Share::call) tell_those_who_listen(tx, before.member);
    return {};
}

Done delete_debrief(db::Tx& tx, const Actor& actor, std::int64_t id) {
    store::delete_debrief(tx, TRY(own(tx, actor, id)).id);
    return {};
}

Result<std::vector<Debrief>> shared_debriefs(db::ReadTx& tx, const Actor& actor) {
    TRY(require_listener(tx, actor));
    std::vector<Debrief> out = store::shared_debriefs(tx);
    std::erase_if(out, [&](const Debrief& one) { return one.member == actor.member; });
    return out;
}

Done note_talk(db::Tx& tx, const Actor& actor, std::int64_t id) {
    TRY(require_listener(tx, actor));
    const auto found = store::find_debrief(tx, id);
    if (!found || found->share == Share::nobody || found->member == actor.member) return not_found();
    store::mark_talked(tx, id, identity::main_persona(tx, actor.member));
    return {};
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out[std::string(safeguarding::crisis_closed_job)] = {[&services](const std::string& payload) {
        const std::vector<std::int64_t> numbers = jobs::numbers_in(payload);
        const Done asked = services.db.write([&](db::Tx& tx) -> Done {
            for (const std::int64_t persona : {numbers.at(1), numbers.at(2)})
                ask(tx, CaseId(numbers.at(0)), PersonaId(persona));
            return {};
        });
        CHECK(asked);
    }};
    return out;
}

}  // namespace kith::crises
