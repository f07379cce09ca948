#include "recovery/recovery.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::recovery {
namespace {

using identity::Role;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

const std::string password(Cast::password);
const std::string new_password = "another made-up password";
const std::string network = "192.0.2.1";

// Cy, whose sister keeps a code.
struct Lost {
    explicit Lost(World& world_in) : world(world_in), cast(world_in) { code = make(cast.cy, "my sister"); }

    std::string make(MemberId member, std::string_view name) {
        return world.must([&](db::Tx& tx) { return make_helper(tx, as(member), name, world.random); });
    }
    Typed typed(std::string name = "Cy") const { return {std::move(name), code, network}; }
    Result<Wait> begin() { return ask(*world.services, typed()); }
    auto come_back(std::string_view secret = new_password) {
        return recovery::come_back(*world.services, typed(), secret);
    }
    void wait(std::int64_t ms = wait_ms) {
        EXPECT_TRUE(begin());
        world.clock.advance(ms);
    }
    bool signs_in(const std::string& secret) {
        return identity::sign_in(*world.services, {"Cy", secret, {"Firefox", network, {}}}).has_value();
    }
    std::optional<Wait> standing() {
        return world.db().read([&](db::ReadTx& tx) { return standing_wait(tx, cast.cy); });
    }
    std::size_t helpers(MemberId member) {
        return world.db().read([&](db::ReadTx& tx) { return helpers_of(tx, member).size(); });
    }
    Actor at_browser(MemberId member) {
        world.must([&](db::Tx& tx) { return identity::start_session(tx, member, "Firefox", world.random); });
        Actor actor = as(member);
        actor.session = world.db().read(
            [&](db::ReadTx& tx) { return identity::sessions_of(tx, member).front().id; });
        return actor;
    }
    bool is_told(notices::Kind kind) {
        const auto all = world.db().read(
            [&](db::ReadTx& tx) { return notices::list_for(tx, cast.cy, 0, 50); });
        return std::ranges::any_of(all, [&](const notices::Notice& one) { return one.kind == kind; });
    }
    std::vector<std::string> verbs() {
        std::vector<std::string> out;
        for (const audit::Entry& entry :
             world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 50); }))
            if (entry.verb.starts_with("helper.")) out.insert(out.begin(), entry.verb);
        return out;
    }

    World& world;
    const Cast cast;
    std::string code;
};

using Verbs = std::vector<std::string>;

// ---- making and ending ---------------------------------------------------------------------------------

BOTH_ENGINES(Helpers, keep_a_code_of_high_chance_for_three_at_most) {
    Lost at(world);
    EXPECT_EQ(at.code.size(), 24u);
    at.make(at.cast.cy, "Tom");
    at.make(at.cast.cy, "Ann");
    const auto fourth = world.db().write(
        [&](db::Tx& tx) { return make_helper(tx, as(at.cast.cy), "Eve", world.random); });
    EXPECT_EQ(fourth.error().fault, Fault::conflict);
    const auto nobody = world.db().write(
        [&](db::Tx& tx) { return make_helper(tx, as(at.cast.ada), " ", world.random); });
    EXPECT_EQ(nobody.error().field, "name");
}

BOTH_ENGINES(Helpers, are_made_and_ended_by_somebody_who_has_shown_that_it_is_them) {
    Lost at(world);
    Actor cy = at.at_browser(at.cast.cy);
    const HelperId id = world.db().read(
        [&](db::ReadTx& tx) { return helpers_of(tx, at.cast.cy).front().id; });
    const auto make = [&] {
        return world.db().write([&](db::Tx& tx) { return make_helper(tx, cy, "Tom", world.random); });
    };
    const auto end = [&](const Actor& actor) {
        return world.db().write([&](db::Tx& tx) { return end_helper(tx, actor, id); });
    };
    EXPECT_EQ(make().error().field, "current");
    EXPECT_EQ(end(cy).error().field, "current");
    ASSERT_TRUE(identity::confirm(*world.services, cy, password));
    EXPECT_TRUE(make());
    EXPECT_EQ(end(as(at.cast.bo)).error().fault, Fault::not_found);
    EXPECT_TRUE(end(cy));
    EXPECT_FALSE(at.begin());
    cy.by_token = true;
    EXPECT_EQ(make().error().fault, Fault::forbidden);
    EXPECT_EQ(at.verbs(), (Verbs{"helper.made", "helper.made", "helper.ended"}));
}

BOTH_ENGINES(Helpers, are_not_for_somebody_with_a_role) {
    Lost at(world);
    const auto made = world.db().write(
        [&](db::Tx& tx) { return make_helper(tx, as(at.cast.mo), "Tom", world.random); });
    EXPECT_EQ(made.error().fault, Fault::conflict);
}

// ---- the wait ------------------------------------------------------------------------------------------

BOTH_ENGINES(Recovery, begins_with_a_wait_that_the_member_is_told_of) {
    Lost at(world);
    const auto wait = at.begin();
    ASSERT_TRUE(wait);
    EXPECT_EQ(wait->opens_at(), world.clock.now() + wait_ms);
    EXPECT_TRUE(at.is_told(notices::Kind::coming_back));
    EXPECT_TRUE(at.signs_in(password));
    world.clock.advance(day_ms);
    EXPECT_EQ(at.begin()->opens_at(), wait->opens_at());
    EXPECT_EQ(at.verbs(), (Verbs{"helper.made", "helper.begun"}));
}

BOTH_ENGINES(Recovery, answers_the_same_to_a_wrong_code_and_a_name_that_nobody_has) {
    Lost at(world);
    const auto wrong = ask(*world.services, {"Cy", "k7m2-p9xq-4hd3-w8nz-t5ga", network});
    const auto nobody = ask(*world.services, {"Nobody At All", at.code, network});
    const auto others = ask(*world.services, at.typed("Bo"));
    for (const auto* one : {&wrong, &nobody, &others}) {
        EXPECT_EQ(one->error().message, wrong.error().message);
        EXPECT_EQ(one->error().field, "name");
    }
    EXPECT_EQ(at.standing(), std::nullopt);
    EXPECT_FALSE(at.is_told(notices::Kind::coming_back));
}

BOTH_ENGINES(Recovery, takes_a_code_however_it_is_typed) {
    Lost at(world);
    std::ranges::transform(at.code, at.code.begin(), [](char c) { return c == '-' ? ' ' : std::toupper(c); });
    EXPECT_TRUE(ask(*world.services, at.typed("cy ")));
}

BOTH_ENGINES(Recovery, rests_after_ten_wrong_codes_of_a_name_from_a_network) {
    Lost at(world);
    for (const std::string name : {"Cy", "Nobody At All"}) {
        for (int i = 0; i < 10; ++i)
            EXPECT_EQ(ask(*world.services, {name, "wrong", network}).error().fault, Fault::invalid);
        EXPECT_EQ(ask(*world.services, {name, at.code, network}).error().fault, Fault::too_many);
    }
    EXPECT_TRUE(ask(*world.services, {"Cy", at.code, "198.51.100.7"}));
    world.clock.advance(15 * minute_ms);
    EXPECT_TRUE(at.begin());
}

BOTH_ENGINES(Recovery, lets_nobody_choose_a_password_before_the_wait_is_over) {
    Lost at(world);
    EXPECT_EQ(at.come_back().error().fault, Fault::conflict);
    at.wait(wait_ms - 1);
    EXPECT_EQ(at.come_back().error().fault, Fault::conflict);
    EXPECT_TRUE(at.signs_in(password));
    world.clock.advance(1);
    EXPECT_TRUE(at.come_back());
}

BOTH_ENGINES(Recovery, lapses_after_two_weeks_and_can_begin_again) {
    Lost at(world);
    at.wait(wait_ms + open_ms);
    EXPECT_EQ(at.standing(), std::nullopt);
    EXPECT_EQ(at.come_back().error().fault, Fault::conflict);
    EXPECT_EQ(at.begin()->opens_at(), world.clock.now() + wait_ms);
}

BOTH_ENGINES(Recovery, is_stopped_by_the_member_and_the_code_ends_with_it) {
    Lost at(world);
    at.make(at.cast.cy, "Tom");
    const Actor cy = at.at_browser(at.cast.cy);
    at.wait();
    world.must([&](db::Tx& tx) { return stop(tx, as(at.cast.bo)); });
    EXPECT_TRUE(at.standing());
    world.must([&](db::Tx& tx) { return stop(tx, cy); });
    EXPECT_EQ(at.standing(), std::nullopt);
    EXPECT_EQ(at.helpers(at.cast.cy), 1u);
    EXPECT_EQ(at.come_back().error().fault, Fault::invalid);
    EXPECT_FALSE(at.begin());
    world.must([&](db::Tx& tx) { return stop(tx, cy); });
    EXPECT_EQ(at.verbs(), (Verbs{"helper.made", "helper.made", "helper.begun", "helper.stopped"}));
}

// ---- the new password ----------------------------------------------------------------------------------

BOTH_ENGINES(Recovery, ends_with_a_new_password_and_nothing_that_was_before) {
    Lost at(world);
    at.at_browser(at.cast.cy);
    ASSERT_TRUE(
        identity::create_token(*world.services, as(at.cast.cy), {.name = "calendar", .current = password}));
    const auto old_codes = identity::renew_recovery_codes(*world.services, as(at.cast.cy), password);
    at.wait();
    EXPECT_EQ(at.come_back("short").error().field, "password");
    const auto codes = at.come_back();
    ASSERT_TRUE(codes);
    EXPECT_EQ(codes->size(), 10u);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_TRUE(identity::sessions_of(tx, at.cast.cy).empty());
        EXPECT_TRUE(identity::tokens_of(tx, at.cast.cy).empty());
    });
    EXPECT_FALSE(at.signs_in(password));
    EXPECT_TRUE(at.signs_in(new_password));
    EXPECT_FALSE(identity::recover(*world.services, {"Cy", old_codes->front(), "a third made-up one", {}}));
    EXPECT_TRUE(identity::recover(*world.services, {"Cy", codes->front(), "a third made-up one", {}}));
    EXPECT_FALSE(at.come_back());
    EXPECT_TRUE(at.is_told(notices::Kind::came_back));
    EXPECT_EQ(at.verbs(), (Verbs{"helper.made", "helper.begun", "helper.used"}));
}

BOTH_ENGINES(Recovery, does_nothing_by_halves) {
    Lost at(world);
    at.wait();
    bool done = false;
    for (int n = 1; !done; ++n) {
        ASSERT_LT(n, 100);
        world.db().fail_statement(n);
        try {
            done = at.come_back().has_value();
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_TRUE(at.standing()) << n;
            EXPECT_FALSE(at.is_told(notices::Kind::came_back)) << n;
        }
    }
    world.db().fail_statement(0);
    EXPECT_TRUE(at.signs_in(new_password));
}

BOTH_ENGINES(Recovery, is_not_for_whoever_has_got_a_role_since) {
    Lost at(world);
    at.wait();
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.cy, Role::moderator, at.cast.square);
    });
    const auto refused = at.come_back();
    EXPECT_EQ(refused.error().field, "name");
    EXPECT_EQ(refused.error().message, ask(*world.services, {"Cy", "wrong", network}).error().message);
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), at.cast.cy, Role::moderator, at.cast.square);
    });
    EXPECT_TRUE(at.come_back());
}

BOTH_ENGINES(Recovery, leaves_a_hold_a_hold_also_for_somebody_with_a_role) {
    Lost at(world);
    const auto hold = [&](MemberId member) {
        world.must([&](db::Tx& tx) {
            return identity::suspend(tx, as(at.cast.oz), member, "Unkind words.", std::nullopt);
        });
    };
    hold(at.cast.cy);
    at.wait();
    EXPECT_TRUE(at.come_back());
    world.db().read([&](db::ReadTx& tx) { EXPECT_EQ(identity::standing_holds(tx, at.cast.cy).size(), 1u); });
    hold(at.cast.mo);
    world.db().read([&](db::ReadTx& tx) { EXPECT_FALSE(identity::is_plain_member(tx, at.cast.mo)); });
}

BOTH_ENGINES(Recovery, leaves_a_break_a_break) {
    Lost at(world);
    world.must(
        [&](db::Tx& tx) { return identity::begin_pause(tx, as(at.cast.cy), identity::PauseLength::open); });
    at.wait();
    EXPECT_TRUE(at.come_back());
    world.db().read([&](db::ReadTx& tx) { EXPECT_TRUE(identity::standing_pause(tx, at.cast.cy)); });
}

BOTH_ENGINES(Recovery, rests_while_an_account_is_closed_where_nobody_could_say_no) {
    Lost at(world);
    at.wait();
    world.must([&](db::Tx& tx) { return identity::close_account(tx, as(at.cast.cy)); });
    EXPECT_EQ(at.come_back().error().fault, Fault::invalid);
    EXPECT_FALSE(at.begin());
    EXPECT_TRUE(at.signs_in(password));
    EXPECT_TRUE(at.begin());
}

// ---- pages ---------------------------------------------------------------------------------------------

BOTH_ENGINES(RecoveryPages, show_a_code_once_on_a_sheet_that_names_nobody) {
    const Cast cast(world);
    Pages pages(world);
    const std::string mine = url::me_helpers().text();
    EXPECT_EQ(pages.get(mine).status, 303);
    EXPECT_EQ(pages.post(mine, {{"name", "my aunt"}, {"current", "wrong"}}, cast.cy).status, 422);
    const auto made = pages.post(mine, {{"name", "my aunt"}, {"current", password}}, cast.cy);
    EXPECT_EQ(made.status, 201);
    const std::size_t begin = made.body.find("<section"), end = made.body.find("</section>");
    ASSERT_NE(begin, std::string::npos);
    const std::string sheet = made.body.substr(begin, end - begin);
    for (const std::string_view word : {"Cy", "aunt", "Kith", "localhost", "community"})
        EXPECT_EQ(sheet.find(word), std::string::npos) << word;
    EXPECT_FALSE(pages.get(mine, cast.cy).shows("class=\"codes\""));
    EXPECT_TRUE(pages.get(mine, cast.cy).shows("my aunt"));
    EXPECT_TRUE(pages.get(mine, cast.mo).shows("a host helps you back in"));
    EXPECT_EQ(pages.get(url::me_helper(1).text(), cast.cy).status, 200);
    EXPECT_EQ(pages.get(url::me_helper(1).text(), cast.ada).status, 404);
    EXPECT_EQ(pages.post(url::me_helper_end(1).text(), {{"current", password}}, cast.ada).status, 404);
    EXPECT_EQ(pages.post(url::me_helper_end(1).text(), {}, cast.cy).status, 303);
    EXPECT_FALSE(pages.get(mine, cast.cy).shows("my aunt"));
}

BOTH_ENGINES(RecoveryPages, lead_from_a_code_over_the_wait_to_a_new_password) {
    Lost at(world);
    Pages pages(world);
    const std::map<std::string, std::string> typed{{"name", "Cy"}, {"code", at.code}};
    const std::string here = url::helped().text(), last = url::helped_password().text();
    EXPECT_TRUE(pages.get("/recovery").shows(here));
    EXPECT_EQ(pages.post(here, {{"name", "Cy"}, {"code", "wrong"}}).status, 422);
    EXPECT_TRUE(pages.post(here, typed).shows("The time to wait has begun."));
    EXPECT_TRUE(pages.post(here, typed, {}, "application/json").shows("\"is_open\":false"));
    auto whole = typed;
    whole["password"] = new_password;
    EXPECT_EQ(pages.post(last, whole).status, 422);
    world.clock.advance(wait_ms);
    EXPECT_TRUE(pages.post(here, typed).shows("New password"));
    whole["password"] = "short";
    const auto again = pages.post(last, whole);
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(again.shows(at.code));
    whole["password"] = new_password;
    EXPECT_TRUE(pages.post(last, whole).shows("Your new password is saved."));
    EXPECT_EQ(pages.post(last, whole).status, 422);
}

BOTH_ENGINES(RecoveryPages, warn_wherever_the_member_is_and_stop_with_one_press) {
    Lost at(world);
    Pages pages(world);
    const std::string press = "It is not me, stop it";
    for (const std::string page : {"/", "/me", "/me/security", "/me/helpers"})
        EXPECT_FALSE(pages.get(page, at.cast.cy).shows(press)) << page;
    EXPECT_TRUE(at.begin());
    for (const std::string page : {"/", "/me", "/me/security", "/me/helpers"}) {
        EXPECT_TRUE(pages.get(page, at.cast.cy).shows(press)) << page;
        EXPECT_FALSE(pages.get(page, at.cast.ada).shows(press)) << page;
    }
    EXPECT_TRUE(pages.get("/notices", at.cast.cy).shows("Is it you?"));
    EXPECT_EQ(pages.post(url::me_helpers_stop().text(), {}, at.cast.cy).location(), "/me/helpers");
    EXPECT_FALSE(pages.get("/", at.cast.cy).shows(press));
}

BOTH_ENGINES(RecoveryPages, warn_on_a_break_and_on_hold_as_well) {
    Lost at(world);
    Pages pages(world);
    const std::string press = "It is not me, stop it";
    world.must(
        [&](db::Tx& tx) { return identity::begin_pause(tx, as(at.cast.cy), identity::PauseLength::open); });
    EXPECT_TRUE(at.begin());
    EXPECT_TRUE(pages.get("/me/break", at.cast.cy).shows(press));
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(at.cast.oz), at.cast.cy, "Unkind words.", std::nullopt);
    });
    pages.sign_in_again(at.cast.cy);
    EXPECT_TRUE(pages.get("/me/hold", at.cast.cy).shows(press));
    EXPECT_EQ(pages.post(url::me_helpers_stop().text(), {}, at.cast.cy).status, 303);
    EXPECT_EQ(at.standing(), std::nullopt);
}

}  // namespace
}  // namespace kith::recovery
