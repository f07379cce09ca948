#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Signals to browsers through the push services of their makers (RFC 8030), without a word in them.
namespace kith::push {

// Hosts that signals may go to, and all below them. Nothing else is ever asked, whatever address a browser names.
std::vector<std::string> known_services();

// "https://push.example.org" of an endpoint at one of `services`; nothing for any other address. Only https, but for
// services named "localhost", which are for tests.
std::optional<std::string> service_of(std::string_view endpoint, const std::vector<std::string>& services);

enum class Outcome { sent, gone, trouble };
struct Signal {
    std::string endpoint;
    std::string token;       // crypto::vapid_token for its service
    std::string public_key;  // crypto::vapid_public_key
};
// `gone`: the browser takes none there any more. `trouble`: try again later. Blocks for some seconds at most.
Outcome send(const Signal& signal);

}  // namespace kith::push
