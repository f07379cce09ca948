#include "platform/http/router.hpp"

#include "platform/http/page.hpp"
#include "tests/pages.hpp"

namespace kith::http {
namespace {

using test::Pages;
using test::World;

TEST(Router, says_which_methods_an_address_has) {
    World world(db::Engine::sqlite);
    const test::Cast cast(world);
    Pages pages(world);
    const auto answer = pages.ask(Method::put, "/threads/1", "", MemberId());
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD");
    EXPECT_EQ(pages.ask(Method::get, "/threads/1/posts", "", MemberId()).headers.at("allow"), "POST");
    EXPECT_EQ(pages.ask(Method::put, "/sign-in", "", MemberId()).headers.at("allow"), "GET, HEAD, POST");
}

TEST(Router, names_the_pattern_of_a_route_that_failed_in_the_log_and_nothing_typed) {
    World world(db::Engine::sqlite);
    Router router(*world.services, {{Method::post, "/groups/{group}/words", gate::open,
                                     [](Ctx&) -> Response { throw db::Unavailable("gone"); }}});
    auto site = std::make_shared<Site>();
    site->ready = true;
    world.services->set_site(site);
    router.on_visitor([](const Request&) { return std::nullopt; }, [](const Request&) { return Visitor{}; });
    Request request;
    request.method = Method::post;
    request.target = request.path = "/groups/900900900900/words";
    request.id = "request.7";
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = "text=secret";
    testing::internal::CaptureStderr();
    EXPECT_EQ(router.handle(request).status, 503);
    const std::string line = testing::internal::GetCapturedStderr();
    EXPECT_NE(line.find("/groups/{group}/words"), std::string::npos);
    EXPECT_NE(line.find("request.7"), std::string::npos);
    EXPECT_EQ(line.find("900900900900"), std::string::npos);
    EXPECT_EQ(line.find("secret"), std::string::npos);
}

BOTH_ENGINES(Router, answers_guests_in_json_who_ask_for_it) {
    const test::Cast cast(world);
    Pages pages(world);
    const auto answer = pages.get("/", MemberId(), "application/json");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body.starts_with("{\"name\":")) << answer.body;
}

}  // namespace
}  // namespace kith::http
