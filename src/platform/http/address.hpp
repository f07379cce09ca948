#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::http {

using Headers = std::vector<std::pair<std::string_view, std::string_view>>;  // names in lower case

// Addresses and networks ("10.0.0.0/8", "::1") whose forwarding headers are believed.
class TrustedProxies {
public:
    // Throws std::invalid_argument on text that is neither.
    explicit TrustedProxies(const std::vector<std::string>& texts);

    bool contains(const boost::asio::ip::address& address) const;

    // The browser's address: the last hop of X-Forwarded-For that is no trusted proxy, or the peer itself. A proxy
    // may add a line of its own below what the client sent, so all lines of that name are one list.
    std::string client_of(const boost::asio::ip::address& peer, const Headers& headers) const;

private:
    bool follow(std::string_view hops, boost::asio::ip::address& client) const;

    struct Network {
        boost::asio::ip::address_v6 base;
        int bits;
    };
    std::vector<Network> networks_;
};

}  // namespace kith::http
