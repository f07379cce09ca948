#include "platform/http/address.hpp"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

std::string client_of(std::string_view peer, const std::vector<std::string_view>& forwarded) {
    const TrustedProxies proxies({"127.0.0.1", "10.0.0.0/8", "::1"});
    Headers headers{{"host", "a"}};
    for (const std::string_view line : forwarded) headers.emplace_back("x-forwarded-for", line);
    return proxies.client_of(boost::asio::ip::make_address(std::string(peer)), headers);
}

TEST(TrustedProxies, believe_the_last_hop_that_is_not_theirs) {
    EXPECT_EQ(client_of("203.0.113.9", {"198.51.100.1"}), "203.0.113.9");
    EXPECT_EQ(client_of("127.0.0.1", {}), "127.0.0.1");
    EXPECT_EQ(client_of("127.0.0.1", {"198.51.100.1, 203.0.113.9, 10.1.2.3"}), "203.0.113.9");
    EXPECT_EQ(client_of("127.0.0.1", {"10.1.2.3"}), "10.1.2.3");
    EXPECT_EQ(client_of("127.0.0.1", {"198.51.100.1, nonsense, 10.1.2.3"}), "10.1.2.3");
}

TEST(TrustedProxies, read_all_lines_as_one_list) {
    EXPECT_EQ(client_of("127.0.0.1", {"198.51.100.1", "203.0.113.9"}), "203.0.113.9");
    EXPECT_EQ(client_of("127.0.0.1", {"198.51.100.1", "203.0.113.9", "10.1.2.3, 10.1.2.4"}), "203.0.113.9");
}

TEST(TrustedProxies, write_an_address_in_one_way) {
    EXPECT_EQ(client_of("::ffff:203.0.113.9", {}), "203.0.113.9");
    EXPECT_EQ(client_of("::ffff:127.0.0.1", {"::ffff:198.51.100.1"}), "198.51.100.1");
    EXPECT_EQ(client_of("::1", {"2001:db8:0::1"}), "2001:db8::1");
}

}  // namespace
}  // namespace kith::http
