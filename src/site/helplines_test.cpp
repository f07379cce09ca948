#include "site/helplines.hpp"

#include "identity/identity.hpp"
#include "site/site.hpp"
#include "tests/pages.hpp"

namespace kith::site {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;
using Kind = Contact::Kind;

// ---- lines --------------------------------------------------------------------------------------------

std::vector<Helpline> parsed(std::string_view text) {
    auto lines = parse_helplines(text);
    return lines ? *lines : std::vector<Helpline>();
}

Contact only_contact(std::string_view typed) {
    const auto lines = parsed("Line | " + std::string(typed));
    return lines.size() == 1 && lines[0].contacts.size() == 1 ? lines[0].contacts[0] : Contact();
}

TEST(Helplines, have_a_name_ways_to_reach_them_hours_and_a_country) {
    const auto lines = parsed(
        " Lantern  Line | 0808 157 0123, sms:85258 HELLO ,https://a.example | nights | gb ");
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].name, "Lantern Line");
    EXPECT_EQ(lines[0].hours, "nights");
    EXPECT_EQ(code_of(lines[0].country), "GB");
    ASSERT_EQ(lines[0].contacts.size(), 3u);
    EXPECT_EQ(lines[0].contacts[1].message, "HELLO");
    EXPECT_EQ(as_lines(lines),
              "Lantern Line | 0808 157 0123, sms:85258 HELLO, https://a.example | nights | GB\n");
}

TEST(Helplines, are_told_apart_by_what_was_typed) {
    const std::pair<std::string_view, Kind> examples[] = {{"116 123", Kind::call},
                                                          {"tel:116123", Kind::call},
                                                          {"+1 (800) 555-0123", Kind::call},
                                                          {"sms:85258", Kind::text},
                                                          {"SMS 85258 SHOUT", Kind::text},
                                                          {"text 07700 900123", Kind::text},
                                                          {"https://a.example/b,c", Kind::web},
                                                          {"www.a.example", Kind::web},
                                                          {"help@a.example", Kind::mail},
                                                          {"at the front desk", Kind::words},
                                                          {"sms:", Kind::words},
                                                          {"javascript:alert(1)", Kind::words},
                                                          {"112 or 999", Kind::words}};
    for (const auto& [typed, kind] : examples) EXPECT_EQ(only_contact(typed).kind, kind) << typed;
    EXPECT_EQ(only_contact("tel:116 123").address, "116 123");
    EXPECT_EQ(only_contact("www.a.example").address, "https://www.a.example");
    EXPECT_EQ(only_contact("text 07700 900123").address, "07700 900123");
}

TEST(Helplines, know_a_country_by_its_letters_or_its_name) {
    for (const std::string_view typed : {"GB", "gb", "UK", "United Kingdom", "reino unido"}) {
        const auto lines = parsed("Line | 112 | nights | " + std::string(typed));
        ASSERT_EQ(lines.size(), 1u) << typed;
        EXPECT_EQ(code_of(lines[0].country), "GB") << typed;
    }
    EXPECT_EQ(parsed("Line | 112")[0].country, nullptr);
}

TEST(Helplines, may_have_a_country_and_no_hours) {
    for (const std::string_view typed : {"Line | 112 | IE", "Line | 112 || IE"}) {
        const auto lines = parsed(typed);
        ASSERT_EQ(lines.size(), 1u) << typed;
        EXPECT_EQ(code_of(lines[0].country), "IE");
        EXPECT_EQ(lines[0].hours, "");
        EXPECT_EQ(as_lines(lines), "Line | 112 | IE\n");
    }
}

TEST(Helplines, are_refused_by_the_number_of_their_line) {
    const std::pair<std::string_view, std::string_view> wrong[] = {
        {"Good | 112\n\nonly a name", "3"},
        {"Good | 112\nBad | 113 | nights | Narnia", "2"},
        {"Bad | , | nights", "1"},
        {" | 112", "1"},
        {"Bad | 112 | nights | IE | and more", "1"},
    };
    for (const auto& [text, number] : wrong) {
        const auto refused = parse_helplines(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().fault, Fault::invalid);
        EXPECT_EQ(refused.error().field, "helplines");
        EXPECT_EQ(refused.error().detail, number) << text;
        EXPECT_TRUE(Words::of(Language::es).say(refused.error()).starts_with("Línea " + std::string(number)));
    }
    EXPECT_EQ(parse_helplines("\n ").error().detail, "");
}

TEST(Helplines, that_were_kept_by_an_older_version_stay_whole) {
    const std::string kept =
        "Emergency | 112 | day and night\nTalk | https://talk.example.org\nDesk | 116 123 or ask | mo | "
        "9-5\n";
    const auto lines = read_helplines(kept);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[2].hours, "mo | 9-5");
    EXPECT_EQ(as_lines(lines), kept);
    EXPECT_EQ(as_lines(read_helplines(as_lines(lines))), kept);
}

// ---- pages --------------------------------------------------------------------------------------------

constexpr std::string_view lines_of_all =
    "Everywhere | 112\n"
    "Lantern | 0808 157 0123, sms:07700 900123 HELLO, https://lantern.example/chat/ | nights | GB\n"
    "Faro | https://faro.example | ES\n"
    "Tideline | 020 910 0123 | IE\n";

struct House {
    explicit House(World& world_in, std::string_view lines = lines_of_all)
        : world(world_in), cast(world_in), pages(world_in) {
        world.must([&](db::Tx& tx) {
            SiteForm form = form_of(*load_site(tx, "", Language::en));
            form.helplines = lines;
            return change_site(tx, as(cast.oz), form);
        });
    }

    // A guest whose browser kept what the site gave it.
    Answer get_as_guest(std::string_view path, const std::string& cookie) {
        return pages.ask(http::Method::get, path, "", {}, {{"accept", "text/html"}, {"cookie", cookie}});
    }
    std::string cookie_of_guest(std::string_view country) {
        const Answer answer = pages.post("/comfort",
                                         {{"country", std::string(country)}, {"next", "/help-now"}});
        EXPECT_EQ(answer.location(), "/help-now");
        const std::string& header = answer.headers.at("set-cookie");
        return header.substr(0, header.find(';'));
    }

    World& world;
    Cast cast;
    Pages pages;
};

// Whether all of these stand there, one after the other.
bool in_order(const Answer& answer, std::initializer_list<std::string_view> words) {
    std::size_t at = 0;
    for (const std::string_view word : words) {
        at = answer.body.find(word, at);
        if (at == std::string::npos) return false;
    }
    return true;
}

BOTH_ENGINES(HelpNow, groups_all_helplines_by_country_until_one_is_chosen) {
    House house(world);
    const Answer answer = house.pages.get("/help-now");
    EXPECT_TRUE(in_order(answer, {"Everywhere", "name=\"country\"", "<h2>Ireland</h2>", "Tideline",
                                  "<h2>Spain</h2>", "Faro", "<h2>United Kingdom</h2>", "Lantern"}));
    EXPECT_FALSE(answer.shows("Help in other countries"));
    const Answer spanish = house.get_as_guest("/help-now", "kith-comfort=es.auto.calm.on");
    EXPECT_TRUE(in_order(spanish, {"<h2>España</h2>", "<h2>Irlanda</h2>", "<h2>Reino Unido</h2>"}));
}

BOTH_ENGINES(HelpNow, says_with_each_link_what_it_does_and_who_answers) {
    House house(world);
    const Answer answer = house.pages.get("/help-now");
    for (const std::string_view link :
         {"href=\"tel:08081570123\">Call 0808\u00a0157\u00a00123<span class=\"visually-hidden\"> "
          "(Lantern)</span></a>",
          "href=\"sms:07700900123?body=HELLO\">Text HELLO to 07700\u00a0900123<span",
          "href=\"https://lantern.example/chat/\">Chat or web: lantern.example/chat<span",
          "href=\"tel:112\">Call 112<span class=\"visually-hidden\"> (Everywhere)</span></a>"})
        EXPECT_TRUE(answer.shows(link)) << link;
}

BOTH_ENGINES(HelpNow, begins_with_the_country_that_a_guest_has_chosen) {
    House house(world);
    const std::string cookie = house.cookie_of_guest("ES");
    EXPECT_EQ(cookie, "kith-comfort=en.auto.calm.on.ES");
    const Answer answer = house.get_as_guest("/help-now", cookie);
    EXPECT_TRUE(in_order(answer, {"Faro", "Everywhere", "value=\"ES\" selected", "<summary>Help in other",
                                  "Ireland", "Tideline", "United Kingdom", "Lantern", "</details>"}));
    EXPECT_FALSE(house.pages.get("/help-now").shows("Help in other countries")) << "for nobody else";
    EXPECT_EQ(house.cookie_of_guest(""), "kith-comfort=en.auto.calm.on");
}

BOTH_ENGINES(HelpNow, begins_with_the_country_that_a_member_has_chosen) {
    House house(world);
    const MemberId ada = house.cast.ada;
    EXPECT_EQ(house.pages.post("/comfort", {{"country", "IE"}, {"next", "/help-now"}}, ada).location(),
              "/help-now");
    EXPECT_TRUE(in_order(house.pages.get("/help-now", ada), {"Tideline", "Everywhere", "Help in other"}));
    EXPECT_FALSE(house.pages.get("/help-now", house.cast.bo).shows("Help in other countries"));
    EXPECT_TRUE(house.pages.get("/comfort", ada, "application/json").shows("\"country\":\"IE\""));
    house.pages.post("/comfort", {{"theme", "dark"}}, ada);
    EXPECT_TRUE(house.pages.get("/help-now", ada).shows("Help in other")) << "what was not sent stays";
    house.pages.post("/comfort", {{"country", ""}}, ada);
    EXPECT_FALSE(house.pages.get("/help-now", ada).shows("Help in other"));
}

BOTH_ENGINES(HelpNow, shows_all_to_whom_no_number_is_for) {
    House house(world);
    for (const std::string_view code : {"FR", "XX", "<b"}) {
        const Answer answer = house.get_as_guest("/help-now",
                                                 "kith-comfort=en.auto.calm.on." + std::string(code));
        EXPECT_TRUE(in_order(answer, {"Everywhere", "<h2>Ireland</h2>", "<h2>Spain</h2>"})) << code;
        EXPECT_EQ(answer.shows("There is no number for France here yet"), code == "FR");
    }
}

BOTH_ENGINES(HelpNow, asks_for_no_country_where_there_is_but_one) {
    House house(world, "Everywhere | 112\nLantern | 0808 157 0123 | GB\n");
    EXPECT_FALSE(house.pages.get("/help-now").shows("name=\"country\""));
    EXPECT_TRUE(house.pages.get("/help-now").shows("<h2>United Kingdom</h2>"));
}

BOTH_ENGINES(HelpNow, is_told_to_programs_in_the_same_order) {
    House house(world);
    house.pages.post("/comfort", {{"country", "IE"}}, house.cast.ada);
    const Answer answer = house.pages.get("/help-now", house.cast.ada, "application/json");
    EXPECT_TRUE(in_order(
        answer, {R"({"country":"IE","helplines":[{"name":"Tideline")", R"("country":"IE"})",
                 R"({"name":"Everywhere")", R"("kind":"call","address":"112","message":"")",
                 R"("country":""})", R"("kind":"text","address":"07700 900123","message":"HELLO")"}));
}

BOTH_ENGINES(ShortHelp, begins_with_the_country_of_the_reader) {
    House house(world);
    const std::string report = "/groups/" + std::to_string(house.cast.circle.value()) + "/report";
    const Answer before = house.pages.get(report, house.cast.ada);
    EXPECT_TRUE(in_order(
        before, {"Everywhere", "<summary>Ireland</summary>", "Tideline", "Show those of my country first"}));
    house.pages.post("/comfort", {{"country", "GB"}}, house.cast.ada);
    const Answer after = house.pages.get(report, house.cast.ada);
    EXPECT_TRUE(in_order(after, {"Lantern", "Everywhere", "<details", "Tideline", "</details>"}));
    EXPECT_FALSE(after.shows("Show those of my country first"));
}

BOTH_ENGINES(OfflineHelp, is_the_same_for_everybody) {
    House house(world);
    house.pages.post("/comfort", {{"country", "IE"}}, house.cast.ada);
    for (const std::string_view path : {"/offline", "/offline/unsent"}) {
        const Answer answer = house.pages.get(path, house.cast.ada);
        EXPECT_TRUE(in_order(answer, {"Everywhere", "<h2>Ireland</h2>", "<h2>Spain</h2>"})) << path;
        EXPECT_FALSE(answer.shows("name=\"country\"")) << path;
        EXPECT_FALSE(answer.shows("<summary>Help in other")) << path;
    }
}

BOTH_ENGINES(HelplineSettings, name_the_line_that_is_wrong_and_give_back_what_was_typed) {
    House house(world);
    const Answer answer = house.pages.post("/admin/site",
                                           {{"name", "Harbour"},
                                            {"helplines", "Good | 112\nBad | 113 | nights | Narnia"},
                                            {"exit_url", "https://example.org"}},
                                           house.cast.oz);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("Line 2: we do not know this country."));
    EXPECT_TRUE(answer.shows("Bad | 113 | nights | Narnia"));
    EXPECT_TRUE(house.pages.get("/admin/site", house.cast.oz).shows("Faro | https://faro.example | ES"));
}

}  // namespace
}  // namespace kith::site
