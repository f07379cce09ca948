#include "platform/crypto/vapid.hpp"

#include <gtest/gtest.h>

#include "platform/crypto/passkey.hpp"

namespace kith::crypto {
namespace {

TEST(Vapid, has_a_key_whose_public_half_is_a_point_on_the_curve) {
    const std::string key = make_vapid_key();
    EXPECT_NE(key, make_vapid_key());
    const std::string point = from_base64url(vapid_public_key(key));
    ASSERT_EQ(point.size(), 65u);
    EXPECT_EQ(point[0], 4);
    EXPECT_EQ(vapid_public_key(key), vapid_public_key(key));
}

// That a service takes it is seen in the journey `push`, which checks it with other people's code.
TEST(Vapid, signs_who_sends_to_which_service_and_until_when) {
    const std::string key = make_vapid_key();
    const std::string token = vapid_token(key, "https://push.example.org", "https://kith.example",
                                          Time{1'770'000'000'000});
    const std::size_t first = token.find('.'), second = token.rfind('.');
    ASSERT_LT(first, second);
    EXPECT_EQ(from_base64url(token.substr(0, first)), R"({"typ":"JWT","alg":"ES256"})");
    EXPECT_EQ(from_base64url(token.substr(first + 1, second - first - 1)),
              R"({"aud":"https://push.example.org","exp":1770000000,"sub":"https://kith.example"})");
    EXPECT_EQ(from_base64url(token.substr(second + 1)).size(), 64u);
}

}  // namespace
}  // namespace kith::crypto
