#include <arpa/inet.h>

#include <array>

#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::identity {
namespace {

constexpr std::int64_t window_ms = 15 * minute_ms;
constexpr int most_of_name = 10;
constexpr int most_of_network = 50;

tl::unexpected<Error> wrong_pair() {
    return invalid("That name and password do not go together. Check both, or use a recovery code.", "name");
}

tl::unexpected<Error> wrong_code() {
    return invalid("That name and code do not go together. Check both. Each code works once.", "name");
}

// ---- limits ------------------------------------------------------------------------------------------

// Something whose failures are counted.
struct Counter {
    std::string digest;
    int most = 0;
};
using Counters = std::vector<Counter>;

// Lives as long as the process: after a restart nobody can tell whose tries were kept.
const std::string& attempt_secret() {
    static const std::string secret = crypto::SystemRandom().token(32);
    return secret;
}

// One household or provider line has a whole IPv6 network of 64 bits.
std::string network_of(const std::string& address) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
    return std::string(bytes.begin(), bytes.begin() + 8);
}

Counter counter(std::string_view kind, std::string_view key, int most) {
    return {crypto::keyed_digest(attempt_secret(), std::string(kind) + " " + std::string(key)), most};
}

Counter network_counter(const Device& device) {
    return counter("network", network_of(device.network), most_of_network);
}

Counters counters_for(std::string_view name, const Device& device) {
    return {counter("name", key_of(name), most_of_name), network_counter(device)};
}

Done check_limits(db::ReadTx& tx, const Counters& counters) {
    for (const Counter& one : counters)
        if (store::attempts_since(tx, one.digest, tx.now() + -window_ms) >= one.most)
            return too_many("There were too many tries. Please wait 15 minutes and try again.");
    return {};
}

// Counts a failure and returns it.
tl::unexpected<Error> refused(Services& services, const Counters& counters, tl::unexpected<Error> error) {
    const Done counted = services.db.write([&](db::Tx& tx) -> Done {
        for (const Counter& one : counters) store::insert_attempt(tx, one.digest);
        return {};
    });
    CHECK(counted);
    return error;
}

// ---- who it is ---------------------------------------------------------------------------------------

store::Account nobody() { return {MemberId(), crypto::nobodys_hash(), ""}; }

// The account to check a password against; nobody's for an unknown name.
Result<store::Account> account_named(db::ReadTx& tx, std::string_view name, const Counters& counters) {
    TRY(check_limits(tx, counters));
    return store::account_by_key(tx, key_of(name)).value_or(nobody());
}

Result<store::Account> account_acting(db::ReadTx& tx, const Actor& actor, const Counters& counters) {
    const MemberId member = TRY(acting_member(tx, actor));
    TRY(check_limits(tx, counters));
    return store::account_of(tx, member).value_or(nobody());
}

// The member who acts, once the present password was right.
Result<MemberId> proven(Services& services, const Actor& actor, std::string_view password,
                        std::string_view field) {
    const Counters counters{counter("member", std::to_string(actor.member.value()), most_of_name)};
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_acting(tx, actor, counters); }));
    if (crypto::verify_password(account.password_hash, password)) return account.member;
    return refused(services, counters, invalid("This is not your present password.", field));
}

Result<std::string> let_in_still(db::Tx& tx, const store::Account& account, const Counters& counters,
                                 const Device& device, Random& random) {
    TRY(check_limits(tx, counters));
    const auto now = store::account_of(tx, account.member);
    if (!now || now->password_hash != account.password_hash) return wrong_pair();
    return let_in(tx, account.member, device, random);
}

void replace_password(db::Tx& tx, MemberId member, std::string_view hash, SessionId keep) {
    store::set_password(tx, member, hash);
    store::end_sessions(tx, member, keep);
    store::end_tokens(tx, member);
    announce(tx, member);
}

// The cookie, or nothing when the code is not right.
Result<std::optional<std::string>> recover_with(db::Tx& tx, MemberId member, std::string_view hash,
                                                const Recovery& form, Random& random) {
    if (!store::use_recovery_code(tx, member, recovery_digest(member, form.code)))
        return std::optional<std::string>();
    replace_password(tx, member, hash, SessionId());
    return std::optional(TRY(let_in(tx, member, form.device, random)));
}

}  // namespace

// ---- signing in --------------------------------------------------------------------------------------

Result<std::string> sign_in(Services& services, const SignIn& form) {
    const Counters counters = counters_for(form.name, form.device);
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_named(tx, form.name, counters); }));
    const bool right = crypto::verify_password(account.password_hash, form.password);
    if (!right || !account.member) return refused(services, counters, wrong_pair());
    return services.db.write(
        [&](db::Tx& tx) { return let_in_still(tx, account, counters, form.device, services.random); });
}

Result<std::string> recover(Services& services, const Recovery& form) {
    TRY(check_password(form.password, form.name, "password"));
    const Counters counters = counters_for(form.name, form.device);
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_named(tx, form.name, counters); }));
    const std::string hash = crypto::hash_password(form.password);
    const auto cookie = TRY(services.db.write(
        [&](db::Tx& tx) { return recover_with(tx, account.member, hash, form, services.random); }));
    if (cookie) return *cookie;
    return refused(services, counters, wrong_code());
}

Result<Claimed> claim_and_sign_in(Services& services, std::string_view code, std::string_view password,
                                  const Device& device) {
    TRY(check_password(password, "", "password"));
    const Counters counters{network_counter(device)};
    TRY(services.db.read([&](db::ReadTx& tx) { return check_limits(tx, counters); }));
    const std::string hash = crypto::hash_password(password);
    auto claimed = services.db.write([&](db::Tx& tx) -> Result<Claimed> {
        NewAccount account = TRY(claim(tx, code, password, hash, services.random));
        std::string cookie = TRY(let_in(tx, account.member, device, services.random));
        return Claimed{std::move(account), std::move(cookie)};
    });
    if (!claimed && claimed.error().field == "code")
        return refused(services, counters, tl::unexpected(claimed.error()));
    return claimed;
}

Result<std::string> let_in(db::Tx& tx, MemberId member, const Device& device, Random& random) {
    if (store::delete_closure(tx, member)) announce(tx, member);
    if (const auto before = store::end_session_of_anyone(tx, device.replaces)) announce(tx, *before);
    return start_session(tx, member, device.words, random);
}

// ---- passwords and codes of a member -----------------------------------------------------------------

Done change_password(Services& services, const Actor& actor, const PasswordChange& form) {
    const MemberId member = TRY(proven(services, actor, form.current, "current"));
    const std::string name = services.db.read([&](db::ReadTx& tx) { return main_name(tx, member); });
    TRY(check_password(form.password, name, "password"));
    const std::string hash = crypto::hash_password(form.password);
    return services.db.write([&](db::Tx& tx) -> Done {
        replace_password(tx, TRY(acting_member(tx, actor)), hash, form.keep);
        return {};
    });
}

Result<std::vector<std::string>> renew_recovery_codes(Services& services, const Actor& actor,
                                                      std::string_view password) {
    TRY(proven(services, actor, password, "current"));
    return services.db.write([&](db::Tx& tx) -> Result<std::vector<std::string>> {
        return make_recovery_codes(tx, TRY(acting_member(tx, actor)), services.random);
    });
}

Done set_password(db::Tx& tx, const Actor& actor, MemberId member, std::string_view password_hash) {
    TRY(require_host(tx, actor));
    if (!store::account_of(tx, member)) return not_found();
    replace_password(tx, member, password_hash, SessionId());
    return {};
}

}  // namespace kith::identity
