#include <limits>

#include "audit/audit.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr std::size_t reason_most = 300;

// To others there is no such list.
Done require_staff_or_hide(db::ReadTx& tx, const Actor& actor) {
    Done staff = require_staff(tx, actor);
    if (!staff && staff.error().fault == Fault::forbidden) return not_found();
    return staff;
}

Standing standing_of(const store::KnownRow& row) {
    if (row.accounts == 0) return Standing::placeholder;
    if (row.suspensions > 0) return Standing::on_hold;
    return row.closures > 0 ? Standing::closed : Standing::active;
}

KnownMember known(store::KnownRow row) {
    return {.persona = {row.persona, std::move(row.name)},
            .member = row.member,
            .standing = standing_of(row),
            .host = row.hosts > 0,
            .coordinator = row.coordinators > 0,
            .researcher = row.researchers > 0};
}

// By a host: that of a case stands at the case alone.
std::optional<Hold> hold_of(db::ReadTx& tx, MemberId member) {
    for (Hold& hold : store::standing_holds(tx, member))
        if (!hold.by_case) return std::move(hold);
    return std::nullopt;
}

}  // namespace

Result<std::vector<KnownMember>> find_members(db::ReadTx& tx, const Actor& actor,
                                              const MemberSearch& search) {
    TRY(require_staff_or_hide(tx, actor));
    constexpr PersonaId last(std::numeric_limits<std::int64_t>::max());
    // The key of a name holds letters and digits alone: no wildcard of the pattern can be typed.
    const std::string pattern = "%" + key_of(search.words) + "%";
    std::vector<KnownMember> out;
    for (store::KnownRow& row : store::known_members(tx, {search.after, last, pattern, search.limit}))
        out.push_back(known(std::move(row)));
    return out;
}

Result<MemberFile> member_file(db::ReadTx& tx, const Actor& actor, PersonaId persona) {
    TRY(require_staff_or_hide(tx, actor));
    auto rows = store::known_members(tx, {PersonaId(persona.value() - 1), persona, "%", 1});
    if (rows.empty()) return not_found();
    MemberFile file{.known = known(std::move(rows.front())), .hold = {}, .closed_at = {}};
    file.closed_at = store::closed_at(tx, file.known.member);
    if (has_role(tx, actor, Role::host)) file.hold = hold_of(tx, file.known.member);
    return file;
}

Result<PersonaId> look_up(db::Tx& tx, const Actor& actor, const LookUpForm& form) {
    TRY(acting_person(tx, actor));
    TRY(require_host(tx, actor));
    TRY(require_confirmed(tx, actor));
    const std::string reason = text::one_line(form.reason);
    if (reason.empty() || text::length(reason) > reason_most)
        return invalid("Please say why, in one sentence. It is kept.", "reason");
    const auto persona = store::persona_by_key(tx, key_of(form.name));
    if (!persona) return invalid("Nobody writes under this name.", "name");
    store::insert_look_up(tx, persona->id, actor.member, reason);
    audit::record(tx, actor, "persona.looked_up", "persona", persona->id.value());
    return main_persona(tx, persona->member);
}

Result<std::vector<LookUp>> list_look_ups(db::ReadTx& tx, const Actor& actor, int limit) {
    TRY(require_host(tx, actor));
    return store::look_ups(tx, limit);
}

}  // namespace kith::identity
