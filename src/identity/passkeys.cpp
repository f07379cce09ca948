#include "identity/passkeys.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "identity/factor_store.hpp"
#include "identity/limits.hpp"
#include "identity/rules.hpp"
#include "identity/second_step.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr std::size_t name_most = 60;
constexpr std::size_t challenge_bytes = 32, handle_bytes = 32;

tl::unexpected<Error> no_fit() {
    return invalid("This passkey does not open an account here. Try another one, or use your password.");
}

tl::unexpected<Error> not_added() { return invalid("The passkey could not be added. Please try once more."); }

std::string digest_of(std::string_view challenge) {
    return crypto::digest("passkey " + std::string(challenge));
}

// Who was asked, once the answer is one to a question of ours and was given on our own page.
Result<store::ChallengeRow> asked(db::Tx& tx, const crypto::PasskeyHome& home, std::string_view client_data,
                                  std::string_view type) {
    const crypto::ClientData said = TRY(crypto::parse_client_data(client_data));
    const auto challenge = store::use_challenge(tx, digest_of(said.challenge));
    if (!challenge || said.type != type || said.origin != home.origin || said.cross_origin) return no_fit();
    return *challenge;
}

// The counter of a device goes up, or stays at 0 where passkeys are shared between devices.
bool goes_up(std::int64_t before, std::uint32_t now) { return (before == 0 && now == 0) || now > before; }

// The passkey that signed. Outside `invalid` nothing is told: whose it is, or that it is known.
Result<store::PasskeyRow> check(db::Tx& tx, const crypto::PasskeyHome& home, const Assertion& assertion) {
    const std::string client_data = crypto::from_base64url(assertion.client_data);
    const store::ChallengeRow challenge = TRY(asked(tx, home, client_data, "webauthn.get"));
    auto passkey = store::passkey_with(tx, assertion.credential_id);
    if (challenge.member || !passkey) return no_fit();
    if (!assertion.user_handle.empty() && assertion.user_handle != passkey->user_handle) return no_fit();
    const auto count = crypto::check_assertion(
        home, {crypto::from_base64url(passkey->public_key), passkey->algorithm}, client_data,
        crypto::from_base64url(assertion.authenticator_data), crypto::from_base64url(assertion.signature));
    if (!count) return no_fit();
    if (!goes_up(passkey->sign_count, *count)) {
        audit::record(tx, Actor::system(), "passkey.copied", "member", passkey->member.value());
        return no_fit();
    }
    store::note_use(tx, passkey->id, *count);
    return *std::move(passkey);
}

// The used challenge, the count and the audit stay, also when the answer is no.
template <class F>
auto checked(Services& services, const Limits& limits, const crypto::PasskeyHome& home,
             const Assertion& assertion, F&& rule) {
    using Out = typename std::invoke_result_t<F&, db::Tx&, const store::PasskeyRow&>::value_type;
    return services.db.write([&](db::Tx& tx) -> Result<std::optional<Out>> {
        TRY(check_limits(tx, limits));
        const auto passkey = check(tx, home, assertion);
        if (!passkey) {
            count_try(tx, limits);
            return std::optional<Out>();
        }
        return std::optional<Out>(TRY(rule(tx, *passkey)));
    });
}

}  // namespace

std::vector<Passkey> passkeys(db::ReadTx& tx, MemberId member) {
    std::vector<Passkey> out;
    for (store::PasskeyRow& row : store::passkeys_of(tx, member))
        out.push_back({row.id, std::move(row.name), row.created_at, row.used_at});
    return out;
}

Result<std::string> make_challenge(Services& services, std::string_view network) {
    const Limits limits = passkey_limits(network, keys_for_limits(services));
    std::string challenge = services.random.token(challenge_bytes);
    TRY(services.db.write([&](db::Tx& tx) -> Done {
        TRY(check_limits(tx, limits));
        count_try(tx, limits);
        store::insert_challenge(tx, digest_of(challenge), {}, tx.now() + challenge_ms);
        return {};
    }));
    return challenge;
}

// ---- new ones ------------------------------------------------------------------------------------------

Result<Enrolment> begin_passkey(db::Tx& tx, const Actor& actor, Random& random) {
    const MemberId member = TRY(acting_person(tx, actor));
    TRY(require_confirmed(tx, actor));
    const std::vector<store::PasskeyRow> here = store::passkeys_of(tx, member);
    if (here.size() >= most_passkeys) return conflict("You have many passkeys already. Remove one first.");
    Enrolment out{.challenge = random.token(challenge_bytes),
                  .user_handle = here.empty() ? random.token(handle_bytes) : here.front().user_handle,
                  .name = main_name(tx, member),
                  .known = {}};
    for (const store::PasskeyRow& row : here) out.known.push_back(row.credential_id);
    store::insert_challenge(tx, digest_of(out.challenge), {member, out.user_handle}, tx.now() + challenge_ms);
    return out;
}

Done add_passkey(db::Tx& tx, const Actor& actor, const crypto::PasskeyHome& home, const NewPasskey& passkey) {
    const MemberId member = TRY(acting_person(tx, actor));
    // Whom it was asked of had confirmed that it is them.
    const std::string client_data = crypto::from_base64url(passkey.client_data);
    const auto challenge = asked(tx, home, client_data, "webauthn.create");
    if (!challenge || challenge->member != member) return not_added();
    const auto credential = crypto::read_credential(home, client_data,
                                                    crypto::from_base64url(passkey.authenticator_data));
    if (!credential) return not_added();
    const std::string name = text::one_line(passkey.name);
    const store::PasskeyRow row{.id = {},
                                .member = member,
                                .name = text::length(name) <= name_most ? name : std::string(),
                                .credential_id = crypto::to_base64url(credential->id),
                                .public_key = crypto::to_base64url(credential->key.bytes),
                                .algorithm = credential->key.algorithm,
                                .user_handle = challenge->user_handle,
                                .sign_count = credential->sign_count,
                                .created_at = {},
                                .used_at = {}};
    if (!store::insert_passkey(tx, row)) return conflict("This passkey is here already.");
    store::set_second_factor(tx, actor.session);
    audit::record(tx, actor, "passkey.added", "member", member.value());
    announce(tx, member);
    return {};
}

Done rename_passkey(db::Tx& tx, const Actor& actor, PasskeyId passkey, std::string_view typed) {
    const MemberId member = TRY(acting_person(tx, actor));
    const std::string name = text::one_line(typed);
    if (name.empty() || text::length(name) > name_most)
        return invalid("Please give it a name of 1 to 60 characters.", "name");
    if (!store::rename_passkey(tx, member, passkey, name)) return not_found();
    return {};
}

Done end_passkey(db::Tx& tx, const Actor& actor, PasskeyId passkey) {
    const MemberId member = TRY(acting_person(tx, actor));
    TRY(require_confirmed(tx, actor));
    if (!store::delete_passkey(tx, member, passkey)) return not_found();
    audit::record(tx, actor, "passkey.removed", "member", member.value());
    settle_second_factors(tx, member);
    return {};
}

// ---- using one -----------------------------------------------------------------------------------------

Result<std::string> sign_in_with_passkey(Services& services, const crypto::PasskeyHome& home,
                                         const Assertion& assertion, const Device& device) {
    const Limits limits = passkey_limits(device.network, keys_for_limits(services));
    auto cookie = TRY(
        checked(services, limits, home, assertion, [&](db::Tx& tx, const store::PasskeyRow& passkey) {
            return let_in(tx, passkey.member, device, services.random, true);
        }));
    if (!cookie) return no_fit();
    return *std::move(cookie);
}

Done confirm_with_passkey(Services& services, const Actor& actor, const crypto::PasskeyHome& home,
                          const Assertion& assertion, std::string_view network) {
    const Limits limits = passkey_limits(network, keys_for_limits(services));
    const auto confirmed = TRY(checked(services, limits, home, assertion,
                                       [&](db::Tx& tx, const store::PasskeyRow& passkey) -> Result<bool> {
                                           const MemberId member = TRY(present_person(tx, actor));
                                           if (passkey.member != member) return false;
                                           store::set_second_factor(tx, actor.session);
                                           note_confirmed(tx, actor);
                                           return true;
                                       }));
    if (!confirmed.value_or(false)) return no_fit();
    return {};
}

}  // namespace kith::identity
