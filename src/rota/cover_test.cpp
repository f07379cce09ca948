#include "rota/hours.hpp"
#include "tests/duty.hpp"

namespace kith::rota {
namespace {

using test::as;
using test::at;
using test::Duty;
using test::World;

TEST(Cover, merges_shifts_that_overlap_or_touch) {
    const auto hours = [](int from, int until) {
        return Span{at("2026-02-02", from), at("2026-02-02", until)};
    };
    EXPECT_EQ(merged({hours(12, 14), hours(8, 10), hours(9, 12), hours(16, 18)}),
              (std::vector<Span>{hours(8, 14), hours(16, 18)}));
}

TEST(Cover, counts_on_from_one_shift_to_the_next) {
    Cover cover;
    const GroupId group(1);
    EXPECT_EQ(cover.after(group, at("2026-02-02", 3), 15 * minute_ms), at("2026-02-02", 3, 15))
        << "there is no rota";
    EXPECT_TRUE(cover.covers(group, at("2026-02-02", 3)));
    cover.put(group,
              {{at("2026-02-02", 8), at("2026-02-02", 9)}, {at("2026-02-02", 20), at("2026-02-02", 22)}});
    EXPECT_EQ(cover.after(group, at("2026-02-02", 3), 15 * minute_ms), at("2026-02-02", 8, 15));
    EXPECT_EQ(cover.after(group, at("2026-02-02", 8, 30), hour_ms), at("2026-02-02", 20, 30));
    EXPECT_EQ(cover.after(group, at("2026-02-02", 21), 2 * hour_ms), at("2026-02-02", 23))
        << "behind the last one";
    EXPECT_FALSE(cover.covers(group, at("2026-02-02", 9)));
    EXPECT_TRUE(cover.covers(group, at("2026-02-02", 20)));
}

BOTH_ENGINES(Cover, is_of_a_group_and_of_whoever_is_on_for_all_of_theirs) {
    Duty duty(world);
    EXPECT_EQ(duty.covered_minutes(at("2026-02-02", 0), at("2026-02-03", 0)), 24 * 60) << "no rota at all";
    EXPECT_TRUE(duty.is_covered());
    duty.plan(duty.form("08:00", "12:00"));
    EXPECT_EQ(duty.covered_minutes(at("2026-02-02", 0), at("2026-02-03", 0)), 0) << "nobody is on it";
    EXPECT_FALSE(duty.is_covered());
    duty.plan(duty.form("08:00", "12:00", duty.cast.mo));
    duty.plan(duty.form("11:00", "13:00", duty.cast.nia));
    EXPECT_EQ(duty.covered_minutes(at("2026-02-02", 0), at("2026-02-03", 0)), 5 * 60);
    EXPECT_FALSE(duty.is_covered()) << "it is 6 in the morning";
    ShiftForm all = duty.form("06:00", "07:00", duty.cast.dee);
    all.group = {};
    duty.plan(all);
    EXPECT_TRUE(duty.is_covered());
    const bool square = world.db().read([&](db::ReadTx& tx) {
        const GroupId groups[] = {duty.cast.square};
        return cover_of(tx, groups, tx.now()).has_rota(duty.cast.square);
    });
    EXPECT_FALSE(square) << "Dee does not look after the square";
}

BOTH_ENGINES(Cover, does_not_begin_when_the_only_volunteer_goes) {
    Duty duty(world);
    ShiftForm weekly = duty.form("08:00", "12:00", duty.cast.mo);
    weekly.weekly = true;
    duty.plan(weekly);
    EXPECT_FALSE(duty.is_covered());
    for (const Shift& shift : duty.week_of(duty.cast.oz))
        world.must([&](db::Tx& tx) { return leave_shift(tx, as(duty.cast.mo), shift.id); });
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), duty.cast.mo, identity::Role::moderator,
                                  duty.cast.circle);
    });
    duty.run_jobs();
    EXPECT_FALSE(duty.is_covered()) << "the places are open";
    world.clock.set(at("2026-02-02", 9));
    EXPECT_FALSE(duty.is_covered());
    const PatternId pattern = duty.week_of(duty.cast.oz).at(0).pattern;
    world.must([&](db::Tx& tx) { return end_pattern(tx, as(duty.cast.oz), pattern); });
    world.clock.set(at("2026-02-04", 9));
    EXPECT_TRUE(duty.is_covered()) << "the rota is over";
}

BOTH_ENGINES(Cover, counts_a_night_in_which_clocks_go_back_as_long_as_it_is) {
    Duty duty(world);
    duty.set({.zone = "Europe/Madrid"});
    world.clock.set(at("2026-10-24", 6));
    duty.plan(duty.form("22:00", "06:00", duty.cast.mo, "2026-10-24"));
    EXPECT_EQ(duty.covered_minutes(at("2026-10-24", 12), at("2026-10-25", 12)), 9 * 60);
    world.clock.set(at("2026-03-28", 6));
    duty.plan(duty.form("22:00", "06:00", duty.cast.mo, "2026-03-28"));
    EXPECT_EQ(duty.covered_minutes(at("2026-03-28", 12), at("2026-03-29", 12)), 7 * 60);
}

BOTH_ENGINES(Cover, tells_once_when_it_begins_and_when_it_ends) {
    Duty duty(world);
    duty.plan(duty.form("08:00", "12:00", duty.cast.mo));
    const auto told = [&] {
        std::vector<std::string> out;
        world.db().read([&](db::ReadTx& tx) {
            for (const jobs::JobRow& job : jobs::list(tx, 50))
                if (job.kind == cover_changed) out.insert(out.begin(), job.payload);
        });
        return out;
    };
    const std::string group = std::to_string(duty.cast.circle.value());
    duty.run_jobs();
    EXPECT_EQ(told(), std::vector<std::string>{group});
    world.clock.set(at("2026-02-02", 7, 59));
    duty.run_jobs();
    EXPECT_EQ(told().size(), 1u);
    world.clock.set(at("2026-02-02", 8));
    duty.run_jobs();
    duty.run_jobs();
    world.clock.set(at("2026-02-02", 12));
    duty.run_jobs();
    EXPECT_EQ(told(), std::vector<std::string>(3, group));
}

BOTH_ENGINES(Hours, stand_on_the_page_of_the_group_in_the_readers_words) {
    Duty duty(world);
    test::Pages pages(world);
    const std::string page = "/groups/" + std::to_string(duty.cast.circle.value());
    EXPECT_FALSE(pages.get(page, duty.cast.ada).shows("class=\"hours")) << "there is no rota";
    for (int day = 2; day <= 8; ++day) {
        ShiftForm daily = duty.form("08:00", "00:00", duty.cast.mo, "2026-02-0" + std::to_string(day));
        daily.until = "20:00";
        daily.weekly = true;
        duty.plan(daily);
        daily.from = "20:00";
        daily.until = "00:00";
        duty.plan(daily);
    }
    const test::Answer early = pages.get(page, duty.cast.ada);
    EXPECT_TRUE(
        early.shows("Nobody who looks after things here is there just now. Somebody is back today, 8:00."));
    EXPECT_TRUE(early.shows("Looked after every day: 8:00 to midnight, by the clock in UTC."));
    EXPECT_TRUE(early.shows("/help-now"));
    EXPECT_FALSE(early.shows("Mo would")) << "who it is stands in the rota";
    world.clock.set(at("2026-02-02", 9));
    EXPECT_TRUE(pages.get(page, duty.cast.ada)
                    .shows("Somebody who looks after things here is there now, until midnight."));
    remember_hours(world.db());
    EXPECT_TRUE(pages.get("/help-now").shows("is there now, until midnight."));
    world.clock.set(at("2026-02-02", 7));
    EXPECT_TRUE(pages.get("/help-now").shows("Somebody is back today, 8:00."));
}

TEST(Hours, say_today_and_tomorrow_where_days_are_not_alike) {
    const Words& words = Words::of(Language::en);
    const std::vector<Span> spans{{at("2026-02-02", 8), at("2026-02-02", 12)},
                                  {at("2026-02-02", 18), at("2026-02-03", 2)}};
    EXPECT_EQ(week_sentence(words, "UTC", spans, at("2026-02-02", 9)),
              "Looked after today: 8:00 to 12:00 and 18:00 to midnight. Tomorrow: midnight to 2:00. By the "
              "clock in "
              "UTC.");
    EXPECT_EQ(week_sentence(words, "Europe/Madrid", spans, at("2026-02-03", 9)),
              "Looked after today: midnight to 3:00. Tomorrow: nobody is planned. By the clock in Madrid.");
    EXPECT_EQ(now_sentence(words, "UTC", spans, at("2026-02-02", 13)),
              "Nobody who looks after things here is there just now. Somebody is back today, 18:00.");
    EXPECT_EQ(now_sentence(words, "UTC", spans, at("2026-02-04", 13)),
              "Nobody who looks after things here is there just now.");
    const std::vector<Span> whole{{at("2026-02-01", 0), at("2026-03-01", 0)}};
    EXPECT_EQ(week_sentence(words, "UTC", whole, at("2026-02-02", 9)),
              "Looked after every day: day and night, by the clock in UTC.");
    EXPECT_EQ(now_sentence(words, "UTC", whole, at("2026-02-02", 9)),
              "Somebody who looks after things here is there now.");
}

BOTH_ENGINES(Rest, is_asked_for_kindly_at_the_limit_and_can_be_put_off_when_nobody_else_is_there) {
    Duty duty(world);
    duty.set({.shift_most = 2, .week_most = 3});
    const auto take = [&](int id, Company company = Company::others) {
        return duty.error_of([&](db::Tx& tx) { return take_on(tx, duty.cast.mo, CaseId(id), company); });
    };
    EXPECT_FALSE(take(1));
    EXPECT_FALSE(take(1)) << "the same again counts once";
    EXPECT_FALSE(take(2));
    EXPECT_EQ(take(3)->fault, Fault::conflict);
    EXPECT_FALSE(take(2)) << "what one has begun";
    EXPECT_FALSE(take(3, Company::alone));
    world.clock.advance(9 * hour_ms);
    EXPECT_TRUE(take(4)) << "three in a week";
    const auto resting = [&](MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return who_needs_rest(tx, *desk(tx, as(who))); });
    };
    EXPECT_EQ(resting(duty.cast.oz), std::vector<std::string>{"Mo"});
    EXPECT_TRUE(resting(duty.cast.nia).empty()) << "only those who plan";
    test::Pages pages(world);
    EXPECT_TRUE(pages.get("/", duty.cast.mo).shows("You have carried a lot"));
    world.clock.advance(7 * day_ms);
    EXPECT_FALSE(take(4));
    duty.set({.shift_most = 0, .week_most = 0});
    for (int id = 5; id < 30; ++id) EXPECT_FALSE(take(id)) << "no limit";
}

BOTH_ENGINES(Rest, begins_anew_with_a_shift) {
    Duty duty(world);
    duty.set({.shift_most = 1, .week_most = 0});
    duty.plan(duty.form("08:00", "12:00", duty.cast.mo));
    world.clock.set(at("2026-02-02", 7));
    world.must([&](db::Tx& tx) { return take_on(tx, duty.cast.mo, CaseId(1), Company::others); });
    const auto rests = [&] {
        return world.db().read([&](db::ReadTx& tx) { return load_of(tx, duty.cast.mo).needs_rest; });
    };
    EXPECT_TRUE(rests());
    world.clock.set(at("2026-02-02", 8));
    EXPECT_FALSE(rests());
}

}  // namespace
}  // namespace kith::rota
