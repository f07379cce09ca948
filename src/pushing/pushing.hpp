#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/services.hpp"

// A signal on a device when something is new (web push): off until a member turns it on there. It goes through the push
// service of the browser's maker and says nothing: neither to whom, nor what about.
namespace kith::pushing {

inline constexpr int devices_most = 10;  // of one member

using DeviceId = Id<struct PushDeviceTag>;
struct Device {
    DeviceId id;
    std::string words;  // "Firefox, Android"
    Time added_at;
};
std::vector<Device> devices_of(db::ReadTx& tx, MemberId member);

// Takes an address from a browser. One that somebody else had there before is theirs no more: it is one browser.
// Faults: `invalid` with field "endpoint" for what is at no push service; `conflict` above `devices_most`.
Done add_device(db::Tx& tx, const Actor& actor, std::string_view endpoint, std::string_view words);
Done remove_device(db::Tx& tx, const Actor& actor, DeviceId device);

// What browsers subscribe with. Made when it is first asked for.
std::string public_key(Services& services);

// Push services besides or instead of the known ones; set before serving.
void use_services(std::vector<std::string> hosts);

// Sends what a job of kind `push` (its payload is the member) finds due. Throws to be tried again.
void send_due(Services& services, std::string_view payload);

jobs::Handlers handlers(Services& services);
std::vector<http::Route> routes();

}  // namespace kith::pushing
