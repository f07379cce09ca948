#include "platform/hook/hook.hpp"

#include <gtest/gtest.h>

#include "platform/crypto/crypto.hpp"

namespace kith::hook {
namespace {

// RFC 4231, test case 2.
TEST(Hook, signs_with_the_code_that_everybody_can_check) {
    EXPECT_EQ(crypto::hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    const std::string one = signature("secret", "{}", Time{1000});
    EXPECT_TRUE(one.starts_with("t=1000,v1="));
    EXPECT_NE(one.substr(10), signature("secret", "{}", Time{1001}).substr(10));
    EXPECT_NE(one, signature("another", "{}", Time{1000}));
}

TEST(Hook, that_nobody_takes_says_so) {
    EXPECT_FALSE(call({"http://127.0.0.1:1/", "secret"}, "{}", Time{0}));
}

}  // namespace
}  // namespace kith::hook
