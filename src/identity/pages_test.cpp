#include "tests/pages.hpp"
#include "audit/audit.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::identity {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

const std::string password(Cast::password);

bool has_session(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return !sessions_of(tx, member).empty(); });
}

BOTH_ENGINES(MyPages, work_for_members_and_send_guests_to_sign_in) {
    const Cast cast(world);
    Pages pages(world);
    for (const std::string path : {"/me", "/me/name", "/me/password", "/me/recovery-codes", "/me/sessions",
                                   "/me/tokens", "/me/closure", "/me/muted", "/notices"}) {
        EXPECT_EQ(pages.get(path, cast.ada).status, 200) << path;
        EXPECT_EQ(pages.get(path).location(), Url("/sign-in").query("next", path).text()) << path;
    }
}

BOTH_ENGINES(MyPages, of_somebody_else_are_not_found) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get("/me", cast.ada).status, 200);
    const SessionId session = world.db().read(
        [&](db::ReadTx& tx) { return sessions_of(tx, cast.ada).at(0).id; });
    const TokenId token = [&] {
        EXPECT_TRUE(create_token(*world.services, as(cast.ada), {.name = "mine", .current = password}));
        return world.db().read([&](db::ReadTx& tx) { return tokens_of(tx, cast.ada).at(0).id; });
    }();
    const std::string session_path = "/me/sessions/" + std::to_string(session.value());
    const std::string token_path = "/me/tokens/" + std::to_string(token.value());
    EXPECT_EQ(pages.post(session_path, {}, cast.cy).status, 404);
    EXPECT_EQ(pages.post(token_path, {}, cast.cy).status, 404);
    EXPECT_EQ(pages.get(session_path, cast.ada).status, 405);
    EXPECT_EQ(pages.get(token_path, cast.ada).status, 405);
    EXPECT_EQ(pages.post(token_path, {}, cast.ada).status, 303);
}

BOTH_ENGINES(MyPages, do_nothing_grave_without_the_password) {
    const Cast cast(world);
    Pages pages(world);
    const std::map<std::string, std::string> token = {{"name", "mine"}, {"current", "wrong"}};
    const Answer refused = pages.post("/me/tokens", token, cast.ada);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.shows("id=\"current-error\""));
    EXPECT_TRUE(refused.shows("<title>Error: "));
    EXPECT_EQ(pages.post("/me", {{"email", "a@example.org"}, {"current", "wrong"}}, cast.ada).status, 422);
    EXPECT_EQ(pages.post("/me", {{"email", "a@example.org"}, {"current", password}}, cast.ada).status, 303);
    EXPECT_TRUE(pages.get("/me", cast.ada).shows("a@example.org"));
}

BOTH_ENGINES(MyPages, show_an_error_beside_a_choice) {
    const Cast cast(world);
    Pages pages(world);
    const Answer answer = pages.post("/me/tokens", {{"name", "mine"}, {"days", "0"}, {"current", password}},
                                     cast.ada);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("id=\"days\" aria-describedby=\"days-error\""));
    EXPECT_TRUE(answer.shows("id=\"days-error\""));
    const Answer unsure = pages.post("/me/closure", {}, cast.ada);
    EXPECT_EQ(unsure.status, 422);
    EXPECT_TRUE(unsure.shows("aria-invalid=\"true\" aria-describedby=\"sure-error\""));
}

BOTH_ENGINES(MyPages, are_closed_to_a_token_where_they_concern_the_account) {
    const Cast cast(world);
    Pages pages(world);
    const std::string secret = create_token(*world.services, as(cast.ada),
                                            {.name = "mine", .scope = Actor::Scope::all, .current = password})
                                   .value();
    const auto asks = [&](std::string_view path, std::string body) {
        return pages
            .ask(http::Method::post, path, std::move(body), {},
                 {{"authorization", "Bearer " + secret},
                  {"accept", "application/json"},
                  {"content-type", "application/x-www-form-urlencoded"}})
            .status;
    };
    EXPECT_EQ(asks("/me/name", "name=Moss+12"), 403);
    EXPECT_EQ(asks("/me", "email=a@example.org&current=" + password), 403);
    EXPECT_EQ(asks("/me/sessions", ""), 403);
    EXPECT_EQ(asks("/me/closure", "sure=yes"), 403);
}

// ---- over http ---------------------------------------------------------------------------------------

std::string sign_in_page_at(Pages& pages, std::string_view host, bool secure) {
    http::Request request;
    request.method = http::Method::get;
    request.target = request.path = "/sign-in";
    request.host = host;
    request.secure = secure;
    return pages.app().router().handle(request).head;
}

BOTH_ENGINES(ComingIn, over_http_from_another_machine_says_why_it_cannot_last) {
    const Cast cast(world);
    const std::string_view warning = "will not keep you signed in";
    const auto warns = [&](Pages& pages, std::string_view host, bool secure) {
        return sign_in_page_at(pages, host, secure).find(warning) != std::string::npos;
    };
    Pages at_home(world);
    EXPECT_TRUE(warns(at_home, "192.0.2.7:8080", false));
    EXPECT_FALSE(warns(at_home, "192.0.2.7:8080", true));
    for (const std::string_view host : {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost"})
        EXPECT_FALSE(warns(at_home, host, false)) << host;
    Pages plain(world, {.public_url = "http://192.0.2.7:8080"});
    EXPECT_FALSE(warns(plain, "192.0.2.7:8080", false)) << "its cookie does not ask for https";
    Pages secured(world, {.public_url = "https://kith.example.org"});
    EXPECT_NE(sign_in_page_at(secured, "192.0.2.7", false).find("href=\"https://kith.example.org\""),
              std::string::npos);
}

// ---- coming ------------------------------------------------------------------------------------------

BOTH_ENGINES(ComingIn, with_several_mistakes_names_them_all) {
    const Cast cast(world);
    Pages pages(world);
    const std::map<std::string, std::string> form = {{"name", ""}, {"password", "short"}};
    const Answer page = pages.post("/sign-up", form);
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.shows("href=\"#name\"") && page.shows("id=\"name-error\""));
    EXPECT_TRUE(page.shows("href=\"#password\"") && page.shows("id=\"password-error\""));
    const Answer json = pages.post("/sign-up", form, {}, "application/json");
    EXPECT_TRUE(json.shows("\"field\":\"name\",\"more\":[{")) << json.body;
}

BOTH_ENGINES(ComingIn, by_a_name_that_looks_real_asks_first) {
    const Cast cast(world);
    Pages pages(world);
    const std::map<std::string, std::string> form = {{"name", "Anna Miller"}, {"password", password}};
    EXPECT_EQ(pages.post("/sign-up", form).status, 422);
    auto sure = form;
    sure["keep_name"] = "yes";
    const Answer answer = pages.post("/sign-up", sure);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.shows("Your recovery codes"));
}

BOTH_ENGINES(ComingIn, offers_a_passkey_and_does_not_ask_for_the_password_again) {
    const Cast cast(world);
    Pages pages(world);
    const Answer answer = pages.post("/sign-up", {{"name", "Newt"}, {"password", password}});
    EXPECT_TRUE(answer.shows("href=\"/me/security/passkeys/new?next=%2Fgroups\"")) << answer.body;
    const std::string cookie = answer.headers.at("set-cookie");
    const Answer offered = pages.ask(http::Method::get, "/me/security/passkeys/new?next=/groups", "", {},
                                     {{"cookie", cookie.substr(0, cookie.find(';'))}});
    EXPECT_EQ(offered.status, 200);
    EXPECT_TRUE(offered.shows("Make the passkey"));
    EXPECT_FALSE(pages.get("/me", cast.ada).shows("An easier way to come in")) << "after signing up alone";
}

std::string invite_to(World& world, GroupId group) {
    const Time soon = world.clock.now() + day_ms;
    return world
        .must([&](db::Tx& tx) {
            return groups::create_invitation(
                tx, Actor::system(), group, {.label = "Clinic", .expires_at = soon, .uses = 1}, world.random);
        })
        .code;
}

void close_the_door(Pages& pages, const Cast& cast) {
    const Answer closed = pages.post(
        "/admin/site",
        {{"name", "Harbour"}, {"helplines", "Emergency | 112"}, {"exit_url", "https://example.org"}},
        cast.oz);
    EXPECT_EQ(closed.status, 303);
}

BOTH_ENGINES(ComingIn, through_a_closed_door_needs_an_invitation) {
    const Cast cast(world);
    Pages pages(world);
    close_the_door(pages, cast);
    const std::string invitation = "/invited/" + invite_to(world, cast.circle);
    std::map<std::string, std::string> form = {{"name", "Heron 12"}, {"password", password}};
    EXPECT_EQ(pages.get("/sign-up").status, 403);
    EXPECT_EQ(pages.post("/sign-up", form).status, 403);
    form["next"] = "/invited/bad";
    EXPECT_EQ(pages.post("/sign-up", form).status, 403);
    EXPECT_TRUE(pages.get("/sign-up?next=" + invitation).shows("makes you a member"));
    form["next"] = invitation;
    EXPECT_TRUE(pages.post("/sign-up", form).shows("href=\"/groups/1/membership\""));
}

BOTH_ENGINES(ComingIn, one_invitation_through_a_closed_door_makes_one_account) {
    const Cast cast(world);
    Pages pages(world);
    close_the_door(pages, cast);
    std::map<std::string, std::string> form = {
        {"name", "Heron 12"}, {"password", password}, {"next", "/invited/" + invite_to(world, cast.circle)}};
    EXPECT_EQ(pages.post("/sign-up", form).status, 200);
    form["name"] = "Plover 12";
    EXPECT_EQ(pages.post("/sign-up", form).status, 403);
    const MemberId heron = world.must([](db::Tx& tx) { return find_member(tx, "Heron 12"); });
    EXPECT_TRUE(pages.get("/groups/1/membership", heron).shows("You belong to this group"));
    const auto access = world.db().read(
        [&](db::ReadTx& tx) { return groups::access(tx, test::as(heron), cast.circle); });
    EXPECT_TRUE(access && access->member);
}

BOTH_ENGINES(ComingIn, an_open_door_leaves_an_invitation_as_it_is) {
    const Cast cast(world);
    Pages pages(world);
    const std::string invitation = "/invited/" + invite_to(world, cast.circle);
    const Answer answer = pages.post("/sign-up",
                                     {{"name", "Heron 12"}, {"password", password}, {"next", invitation}});
    EXPECT_TRUE(answer.shows("href=\"" + invitation + "\""));
    EXPECT_EQ(pages.get(invitation).status, 200);
}

BOTH_ENGINES(ComingIn, with_a_wrong_pair_keeps_the_name_and_not_the_password) {
    const Cast cast(world);
    Pages pages(world);
    const Answer answer = pages.post("/sign-in", {{"name", "Ada"}, {"password", "some wrong words"}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("value=\"Ada\""));
    EXPECT_FALSE(answer.shows("some wrong words"));
    EXPECT_EQ(pages.post("/sign-in", {{"name", "Ada"}, {"password", password}}).status, 303);
}

// ---- going -------------------------------------------------------------------------------------------

Answer leaves(Pages& pages, MemberId member, std::vector<std::pair<std::string, std::string>> headers) {
    return pages.ask(http::Method::get, "/leave", "", member, std::move(headers));
}

BOTH_ENGINES(Leaving, ends_the_session_of_the_one_who_asks_for_it) {
    const Cast cast(world);
    Pages pages(world);
    const Answer answer = leaves(
        pages, cast.ada,
        {{"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "document"}, {"sec-fetch-site", "same-origin"}});
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.headers.count("clear-site-data"), 1u);
    EXPECT_FALSE(has_session(world, cast.ada));
    EXPECT_EQ(leaves(pages, cast.bo, {}).headers.count("clear-site-data"), 1u);
    EXPECT_FALSE(has_session(world, cast.bo));
}

BOTH_ENGINES(Leaving, is_not_done_to_anybody_by_a_picture_or_another_site) {
    const Cast cast(world);
    Pages pages(world);
    const Answer picture = leaves(pages, cast.ada,
                                  {{"sec-fetch-mode", "no-cors"}, {"sec-fetch-dest", "image"}});
    EXPECT_EQ(picture.headers.count("clear-site-data"), 0u);
    const Answer link = leaves(
        pages, cast.ada,
        {{"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "document"}, {"sec-fetch-site", "cross-site"}});
    EXPECT_EQ(link.headers.count("clear-site-data"), 0u);
    EXPECT_TRUE(has_session(world, cast.ada));
}

BOTH_ENGINES(SigningOut, forgets_the_session_in_the_browser_and_refuses_get) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get("/sign-out", cast.ada).status, 405);
    const Answer answer = pages.post("/sign-out", {}, cast.ada);
    EXPECT_EQ(answer.headers.count("clear-site-data"), 1u);
    EXPECT_FALSE(has_session(world, cast.ada));
}

TEST(SigningOut, makes_the_browser_forget_even_when_nothing_can_be_written) {
    World world(db::Engine::sqlite);
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get("/me", cast.ada).status, 200);
    world.db().execute("pragma query_only = on");
    const Answer answer = pages.post("/sign-out", {}, cast.ada);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.headers.count("clear-site-data"), 1u);
    world.db().execute("pragma query_only = off");
    EXPECT_TRUE(has_session(world, cast.ada));
}

}  // namespace
}  // namespace kith::identity
