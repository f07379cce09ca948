#include "audit/audit.hpp"
#include "platform/jobs/jobs.hpp"
#include "site/site.hpp"
#include "tests/pages.hpp"

namespace kith::site {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

BOTH_ENGINES(Admin, is_for_the_host) {
    const Cast cast(world);
    Pages pages(world);
    for (const std::string_view path : {"/admin", "/admin/site", "/admin/members", "/admin/members/2",
                                        "/admin/look-ups", "/admin/jobs", "/admin/audit", "/design"}) {
        EXPECT_EQ(pages.get(path, cast.oz).status, 200) << path;
        EXPECT_EQ(pages.get(path, cast.ada).status, 404) << path;
        EXPECT_EQ(pages.get(path).status, 303) << path;
    }
}

BOTH_ENGINES(Admin, shows_a_coordinator_what_works_for_them) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, as(cast.oz), cast.mo, identity::Role::coordinator);
    });
    Pages pages(world);
    EXPECT_FALSE(pages.get("/admin", cast.mo).shows("/admin/site"));
    EXPECT_EQ(pages.get("/admin/members", cast.mo).status, 200);
    for (const std::string_view path : {"/admin/site", "/admin/look-ups", "/admin/jobs", "/admin/audit"})
        EXPECT_EQ(pages.get(path, cast.mo).status, 403) << path;
    EXPECT_TRUE(pages.get("/admin/members/2", cast.mo).shows("Change their roles"));
    EXPECT_EQ(pages.post("/me/confirm", {{"current", std::string(Cast::password)}}, cast.mo).status, 303);
    const Answer ada = pages.get("/admin/members/2", cast.mo);
    EXPECT_TRUE(ada.shows("Make them a researcher"));
    for (const std::string_view words :
         {"Put this account on hold", "Make them a coordinator", "Make them a host"})
        EXPECT_FALSE(ada.shows(words)) << words;
}

BOTH_ENGINES(Admin, the_checklist_gets_shorter) {
    const Cast cast(world);
    use_group_needs([](db::ReadTx&) {
        return GroupNeeds{.any_group = true, .without_facilitator = {{GroupId(2), "The square"}}};
    });
    Pages pages(world);
    EXPECT_TRUE(pages.get("/admin", cast.oz).shows("5 things left to do"));
    EXPECT_TRUE(pages.get("/admin", cast.oz).shows("The square"));
    const Answer answer = pages.post("/admin/site",
                                     {{"name", "Harbour"},
                                      {"helplines", "Emergency | 112"},
                                      {"purpose", "Together."},
                                      {"exit_url", "https://example.org"}},
                                     cast.oz);
    EXPECT_EQ(answer.location(), "/admin");
    EXPECT_TRUE(pages.get("/admin", cast.oz).shows("4 things left to do"));
    EXPECT_FALSE(
        world.db()
            .read([](db::ReadTx& tx) { return load_site(tx, "https://kith.example.org", Language::en); })
            ->open_sign_up);
    use_group_needs(nullptr);
}

BOTH_ENGINES(Admin, a_wrong_setting_keeps_the_others) {
    const Cast cast(world);
    Pages pages(world);
    const Answer answer = pages.post(
        "/admin/site", {{"name", "H"}, {"purpose", "Together <b>."}, {"exit_url", "https://e.org"}}, cast.oz);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.shows("Together &lt;b&gt;."));
    EXPECT_TRUE(answer.shows("aria-invalid"));
}

std::string address_of(World& world, MemberId member) {
    const PersonaId persona = world.db().read(
        [&](db::ReadTx& tx) { return identity::main_persona(tx, member); });
    return "/admin/members/" + std::to_string(persona.value());
}

bool may_act(World& world, MemberId member) {
    return world.db().read(
        [&](db::ReadTx& tx) { return identity::acting_member(tx, as(member)).has_value(); });
}

BOTH_ENGINES(AdminMembers, are_found_by_name) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/admin/members", cast.oz).shows("Nia"));
    const std::string ada = address_of(world, cast.ada);
    EXPECT_TRUE(pages.get("/admin/members?q=ada", cast.oz).shows("href=\"" + ada + "\""));
    EXPECT_TRUE(pages.get(ada, cast.oz).shows("Put this account on hold"));
    EXPECT_TRUE(pages.get("/admin/members?q=nobody", cast.oz).shows("Nobody here has that name."));
    EXPECT_TRUE(pages.get("/admin/members?q=ada", cast.oz, "application/json").shows("\"name\":\"Ada\""));
    EXPECT_FALSE(pages.get("/admin/members?after=4", cast.oz).shows("Ada"));
}

BOTH_ENGINES(AdminMembers, behind_a_name_of_a_group_are_not_shown) {
    const Cast cast(world);
    const PersonaId fox = world.must([&](db::Tx& tx) {
        return identity::persona_for_group(tx, Actor::of(cast.bo), cast.bo, cast.circle, "Quiet Fox");
    });
    Pages pages(world);
    EXPECT_TRUE(pages.get("/admin/members?q=Quiet+Fox", cast.oz).shows("Nobody here has that name."));
    const std::string path = "/admin/members/" + std::to_string(fox.value());
    EXPECT_EQ(pages.get(path, cast.oz).status, 404);
    EXPECT_EQ(pages.post(path, {{"act", "lift"}}, cast.oz).status, 404);
    EXPECT_EQ(pages.post("/admin/look-ups", {{"name", "Quiet Fox"}, {"reason", ""}}, cast.oz).status, 422);
    EXPECT_TRUE(pages.post("/admin/look-ups", {{"name", "Quiet Fox"}, {"reason", "In danger."}}, cast.oz)
                    .shows("id=\"current-error\""));
    EXPECT_EQ(
        pages
            .post("/admin/look-ups",
                  {{"name", "Quiet Fox"}, {"reason", "In danger."}, {"current", std::string(Cast::password)}},
                  cast.oz)
            .location(),
        address_of(world, cast.bo));
    EXPECT_TRUE(pages.get("/admin/look-ups", cast.oz).shows("In danger."));
    EXPECT_EQ(pages.post("/admin/look-ups", {{"name", "Quiet Fox"}, {"reason", "x"}}, cast.bo).status, 404);
}

BOTH_ENGINES(AdminMembers, are_put_on_hold_and_let_back_in) {
    const Cast cast(world);
    Pages pages(world);
    const std::string ada = address_of(world, cast.ada);
    EXPECT_EQ(pages.post(ada, {{"act", "suspend"}, {"reason", ""}}, cast.oz).status, 422);
    const Answer wrong = pages.post(ada, {{"act", "suspend"}, {"reason", "Selling."}, {"days", "x"}},
                                    cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("value=\"Selling.\""));
    EXPECT_EQ(
        pages.post(ada, {{"act", "suspend"}, {"reason", "Selling."}, {"days", "7"}}, cast.oz).location(),
        ada);
    EXPECT_TRUE(pages.get(ada, cast.oz).shows("The reason they were given: Selling."));
    EXPECT_FALSE(may_act(world, cast.ada));
    EXPECT_EQ(pages.post(ada, {{"act", "lift"}}, cast.oz).status, 303);
    EXPECT_TRUE(may_act(world, cast.ada));
    EXPECT_EQ(pages.post(ada, {{"act", "suspend"}, {"reason", "x"}}, cast.bo).status, 404);
}

BOTH_ENGINES(AdminMembers, who_closed_their_account_can_be_put_on_hold_and_are_not_let_in_by_others) {
    const Cast cast(world);
    Pages pages(world);
    const std::string ada = address_of(world, cast.ada);
    world.must([&](db::Tx& tx) { return identity::close_account(tx, as(cast.ada)); });
    const Answer closed = pages.get(ada, cast.oz);
    EXPECT_TRUE(closed.shows("They closed it on 2 February 2026."));
    EXPECT_FALSE(closed.shows("Let them back in"));
    EXPECT_EQ(pages.post(ada, {{"act", "suspend"}, {"reason", "Selling."}}, cast.oz).status, 303);
    EXPECT_TRUE(pages.get(ada, cast.oz).shows("Let them back in"));
}

BOTH_ENGINES(AdminMembers, get_codes_and_hosts_are_made_with_a_password) {
    const Cast cast(world);
    Pages pages(world);
    const std::string password(Cast::password);
    const std::string ada = address_of(world, cast.ada);
    const auto acts = [&](std::string act, std::string current) {
        return pages.post(ada, {{"act", std::move(act)}, {"sure", "yes"}, {"current", std::move(current)}},
                          cast.oz);
    };
    EXPECT_EQ(pages.post(ada, {{"act", "reset"}, {"current", password}}, cast.oz).status, 422);
    EXPECT_TRUE(acts("reset", "wrong").shows("id=\"current-error\""));
    EXPECT_TRUE(acts("reset", password).shows("<ul class=\"codes\"><li><code>"));
    world.clock.advance(identity::confirmed_for_ms);
    EXPECT_EQ(acts("appoint", "wrong").status, 422);
    EXPECT_EQ(acts("appoint", password).status, 303);
    EXPECT_TRUE(pages.get(ada, cast.oz).shows("End the role of host"));
}

BOTH_ENGINES(AdminMembers, from_an_archive_get_a_code_to_claim) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, as(cast.oz), cast.mo, identity::Role::coordinator);
    });
    const PersonaId old_friend = world.must(
        [&](db::Tx& tx) { return identity::create_placeholder(tx, Actor::system(), "Old Friend 3"); });
    Pages pages(world);
    const std::string path = "/admin/members/" + std::to_string(old_friend.value());
    EXPECT_TRUE(pages.get(path, cast.mo).shows("Make a code for them"));
    EXPECT_TRUE(pages.post(path, {{"act", "claim"}}, cast.mo).shows("<ul class=\"codes\"><li><code>"));
    EXPECT_EQ(pages.post(address_of(world, cast.ada), {{"act", "claim"}}, cast.mo).status, 422);
}

BOTH_ENGINES(AdminMembers, get_and_lose_roles) {
    const Cast cast(world);
    Pages pages(world);
    const std::string bo = address_of(world, cast.bo);
    const auto is_coordinator = [&] {
        return world.db().read(
            [&](db::ReadTx& tx) { return identity::has_role(tx, as(cast.bo), identity::Role::coordinator); });
    };
    EXPECT_EQ(pages.post(bo, {{"act", "grant"}, {"role", "coordinator"}}, cast.oz).status, 422);
    EXPECT_FALSE(is_coordinator());
    EXPECT_EQ(pages.post("/me/confirm", {{"current", std::string(Cast::password)}}, cast.oz).status, 303);
    EXPECT_EQ(pages.post(bo, {{"act", "grant"}, {"role", "coordinator"}}, cast.oz).status, 303);
    EXPECT_TRUE(is_coordinator());
    EXPECT_EQ(pages.post(bo, {{"act", "grant"}, {"role", "host"}}, cast.oz).status, 422);
    EXPECT_EQ(pages.post(bo, {{"act", "end"}, {"role", "coordinator"}}, cast.oz).status, 303);
    EXPECT_FALSE(is_coordinator());
}

BOTH_ENGINES(AdminRecords, failed_jobs_are_shown_and_tried_again) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) -> Done {
        jobs::enqueue(tx, "mail", "{}", tx.now());
        return {};
    });
    jobs::Runner runner(*world.services, {});
    for (int i = 0; i < jobs::most_tries; ++i) {
        runner.run_one();
        world.clock.advance(hour_ms);
    }
    Pages pages(world);
    EXPECT_TRUE(pages.get("/admin/jobs", cast.oz).shows("given up"));
    EXPECT_EQ(pages.post("/admin/jobs/1/retry", {}, cast.oz).location(), "/admin/jobs");
    EXPECT_TRUE(pages.get("/admin/jobs", cast.oz).shows("waiting"));
    EXPECT_EQ(pages.post("/admin/jobs/1/retry", {}, cast.oz).status, 404);
    EXPECT_TRUE(pages.get("/admin/jobs", cast.oz, "application/json").shows("\"kind\":\"mail\""));
}

BOTH_ENGINES(AdminRecords, the_audit_log_is_read_page_by_page) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) -> Done {
        for (int i = 0; i < 60; ++i) audit::record(tx, as(cast.oz), "group.changed", "group", i);
        return {};
    });
    Pages pages(world);
    const Answer newest = pages.get("/admin/audit", cast.oz);
    EXPECT_TRUE(newest.shows("group 59"));
    EXPECT_TRUE(newest.shows("Older entries"));
    EXPECT_TRUE(newest.shows(">Oz<"));
    EXPECT_FALSE(newest.shows("site.set_up"));
    const Answer oldest = pages.get("/admin/audit?before=11", cast.oz);
    EXPECT_TRUE(oldest.shows("Set the community up <code>site.set_up</code>"));
}

}  // namespace
}  // namespace kith::site
