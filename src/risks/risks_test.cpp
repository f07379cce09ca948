#include "risks/risks.hpp"

#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::risks {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

Form form(const World& world, std::int64_t seen = 0) {
    return {.title = "Nobody answers",
            .words = "Somebody writes for the first time and nobody replies.",
            .measures = "A list of who waits.",
            .owner = "The coordinator",
            .changes = seen ? "Looked again, nothing new." : "",
            .likelihood = Likelihood::likely,
            .severity = Severity::slight,
            .review_at = world.clock.now() + 90 * day_ms,
            .seen = seen};
}
RiskId write(World& world, const Cast& cast) {
    return world.must([&](db::Tx& tx) { return add(tx, as(cast.oz), form(world)); });
}
template <class Rule>
std::optional<Error> error_of(World& world, Rule&& rule) {
    const auto result = world.db().write(std::forward<Rule>(rule));
    return result ? std::nullopt : std::optional(result.error());
}
std::size_t reminders(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) {
        std::size_t count = 0;
        for (const notices::Notice& notice : notices::list_for(tx, who, 0, 100))
            count += notice.kind == notices::Kind::review_due;
        return count;
    });
}
void run_reminder(World& world) {
    world.must([](db::Tx& tx) -> Done {
        remind(tx);
        return {};
    });
}

BOTH_ENGINES(Risks, are_kept_by_hosts_and_coordinators_alone) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), cast.nia, identity::Role::coordinator);
    });
    const RiskId id = write(world, cast);
    EXPECT_FALSE(error_of(world, [&](db::Tx& tx) { return change(tx, as(cast.nia), id, form(world, 1)); }));
    for (const MemberId who : {cast.ada, cast.mo, cast.dee, cast.rae}) {
        EXPECT_TRUE(error_of(world, [&](db::Tx& tx) { return add(tx, as(who), form(world)); }));
        EXPECT_TRUE(error_of(world, [&](db::Tx& tx) { return change(tx, as(who), id, form(world, 2)); }));
        EXPECT_TRUE(error_of(world, [&](db::Tx& tx) { return retire(tx, as(who), id); }));
        EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return list(tx, as(who)); }));
        EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return find(tx, as(who), id); }));
    }
}

BOTH_ENGINES(Risks, keep_each_version) {
    const Cast cast(world);
    const RiskId id = write(world, cast);
    Form next = form(world, 1);
    next.severity = Severity::grave;
    world.must([&](db::Tx& tx) { return change(tx, as(cast.oz), id, next); });
    const auto late = error_of(world,
                               [&](db::Tx& tx) { return change(tx, as(cast.oz), id, form(world, 1)); });
    ASSERT_TRUE(late);
    EXPECT_EQ(late->fault, Fault::conflict);
    const History history = *world.db().read([&](db::ReadTx& tx) { return find(tx, as(cast.oz), id); });
    ASSERT_EQ(history.versions.size(), 2u);
    EXPECT_EQ(history.versions[0].severity, Severity::grave);
    EXPECT_EQ(history.versions[1].severity, Severity::slight);
    world.must([&](db::Tx& tx) { return retire(tx, as(cast.oz), id); });
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return list(tx, as(cast.oz)); })->empty());
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return find(tx, as(cast.oz), id); }));
}

BOTH_ENGINES(Risks, say_everything_that_is_missing_at_once) {
    const Cast cast(world);
    const auto error = error_of(world, [&](db::Tx& tx) { return add(tx, as(cast.oz), {}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->more.size(), 6u);
    Form past = form(world);
    past.review_at = world.clock.now();
    EXPECT_EQ(error_of(world, [&](db::Tx& tx) { return add(tx, as(cast.oz), past); })->field, "review_at");
    past.review_at = world.clock.now() + 800 * day_ms;
    EXPECT_EQ(error_of(world, [&](db::Tx& tx) { return add(tx, as(cast.oz), past); })->field, "review_at");
}

BOTH_ENGINES(Risks, remind_hosts_once_a_week_until_somebody_has_looked) {
    const Cast cast(world);
    const RiskId id = write(world, cast);
    run_reminder(world);
    EXPECT_EQ(reminders(world, cast.oz), 0u);
    world.clock.advance(90 * day_ms);
    run_reminder(world);
    run_reminder(world);
    EXPECT_EQ(reminders(world, cast.oz), 1u);
    EXPECT_EQ(reminders(world, cast.dee), 0u);
    world.clock.advance(7 * day_ms);
    run_reminder(world);
    EXPECT_EQ(reminders(world, cast.oz), 2u);
    world.must([&](db::Tx& tx) { return change(tx, as(cast.oz), id, form(world, 1)); });
    world.clock.advance(8 * day_ms);
    run_reminder(world);
    EXPECT_EQ(reminders(world, cast.oz), 2u);
}

BOTH_ENGINES(Risks, have_pages_that_others_do_not_find) {
    const Cast cast(world);
    Pages pages(world);
    const RiskId id = write(world, cast);
    for (const std::string& target : {std::string("/admin/risks"), std::string("/admin/risks/new"),
                                      url::risk(id.value()).text(), url::risk_change(id.value()).text()}) {
        EXPECT_EQ(pages.get(target, cast.oz).status, 200) << target;
        EXPECT_EQ(pages.get(target, cast.ada).status, 404) << target;
        EXPECT_EQ(pages.get(target).status, 303) << target;
    }
    EXPECT_EQ(pages.get("/admin/risks/999", cast.oz).status, 404);
    const auto kept = pages.post("/admin/risks/new", {{"words", "Nobody sleeps."}}, cast.oz);
    EXPECT_EQ(kept.status, 422);
    EXPECT_TRUE(kept.shows("Nobody sleeps."));
    EXPECT_TRUE(pages.get("/admin/risks", cast.oz, "application/json").shows("Nobody answers"));
}

}  // namespace
}  // namespace kith::risks
