#include "groups/preview.hpp"

#include <array>

#include "groups/rules.hpp"
#include "groups/store.hpp"

namespace kith::groups {
namespace {

// known(), or what a good invitation shows of a group that would be unknown otherwise.
Result<Access> seen(db::ReadTx& tx, const Actor& actor, GroupId id, std::string_view code) {
    Result<Access> found = known(tx, actor, id);
    if (found || code.empty() || found.error().fault != Fault::not_found) return found;
    Group group = TRY(group_for_code(tx, code));
    if (group.id != id) return not_found();
    Access out{.phase = phase(group, tx.now())};
    out.group = std::move(group);
    return out;
}

// What only concerns the one who reads.
void add_reader(db::ReadTx& tx, MemberId member, Preview& out) {
    const GroupId id = out.group().id;
    const auto waiting = store::waiting_request(tx, id, member);
    PersonaId persona = persona_here(tx, id, member);
    if (waiting) persona = waiting->persona;
    if (out.access.member) persona = out.access.persona;
    const PersonaId main = identity::main_persona(tx, member);
    const auto names = identity::names_of(tx, std::array{persona, main});
    if (const auto at = names.find(persona); at != names.end()) out.name = at->second;
    if (const auto at = names.find(main); at != names.end()) out.main_name = at->second;
    out.waiting = waiting.has_value();
    if (!out.access.member) out.ending = store::ending_reason(tx, id, member);
    out.pause_until = pause_until(tx, id, member);
}

}  // namespace

Result<Preview> preview(db::ReadTx& tx, const Actor& actor, GroupId id, std::string_view code) {
    Preview out{.access = TRY(seen(tx, actor, id, code)), .code = std::string(code)};
    out.leaders = leaders_of(tx, id);
    out.full = is_full(tx, out.group());
    if (actor.is_member()) add_reader(tx, actor.member, out);
    return out;
}

}  // namespace kith::groups
