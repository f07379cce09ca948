#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/code.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::groups {
namespace {

constexpr std::size_t label_most = 60;  // code points
constexpr int code_fours = 4;           // 79 random bits: never guessed
constexpr std::int64_t days_most = 90;
constexpr int uses_most = 500;
constexpr int code_tries_most = 30;  // that fail, in an hour, from one network

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

// Lives as long as the process: after a restart nobody can tell whose tries were kept.
std::string network_digest(std::string_view network) {
    static const std::string secret = crypto::SystemRandom().token(32);
    return crypto::keyed_digest(secret, "codes of " + identity::network_of(network));
}

Done count_failed_try(db::Tx& tx, std::string_view key) {
    store::delete_tries_before(tx, tx.now() + -day_ms);
    store::insert_try(tx, key);
    return {};
}

}  // namespace

std::string code_digest(std::string_view typed) {
    return crypto::digest("invitation " + text::plain_code(typed));
}

Result<NewInvitation> create_invitation(db::Tx& tx, const Actor& actor, GroupId group,
                                        const InvitationForm& typed, Random& random) {
    TRY(leading(tx, actor, group));
    const InvitationForm form = TRY(checked(typed, tx.now()));
    std::string code = text::make_code(random, code_fours);
    const InvitationId id = store::insert_invitation(tx, group, code_digest(code), form, doer(actor));
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
    const std::optional<GroupId> id = store::group_opened_by(tx, code_digest(code));
    std::optional<Group> group = id ? store::find_group(tx, *id) : std::nullopt;
    if (!group || phase(*group, tx.now()) > Phase::running)
        return not_found("This invitation does not work any more. Please ask for a new one.");
    return *std::move(group);
}

std::string_view invitation_code_in(std::string_view next) {
    const std::string front = url::invited().text() + "/";
    return next.starts_with(front) ? next.substr(front.size()) : std::string_view();
}

bool is_invitation(db::ReadTx& tx, std::string_view next) {
    const std::string_view code = invitation_code_in(next);
    if (code.empty()) return false;
    const Result<Group> group = group_for_code(tx, code);
    return group && check_room(tx, *group);
}

Result<Group> group_for_typed_code(db::Database& db, std::string_view code, std::string_view network) {
    const std::string key = network_digest(network);
    Result<Group> group = db.read([&](db::ReadTx& tx) -> Result<Group> {
        if (store::tries_since(tx, key, tx.now() + -hour_ms) >= code_tries_most)
            return too_many("There were too many tries. Please wait an hour and try again.");
        return group_for_code(tx, code);
    });
    if (group || group.error().fault != Fault::not_found) return group;
    TRY(db.write([&](db::Tx& tx) { return count_failed_try(tx, key); }));
    return invalid("This code does not work, or not any more. Please check it, or ask for a new one.",
                   "code");
}

}  // namespace kith::groups
