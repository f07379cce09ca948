#include "platform/http/saved.hpp"

#include "tests/pages.hpp"

namespace kith::http {
namespace {

using test::Answer;
using test::Cast;
using test::Pages;
using test::World;

// What a browser sends back.
std::string kept(const Answer& answer) {
    const std::string& header = answer.headers.at("set-cookie");
    return header.substr(0, header.find(';'));
}

// As a guest: the cookie of a session takes the place of any other in these tests.
Answer see(Pages& pages, std::string_view address, const std::string& cookie) {
    return pages.ask(Method::get, address, "", {}, {{"accept", "text/html"}, {"cookie", cookie}});
}

BOTH_ENGINES(Saved, is_said_once_on_the_page_that_follows_and_on_no_other) {
    const Cast cast(world);
    Pages pages(world);
    const Answer sent = pages.post("/comfort", {{"theme", "dark"}}, cast.ada);
    EXPECT_EQ(sent.location(), "/comfort");
    const std::string cookie = kept(sent);
    const Answer page = see(pages, "/comfort", cookie);
    EXPECT_TRUE(page.shows("<p class=\"notice\" role=\"status\">Saved.</p>"));
    EXPECT_TRUE(page.shows("<title>Saved: "));
    EXPECT_EQ(kept(page), "kith-saved=");
    EXPECT_FALSE(see(pages, "/comfort", kept(page)).shows("Saved."));
    EXPECT_FALSE(see(pages, "/rules", cookie).shows("role=\"status\""));
}

BOTH_ENGINES(Saved, is_not_said_of_a_mistake_nor_to_programs) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_FALSE(pages.post("/me", {{"email", "no address"}}, cast.ada).headers.contains("set-cookie"));
    const Answer json = pages.post("/comfort", {{"theme", "dark"}}, cast.ada, "application/json");
    EXPECT_FALSE(json.headers.contains("set-cookie"));
}

BOTH_ENGINES(Saved, lets_nobody_write_a_cookie_by_an_address_to_go_on_to) {
    const Cast cast(world);
    Pages pages(world);
    const Answer sent = pages.post("/comfort", {{"theme", "dark"}, {"next", "/me;Domain=example.org"}},
                                   cast.ada);
    EXPECT_EQ(sent.location(), "/me;Domain=example.org");
    EXPECT_FALSE(sent.headers.contains("set-cookie"));
}

}  // namespace
}  // namespace kith::http
