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

// IPv4 as itself, so that one person has one address whatever the socket is.
ip::address narrowed(const ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
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
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!hop.empty() && blank(hop.front())) hop.remove_prefix(1);
    while (!hop.empty() && blank(hop.back())) hop.remove_suffix(1);
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

std::string TrustedProxies::client_of(const ip::address& peer, const Headers& headers) const {
    ip::address client = narrowed(peer);
    bool trusted = contains(peer);
    for (auto line = headers.rbegin(); trusted && line != headers.rend(); ++line)
        if (line->first == "x-forwarded-for") trusted = follow(line->second, client);
    return client.to_string();
}

// Goes back along the hops; false at the first that is no proxy of ours, or no address.
bool TrustedProxies::follow(std::string_view hops, ip::address& client) const {
    while (!hops.empty()) {
        boost::system::error_code error;
        const ip::address hop = ip::make_address(std::string(last_hop(hops)), error);
        if (error) return false;
        client = narrowed(hop);
        if (!contains(hop)) return false;
    }
    return true;
}

}  // namespace kith::http
