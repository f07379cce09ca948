#include "audit/audit.hpp"
#include "identity/limits.hpp"
#include "identity/rules.hpp"
#include "identity/second_step.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::identity {
namespace {

tl::unexpected<Error> wrong_pair() {
    return invalid("That name and password do not go together. Check both, or use a recovery code.", "name");
}

tl::unexpected<Error> wrong_code() {
    return invalid("That name and code do not go together. Check both. Each code works once.", "name");
}

// Known names and unknown ones (member 0) leave the same traces.
void count_failure(Services& services, const Limits& limits, MemberId member) {
    const Done counted = services.db.write([&](db::Tx& tx) -> Done {
        if (count_try(tx, limits))
            audit::record(tx, Actor::system(), "sign_in.limited", "member", member.value());
        return {};
    });
    CHECK(counted);
}

tl::unexpected<Error> refused(Services& services, const Limits& limits, MemberId member,
                              tl::unexpected<Error> error) {
    count_failure(services, limits, member);
    return error;
}

// The account to check a password against; nobody's for an unknown name.
Result<store::Account> account_named(db::ReadTx& tx, std::string_view name, const Limits& limits) {
    TRY(check_limits(tx, limits));
    return store::account_by_key(tx, key_of(name))
        .value_or(store::Account{MemberId(), crypto::nobodys_hash(), ""});
}

// A session, or half a one where a code is still to come.
Result<SignedIn> let_in_or_half(db::Tx& tx, MemberId member, const Device& device, Random& random) {
    if (needs_code(tx, member)) return SignedIn{start_half(tx, member, device, random), true};
    return SignedIn{TRY(let_in(tx, member, device, random))};
}

Result<SignedIn> let_in_still(db::Tx& tx, const store::Account& account, const Limits& limits,
                              const Device& device, Random& random) {
    TRY(check_limits(tx, limits));
    const auto now = store::account_of(tx, account.member);
    if (!now || now->password_hash != account.password_hash) return wrong_pair();
    return let_in_or_half(tx, account.member, device, random);
}

// The cookie, or nothing when the code is not right.
Result<std::optional<SignedIn>> recover_with(db::Tx& tx, MemberId member, std::string_view hash,
                                             const Recovery& form, Random& random) {
    if (!store::use_recovery_code(tx, member, recovery_digest(member, form.code)))
        return std::optional<SignedIn>();
    replace_password(tx, member, hash, SessionId());
    audit::record(tx, Actor::of(member), "recovery_code.used", "member", member.value());
    return std::optional(TRY(let_in_or_half(tx, member, form.device, random)));
}

}  // namespace

// ---- signing in --------------------------------------------------------------------------------------

Result<SignedIn> sign_in(Services& services, const SignIn& form) {
    const Limits limits = sign_in_limits(form.name, form.device.network, keys_for_limits(services));
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_named(tx, form.name, limits); }));
    const bool right = crypto::verify_password(account.password_hash, form.password);
    if (!right || !account.member) return refused(services, limits, account.member, wrong_pair());
    return services.db.write(
        [&](db::Tx& tx) { return let_in_still(tx, account, limits, form.device, services.random); });
}

Result<SignedIn> recover(Services& services, const Recovery& form) {
    TRY(check_password(form.password, form.name, "password"));
    const Limits limits = code_limits(form.name, form.device.network, keys_for_limits(services));
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_named(tx, form.name, limits); }));
    const std::string hash = crypto::hash_password(form.password);
    const auto in = TRY(services.db.write(
        [&](db::Tx& tx) { return recover_with(tx, account.member, hash, form, services.random); }));
    if (in) return *in;
    return refused(services, limits, account.member, wrong_code());
}

Result<bool> try_code(Services& services, const NamedTry& typed, const UseCode& use) {
    const Limits limits = code_limits(typed.name, typed.network, keys_for_limits(services));
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_named(tx, typed.name, limits); }));
    const bool right = TRY(services.db.write([&](db::Tx& tx) { return use(tx, account.member); }));
    if (!right) count_failure(services, limits, account.member);
    return right;
}

Result<Claimed> claim_and_sign_in(Services& services, std::string_view code, std::string_view password,
                                  const Device& device) {
    TRY(check_password(password, "", "password"));
    const Limits limits = claim_limits(device.network, keys_for_limits(services));
    TRY(services.db.read([&](db::ReadTx& tx) { return check_limits(tx, limits); }));
    const std::string hash = crypto::hash_password(password);
    auto claimed = services.db.write([&](db::Tx& tx) -> Result<Claimed> {
        NewAccount account = TRY(claim(tx, code, password, hash, services.random));
        std::string cookie = TRY(let_in(tx, account.member, device, services.random));
        return Claimed{std::move(account), std::move(cookie)};
    });
    if (!claimed && claimed.error().field == "code")
        return refused(services, limits, MemberId(), tl::unexpected(claimed.error()));
    return claimed;
}

Result<std::string> let_in(db::Tx& tx, MemberId member, const Device& device, Random& random,
                           bool second_factor) {
    if (store::delete_closure(tx, member)) announce_standing(tx, member);
    if (store::delete_erasure(tx, member))
        audit::record(tx, Actor::of(member), "member.erasure_undone", "member", member.value());
    if (const auto before = store::end_session_of_anyone(tx, device.replaces)) announce(tx, *before);
    std::string cookie = TRY(start_session(tx, member, device.words, random, second_factor));
    audit::record(tx, Actor::of(member), "member.signed_in", "member", member.value());
    return cookie;
}

}  // namespace kith::identity
