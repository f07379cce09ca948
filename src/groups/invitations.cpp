#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"

namespace kith::groups {
namespace {

constexpr std::size_t label_most = 60;  // code points
constexpr std::size_t code_bytes = 12;  // 96 random bits: never guessed
constexpr std::int64_t days_most = 90;
constexpr int uses_most = 500;

Result<InvitationForm> checked(const InvitationForm& typed, Time now) {
    InvitationForm form = typed;
    form.label = text::one_line(typed.label);
    if (form.label.empty() || text::length(form.label) > label_most)
        return invalid("Please say in at most 60 letters who this invitation is for.", "label");
    if (form.expires_at <= now || form.expires_at > now + days_most * day_ms)
        return invalid("An invitation works for 1 to 90 days. Please choose a number in between.", "days");
    if (form.uses < 1 || form.uses > uses_most)
        return invalid("An invitation is for 1 to 500 people. Please choose a number in between.", "uses");
    return form;
}

}  // namespace

Result<NewInvitation> create_invitation(db::Tx& tx, const Actor& actor, GroupId group,
                                        const InvitationForm& typed, Random& random) {
    TRY(leading(tx, actor, group));
    const InvitationForm form = TRY(checked(typed, tx.now()));
    std::string code = random.token(code_bytes);
    const InvitationId id = store::insert_invitation(tx, group, crypto::digest(code), form, doer(actor));
    audit::record(tx, actor, "invitation.created", "invitation", id.value());
    return NewInvitation{id, std::move(code)};
}

Done revoke_invitation(db::Tx& tx, const Actor& actor, InvitationId id) {
    const std::optional<GroupId> group = store::group_of_invitation(tx, id);
    if (!group) return not_found();
    TRY(leading(tx, actor, *group));
    if (store::revoke_invitation(tx, id))
        audit::record(tx, actor, "invitation.revoked", "invitation", id.value());
    return {};
}

Result<Group> group_for_code(db::ReadTx& tx, std::string_view code) {
    const std::optional<GroupId> id = store::group_opened_by(tx, crypto::digest(code));
    std::optional<Group> group = id ? store::find_group(tx, *id) : std::nullopt;
    if (!group || phase(*group, tx.now()) > Phase::running)
        return not_found("This invitation does not work any more. Please ask for a new one.");
    return *std::move(group);
}

}  // namespace kith::groups
