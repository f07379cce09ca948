#include "platform/http/address.hpp"

#include <charconv>
#include <stdexcept>

namespace kith::http {
namespace {

namespace ip = boost::asio::ip;

// IPv4 as IPv6, so that one comparison serves both.
ip::address_v6 widened(const ip::address& address) {
    return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6();
}

bool same_prefix(const ip::address_v6& a, const ip::address_v6& b, int bits) {
    const auto x = a.to_bytes(), y = b.to_bytes();
    for (std::size_t i = 0; i < x.size() && bits > 0; ++i, bits -= 8) {
        const unsigned mask = bits >= 8 ? 0xffu : (0xffu << (8 - bits)) & 0xffu;
        if ((x[i] & mask) != (y[i] & mask)) return false;
    }
    return true;
}

std::string_view last_hop(std::string_view& list) {
    const std::size_t comma = list.rfind(',');
    std::string_view hop = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
    while (!hop.empty() && hop.front() == ' ') hop.remove_prefix(1);
    while (!hop.empty() && hop.back() == ' ') hop.remove_suffix(1);
    return hop;
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        const std::size_t slash = text.find('/');
        boost::system::error_code error;
        const ip::address address = ip::make_address(text.substr(0, slash), error);
        if (error) throw std::invalid_argument("not an address or network: " + text);
        int bits = address.is_v4() ? 32 : 128;
        if (slash != std::string::npos) {
            const char* const end = text.data() + text.size();
            int given = -1;
            const auto parsed = std::from_chars(text.data() + slash + 1, end, given);
            if (parsed.ptr != end || given < 0 || given > bits)
                throw std::invalid_argument("not an address or network: " + text);
            bits = given;
        }
        networks_.push_back({widened(address), address.is_v4() ? bits + 96 : bits});
    }
}

bool TrustedProxies::contains(const ip::address& address) const {
    const ip::address_v6 wide = widened(address);
    for (const Network& network : networks_)
        if (same_prefix(network.base, wide, network.bits)) return true;
    return false;
}

std::string TrustedProxies::client_of(const ip::address& peer, std::string_view forwarded_for) const {
    if (!contains(peer)) return peer.to_string();
    ip::address client = peer;
    while (!forwarded_for.empty()) {
        boost::system::error_code error;
        const ip::address hop = ip::make_address(std::string(last_hop(forwarded_for)), error);
        if (error) break;
        client = hop;
        if (!contains(hop)) break;
    }
    return client.to_string();
}

}  // namespace kith::http
