#include "platform/push/push.hpp"

#include <gtest/gtest.h>

namespace kith::push {
namespace {

TEST(PushServices, are_those_of_browsers_and_nobody_else) {
    const auto known = known_services();
    EXPECT_EQ(service_of("https://fcm.googleapis.com/fcm/send/abc:def-_", known),
              "https://fcm.googleapis.com");
    EXPECT_EQ(service_of("https://updates.push.services.mozilla.com/wpush/v2/x", known),
              "https://updates.push.services.mozilla.com");
    EXPECT_EQ(service_of("https://web.push.apple.com/x", known), "https://web.push.apple.com");
    for (const std::string_view wrong :
         {"", "x", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com",
          "https://evil-fcm.googleapis.com.example.org/x", "https://notfcm.googleapis.com/x",
          "https://fcm.googleapis.com:8080/x", "https://fcm.googleapis.com@localhost/x",
          "https://localhost/x", "http://127.0.0.1/x", "https://fcm.googleapis.com/x y",
          "https://fcm.googleapis.com\\@a/x", "file:///etc/passwd", "https://[::1]/x"})
        EXPECT_FALSE(service_of(wrong, known)) << wrong;
    EXPECT_FALSE(service_of("https://fcm.googleapis.com/" + std::string(1000, 'x'), known));
    EXPECT_EQ(service_of("http://localhost:1234/x", {"localhost"}), "http://localhost:1234");
}

TEST(PushServices, that_do_not_answer_are_tried_again) {
    EXPECT_EQ(send({"http://localhost:1/x", "t", "k"}), Outcome::trouble);
}

}  // namespace
}  // namespace kith::push
