#include "app/app.hpp"
#include "pacing/pacing.hpp"
#include "tests/duty.hpp"

// Shifts and the pace of a group: two rooms that app/features.cpp joins.
namespace kith {
namespace {

void run_jobs(test::World& world) {
    jobs::Runner runner(*world.services, all_jobs(*world.services));
    runner.arrange();
    while (runner.run_one()) {
    }
}

BOTH_ENGINES(GroupsWithoutCover, are_as_they_chose_until_somebody_is_on_shift) {
    test::Duty duty(world);
    const GroupId group = duty.cast.circle;
    const auto is_open = [&] {
        world.clock.advance(minute_ms);  // cover is watched once a minute
        run_jobs(world);
        return world.db().read([&](db::ReadTx& tx) {
            return !pacing::together(pacing::standing(tx, group, ThreadId())).read_only;
        });
    };
    const auto choose = [&](pacing::Cover cover) {
        world.must([&](db::Tx& tx) {
            return pacing::set_choices(tx, test::as(duty.cast.mo), group, {.cover = cover});
        });
    };
    choose(pacing::Cover::read_only);
    EXPECT_TRUE(is_open()) << "without a rota somebody is always there";
    duty.plan(duty.form("08:00", "12:00", duty.cast.mo));
    EXPECT_FALSE(is_open());
    choose(pacing::Cover::none);
    EXPECT_TRUE(is_open());
    choose(pacing::Cover::read_only);
    EXPECT_FALSE(is_open()) << "a choice holds at once, not with the next shift";
    world.clock.advance(2 * hour_ms);
    EXPECT_TRUE(is_open());
}

}  // namespace
}  // namespace kith
