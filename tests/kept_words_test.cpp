#include "platform/http/kept_words.hpp"

#include "conversation/conversation.hpp"
#include "platform/http/page.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::http {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

using Headers = std::vector<std::pair<std::string, std::string>>;

// Of a form as a browser sends it from one of our pages.
const Headers from_our_page{{"content-type", "application/x-www-form-urlencoded"},
                            {"accept", "text/html"},
                            {"sec-fetch-site", "same-origin"}};
const std::string body = "text=My+long+%3Cwords%3E&note=sad&form_key=abc&form_token=stale";

std::string reply_address(World& world, const Cast& cast) {
    return url::replies(world.must([&](db::Tx& tx) {
               return conversation::start_thread(tx, as(cast.ada), cast.circle, "Nights",
                                                 {.markdown = "Hello."});
           }))
        .text();
}

std::size_t count(std::string_view all, std::string_view part) {
    std::size_t times = 0;
    for (std::size_t at = all.find(part); at != std::string_view::npos; at = all.find(part, at + 1)) ++times;
    return times;
}

bool can_be_sent(const Answer& answer) { return answer.shows("Send again</button>"); }

BOTH_ENGINES(KeptWords, of_somebody_who_was_signed_out_wait_for_them_to_come_back) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = reply_address(world, cast);
    const Answer answer = pages.ask(Method::post, address, body, MemberId(), from_our_page);
    EXPECT_EQ(answer.status, 401);
    EXPECT_TRUE(answer.shows(">\nMy long &lt;words&gt;</textarea>"));
    EXPECT_TRUE(answer.shows("action=\"" + address + "\""));
    EXPECT_TRUE(answer.shows("name=\"form_key\" value=\"abc\""));
    EXPECT_TRUE(answer.shows("target=\"_blank\" rel=\"noopener\" href=\"/sign-in\""));
    EXPECT_TRUE(answer.shows("then press Send again"));
    EXPECT_TRUE(can_be_sent(answer));
    EXPECT_FALSE(answer.shows("form_token"));
}

// What the page of the test before sends after signing in: shown once more, with the new token.
BOTH_ENGINES(KeptWords, with_a_stale_token_are_sent_with_one_more_press) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = reply_address(world, cast);
    const Answer refused = pages.ask(Method::post, address, body, cast.bo, from_our_page);
    EXPECT_EQ(refused.status, 403);
    EXPECT_TRUE(refused.shows(">\nMy long &lt;words&gt;</textarea>"));
    EXPECT_TRUE(refused.shows("name=\"note\""));
    EXPECT_TRUE(can_be_sent(refused));
    EXPECT_FALSE(refused.shows("value=\"stale\""));

    const std::string mark = "name=\"form_token\" value=\"";
    const std::size_t form = refused.body.find("action=\"" + address), at = refused.body.find(mark, form);
    ASSERT_NE(at, std::string::npos);
    const std::size_t begin = at + mark.size();
    const std::string token = refused.body.substr(begin, refused.body.find('"', begin) - begin);
    for (int press = 0; press < 2; ++press) {
        const Answer sent = pages.ask(Method::post, address, "text=My+words&form_key=abc&form_token=" + token,
                                      cast.bo, from_our_page);
        EXPECT_EQ(sent.status, 303);
        EXPECT_TRUE(sent.location().ends_with("#p2")) << sent.location();
    }
}

BOTH_ENGINES(KeptWords, for_a_group_that_was_left_meanwhile_can_be_copied) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = reply_address(world, cast);
    pages.post(url::leaving(cast.circle).text(), {}, cast.bo);
    const Answer answer = pages.post(address, {{"text", "My long words"}}, cast.bo);
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.shows(" readonly>\nMy long words</textarea>"));
    EXPECT_FALSE(can_be_sent(answer));
}

BOTH_ENGINES(KeptWords, for_a_group_that_closed_meanwhile_can_be_copied) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = reply_address(world, cast);
    world.must([&](db::Tx& tx) {
        return groups::change_group(tx, as(cast.oz), cast.circle,
                                    {.name = "The circle",
                                     .purpose = "For a few.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::invitation,
                                     .closes_at = tx.now() + day_ms});
    });
    world.clock.advance(2 * day_ms);
    const Answer answer = pages.post(address, {{"text", "My long words"}}, cast.bo);
    EXPECT_EQ(answer.status, 403);
    EXPECT_TRUE(answer.shows(" readonly>\nMy long words</textarea>"));
    EXPECT_FALSE(can_be_sent(answer));
}

Response lose_database(Ctx&) { throw db::Unavailable("gone"); }
Response make_a_mistake(Ctx&) { throw db::Failure("wrong"); }
Response refuse(Ctx& ctx) { return error_page(ctx, Error{Fault::unavailable, "Later.", ""}); }

// A router alone, whose handlers fail.
class Broken {
public:
    explicit Broken(World& world)
        : router_(*world.services, {{Method::post, "/words", gate::open, lose_database},
                                    {Method::post, "/mistake", gate::open, make_a_mistake},
                                    {Method::post, "/later", gate::open, refuse},
                                    {Method::get, "/words", gate::open, lose_database}}) {
        auto site = std::make_shared<Site>();
        site->ready = true;
        world.services->set_site(site);
        router_.on_visitor([](const Request&) { return std::nullopt; },
                           [](const Request&) { return Visitor{}; });
    }

    Router& router() { return router_; }

    Answer post(std::string_view path, std::string_view form, Headers headers = from_our_page) {
        return ask(Method::post, path, form, std::move(headers));
    }

    Answer ask(Method method, std::string_view path, std::string_view form, Headers headers) {
        Request request;
        request.method = method;
        request.target = request.path = path;
        request.host = "localhost";
        request.id = "request.7";
        request.body = form;
        for (const auto& [name, value] : headers) request.headers.emplace_back(name, value);
        const Response response = router_.handle(request);
        Answer answer{response.status, response.head, {}};
        for (const auto& [name, value] : response.headers) answer.headers[std::string(name)] = value;
        return answer;
    }

private:
    Router router_;
};

TEST(KeptWords, outlive_a_database_that_is_gone) {
    World world(db::Engine::sqlite);
    Broken broken(world);
    for (const auto& [path, status] : {std::pair("/words", 503), {"/later", 503}, {"/mistake", 500}}) {
        const Answer answer = broken.post(path, body);
        EXPECT_EQ(answer.status, status) << path;
        EXPECT_TRUE(answer.shows(">\nMy long &lt;words&gt;</textarea>")) << path;
        EXPECT_TRUE(can_be_sent(answer)) << path;
        EXPECT_TRUE(answer.shows("request.7")) << path;
    }
    EXPECT_EQ(broken.post("/words", body).headers["retry-after"], "30");
}

TEST(KeptWords, outlive_a_database_that_cannot_say_who_asks) {
    World world(db::Engine::sqlite);
    Broken broken(world);
    broken.router().on_visitor([](const Request&) { return std::nullopt; },
                               [](const Request&) -> Visitor { throw db::Unavailable("gone"); });
    const Answer posted = broken.post("/words", body);
    EXPECT_EQ(posted.status, 503);
    EXPECT_TRUE(posted.shows(">\nMy long &lt;words&gt;</textarea>"));
    EXPECT_TRUE(can_be_sent(posted));
    // Nobody is told that they are signed out.
    EXPECT_FALSE(posted.shows("/sign-in"));
    const Answer read = broken.ask(Method::get, "/words", "", {{"accept", "text/html"}});
    EXPECT_EQ(read.status, 503);
    EXPECT_FALSE(read.shows("/sign-in"));
    const Answer json = broken.ask(Method::get, "/words", "", {{"accept", "application/json"}});
    EXPECT_TRUE(json.shows("\"fault\":\"unavailable\""));
}

TEST(KeptWords, never_hold_a_password_or_a_code) {
    World world(db::Engine::sqlite);
    Broken broken(world);
    for (const std::string_view name : {"password", "new_password", "current", "code"}) {
        const Answer answer = broken.post("/words",
                                          "name=Quiet+Fox&" + std::string(name) + "=very+secret+words");
        EXPECT_TRUE(answer.shows(" readonly>\nQuiet Fox</textarea>")) << name;
        EXPECT_FALSE(answer.shows("secret")) << name;
        EXPECT_FALSE(can_be_sent(answer)) << name;
    }
}

TEST(KeptWords, of_another_site_are_not_shown) {
    World world(db::Engine::sqlite);
    Broken broken(world);
    for (const auto& [name, value] :
         {std::pair("sec-fetch-site", "cross-site"), {"origin", "https://evil.example"}}) {
        const Answer answer = broken.post(
            "/words", body, {{"content-type", "application/x-www-form-urlencoded"}, {name, value}});
        EXPECT_EQ(answer.status, 403);
        EXPECT_FALSE(answer.shows("My long"));
    }
}

// A browser that does not say where a form comes from: the words are there, but no button that somebody else's
// page might want pressed.
TEST(KeptWords, of_nobody_knows_where_can_only_be_copied) {
    World world(db::Engine::sqlite);
    Broken broken(world);
    const Headers unsaid{{"content-type", "application/x-www-form-urlencoded"}, {"origin", "null"}};
    const Answer answer = broken.post("/words", body, unsaid);
    EXPECT_TRUE(answer.shows(" readonly>\nMy long &lt;words&gt;</textarea>"));
    EXPECT_FALSE(can_be_sent(answer));
    const Answer named = broken.post(
        "/words", body,
        {{"content-type", "application/x-www-form-urlencoded"}, {"origin", "http://localhost"}});
    EXPECT_TRUE(can_be_sent(named));
}

TEST(KeptWords, stay_in_json_what_they_were) {
    World world(db::Engine::sqlite);
    Broken broken(world);
    const Answer answer = broken.post("/words", body,
                                      {{"content-type", "application/x-www-form-urlencoded"},
                                       {"accept", "application/json"},
                                       {"sec-fetch-site", "same-origin"}});
    EXPECT_EQ(answer.status, 503);
    EXPECT_FALSE(answer.shows("My long"));
}

// Beside a token what was typed is not compressed: the length would tell of the token.
BOTH_ENGINES(KeptWords, beside_a_token_are_not_compressed) {
    const Cast cast(world);
    Pages pages(world);
    Session session;
    session.form_token = "token";
    pages.app().router().on_visitor(
        [](const Request&) { return std::nullopt; },
        [&](const Request&) { return Visitor{std::make_shared<const Session>(session), {}}; });
    Request request;
    request.method = Method::post;
    request.target = request.path = "/preview";
    request.host = "localhost";
    request.body = body;
    for (const auto& [name, value] : from_our_page) request.headers.emplace_back(name, value);
    const Response response = pages.app().router().handle(request);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(count(response.head, "name=\"form_token\" value=\"token\""),
              2u);  // to sign out, and to send again
    EXPECT_FALSE(response.compress);
}

}  // namespace
}  // namespace kith::http
