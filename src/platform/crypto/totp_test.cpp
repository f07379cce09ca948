#include "platform/crypto/totp.hpp"

#include <gtest/gtest.h>

namespace kith::crypto {
namespace {

// RFC 6238, appendix B: "12345678901234567890" in base32; its codes have eight digits, ours are the last six.
constexpr std::string_view rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

TEST(Totp, gives_the_codes_of_the_standard) {
    EXPECT_EQ(totp_code(rfc_secret, 59 / 30), "287082");
    EXPECT_EQ(totp_code(rfc_secret, 1111111109 / 30), "081804");
    EXPECT_EQ(totp_code(rfc_secret, 1234567890 / 30), "005924");
    EXPECT_EQ(totp_code(rfc_secret, 20000000000 / 30), "353130");
}

TEST(Totp, takes_the_code_before_and_the_next_but_no_other) {
    const Time now{1'770'000'000'000};
    const std::int64_t step = now.ms / 30'000;
    for (const std::int64_t near : {step - 1, step, step + 1})
        EXPECT_EQ(totp_step(rfc_secret, totp_code(rfc_secret, near), now), near);
    EXPECT_FALSE(totp_step(rfc_secret, totp_code(rfc_secret, step - 2), now));
    EXPECT_FALSE(totp_step(rfc_secret, totp_code(rfc_secret, step + 2), now));
    EXPECT_FALSE(totp_step(rfc_secret, "", now));
}

TEST(Totp, makes_secrets_that_apps_take) {
    SeededRandom random(3);
    const std::string secret = make_totp_secret(random);
    EXPECT_EQ(secret.size(), 32u);
    EXPECT_NE(secret, make_totp_secret(random));
    EXPECT_EQ(totp_address("ABC", "Kith & kin", "Heron"),
              "otpauth://totp/Kith%20%26%20kin:Heron?secret=ABC&issuer=Kith%20%26%20kin");
}

}  // namespace
}  // namespace kith::crypto
