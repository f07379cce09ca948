#include "identity/limits.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "identity/factor_store.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::identity {
namespace {

constexpr std::int64_t quarter_ms = 15 * minute_ms;
constexpr int most_of_pair = 10;
constexpr int most_of_network = 50;
constexpr int most_of_name = 100;  // NIST SP 800-63B, 5.2.2
constexpr int most_names = 5;
constexpr int most_challenges = 200;
constexpr int most_codes = 50;  // with three codes good at a time: less than 1 in 6000
constexpr int most_emails = 5;

constexpr std::string_view wait_a_quarter = t_later(
    "There were too many tries. Please wait 15 minutes and try again.");
constexpr std::string_view name_rests = t_later(
    "There were too many tries with this name. Please wait a minute, or use a recovery code.");
constexpr std::string_view codes_rest = t_later(
    "There were too many wrong codes today. Please wait a minute between two tries, or use a passkey.");
constexpr std::string_view too_many_names = t_later(
    "You have tried many names. Please wait an hour and try again.");
constexpr std::string_view too_many_emails = t_later(
    "You have saved many addresses today. Please try again tomorrow.");
constexpr std::string_view too_many_accounts = t_later(
    "Many accounts were opened from your network. Please try again in an hour. Help now is open to you "
    "without "
    "an account.");

// How many of something, within which time, and what is said then.
struct Measure {
    int most;
    std::int64_t window_ms;
    std::string_view message;
    bool rests = false;
};

Limit keyed_limit(const DailyKeys& keys, std::string_view kind, std::string_view key,
                  const Measure& measure) {
    const std::string whole = std::string(kind) + " " + std::string(key);
    const std::string& before = keys.yesterday.empty() ? keys.today : keys.yesterday;
    return {crypto::keyed_digest(keys.today, whole),
            crypto::keyed_digest(before, whole),
            measure.most,
            measure.window_ms,
            measure.message,
            measure.rests};
}

// Numbers of members are no secret to whoever reads the table.
Limit member_limit(std::string_view kind, MemberId member, const Measure& measure) {
    const std::string digest = crypto::digest(std::string(kind) + " " + std::to_string(member.value()));
    return {digest, digest, measure.most, measure.window_ms, measure.message, measure.rests};
}

// The key of a name holds letters and digits alone, so a space ends it.
Limit pair_limit(std::string_view name, std::string_view network, const DailyKeys& keys) {
    return keyed_limit(keys, "pair", key_of(name) + " " + network_of(network),
                       {most_of_pair, quarter_ms, wait_a_quarter});
}

Limit network_limit(std::string_view network, const DailyKeys& keys) {
    return keyed_limit(keys, "network", network_of(network), {most_of_network, quarter_ms, wait_a_quarter});
}

Limit name_limit(std::string_view name, const DailyKeys& keys) {
    return keyed_limit(keys, "name", key_of(name), {most_of_name, day_ms, name_rests, true});
}

std::int64_t rest_ms(std::int64_t beyond) {
    return std::min(second_ms << std::min<std::int64_t>(beyond, 6), minute_ms);
}

bool is_open(db::ReadTx& tx, const Limit& limit) {
    const store::Tries tries = store::tries_since(tx, limit.digest, limit.digest_before,
                                                  tx.now() + -limit.window_ms);
    if (tries.count < limit.most) return true;
    return limit.rests && tx.now() - tries.last >= rest_ms(tries.count - limit.most);
}

}  // namespace

std::string network_of(std::string_view address) {
    const std::string text(address.substr(0, address.find('%')));
    std::array<char, sizeof(in6_addr)> bytes{};
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    constexpr std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
    const std::string_view all(bytes.data(), bytes.size());
    return std::string(all.starts_with(mapped) ? all.substr(12) : all.substr(0, 8));
}

DailyKeys keys_for_limits(db::Tx& tx, Random& random) {
    const std::int64_t day = tx.now().ms / day_ms;
    if (!store::daily_key(tx, day)) store::insert_daily_key(tx, day, random.token(32));
    return {store::daily_key(tx, day).value(), store::daily_key(tx, day - 1).value_or("")};
}

DailyKeys keys_for_limits(Services& services) {
    const auto known = services.db.read([&](db::ReadTx& tx) -> std::optional<DailyKeys> {
        const std::int64_t day = tx.now().ms / day_ms;
        auto today = store::daily_key(tx, day);
        if (!today) return std::nullopt;
        return DailyKeys{*std::move(today), store::daily_key(tx, day - 1).value_or("")};
    });
    if (known) return *known;
    return *services.db.write(
        [&](db::Tx& tx) -> Result<DailyKeys> { return keys_for_limits(tx, services.random); });
}

Limits sign_in_limits(std::string_view name, std::string_view network, const DailyKeys& keys) {
    Limits limits = code_limits(name, network, keys);
    limits.push_back(name_limit(name, keys));
    return limits;
}

Limits code_limits(std::string_view name, std::string_view network, const DailyKeys& keys) {
    return {pair_limit(name, network, keys), network_limit(network, keys)};
}

Limits claim_limits(std::string_view network, const DailyKeys& keys) {
    return {network_limit(network, keys)};
}

Limits sign_up_limits(std::string_view network, const DailyKeys& keys, int most) {
    return {keyed_limit(keys, "sign-up", network_of(network), {most, hour_ms, too_many_accounts})};
}

Limits guest_report_limits(std::string_view network, const DailyKeys& keys) {
    constexpr int most = 10;
    return {keyed_limit(
        keys, "report", network_of(network),
        {most, hour_ms,
         t_later("Many reports came from your network. Please sign in, or try again in an hour.")})};
}

Limits passkey_limits(std::string_view network, const DailyKeys& keys) {
    return {keyed_limit(keys, "passkey", network_of(network), {most_challenges, quarter_ms, wait_a_quarter})};
}

Limits password_limits(MemberId member) {
    return {member_limit("password", member, {most_of_pair, quarter_ms, wait_a_quarter})};
}

Limits code_app_limits(MemberId member) {
    return {member_limit("code", member, {most_of_pair, quarter_ms, wait_a_quarter}),
            member_limit("codes of a day", member, {most_codes, day_ms, codes_rest, true})};
}

Limits name_limits(MemberId member) {
    return {member_limit("name", member, {most_names, hour_ms, too_many_names})};
}

Limits email_limits(MemberId member) {
    return {member_limit("email", member, {most_emails, day_ms, too_many_emails})};
}

Done check_limits(db::ReadTx& tx, const Limits& limits) {
    for (const Limit& limit : limits)
        if (!is_open(tx, limit)) return too_many(limit.message);
    return {};
}

bool count_try(db::Tx& tx, const Limits& limits) {
    bool reached = false;
    for (const Limit& limit : limits) {
        store::insert_attempt(tx, limit.digest);
        reached |=
            store::tries_since(tx, limit.digest, limit.digest_before, tx.now() + -limit.window_ms).count ==
            limit.most;
    }
    return reached;
}

}  // namespace kith::identity
