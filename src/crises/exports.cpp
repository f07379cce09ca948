#include "crises/exports.hpp"

#include "audit/audit.hpp"
#include "crises/pages.hpp"
#include "crises/store.hpp"
#include "crises/words.hpp"
#include "identity/identity.hpp"

namespace kith::crises {
namespace {

// A host who may work on the case: not one whose own words it is about.
Result<safeguarding::Desk> host_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    safeguarding::Desk at = TRY(safeguarding::desk(tx, actor, id));
    TRY(identity::acting_person(tx, actor));
    if (!identity::has_role(tx, actor, identity::Role::host)) return not_found();
    return at;
}

Result<ExportForm> checked(const ExportForm& typed) {
    ExportForm out = typed;
    out.requester = TRY(checked_line(typed.requester, Need::needed, "requester"));
    out.reference = TRY(checked_line(typed.reference, Need::may_be_empty, "reference"));
    out.reason = TRY(checked_words(typed.reason, Need::needed, "reason"));
    out.reporters_reason = TRY(checked_words(typed.reporters_reason,
                                             typed.with_reporters ? Need::needed : Need::may_be_empty,
                                             "reporters_reason"));
    out.silence_reason = TRY(checked_words(
        typed.silence_reason, typed.is_silent ? Need::needed : Need::may_be_empty, "silence_reason"));
    return out;
}

std::string main_name(db::ReadTx& tx, MemberId member) {
    const PersonaId persona[] = {identity::main_persona(tx, member)};
    const auto names = identity::names_of(tx, persona);
    return names.empty() ? std::string() : names.begin()->second;
}

void add_post(db::ReadTx& tx, const Actor& actor, PostId post, Material& out) {
    if (!post) return;
    if (const auto thread = conversation::visible_thread(tx, actor, post.thread())) out.title = thread->title;
    if (auto versions = conversation::history(tx, actor, post)) out.versions = *std::move(versions);
}

void add_names(db::ReadTx& tx, Material& out) {
    const safeguarding::Case& one = out.timeline.dossier.safety_case;
    std::vector<PersonaId> people = pages::people_in(out.timeline);
    people.push_back(one.author);
    if (one.decided_by) people.push_back(*one.decided_by);
    out.names = identity::names_of(tx, people);
    const GroupId group[] = {one.group};
    for (const auto& [key, name] : groups::names_of(tx, group)) out.group = name;
}

Result<Material> gather(db::ReadTx& tx, const Actor& actor, CaseId id, const ExportForm& form) {
    Material out{.timeline = TRY(timeline(tx, actor, id)), .form = form, .made_at = tx.now()};
    for (const auto& member : TRY(safeguarding::reporters_of(tx, actor, id)))
        out.reporters.push_back(form.with_reporters && member ? main_name(tx, *member) : std::string());
    add_post(tx, actor, out.timeline.dossier.safety_case.post, out);
    add_names(tx, out);
    return out;
}

}  // namespace

Result<CaseFile> export_case(db::Tx& tx, const Actor& actor, CaseId id, const ExportForm& typed,
                             const Words& words) {
    const safeguarding::Desk at = TRY(host_desk(tx, actor, id));
    const ExportForm form = TRY(checked(typed));
    TRY(identity::require_confirmed(tx, actor));
    const Material all = TRY(gather(tx, actor, id, form));
    store::insert_export(tx, id, at.name, form);
    audit::record(tx, actor, "case.exported", "case", id.value());
    return CaseFile{as_html(all, words), as_json(all, words)};
}

Result<std::vector<Export>> exports_of(db::ReadTx& tx, const Actor& actor, CaseId id) {
    TRY(host_desk(tx, actor, id));
    return store::exports_of(tx, id);
}

}  // namespace kith::crises
