#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kith::http {

// Addresses and networks ("10.0.0.0/8", "::1") whose forwarding headers are believed.
class TrustedProxies {
public:
    // Throws std::invalid_argument on text that is neither.
    explicit TrustedProxies(const std::vector<std::string>& texts);

    bool contains(const boost::asio::ip::address& address) const;

    // The browser's address: the last hop of X-Forwarded-For that is no trusted proxy, or the peer itself.
    std::string client_of(const boost::asio::ip::address& peer, std::string_view forwarded_for) const;

private:
    struct Network {
        boost::asio::ip::address_v6 base;
        int bits;
    };
    std::vector<Network> networks_;
};

}  // namespace kith::http
