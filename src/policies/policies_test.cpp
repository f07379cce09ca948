#include "policies/policies.hpp"

#include "tests/faults.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::policies {
namespace {

using test::as;
using test::Cast;
using test::expect_whole_or_nothing;
using test::Pages;
using test::World;

const VersionForm first{
    .title = "House rules", .markdown = "Be kind.\n\nNo advertising.", .changes = "", .asks = true};

PolicyId write(World& world, const Cast& cast, const VersionForm& form = first, Kind kind = Kind::rules) {
    return world.must([&](db::Tx& tx) { return write_policy(tx, as(cast.oz), kind, form); });
}
void write_next(World& world, const Cast& cast, PolicyId id, std::int64_t seen, bool asks = true) {
    world.must([&](db::Tx& tx) {
        return write_version(tx, as(cast.oz), id, seen,
                             {.title = "House rules",
                              .markdown = "Be kind.\n\nNo selling. " + std::to_string(seen),
                              .changes = "Selling stands in place of advertising.",
                              .asks = asks});
    });
}
template <class Rule>
std::optional<Fault> fault_of(World& world, Rule&& rule) {
    const auto result = world.db().write(std::forward<Rule>(rule));
    return result ? std::nullopt : std::optional(result.error().fault);
}
std::optional<Fault> says(World& world, MemberId who, PolicyId id, std::int64_t number, Answer said) {
    return fault_of(world, [&](db::Tx& tx) { return answer(tx, as(who), id, number, said); });
}
// Whether they may write now.
std::optional<Fault> writes(World& world, MemberId who) {
    return fault_of(world, [&](db::Tx& tx) { return require_agreed(tx, as(who)); });
}
std::optional<Time> asked(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) { return asked_from(tx, who); });
}

BOTH_ENGINES(Policies, keep_every_version_as_it_was) {
    const Cast cast(world);
    const PolicyId id = write(world, cast);
    world.clock.advance(day_ms);
    write_next(world, cast, id, 1);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(find(tx, id)->version.number, 2);
        EXPECT_EQ(find_version(tx, id, 1)->markdown, "Be kind.\n\nNo advertising.");
        const std::vector<Version> all = history(tx, id);
        ASSERT_EQ(all.size(), 2u);
        EXPECT_EQ(all[0].changes, "Selling stands in place of advertising.");
        EXPECT_LT(all[1].published_at, all[0].published_at);
        EXPECT_EQ(all[0].published_by, identity::main_persona(tx, cast.oz));
        EXPECT_FALSE(find_version(tx, id, 3));
    });
}

BOTH_ENGINES(Policies, are_published_whole_or_not_at_all_whichever_statement_fails) {
    const Cast cast(world);
    const PolicyId id = write(world, cast);
    const VersionForm next{
        .title = "House rules", .markdown = "Be gentle.", .changes = "A word.", .asks = true};
    expect_whole_or_nothing(
        world, [&](db::Tx& tx) { return write_version(tx, as(cast.oz), id, 1, next); },
        [&] {
            world.db().read([&](db::ReadTx& tx) {
                EXPECT_EQ(find(tx, id)->policy.number, 1);
                EXPECT_EQ(history(tx, id).size(), 1u);
            });
        });
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return find(tx, id)->policy.asks_number; }), 2);
}

BOTH_ENGINES(Policies, are_written_by_hosts_alone) {
    const Cast cast(world);
    const PolicyId id = write(world, cast);
    for (const MemberId who : {cast.ada, cast.mo, cast.dee, cast.rae, MemberId()}) {
        const Actor actor = who ? as(who) : Actor::guest();
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return write_policy(tx, actor, Kind::other, first); }));
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return write_version(tx, actor, id, 1, first); }));
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return retire(tx, actor, id); }));
        EXPECT_TRUE(fault_of(world, [&](db::Tx& tx) { return set_grace_days(tx, actor, 3); }));
    }
}

BOTH_ENGINES(Policies, say_what_is_missing) {
    const Cast cast(world);
    const PolicyId id = write(world, cast);
    const auto next = [&](const VersionForm& form, std::int64_t seen = 1) {
        return fault_of(world, [&](db::Tx& tx) { return write_version(tx, as(cast.oz), id, seen, form); });
    };
    EXPECT_EQ(next({.title = "House rules", .markdown = "Other", .changes = "", .asks = false}),
              Fault::invalid);
    EXPECT_EQ(next({.title = "", .markdown = "Other", .changes = "x", .asks = false}), Fault::invalid);
    EXPECT_EQ(next({.title = "Rules", .markdown = " ", .changes = "x", .asks = false}), Fault::invalid);
    EXPECT_EQ(next({.title = "House rules", .markdown = first.markdown, .changes = "x", .asks = true}),
              Fault::conflict)
        << "nothing is different";
    write_next(world, cast, id, 1);
    EXPECT_EQ(next({.title = "Rules", .markdown = "Other", .changes = "x", .asks = false}, 1),
              Fault::conflict)
        << "somebody was faster";
    const auto again = [&](std::optional<Kind> kind) {
        return fault_of(world, [&](db::Tx& tx) { return write_policy(tx, as(cast.oz), kind, first); });
    };
    EXPECT_EQ(again(Kind::rules), Fault::conflict) << "one of a kind";
    EXPECT_EQ(again(std::nullopt), Fault::invalid);
    for (const std::optional<std::int64_t> days : {std::optional<std::int64_t>(0), {91}, {}})
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return set_grace_days(tx, as(cast.oz), days); }),
                  Fault::invalid);
}

BOTH_ENGINES(Policies, are_asked_at_once_and_let_people_write_meanwhile) {
    const Cast cast(world);
    EXPECT_FALSE(asked(world, cast.ada));
    const PolicyId id = write(world, cast);
    ASSERT_TRUE(asked(world, cast.ada));
    EXPECT_LE(*asked(world, cast.ada), world.clock.now());
    EXPECT_EQ(writes(world, cast.ada), std::nullopt);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::agreed), std::nullopt);
    EXPECT_FALSE(asked(world, cast.ada));
    world.clock.advance(100 * day_ms);
    EXPECT_EQ(writes(world, cast.ada), std::nullopt);
    EXPECT_EQ(writes(world, cast.bo), Fault::forbidden) << "two weeks are over";
    const auto seen = world.db().read(
        [&](db::ReadTx& tx) { return groups::readable(tx, as(cast.bo), cast.circle); });
    EXPECT_TRUE(seen) << "reading never waits";
    EXPECT_EQ(says(world, cast.bo, id, 1, Answer::agreed), std::nullopt);
    EXPECT_EQ(writes(world, cast.bo), std::nullopt);
}

BOTH_ENGINES(Policies, wait_for_those_who_say_later_for_the_days_that_the_host_gives) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) { return set_grace_days(tx, as(cast.oz), 3); });
    const PolicyId id = write(world, cast);
    world.clock.advance(2 * day_ms);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::later), std::nullopt);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::later), Fault::conflict) << "once";
    EXPECT_GT(*asked(world, cast.ada), world.clock.now());
    world.clock.advance(2 * day_ms);
    EXPECT_EQ(writes(world, cast.ada), std::nullopt) << "three days from then";
    world.clock.advance(day_ms);
    EXPECT_EQ(writes(world, cast.ada), Fault::forbidden);
    EXPECT_LE(*asked(world, cast.ada), world.clock.now());
}

BOTH_ENGINES(Policies, take_a_no_and_a_changed_mind) {
    const Cast cast(world);
    const PolicyId id = write(world, cast);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::declined), std::nullopt);
    EXPECT_FALSE(asked(world, cast.ada)) << "nobody nags";
    EXPECT_EQ(writes(world, cast.ada), Fault::forbidden);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::later), Fault::conflict);
    const auto report = [&](db::Tx& tx) -> Done { return groups::leave(tx, as(cast.ada), cast.circle, ""); };
    EXPECT_EQ(fault_of(world, report), std::nullopt) << "leaving never waits";
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::agreed), std::nullopt);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::declined), std::nullopt);
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return agreed_by(tx, cast.ada).size(); }), 1u)
        << "a yes stays written down";
}

BOTH_ENGINES(Policies, ask_again_of_a_version_that_says_so_alone) {
    const Cast cast(world);
    const PolicyId id = write(world, cast);
    EXPECT_EQ(says(world, cast.ada, id, 1, Answer::agreed), std::nullopt);
    write_next(world, cast, id, 1, false);
    EXPECT_FALSE(asked(world, cast.ada)) << "a mended spelling";
    EXPECT_EQ(says(world, cast.bo, id, 1, Answer::agreed), Fault::conflict) << "one agrees to what holds";
    EXPECT_EQ(says(world, cast.bo, id, 2, Answer::agreed), std::nullopt);
    write_next(world, cast, id, 2, true);
    world.db().read([&](db::ReadTx& tx) {
        const std::vector<Open> open = open_for(tx, cast.bo);
        ASSERT_EQ(open.size(), 1u);
        EXPECT_EQ(open[0].agreed_before, 2);
        EXPECT_EQ(open[0].current.policy.number, 3);
        EXPECT_EQ(count_answers(tx, open[0].current.policy).agreed, 0);
    });
    world.must([&](db::Tx& tx) { return retire(tx, as(cast.oz), id); });
    EXPECT_FALSE(asked(world, cast.bo));
    EXPECT_EQ(says(world, cast.bo, id, 3, Answer::agreed), Fault::not_found);
}

BOTH_ENGINES(Policies, are_agreed_to_by_whoever_signs_up_as_the_form_showed_them) {
    const Cast cast(world);
    Pages pages(world);
    const PolicyId id = write(world, cast);
    const auto form = pages.get("/sign-up");
    EXPECT_TRUE(form.shows(url::policy(id.value()).text()));
    const std::string stamp = std::to_string(id.value()) + ".1";
    EXPECT_TRUE(form.shows("value=\"" + stamp + "\""));
    const auto join = [&](const std::string& name, const std::string& stamps) {
        EXPECT_EQ(
            pages.post("/sign-up", {{"name", name}, {"password", "a quiet long word"}, {"agreed", stamps}})
                .status,
            200);
        return world.db().read([&](db::ReadTx& tx) { return *identity::find_member(tx, name); });
    };
    const MemberId newcomer = join("Slow Otter", stamp);
    EXPECT_FALSE(asked(world, newcomer));
    world.db().read([&](db::ReadTx& tx) {
        const std::vector<Agreed> all = agreed_by(tx, newcomer);
        ASSERT_EQ(all.size(), 1u);
        EXPECT_EQ(all[0].number, 1);
        EXPECT_EQ(all[0].at, world.clock.now());
    });
    write_next(world, cast, id, 1);
    EXPECT_TRUE(asked(world, join("Late Otter", stamp))) << "the text changed while they typed";
}

BOTH_ENGINES(Policies, ask_on_every_page_but_lead_nobody_away) {
    const Cast cast(world);
    Pages pages(world);
    constexpr std::string_view words = "Something that we agreed on has changed";
    EXPECT_FALSE(pages.get("/groups", cast.ada).shows(words));
    const PolicyId id = write(world, cast);
    EXPECT_TRUE(pages.get("/groups", cast.ada).shows(words));
    EXPECT_EQ(pages.get("/help-now", cast.ada).status, 200);
    EXPECT_FALSE(pages.get("/groups").shows(words)) << "nobody asks a guest";
    const std::string number = std::to_string(id.value());
    EXPECT_TRUE(pages.get("/agreement", cast.ada).shows("House rules"));
    EXPECT_EQ(pages.post("/agreement", {{"policy", number}, {"version", "1"}, {"answer", "later"}}, cast.ada)
                  .status,
              303);
    EXPECT_FALSE(pages.get("/groups", cast.ada).shows(words));
    world.clock.advance(15 * day_ms);
    EXPECT_TRUE(pages.get("/groups", cast.ada).shows(words));
    const auto no = pages.post("/agreement", {{"policy", number}, {"version", "1"}, {"answer", "declined"}},
                               cast.ada);
    EXPECT_EQ(no.location(), "/agreement");
    EXPECT_TRUE(pages.get("/agreement", cast.ada).shows("/me/closure"));
    EXPECT_EQ(pages.get("/agreement").status, 303) << "sign in first";
    EXPECT_EQ(pages.post("/agreement", {{"policy", number}, {"version", "1"}, {"answer", "agreed"}}, cast.ada)
                  .status,
              303);
    EXPECT_TRUE(pages.get("/me/agreements", cast.ada).shows("House rules"));
    EXPECT_EQ(pages.post("/agreement", {{"policy", "999"}, {"version", "1"}, {"answer", "agreed"}}, cast.ada)
                  .status,
              404);
    EXPECT_EQ(
        pages.post("/agreement", {{"policy", number}, {"version", "1"}, {"answer", "?"}}, cast.ada).status,
        422);
}

BOTH_ENGINES(Policies, stand_where_anybody_can_read_them_with_what_changed) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/rules").shows("Be kind")) << "what the site brings along";
    const PolicyId id = write(world, cast);
    write_next(world, cast, id, 1);
    EXPECT_EQ(pages.get("/rules").location(), url::policy(id.value()).text());
    EXPECT_TRUE(pages.get("/policies").shows("House rules"));
    EXPECT_TRUE(pages.get(url::policy(id.value()).text()).shows("No selling"));
    EXPECT_TRUE(pages.get(url::policy_version(id.value(), 1).text()).shows("No advertising"));
    const auto changes = pages.get(url::policy_changes(id.value(), 2).text());
    EXPECT_TRUE(changes.shows("<del>"));
    EXPECT_TRUE(changes.shows("advertising."));
    EXPECT_EQ(pages.get(url::policy_changes(id.value(), 1).text()).status, 404);
    EXPECT_EQ(pages.get("/policies/999").status, 404);
    EXPECT_EQ(pages.get("/policies/x/history").status, 404);
    EXPECT_TRUE(pages.get("/policies", {}, "application/json").shows("\"version\":2"));
}

BOTH_ENGINES(Policies, are_hidden_from_others_where_hosts_write_them) {
    const Cast cast(world);
    Pages pages(world);
    const PolicyId id = write(world, cast);
    for (const std::string& target : {std::string("/admin/policies"), std::string("/admin/policies/new"),
                                      url::admin_policy(id.value()).text()}) {
        EXPECT_EQ(pages.get(target, cast.oz).status, 200) << target;
        EXPECT_EQ(pages.get(target, cast.ada).status, 404) << target;
        EXPECT_EQ(pages.get(target).status, 303) << target;
    }
    const auto kept = pages.post("/admin/policies/new",
                                 {{"kind", "privacy"}, {"title", ""}, {"text", "We keep little."}}, cast.oz);
    EXPECT_EQ(kept.status, 422);
    EXPECT_TRUE(kept.shows("We keep little."));
}

}  // namespace
}  // namespace kith::policies
