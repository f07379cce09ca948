#include "platform/http/token.hpp"

#include <gmock/gmock.h>

#include "platform/log/log.hpp"
#include "tests/cast.hpp"
#include "tests/pages.hpp"

namespace kith::http {
namespace {

using testing::HasSubstr;
using testing::Not;

// What one look at a page that is answered by a worker writes into the log.
std::string log_of(log::Level level, bool with_addresses) {
    test::World world(db::Engine::sqlite);
    const test::Cast cast(world);
    test::Pages pages(world);
    log::configure(level, with_addresses);
    testing::internal::CaptureStderr();
    Request request;
    request.target = request.path = "/invited/a-secret-code";
    request.id = "r7";
    request.client = "192.0.2.7";
    pages.app().router().handle(request);
    std::string log = testing::internal::GetCapturedStderr();
    log::configure(log::Level::info, false);
    return log;
}

TEST(RequestLog, says_which_route_was_asked_for_and_never_what_stood_in_the_address) {
    const std::string log = log_of(log::Level::info, false);
    EXPECT_THAT(log,
                HasSubstr(R"("event":"request","request":"r7","method":"GET","route":"/invited/{code}")"));
    EXPECT_THAT(log, HasSubstr(R"("status":")"));
    EXPECT_THAT(log, HasSubstr(R"("ms":")"));
    EXPECT_THAT(log, Not(HasSubstr("secret")));
    EXPECT_THAT(log, Not(HasSubstr("192.0.2.7")));
}

TEST(RequestLog, has_the_address_of_the_visitor_only_if_the_operator_wants_it) {
    EXPECT_THAT(log_of(log::Level::info, true), HasSubstr(R"("client":"192.0.2.7")"));
}

TEST(RequestLog, is_silent_below_its_level) {
    EXPECT_THAT(log_of(log::Level::warn, true), Not(HasSubstr("request")));
}

}  // namespace
}  // namespace kith::http
