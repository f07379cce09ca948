#include "site/site.hpp"

#include "audit/audit.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"
#include "tests/pages.hpp"

namespace kith::site {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

// ---- settings -----------------------------------------------------------------------------------------

std::shared_ptr<const Site> loaded(World& world) {
    return world.db().read(
        [](db::ReadTx& tx) { return load_site(tx, "https://kith.example.org", Language::es); });
}

SiteForm good_form() {
    SiteForm form = form_of(Site{});
    form.name = "  Harbour \n of friends ";
    form.helplines = "Emergency | 112 | day and night\n\n Talk | https://talk.example.org \n";
    form.quick_exit = false;
    return form;
}

Done change(World& world, const Actor& actor, const SiteForm& form) {
    return world.db().write([&](db::Tx& tx) { return change_site(tx, actor, form); });
}

std::string wrong_field(World& world, void (*spoil)(SiteForm&)) {
    SiteForm form = good_form();
    spoil(form);
    const Done done = change(world, Actor::system(), form);
    return done ? "nothing" : done.error().field;
}

BOTH_ENGINES(Site, an_empty_database_has_the_defaults) {
    const auto site = loaded(world);
    EXPECT_FALSE(site->ready);
    EXPECT_EQ(site->name, "Kith");
    EXPECT_EQ(site->language, Language::es);
    EXPECT_EQ(site->public_url, "https://kith.example.org");
    EXPECT_TRUE(site->quick_exit);
}

BOTH_ENGINES(Site, what_the_host_changes_is_loaded_again) {
    const Cast cast(world);
    ASSERT_TRUE(change(world, as(cast.oz), good_form()));
    const auto site = loaded(world);
    EXPECT_TRUE(site->ready);
    EXPECT_EQ(site->name, "Harbour of friends");
    EXPECT_EQ(site->language, Language::en);
    EXPECT_FALSE(site->quick_exit);
    ASSERT_EQ(site->helplines.size(), 2u);
    EXPECT_EQ(site->helplines[0].hours, "day and night");
    EXPECT_EQ(site->helplines[1].contacts.at(0).address, "https://talk.example.org");
    const auto newest = world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 1); });
    EXPECT_EQ(newest.at(0).verb, "site.changed");
}

BOTH_ENGINES(Site, only_the_host_changes_it) {
    const Cast cast(world);
    EXPECT_EQ(change(world, as(cast.ada), good_form()).error().fault, Fault::forbidden);
    EXPECT_EQ(change(world, Actor::guest(), good_form()).error().fault, Fault::unauthenticated);
}

BOTH_ENGINES(Site, each_wrong_setting_is_named) {
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.name = "x"; }), "name");
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.name = std::string(61, 'x'); }), "name");
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.purpose = std::string(301, 'x'); }), "purpose");
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.exit_url = "javascript:alert(1)"; }), "exit_url");
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.exit_url = "https://"; }), "exit_url");
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.helplines = " \n"; }), "helplines");
    EXPECT_EQ(wrong_field(world, [](SiteForm& f) { f.helplines = "only a name"; }), "helplines");
    EXPECT_EQ(wrong_field(world, [](SiteForm&) {}), "nothing");
}

// ---- set-up -------------------------------------------------------------------------------------------

const std::map<std::string, std::string> answers = {{"site_name", "Harbour"},
                                                    {"helplines", "Emergency | 112"},
                                                    {"name", "Oz"},
                                                    {"password", "a long made-up password"}};

std::map<std::string, std::string> answers_with(const std::string& key, const std::string& value) {
    auto out = answers;
    out[key] = value;
    return out;
}

BOTH_ENGINES(SetUp, names_every_mistake_at_once) {
    Pages pages(world);
    const Answer answer = pages.post(
        "/setup", {{"site_name", "x"}, {"helplines", "nobody"}, {"name", ""}, {"password", "short"}});
    EXPECT_EQ(answer.status, 422);
    for (const std::string_view field : {"site_name", "helplines", "name", "password"}) {
        EXPECT_TRUE(answer.shows("href=\"#" + std::string(field) + "\"")) << field;
        EXPECT_TRUE(answer.shows("id=\"" + std::string(field) + "-error\"")) << field;
    }
}

BOTH_ENGINES(SetUp, is_not_needed_for_urgent_help) {
    Pages pages(world);
    const Answer help = pages.get("/help-now");
    EXPECT_EQ(help.status, 200);
    EXPECT_TRUE(help.shows("please ask the host"));
    EXPECT_TRUE(help.shows("Call your local emergency number"));
}

BOTH_ENGINES(SetUp, opens_the_site_and_signs_the_host_in) {
    Pages pages(world);
    EXPECT_EQ(pages.get("/").location(), "/setup");
    EXPECT_TRUE(pages.get("/setup").shows("Samaritans"));
    const Answer answer = pages.post("/setup", answers);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.shows("Your recovery codes"));
    EXPECT_TRUE(answer.shows("<a href=\"/admin/site\">Look after the site</a>"));
    EXPECT_TRUE(answer.headers.at("set-cookie").starts_with(identity::cookie_name(*loaded(world))) ||
                answer.headers.at("set-cookie").starts_with("__Host-kith="));
    EXPECT_TRUE(pages.get("/").shows("Harbour"));
    EXPECT_EQ(pages.get("/setup").location(), "/");
    const bool host = world.db().read([](db::ReadTx& tx) {
        const auto member = identity::find_member(tx, "Oz");
        return member && identity::has_role(tx, Actor::of(*member), identity::Role::host);
    });
    EXPECT_TRUE(host);
}

BOTH_ENGINES(SetUp, happens_once) {
    const Cast cast(world);
    const auto again = world.db().write([&](db::Tx& tx) {
        return set_up(tx, {"Other", "Emergency | 112", "Eve", "a long made-up password"},
                      crypto::nobodys_hash(), world.random);
    });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().fault, Fault::conflict);
}

BOTH_ENGINES(SetUp, keeps_what_was_typed_when_something_is_wrong) {
    Pages pages(world);
    const Answer answer = pages.post("/setup", answers_with("site_name", "H"));
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("href=\"#site_name\""));
    EXPECT_TRUE(answer.shows("value=\"Oz\""));
    EXPECT_FALSE(answer.shows("a long made-up password"));
    EXPECT_EQ(pages.post("/setup", answers_with("password", "short")).status, 422);
    EXPECT_FALSE(loaded(world)->ready);
}

BOTH_ENGINES(SetUp, asks_before_a_name_that_looks_real) {
    Pages pages(world);
    const Answer answer = pages.post("/setup", answers_with("name", "Anna Miller"));
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("name=\"keep_name\""));
    EXPECT_FALSE(loaded(world)->ready);
    auto sure = answers_with("name", "Anna Miller");
    sure["keep_name"] = "yes";
    EXPECT_EQ(pages.post("/setup", sure).status, 200);
}

constexpr db::Sql count_rows_sql = R"(
    select (select count(*) from setting) + (select count(*) from member) + (select count(*) from account) +
           (select count(*) from persona) + (select count(*) from recovery_code) +
           (select count(*) from role_grant) + (select count(*) from audit_entry) +
           (select count(*) from change))";

BOTH_ENGINES(SetUp, that_fails_halfway_leaves_nothing) {
    const std::string hash = crypto::hash_password("a long made-up password");
    for (int nth = 1;; ++nth) {
        ASSERT_LT(nth, 200);
        world.db().fail_statement(nth);
        try {
            world.must([&](db::Tx& tx) {
                return set_up(tx, {"Harbour", "Emergency | 112", "Oz", "a long made-up password"}, hash,
                              world.random);
            });
            world.db().fail_statement(0);
            EXPECT_GT(nth, 20);
            return;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return tx.one<std::int64_t>(count_rows_sql); }), 0)
                << "statement " << nth;
        }
    }
}

BOTH_ENGINES(SetUp, asks_for_the_code_of_the_terminal) {
    Pages pages(world);
    use_setup_code("k7fq-93mt");
    EXPECT_TRUE(pages.get("/setup").shows("name=\"code\""));
    EXPECT_EQ(pages.post("/setup", answers).status, 422);
    EXPECT_EQ(pages.post("/setup", answers_with("code", "k7fq-93mx")).status, 422);
    EXPECT_EQ(pages.post("/setup", answers_with("code", "k7fq-93mt")).status, 200);
    use_setup_code("");
}

// ---- open pages ---------------------------------------------------------------------------------------

BOTH_ENGINES(HelpNow, works_before_the_set_up_and_shows_the_numbers_after_it) {
    {
        Pages pages(world);
        EXPECT_TRUE(pages.get("/help-now").shows("112 in Europe"));
    }
    const Cast cast(world);
    SiteForm form = good_form();
    form.helplines =
        "Line <1> | 116 123 | nights\nChat | https://chat.example.org\nMail | a@b.example\n"
        "Odd | javascript:alert(1)";
    ASSERT_TRUE(change(world, as(cast.oz), form));
    Pages pages(world);
    const Answer answer = pages.get("/help-now");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.shows("Line &lt;1&gt;"));
    EXPECT_TRUE(answer.shows("href=\"tel:116123\">Call 116\u00a0123<"));
    EXPECT_TRUE(answer.shows("href=\"https://chat.example.org\""));
    EXPECT_TRUE(answer.shows("href=\"mailto:a@b.example\""));
    EXPECT_FALSE(answer.shows("href=\"javascript"));
}

BOTH_ENGINES(SitePages, are_open_to_everybody) {
    const Cast cast(world);
    Pages pages(world);
    for (const std::string_view path : {"/help-now", "/safety", "/rules", "/privacy", "/accessibility",
                                        "/about", "/robots.txt", "/healthz", "/readyz"})
        EXPECT_EQ(pages.get(path).status, 200) << path;
    EXPECT_TRUE(pages.get("/safety").shows("does not erase the history"));
    EXPECT_EQ(pages.get("/favicon.ico").status, 303);
}

TEST(Assets, are_kept_for_a_year_and_sent_small) {
    World world(db::Engine::sqlite);
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get("/assets/none.css").status, 404);
    for (const embed::Asset& asset : embed::assets()) {
        const Answer answer = pages.ask(http::Method::get, asset.path, "", {},
                                        {{"accept-encoding", "br, gzip"}});
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body,
                  asset.brotli.empty() ? asset.gzip.empty() ? asset.plain : asset.gzip : asset.brotli);
        const std::string form = asset.brotli.empty() ? asset.gzip.empty() ? "" : "-gzip" : "-br";
        EXPECT_EQ(answer.headers.at("etag"),
                  std::string(asset.etag.substr(0, asset.etag.size() - 1)) + form + "\"");
        EXPECT_EQ(pages.get(asset.path).headers.at("etag"), asset.etag);  // plain bytes, another tag
        EXPECT_EQ(answer.headers.at("cache-control"), "public, max-age=31536000, immutable");
    }
}

}  // namespace
}  // namespace kith::site
