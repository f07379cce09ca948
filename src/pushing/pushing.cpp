#include "pushing/pushing.hpp"

#include <algorithm>
#include <stdexcept>

#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/vapid.hpp"
#include "platform/push/push.hpp"
#include "pushing/store.hpp"

namespace kith::pushing {
namespace {

constexpr std::int64_t token_ms = 12 * hour_ms;  // a service takes none that is good for more than a day

// Set once before serving, then only read.
std::vector<std::string>& services_known() {
    static std::vector<std::string> hosts = push::known_services();
    return hosts;
}

// Whoever comes first decides.
std::string private_key(Services& services) {
    if (const auto known = services.db.read([](db::ReadTx& tx) { return store::private_key(tx); }))
        return *known;
    return *services.db.write([](db::Tx& tx) -> Result<std::string> {
        store::insert_private_key(tx, crypto::make_vapid_key());
        return store::private_key(tx).value();
    });
}

// As long as any device takes signals.
void set_wish(db::Tx& tx, MemberId member) {
    notices::set_push(tx, member, !store::devices_of(tx, member).empty());
}

bool may_be_told(db::ReadTx& tx, MemberId member) {
    return identity::acting_member(tx, Actor::of(member)) && !identity::standing_pause(tx, member) &&
           notices::any_unread(tx, member);
}

}  // namespace

void use_services(std::vector<std::string> hosts) { services_known() = std::move(hosts); }

std::string public_key(Services& services) { return crypto::vapid_public_key(private_key(services)); }

std::vector<Device> devices_of(db::ReadTx& tx, MemberId member) { return store::devices_of(tx, member); }

Done add_device(db::Tx& tx, const Actor& actor, std::string_view endpoint, std::string_view words) {
    const MemberId member = TRY(identity::acting_person(tx, actor));
    if (!push::service_of(endpoint, services_known()))
        return invalid("This browser uses a service for signals that we do not know.", "endpoint");
    const auto before = store::owner_of(tx, endpoint);
    if (before != member && store::devices_of(tx, member).size() >= devices_most)
        return conflict("You have turned this on for very many devices. Please turn it off for one first.",
                        "endpoint");
    store::put_device(tx, member, endpoint, words);
    set_wish(tx, member);
    if (before && *before != member) set_wish(tx, *before);
    return {};
}

Done remove_device(db::Tx& tx, const Actor& actor, DeviceId device) {
    const MemberId member = TRY(identity::acting_person(tx, actor));
    if (!store::remove_device(tx, member, device)) return not_found();
    set_wish(tx, member);
    return {};
}

void send_due(Services& services, std::string_view payload) {
    const MemberId member = jobs::member_in(payload);
    struct Due {
        bool goes = false;
        std::vector<store::Address> addresses;
    };
    const Due due = services.db.read([&](db::ReadTx& tx) {
        if (!notices::is_push_due(tx, member) || !may_be_told(tx, member)) return Due();
        return Due{true, store::addresses_of(tx, member)};
    });
    std::vector<DeviceId> gone;
    bool any_sent = false, any_trouble = false;
    const std::string key = due.goes ? private_key(services) : std::string();
    for (const store::Address& address : due.addresses) {
        const auto service = push::service_of(address.endpoint, services_known());
        if (!service) continue;
        const std::string token = crypto::vapid_token(key, *service, services.site()->public_url,
                                                      services.clock.now() + token_ms);
        const push::Outcome outcome = push::send({address.endpoint, token, crypto::vapid_public_key(key)});
        if (outcome == push::Outcome::gone) gone.push_back(address.id);
        any_sent = any_sent || outcome == push::Outcome::sent;
        any_trouble = any_trouble || outcome == push::Outcome::trouble;
    }
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        for (const DeviceId device : gone) store::remove_device(tx, member, device);
        if (!gone.empty()) set_wish(tx, member);
        if (any_sent || !any_trouble) notices::end_push(tx, member);
        return {};
    }));
    // Once for all is enough: nobody is told twice because of another device.
    if (any_trouble && !any_sent) throw std::runtime_error("the push service does not answer as it should");
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out["push"] = {[&services](const std::string& payload) { send_due(services, payload); }};
    return out;
}

}  // namespace kith::pushing
