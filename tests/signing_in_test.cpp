#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/crypto/totp.hpp"
#include "site/site.hpp"
#include "tests/pages.hpp"

// Signing in with more than a password, by the pages.
namespace kith::identity {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

const std::string password(Cast::password);
constexpr std::string_view code_app = "/me/security/code-app";

void confirm_as(Pages& pages, MemberId member) {
    EXPECT_EQ(pages.post("/me/confirm", {{"current", password}}, member).status, 303);
}

std::string value_in(const std::string& json, std::string_view key) {
    const std::string mark = "\"" + std::string(key) + "\":\"";
    const std::size_t begin = json.find(mark) + mark.size();
    return json.substr(begin, json.find('"', begin) - begin);
}

std::string code_now(World& world, const std::string& secret) {
    return crypto::totp_code(secret, world.clock.now().ms / 30'000);
}

// By the pages, as a person would. Returns the secret.
std::string set_up_app(World& world, Pages& pages, MemberId member) {
    confirm_as(pages, member);
    EXPECT_EQ(pages.post(code_app, {{"act", "begin"}}, member).location(), code_app);
    const std::string secret = value_in(pages.get(code_app, member, "application/json").body, "secret");
    const Answer proved = pages.post(code_app, {{"act", "prove"}, {"code", code_now(world, secret)}}, member);
    EXPECT_EQ(proved.location(), "/me/security");
    world.clock.advance(minute_ms);
    return secret;
}

void make_roles_wait(World& world, bool wait = true) {
    world.must([&](db::Tx& tx) {
        site::SiteForm form = site::form_of(Site{});
        form.helplines = "Emergency | 112";
        form.roles_need_factor = wait;
        return site::change_site(tx, Actor::system(), form);
    });
}

std::string half_cookie(const Answer& answer) {
    const std::string cookie = answer.headers.at("set-cookie");
    return cookie.substr(0, cookie.find(';'));
}

Answer send_code(Pages& pages, const std::string& cookie, const std::string& code) {
    return pages.ask(
        http::Method::post, "/sign-in/code", "code=" + code, {},
        {{"accept", "text/html"}, {"content-type", "application/x-www-form-urlencoded"}, {"cookie", cookie}});
}

BOTH_ENGINES(SecurityPages, lead_from_password_to_code_to_the_page_that_was_wanted) {
    const Cast cast(world);
    Pages pages(world);
    const std::string secret = set_up_app(world, pages, cast.ada);
    const Answer half = pages.post("/sign-in",
                                   {{"name", "Ada"}, {"password", password}, {"next", "/groups"}});
    EXPECT_EQ(half.location(), "/sign-in/code?next=%2Fgroups");
    const std::string cookie = half_cookie(half);
    EXPECT_NE(cookie.find("-half="), std::string::npos);
    const Answer form = pages.ask(http::Method::get, half.location(), "", {}, {{"cookie", cookie}});
    EXPECT_TRUE(form.shows("autocomplete=\"one-time-code\""));
    EXPECT_EQ(send_code(pages, cookie, "000000").status, 422);
    const Answer in = send_code(pages, cookie, code_now(world, secret) + "&next=%2Fgroups");
    EXPECT_EQ(in.location(), "/groups");
    EXPECT_EQ(send_code(pages, cookie, code_now(world, secret)).status, 401);
}

BOTH_ENGINES(SecurityPages, give_no_rights_to_a_half_session) {
    const Cast cast(world);
    Pages pages(world);
    set_up_app(world, pages, cast.ada);
    std::string cookie = half_cookie(pages.post("/sign-in", {{"name", "Ada"}, {"password", password}}));
    const std::string value = cookie.substr(cookie.find('=') + 1);
    for (const std::string& shown :
         {cookie, std::string(cookie_name(*pages.app().services().site())) + "=" + value})
        EXPECT_EQ(pages.ask(http::Method::get, "/me", "", {}, {{"cookie", shown}, {"accept", "text/html"}})
                      .location(),
                  "/sign-in?next=%2Fme");
    EXPECT_EQ(pages.get("/sign-in/code").location(), "/sign-in");
}

BOTH_ENGINES(SecurityPages, ask_who_it_is_before_an_app_is_set_up) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get(code_app, cast.ada).location(), "/me/confirm?next=%2Fme%2Fsecurity%2Fcode-app");
    EXPECT_EQ(pages.get(code_app, cast.ada, "application/json").body, "{\"state\":\"off\"}");
    EXPECT_EQ(pages.post(code_app, {{"act", "begin"}}, cast.ada, "application/json").status, 403);
    EXPECT_EQ(pages.post(code_app, {{"act", "begin"}}, cast.ada).location(),
              "/me/confirm?next=%2Fme%2Fsecurity%2Fcode-app");
    EXPECT_EQ(pages.post("/me/confirm", {{"current", "not my password"}}, cast.ada).status, 422);
    EXPECT_EQ(pages.post("/me/confirm", {{"current", password}, {"next", std::string(code_app)}}, cast.ada)
                  .location(),
              code_app);
    pages.post(code_app, {{"act", "begin"}}, cast.ada);
    const Answer shown = pages.get(code_app, cast.ada);
    EXPECT_TRUE(shown.shows("<svg class=\"qr\" role=\"img\""));
    EXPECT_TRUE(shown.shows("Or type this key into the app:"));
}

BOTH_ENGINES(SecurityPages, do_not_ask_for_the_password_twice_in_ten_minutes) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/me/closure", cast.ada).shows("id=\"current\""));
    EXPECT_TRUE(pages.post("/me/closure", {{"sure", "yes"}}, cast.ada).shows("id=\"current-error\""));
    confirm_as(pages, cast.ada);
    EXPECT_FALSE(pages.get("/me/closure", cast.ada).shows("id=\"current\""));
    world.clock.advance(confirmed_for_ms);
    EXPECT_TRUE(pages.get("/me/closure", cast.ada).shows("id=\"current\""));
}

BOTH_ENGINES(SecurityPages, lead_a_host_to_set_a_factor_up_and_then_open_the_doors) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get("/admin", cast.oz).status, 200);
    make_roles_wait(world);
    EXPECT_EQ(pages.get("/admin", cast.oz).location(), "/me/security?next=%2Fadmin");
    EXPECT_EQ(pages.get("/admin", cast.oz, "application/json").status, 403);
    EXPECT_TRUE(pages.get("/", cast.oz).shows("Please make signing in safer first."));
    EXPECT_FALSE(pages.get("/", cast.ada).shows("Please make signing in safer first."));
    EXPECT_EQ(pages.get("/groups/1/settings", cast.dee).status, 303);
    const Answer in = pages.post("/sign-in", {{"name", "Oz"}, {"password", password}});
    EXPECT_EQ(in.location(), "/me/security");
    set_up_app(world, pages, cast.oz);
    EXPECT_EQ(pages.get("/admin", cast.oz).status, 200);
    EXPECT_TRUE(pages.get("/me/security", cast.oz).shows("It is on since"));
}

BOTH_ENGINES(SecurityPages, keep_a_leader_from_leading_without_a_factor) {
    const Cast cast(world);
    Pages pages(world);
    make_roles_wait(world);
    world.db().read([&](db::ReadTx& tx) {
        Actor dee = as(cast.dee), oz = as(cast.oz);
        EXPECT_TRUE(groups::access(tx, dee, cast.circle)->lead);
        EXPECT_EQ(groups::readable_groups(tx, oz).size(), 2u);
        dee.second_factor = oz.second_factor = false;
        EXPECT_FALSE(groups::access(tx, dee, cast.circle).value_or(groups::Access{}).lead);
        EXPECT_FALSE(groups::access(tx, oz, cast.square)->lead);
        EXPECT_LT(groups::readable_groups(tx, oz).size(), 2u);
        for (const GroupRight& right : groups::rights_of(tx, dee)) EXPECT_FALSE(right.facilitator);
    });
}

BOTH_ENGINES(SecurityPages, give_tokens_the_factor_of_the_session_that_made_them) {
    const Cast cast(world);
    Pages pages(world);
    const auto token = [&] {
        const Answer made = pages.post("/me/tokens",
                                       {{"name", "mine"}, {"scope", "read"}, {"current", password}}, cast.oz,
                                       "application/json");
        const std::size_t at = made.body.find("kith_");
        return made.body.substr(at, made.body.find('"', at) - at);
    };
    const auto may_admin = [&](const std::string& secret) {
        return pages
                   .ask(http::Method::get, "/admin", "", {},
                        {{"authorization", "Bearer " + secret}, {"accept", "application/json"}})
                   .status == 200;
    };
    const std::string before = token();
    EXPECT_TRUE(may_admin(before));
    make_roles_wait(world);
    EXPECT_FALSE(may_admin(before));
    set_up_app(world, pages, cast.oz);
    EXPECT_FALSE(may_admin(before));
    const std::string after = token();
    EXPECT_TRUE(may_admin(after));
    confirm_as(pages, cast.oz);
    EXPECT_EQ(pages.post(code_app, {{"act", "end"}}, cast.oz).location(), "/me/security");
    EXPECT_FALSE(may_admin(after));
}

BOTH_ENGINES(SecurityPages, refuse_a_passkey_that_is_none) {
    const Cast cast(world);
    Pages pages(world);
    const Answer refused = pages.post("/sign-in/passkey", {{"credential_id", "abc"}, {"client_data", "e30"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.shows("This passkey does not open an account here."));
    EXPECT_TRUE(refused.shows("id=\"password\""));
}

BOTH_ENGINES(SetUp, asks_for_a_second_factor_and_leads_to_it) {
    Pages pages(world);
    EXPECT_TRUE(pages.get("/setup").shows("name=\"roles_need_factor\" value=\"yes\" checked"));
    const Answer opened = pages.post("/setup", {{"site_name", "Harbour"},
                                                {"helplines", "Emergency | 112"},
                                                {"name", "Oz"},
                                                {"password", password},
                                                {"roles_need_factor", "yes"}});
    EXPECT_TRUE(opened.shows("href=\"/me/security\""));
}

}  // namespace
}  // namespace kith::identity
