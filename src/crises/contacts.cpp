#include <algorithm>
#include <array>

#include "audit/audit.hpp"
#include "crises/store.hpp"
#include "crises/words.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"
#include "training/training.hpp"

namespace kith::crises {
namespace {

using State = Opening::State;

std::string& the_key() {
    static std::string key;
    return key;
}

// The member stands in what is sealed: a row that somebody puts at another member opens as nothing.
std::string sealed(MemberId member, const Details& details) {
    return crypto::seal(the_key(), std::to_string(member.value()) + "\n" + details.name + "\n" +
                                       details.phone + "\n" + details.person + "\n" + details.address);
}

std::optional<Details> unsealed(MemberId member, std::string_view kept) {
    const auto text = the_key().empty() ? std::nullopt : crypto::unseal(the_key(), kept);
    if (!text) return std::nullopt;
    std::array<std::string, 5> lines;
    std::string_view rest = *text;
    for (std::string& line : lines) {
        const std::size_t end = rest.find('\n');
        line = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    }
    if (lines[0] != std::to_string(member.value())) return std::nullopt;
    return Details{lines[1], lines[2], lines[3], lines[4]};
}

Result<Details> checked(const Details& typed) {
    Details out;
    out.name = TRY(checked_line(typed.name, Need::may_be_empty, "name"));
    out.phone = TRY(checked_line(typed.phone, Need::may_be_empty, "phone"));
    out.person = TRY(checked_line(typed.person, Need::may_be_empty, "person"));
    out.address = TRY(checked_line(typed.address, Need::may_be_empty, "address"));
    if (out.phone.empty() && out.person.empty() && out.address.empty())
        return invalid("Please write at least one way to reach you, or somebody close to you.", "phone");
    return out;
}

}  // namespace

void use_contact_key(std::string key) { the_key() = std::move(key); }

Done leave_contact(db::Tx& tx, const Actor& actor, const Details& typed) {
    const MemberId member = TRY(identity::acting_person(tx, actor));
    const Details details = TRY(checked(typed));
    if (the_key().empty())
        return unavailable("This site cannot keep such details safe for now. Nothing was saved.");
    store::put_contact(tx, member, sealed(member, details));
    return {};
}

Done delete_contact(db::Tx& tx, const Actor& actor) {
    store::delete_contact(tx, TRY(identity::present_person(tx, actor)));
    return {};
}

std::optional<Time> contact_left_at(db::ReadTx& tx, MemberId member) {
    return store::contact_left_at(tx, member);
}

Result<Details> own_contact(db::ReadTx& tx, const Actor& actor) {
    const MemberId member = TRY(identity::present_person(tx, actor));
    TRY(identity::require_confirmed(tx, actor));
    const auto kept = store::contact_of(tx, member);
    if (!kept) return not_found();
    auto details = unsealed(member, *kept);
    if (!details) return conflict("These details cannot be opened any more. Please write them again.");
    return *std::move(details);
}

// ---- opening them ----------------------------------------------------------------------------------------

namespace {

// In person: a program's token does not do.
Result<safeguarding::Desk> crisis_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    safeguarding::Desk at = TRY(safeguarding::desk(tx, actor, id));
    TRY(identity::acting_person(tx, actor));
    const safeguarding::Case& one = at.safety_case;
    if (!one.post || one.worst != safeguarding::Urgency::crisis || one.closed_at) return not_found();
    return at;
}

// Who may take a step there: also trained, and confirmed.
Result<safeguarding::Desk> opening_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    safeguarding::Desk at = TRY(crisis_desk(tx, actor, id));
    TRY(training::require_trained(tx, actor));
    TRY(identity::require_confirmed(tx, actor));
    return at;
}

Time end_of(const store::OpeningRow& row) { return row.agreed_at.value_or(row.asked_at) + opening_ms; }

std::optional<store::OpeningRow> standing(db::ReadTx& tx, CaseId id) {
    auto last = store::last_opening(tx, id);
    return last && tx.now() < end_of(*last) ? last : std::nullopt;
}

bool is_part(db::ReadTx& tx, const store::OpeningRow& row, PersonaId name) {
    return safeguarding::is_same_person(tx, row.asked_by, name) ||
           (row.agreed_by && safeguarding::is_same_person(tx, *row.agreed_by, name));
}

void tell_others(db::Tx& tx, const safeguarding::Case& one, MemberId asked) {
    for (const MemberId member : safeguarding::staff_for(tx, one))
        if (member != asked)
            notices::tell_again(tx, member, notices::Kind::crisis,
                                {one.group, one.post.thread(), one.post.number(), {}});
}

}  // namespace

Result<Opening> opening_of(db::ReadTx& tx, const Actor& actor, CaseId id) {
    const PersonaId name = TRY(crisis_desk(tx, actor, id)).name;
    auto row = standing(tx, id);
    if (!row) return Opening();
    return Opening{row->agreed_by ? State::agreed : State::asked,
                   is_part(tx, *row, name),
                   row->asked_by,
                   row->agreed_by.value_or(PersonaId()),
                   std::move(row->reason),
                   row->asked_at,
                   end_of(*row)};
}

Done ask_opening(db::Tx& tx, const Actor& actor, CaseId id, std::string_view typed) {
    const safeguarding::Desk at = TRY(opening_desk(tx, actor, id));
    const std::string reason = TRY(checked_words(typed, Need::needed, "reason"));
    if (standing(tx, id))
        return conflict("Somebody has asked this already. Open this page again to see how far it is.");
    store::insert_opening(tx, {id, at.safety_case.author, at.name, reason});
    audit::record(tx, actor, "contact.asked", "case", id.value());
    tell_others(tx, at.safety_case, actor.member);
    return {};
}

Done agree_to_opening(db::Tx& tx, const Actor& actor, CaseId id) {
    const safeguarding::Desk at = TRY(opening_desk(tx, actor, id));
    const auto row = standing(tx, id);
    if (!row) return conflict("The time to agree is over. If it is still needed, ask again.");
    if (row->agreed_by) return conflict("Two people have agreed already.");
    if (safeguarding::is_same_person(tx, row->asked_by, at.name))
        return conflict("You asked this yourself. A second person must agree.");
    store::agree_to_opening(tx, row->id, at.name);
    audit::record(tx, actor, "contact.agreed", "case", id.value());
    return {};
}

Result<std::optional<Details>> open_contact(db::Tx& tx, const Actor& actor, CaseId id) {
    const safeguarding::Desk at = TRY(opening_desk(tx, actor, id));
    const auto row = standing(tx, id);
    if (!row || !row->agreed_by || !is_part(tx, *row, at.name))
        return conflict(
            "The details are shown to the two people who agreed, for 24 hours. That is over, or not yet.");
    store::mark_opened(tx, row->id);
    audit::record(tx, actor, "contact.opened", "case", id.value());
    const MemberId member = safeguarding::writer_of(tx, at.safety_case);
    const auto kept = store::contact_of(tx, member);
    return kept ? unsealed(member, *kept) : std::nullopt;
}

}  // namespace kith::crises
