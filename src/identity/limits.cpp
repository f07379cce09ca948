#include "identity/limits.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::identity {
namespace {

constexpr std::int64_t quarter_ms = 15 * minute_ms;
constexpr int most_of_pair = 10;
constexpr int most_of_network = 50;
constexpr int most_of_name = 100;  // NIST SP 800-63B, 5.2.2
constexpr int most_sign_ups = 20;
constexpr int most_names = 5;
constexpr int most_emails = 5;

constexpr std::string_view wait_a_quarter = t_later(
    "There were too many tries. Please wait 15 minutes and try again.");
constexpr std::string_view name_rests = t_later(
    "There were too many tries with this name. Please wait a minute, or use a recovery code.");
constexpr std::string_view too_many_names = t_later(
    "You have tried many names. Please wait an hour and try again.");
constexpr std::string_view too_many_emails = t_later(
    "You have saved many addresses today. Please try again tomorrow.");
constexpr std::string_view too_many_accounts = t_later(
    "Many accounts were opened from your network. Please try again in an hour.");

// Lives as long as the process: after a restart nobody can tell whose tries were kept.
const std::string& attempt_secret(Random& random) {
    static const std::string secret = random.token(32);
    return secret;
}

std::string secret_digest(Random& random, std::string_view kind, std::string_view key) {
    return crypto::keyed_digest(attempt_secret(random), std::string(kind) + " " + std::string(key));
}

// The key of a name holds letters and digits alone, so a space ends it.
Limit pair_limit(std::string_view name, std::string_view network, Random& random) {
    const std::string key = key_of(name) + " " + network_of(network);
    return {secret_digest(random, "pair", key), most_of_pair, quarter_ms, wait_a_quarter};
}

Limit network_limit(std::string_view network, Random& random) {
    return {secret_digest(random, "network", network_of(network)), most_of_network, quarter_ms,
            wait_a_quarter};
}

Limit name_limit(std::string_view name, Random& random) {
    return {secret_digest(random, "name", key_of(name)), most_of_name, day_ms, name_rests, true};
}

std::int64_t rest_ms(std::int64_t beyond) {
    return std::min(second_ms << std::min<std::int64_t>(beyond, 6), minute_ms);
}

bool is_open(db::ReadTx& tx, const Limit& limit) {
    const store::Tries tries = store::tries_since(tx, limit.digest, tx.now() + -limit.window_ms);
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

Limits sign_in_limits(std::string_view name, std::string_view network, Random& random) {
    Limits limits = code_limits(name, network, random);
    limits.push_back(name_limit(name, random));
    return limits;
}

Limits code_limits(std::string_view name, std::string_view network, Random& random) {
    return {pair_limit(name, network, random), network_limit(network, random)};
}

Limits claim_limits(std::string_view network, Random& random) { return {network_limit(network, random)}; }

Limits sign_up_limits(std::string_view network, Random& random) {
    return {
        {secret_digest(random, "sign-up", network_of(network)), most_sign_ups, hour_ms, too_many_accounts}};
}

Limits password_limits(MemberId member) {
    return {{crypto::digest("password " + std::to_string(member.value())), most_of_pair, quarter_ms,
             wait_a_quarter}};
}

Limits name_limits(MemberId member) {
    return {{crypto::digest("name " + std::to_string(member.value())), most_names, hour_ms, too_many_names}};
}

Limits email_limits(MemberId member) {
    return {
        {crypto::digest("email " + std::to_string(member.value())), most_emails, day_ms, too_many_emails}};
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
        reached |= store::tries_since(tx, limit.digest, tx.now() + -limit.window_ms).count == limit.most;
    }
    return reached;
}

}  // namespace kith::identity
