#include "doors/holds.hpp"

#include <algorithm>

#include "doors/store.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/work.hpp"
#include "safeguarding/safeguarding.hpp"

// Somebody on hold who opens another account.
namespace kith::doors {
namespace {

// A hold that a case about an alias brought must lead to no name.
bool is_about_a_name(db::ReadTx& tx, std::span<const safeguarding::OwnDecision> decisions,
                     const identity::Hold& hold) {
    if (!hold.by_case) return true;  // by a host
    const auto found = std::ranges::find(decisions, hold.by_case, &safeguarding::OwnDecision::id);
    if (found == decisions.end()) return false;  // nobody has decided anything yet
    const auto post = conversation::visible_post(tx, Actor::system(), found->post);
    return post && !identity::is_alias(tx, post->author);
}

// Until when something may be kept of their network; nothing: not at all.
std::optional<Time> kept_until(db::ReadTx& tx, MemberId member) {
    const auto decisions = safeguarding::decisions_on(tx, member);
    for (const identity::Hold& hold : identity::standing_holds(tx, member)) {
        if (!is_about_a_name(tx, decisions, hold)) continue;
        const Time longest = tx.now() + network_days * day_ms;
        return hold.until ? std::min(*hold.until, longest) : longest;
    }
    return std::nullopt;
}

}  // namespace

void tell_hosts(db::Tx& tx) {
    for (const identity::Holder& host : identity::holders_of(tx, identity::Role::host, {}))
        notices::tell(tx, host.member, notices::Kind::outsiders, {});
}

std::string network_digest(Services& services, std::string_view network) {
    const auto secret = services.db.write([&](db::Tx& tx) -> Result<std::string> {
        if (auto known = store::secret(tx, store::Purpose::network)) return *known;
        store::insert_secret(tx, store::Purpose::network, services.random.token(32));
        return store::secret(tx, store::Purpose::network).value();
    });
    return crypto::slow_digest(secret.value(), identity::network_of(network));
}

bool HeldVisits::is_noted_lately(MemberId member, Time now) {
    constexpr std::size_t most = 1000;
    const std::lock_guard lock(mutex_);
    if (noted_.size() > most) noted_.clear();
    const auto [at, is_new] = noted_.try_emplace(member, now);
    if (!is_new && now < at->second + hour_ms) return true;
    at->second = now;
    return false;
}

void HeldVisits::note(Services& services, MemberId member, std::string_view network) {
    if (is_noted_lately(member, services.clock.now())) return;
    if (!services.db.read([&](db::ReadTx& tx) { return kept_until(tx, member); })) return;
    const std::string digest = network_digest(services, network);
    const Done noted = services.db.write([&](db::Tx& tx) -> Done {
        if (const auto until = kept_until(tx, member)) store::put_network(tx, member, digest, *until);
        return {};
    });
    CHECK(noted);
}

void note_newcomer(db::Tx& tx, MemberId newcomer, std::string_view digest) {
    if (!store::is_network_held(tx, digest)) return;
    store::put_hint(tx, newcomer);
    tell_hosts(tx);
}

std::vector<Hint> hints(db::ReadTx& tx) { return store::hints(tx, 20); }

void forget_networks(db::Tx& tx) {
    store::forget_networks_before(tx, tx.now());
    for (const MemberId member : store::held_members(tx))
        if (!kept_until(tx, member)) store::forget_networks_of(tx, member);
    if (!store::any_network(tx)) store::forget_secret(tx, store::Purpose::network);
}

}  // namespace kith::doors
