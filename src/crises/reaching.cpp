#include <algorithm>

#include "audit/audit.hpp"
#include "crises/store.hpp"
#include "crises/words.hpp"
#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"
#include "training/training.hpp"

namespace kith::crises {
namespace {

Result<std::string> checked(std::string text, std::size_t most, Need need, std::string_view field) {
    if (need == Need::needed && text.empty()) return invalid("Please write a few words.", field);
    if (text::length(text) > most) return invalid("Please say it in fewer words.", field);
    return text;
}

}  // namespace

Result<std::string> checked_words(std::string_view typed, Need need, std::string_view field) {
    return checked(text::trim(text::clean(typed)), words_most, need, field);
}

Result<std::string> checked_line(std::string_view typed, Need need, std::string_view field) {
    return checked(text::one_line(typed), line_most, need, field);
}

Done note_attempt(db::Tx& tx, const Actor& actor, CaseId id, const AttemptForm& form) {
    const PersonaId by = TRY(safeguarding::desk(tx, actor, id)).name;
    if (!form.way) return invalid("Please choose how you tried it.", "way");
    if (!form.reached) return invalid("Please choose whether you reached them.", "reached");
    const std::string words = TRY(checked_words(form.words, Need::may_be_empty, "words"));
    store::insert_attempt(tx, id, by, {form.way, form.reached, words});
    audit::record(tx, actor, "case.contact_tried", "case", id.value());
    return {};
}

// ---- services outside ------------------------------------------------------------------------------------

std::vector<Service> services(db::ReadTx& tx) { return store::services(tx); }

namespace {

Result<Service> checked(const Service& typed) {
    Service out{.id = typed.id};
    out.name = TRY(checked_line(typed.name, Need::needed, "name"));
    out.purpose = TRY(checked_line(typed.purpose, Need::needed, "purpose"));
    out.contact = TRY(checked_line(typed.contact, Need::needed, "contact"));
    out.hours = TRY(checked_line(typed.hours, Need::may_be_empty, "hours"));
    out.note = TRY(checked_words(typed.note, Need::may_be_empty, "note"));
    const std::string country = text::one_line(typed.country);
    out.country = code_of(find_country(country));
    if (!country.empty() && out.country.empty())
        return invalid("This is no country that we know. Please write its name, or leave it empty.",
                       "country");
    return out;
}

}  // namespace

Done put_service(db::Tx& tx, const Actor& actor, const Service& typed) {
    TRY(identity::require_host(tx, actor));
    Service service = TRY(checked(typed));
    if (!service.id && store::services(tx).size() >= services_most)
        return conflict("There are 50 services already. Please take one off the list first.");
    if (!service.id) service.id = store::insert_service(tx, service);
    else if (!store::update_service(tx, service)) return not_found();
    audit::record(tx, actor, "service.changed", "service", service.id);
    return {};
}

Done delete_service(db::Tx& tx, const Actor& actor, std::int64_t id) {
    TRY(identity::require_host(tx, actor));
    if (!store::delete_service(tx, id)) return not_found();
    audit::record(tx, actor, "service.deleted", "service", id);
    return {};
}

Done note_escalation(db::Tx& tx, const Actor& actor, CaseId id, const EscalationForm& form) {
    Escalation out{.by = TRY(safeguarding::desk(tx, actor, id)).name};
    TRY(training::require_trained(tx, actor));
    out.service = TRY(checked_line(form.service, Need::needed, "service"));
    if (form.minutes_ago < 0 || form.minutes_ago > minutes_ago_most)
        return invalid("Please write how many minutes ago, from 0 to 10080.", "minutes_ago");
    out.told_at = tx.now() + -form.minutes_ago * minute_ms;
    out.said = TRY(checked_words(form.said, Need::needed, "said"));
    out.reference = TRY(checked_line(form.reference, Need::may_be_empty, "reference"));
    store::insert_escalation(tx, id, out);
    audit::record(tx, actor, "case.escalated", "case", id.value());
    return {};
}

Done note_outcome(db::Tx& tx, const Actor& actor, CaseId id, std::int64_t escalation,
                  std::string_view typed) {
    const PersonaId by = TRY(safeguarding::desk(tx, actor, id)).name;
    const std::string words = TRY(checked_words(typed, Need::needed, "outcome"));
    if (!store::set_outcome(tx, id, escalation, words, by)) return not_found();
    audit::record(tx, actor, "case.escalation_outcome", "case", id.value());
    return {};
}

Result<Figures> figures(db::ReadTx& tx, const Actor& actor, Time since, Time until) {
    TRY(identity::require_host(tx, actor));
    return Figures{store::attempts_between(tx, since, until), store::reached_between(tx, since, until),
                   store::told_between(tx, since, until)};
}

// ---- the timeline ----------------------------------------------------------------------------------------

namespace {

std::optional<PersonaId> owner_of(const safeguarding::Dossier& dossier) {
    using safeguarding::Step;
    if (dossier.safety_case.decided_by) return dossier.safety_case.decided_by;
    if (dossier.safety_case.claimed_by) return dossier.safety_case.claimed_by;
    std::optional<PersonaId> owner;
    for (const safeguarding::Event& event : dossier.events) {
        if (event.step == Step::claimed) owner = event.actor;
        if (event.step == Step::released) owner.reset();
    }
    return owner;
}

}  // namespace

Result<Timeline> timeline(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Timeline out{.dossier = TRY(safeguarding::dossier(tx, actor, id))};
    out.owner = owner_of(out.dossier);
    out.attempts = store::attempts_of(tx, id);
    out.escalations = store::escalations_of(tx, id);
    if (const auto opening = opening_of(tx, actor, id)) out.opening = *opening;
    return out;
}

}  // namespace kith::crises
