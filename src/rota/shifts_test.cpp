#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/duty.hpp"

namespace kith::rota {
namespace {

using test::as;
using test::at;
using test::Duty;
using test::World;

bool is_told(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) {
        for (const notices::Notice& one : notices::list_for(tx, who, INT64_MAX, 20))
            if (one.kind == notices::Kind::shift) return true;
        return false;
    });
}

BOTH_ENGINES(Rota, is_planned_by_hosts_for_anybody_who_looks_after_the_group) {
    Duty duty(world);
    duty.plan(duty.form("20:00", "00:00", duty.cast.mo));
    const std::vector<Shift> week = duty.week_of(duty.cast.nia);
    ASSERT_EQ(week.size(), 1u);
    EXPECT_EQ(week[0].member, duty.cast.mo);
    EXPECT_EQ(week[0].begins_at, at("2026-02-02", 20));
    EXPECT_EQ(week[0].ends_at, at("2026-02-03", 0));
    EXPECT_TRUE(is_told(world, duty.cast.mo));
    const Done for_ada = duty.plan_as(duty.cast.oz, duty.form("10:00", "12:00", duty.cast.ada));
    ASSERT_FALSE(for_ada);
    EXPECT_EQ(for_ada.error().field, "person");
}

BOTH_ENGINES(Rota, is_hidden_from_everybody_who_looks_after_nothing) {
    Duty duty(world);
    duty.plan(duty.form("20:00", "00:00", duty.cast.mo));
    test::Pages pages(world);
    const std::string shift = "/rota/shifts/" + std::to_string(duty.week_of(duty.cast.mo)[0].id.value());
    for (const std::string& page : {std::string("/rota"), std::string("/rota/ahead"),
                                    std::string("/rota/shifts/new"), shift, std::string("/rota/handovers")}) {
        for (const MemberId who : {duty.cast.ada, duty.cast.cy, duty.cast.rae})
            EXPECT_EQ(pages.get(page, who).status, 404) << page;
        EXPECT_EQ(pages.get(page).status, 303) << page << ": a guest signs in";
        for (const MemberId who : {duty.cast.mo, duty.cast.dee, duty.cast.oz})
            EXPECT_EQ(pages.get(page, who).status, 200) << page;
    }
    EXPECT_EQ(pages.get("/admin/rota", duty.cast.mo).status, 404);
    EXPECT_EQ(pages.get("/admin/rota", duty.cast.oz).status, 200);
    EXPECT_EQ(pages.post(shift, {{"do", "take"}}, duty.cast.ada).status, 404);
}

BOTH_ENGINES(Rota, lets_volunteers_plan_for_themselves_alone) {
    Duty duty(world);
    ASSERT_TRUE(duty.plan_as(duty.cast.mo, duty.form("08:00", "12:00", duty.cast.nia)));
    EXPECT_EQ(duty.week_of(duty.cast.mo)[0].member, duty.cast.mo) << "whatever was sent";
    ShiftForm elsewhere = duty.form("08:00", "12:00");
    elsewhere.group = duty.cast.square;
    EXPECT_EQ(duty.plan_as(duty.cast.mo, elsewhere).error().fault, Fault::not_found);
    EXPECT_EQ(duty.plan_as(duty.cast.ada, duty.form("13:00", "14:00")).error().fault, Fault::not_found);
    EXPECT_FALSE(duty.plan_as(duty.cast.mo, duty.form("11:00", "13:00"))) << "they are on already";
    EXPECT_TRUE(duty.plan_as(duty.cast.mo, duty.form("12:00", "13:00"))) << "one begins where the other ends";
}

BOTH_ENGINES(Rota, says_what_is_wrong_with_a_time) {
    Duty duty(world);
    const auto field = [&](const ShiftForm& typed) {
        const Done done = duty.plan_as(duty.cast.oz, typed);
        return done ? std::string() : done.error().field;
    };
    EXPECT_EQ(field(duty.form("25:00", "12:00")), "from");
    EXPECT_EQ(field(duty.form("8", "12:00")), "from");
    EXPECT_EQ(field(duty.form("08:00", "")), "until");
    EXPECT_EQ(field(duty.form("08:00", "21:00")), "until") << "longer than 12 hours";
    EXPECT_EQ(field(duty.form("08:00", "08:00")), "until") << "a day and a night";
    EXPECT_EQ(field(duty.form("08:00", "12:00", {}, "2026-02-01")), "day");
    EXPECT_EQ(field(duty.form("08:00", "12:00", {}, "2027-06-01")), "day");
    EXPECT_EQ(field(duty.form("08:00", "12:00", {}, "soon")), "day");
    EXPECT_EQ(field(duty.form("04:00", "05:00")), "from") << "it has passed";
    EXPECT_EQ(field(duty.form("22:00", "06:00")), "") << "over midnight";
}

BOTH_ENGINES(Rota, lays_weeks_out_ahead_and_a_change_is_of_one_shift_alone) {
    Duty duty(world);
    ShiftForm weekly = duty.form("20:00", "00:00", duty.cast.mo);
    weekly.weekly = true;
    duty.plan(weekly);
    EXPECT_EQ(duty.week_of(duty.cast.mo).size(), 1u);
    EXPECT_EQ(duty.week_of(duty.cast.mo, "2026-02-23").size(), 1u);
    EXPECT_TRUE(duty.week_of(duty.cast.mo, "2026-03-16").empty()) << "too far ahead";
    const ShiftId second = duty.week_of(duty.cast.mo, "2026-02-09")[0].id;
    world.must([&](db::Tx& tx) { return leave_shift(tx, as(duty.cast.mo), second); });
    const ShiftId third = duty.week_of(duty.cast.mo, "2026-02-16")[0].id;
    world.must([&](db::Tx& tx) { return remove_shift(tx, as(duty.cast.oz), third); });
    world.clock.advance(20 * day_ms);
    duty.run_jobs();
    EXPECT_TRUE(duty.week_of(duty.cast.mo, "2026-02-09")[0].is_open());
    EXPECT_TRUE(duty.week_of(duty.cast.mo, "2026-02-16").empty()) << "what was taken off stays off";
    const std::vector<Shift> later = duty.week_of(duty.cast.mo, "2026-03-16");
    ASSERT_EQ(later.size(), 1u);
    world.must([&](db::Tx& tx) { return end_pattern(tx, as(duty.cast.mo), later[0].pattern); });
    EXPECT_TRUE(duty.week_of(duty.cast.mo, "2026-03-16").empty());
    EXPECT_EQ(duty.week_of(duty.cast.mo).size(), 1u) << "what has been stays";
}

BOTH_ENGINES(Rota, keeps_the_clock_of_the_place_when_clocks_change) {
    Duty duty(world);
    duty.set({.zone = "Europe/Madrid"});
    world.clock.set(at("2026-03-23", 6));
    ShiftForm night = duty.form("01:00", "04:00", duty.cast.mo, "2026-03-29");
    duty.plan(night);
    const Shift spring = duty.week_of(duty.cast.mo, "2026-03-23").at(0);
    EXPECT_EQ(spring.begins_at, at("2026-03-29", 0));
    EXPECT_EQ(spring.ends_at - spring.begins_at, 2 * hour_ms) << "an hour is left out";
    world.clock.set(at("2026-10-19", 6));
    night.day = "2026-10-25";
    duty.plan(night);
    const Shift autumn = duty.week_of(duty.cast.mo, "2026-10-19").at(0);
    EXPECT_EQ(autumn.ends_at - autumn.begins_at, 4 * hour_ms) << "an hour comes twice";
    ShiftForm evening = duty.form("20:00", "00:00", duty.cast.nia, "2026-10-22");
    evening.weekly = true;
    duty.plan(evening);
    const auto begins = [&](std::string_view monday) {
        for (const Shift& shift : duty.week_of(duty.cast.nia, monday))
            if (shift.pattern) return shift.begins_at;
        return Time();
    };
    EXPECT_EQ(begins("2026-10-19"), at("2026-10-22", 18)) << "summer";
    EXPECT_EQ(begins("2026-10-26"), at("2026-10-29", 19)) << "winter, by the same clock";
    duty.set({.zone = "UTC"});
    EXPECT_EQ(begins("2026-10-26"), at("2026-10-29", 20)) << "the hours stay, by the new clock";
}

BOTH_ENGINES(Shifts, are_offered_taken_left_and_given) {
    Duty duty(world);
    duty.plan(duty.form("20:00", "00:00", duty.cast.mo));
    const ShiftId id = duty.week_of(duty.cast.mo)[0].id;
    const auto take = [&](MemberId who) {
        return [&, who](db::Tx& tx) { return take_shift(tx, as(who), id); };
    };
    EXPECT_EQ(duty.error_of(take(duty.cast.nia))->fault, Fault::conflict) << "it is Mo's";
    world.must([&](db::Tx& tx) { return offer_shift(tx, as(duty.cast.mo), id, Offer::made); });
    EXPECT_EQ(duty.week_of(duty.cast.mo)[0].member, duty.cast.mo) << "until somebody takes it";
    world.must(take(duty.cast.nia));
    EXPECT_EQ(duty.week_of(duty.cast.mo)[0].member, duty.cast.nia);
    EXPECT_FALSE(duty.week_of(duty.cast.mo)[0].offered_at);
    EXPECT_EQ(duty.error_of([&](db::Tx& tx) { return leave_shift(tx, as(duty.cast.mo), id); })->fault,
              Fault::conflict);
    world.must([&](db::Tx& tx) { return leave_shift(tx, as(duty.cast.nia), id); });
    for (const MemberId who : {duty.cast.mo, duty.cast.dee, duty.cast.oz}) EXPECT_TRUE(is_told(world, who));
    EXPECT_FALSE(is_told(world, duty.cast.ada));
    EXPECT_EQ(duty.error_of([&](db::Tx& tx) {
                      return give_shift(tx, as(duty.cast.mo), id, duty.persona(duty.cast.mo));
                  })
                  ->fault,
              Fault::forbidden);
    world.must([&](db::Tx& tx) { return give_shift(tx, as(duty.cast.oz), id, duty.persona(duty.cast.dee)); });
    EXPECT_EQ(duty.week_of(duty.cast.mo)[0].member, duty.cast.dee);
    world.clock.set(at("2026-02-03", 0));
    EXPECT_EQ(duty.error_of(take(duty.cast.nia))->fault, Fault::conflict) << "it is over";
}

BOTH_ENGINES(Shifts, of_who_has_no_task_any_more_or_is_on_a_break_are_open_again) {
    Duty duty(world);
    duty.plan(duty.form("20:00", "00:00", duty.cast.mo));
    duty.plan(duty.form("20:00", "00:00", duty.cast.nia));
    duty.run_jobs();
    for (const Shift& shift : duty.week_of(duty.cast.oz)) EXPECT_FALSE(shift.is_open());
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), duty.cast.mo, identity::Role::moderator,
                                  duty.cast.circle);
    });
    world.must([&](db::Tx& tx) {
        return identity::begin_pause(tx, as(duty.cast.nia), identity::PauseLength::week);
    });
    world.clock.advance(hour_ms);
    duty.run_jobs();
    for (const Shift& shift : duty.week_of(duty.cast.oz)) EXPECT_TRUE(shift.is_open());
}

// Runs the rule with its n-th statement failing, for each n; then once to its end.
template <class Rule, class Check>
int fail_each_statement(World& world, Rule&& rule, Check&& is_as_before) {
    for (int nth = 1; nth < 300; ++nth) {
        world.db().fail_statement(nth);
        try {
            const Done done = world.db().write(rule);
            world.db().fail_statement(0);
            EXPECT_TRUE(done);
            return nth;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_TRUE(is_as_before()) << nth;
        }
    }
    return 0;
}

BOTH_ENGINES(Rota, is_as_it_was_where_a_change_fails_halfway) {
    Duty duty(world);
    ShiftForm weekly = duty.form("20:00", "00:00", duty.cast.mo);
    weekly.weekly = true;
    EXPECT_GT(fail_each_statement(
                  world, [&](db::Tx& tx) { return plan_shift(tx, as(duty.cast.oz), weekly); },
                  [&] { return duty.week_of(duty.cast.mo).empty() && !is_told(world, duty.cast.mo); }),
              8);
    const Shift shift = duty.week_of(duty.cast.mo).at(0);
    EXPECT_GT(fail_each_statement(
                  world, [&](db::Tx& tx) { return leave_shift(tx, as(duty.cast.mo), shift.id); },
                  [&] { return !duty.week_of(duty.cast.mo)[0].is_open() && !is_told(world, duty.cast.nia); }),
              8);
    const GroupId paired[] = {duty.cast.circle};
    EXPECT_GT(
        fail_each_statement(
            world,
            [&](db::Tx& tx) { return set_settings(tx, as(duty.cast.oz), {.zone = "Asia/Tokyo"}, paired); },
            [&] {
                return duty.week_of(duty.cast.mo)[0].begins_at == shift.begins_at &&
                       world.db().read([](db::ReadTx& tx) { return paired_groups(tx); }).empty();
            }),
        8);
    EXPECT_EQ(duty.week_of(duty.cast.mo, "2026-02-09").at(0).begins_at, at("2026-02-09", 11));
}

BOTH_ENGINES(Shifts, name_who_is_there_at_the_same_time) {
    Duty duty(world);
    duty.plan(duty.form("20:00", "00:00", duty.cast.mo));
    duty.plan(duty.form("22:00", "02:00", duty.cast.nia));
    const auto first = [&] {
        return world.db().read([&](db::ReadTx& tx) { return beside(tx, *next_shift(tx, duty.cast.mo)); });
    };
    EXPECT_EQ(first(), std::vector<std::string>{"Nia"});
    test::Pages pages(world);
    EXPECT_TRUE(pages.get("/", duty.cast.mo).shows("You are on today from 20:00, with Nia."));
    world.clock.set(at("2026-02-02", 23));
    EXPECT_TRUE(pages.get("/", duty.cast.mo).shows("You are on now, until midnight, with Nia."));
    EXPECT_FALSE(pages.get("/", duty.cast.ada).shows("rota"));
}

BOTH_ENGINES(Shifts, never_tell_that_two_names_are_one_person) {
    Duty duty(world);
    duty.set({}, {duty.cast.circle});
    const PersonaId main = duty.persona(duty.cast.mo);
    world.must([&](db::Tx& tx) { return groups::use_name(tx, as(duty.cast.mo), duty.cast.circle, "Heron"); });
    EXPECT_EQ(duty.plan_as(duty.cast.oz, duty.form("08:00", "12:00", duty.cast.mo)).error().field, "person")
        << "by the main name nobody finds out who is Heron";
    ShiftForm here = duty.form("08:00", "10:00");
    here.person = *world.db().read([](db::ReadTx& tx) { return identity::find_persona(tx, "Heron"); });
    ASSERT_NE(here.person, main);
    duty.plan(here);
    ShiftForm everywhere = duty.form("14:00", "16:00", duty.cast.mo);
    everywhere.group = {};
    duty.plan(everywhere);
    duty.plan(duty.form("15:00", "16:00", duty.cast.nia));
    const std::vector<Gap> gaps = duty.gaps();
    ASSERT_EQ(gaps.size(), 2u);
    EXPECT_EQ(gaps[0].alone_for, duty.cast.circle);
    EXPECT_EQ(gaps[1].alone_for, GroupId());
    test::Pages pages(world);
    const test::Answer ahead = pages.get("/rota/ahead", duty.cast.oz);
    EXPECT_TRUE(ahead.shows("Heron would be alone"));
    EXPECT_TRUE(ahead.shows("Mo would be alone"));
    const auto beside_nia = world.db().read(
        [&](db::ReadTx& tx) { return beside(tx, *next_shift(tx, duty.cast.nia)); });
    EXPECT_EQ(beside_nia, std::vector<std::string>{"Mo"}) << "as on that shift";
}

BOTH_ENGINES(Gaps, are_places_without_anybody_and_people_alone_where_two_are_asked_for) {
    Duty duty(world);
    duty.plan(duty.form("08:00", "12:00"));
    duty.plan(duty.form("10:00", "14:00", duty.cast.mo));
    std::vector<Gap> gaps = duty.gaps();
    ASSERT_EQ(gaps.size(), 1u);
    EXPECT_EQ(gaps[0].span, (Span{at("2026-02-02", 8), at("2026-02-02", 10)}));
    EXPECT_FALSE(gaps[0].alone);
    duty.set({}, {duty.cast.circle});
    gaps = duty.gaps();
    ASSERT_EQ(gaps.size(), 2u);
    EXPECT_EQ(gaps[1].span, (Span{at("2026-02-02", 10), at("2026-02-02", 14)}));
    EXPECT_EQ(gaps[1].alone, duty.cast.mo);
    duty.plan(duty.form("09:00", "14:00", duty.cast.nia));
    gaps = duty.gaps();
    ASSERT_EQ(gaps.size(), 2u);
    EXPECT_EQ(gaps[1].alone, duty.cast.nia);
    EXPECT_EQ(gaps[1].span, (Span{at("2026-02-02", 9), at("2026-02-02", 10)}));
    test::Pages pages(world);
    EXPECT_TRUE(pages.get("/rota/ahead", duty.cast.oz).shows("Nia would be alone"));
}

BOTH_ENGINES(Gaps, are_no_hours_that_nobody_planned) {
    Duty duty(world);
    duty.set({}, {duty.cast.circle});
    for (const MemberId who : {duty.cast.mo, duty.cast.nia}) {
        duty.plan(duty.form("08:00", "10:00", who));
        duty.plan(duty.form("14:00", "16:00", who, "2026-02-04"));
    }
    EXPECT_TRUE(duty.gaps().empty()) << "neither the night nor the square";
}

BOTH_ENGINES(Gaps, of_the_next_day_are_told_to_those_who_plan_and_shown_to_whoever_is_alone) {
    Duty duty(world);
    duty.set({}, {duty.cast.circle});
    duty.plan(duty.form("08:00", "10:00", duty.cast.mo, "2026-02-05"));
    duty.run_jobs();
    EXPECT_FALSE(is_told(world, duty.cast.oz)) << "it is three days away";
    world.clock.set(at("2026-02-04", 9));
    duty.run_jobs();
    EXPECT_TRUE(is_told(world, duty.cast.oz));
    EXPECT_FALSE(is_told(world, duty.cast.nia)) << "who plans for herself alone";
    test::Pages pages(world);
    EXPECT_TRUE(pages.get("/", duty.cast.mo).shows("Nobody should be alone here."));
    duty.plan(duty.form("08:00", "10:00", duty.cast.nia, "2026-02-05"));
    EXPECT_FALSE(pages.get("/", duty.cast.mo).shows("Nobody should be alone here."));
}

BOTH_ENGINES(Gaps, count_whoever_is_on_for_all_their_groups) {
    Duty duty(world);
    duty.set({}, {duty.cast.circle});
    ShiftForm all = duty.form("08:00", "12:00", duty.cast.mo);
    all.group = {};
    duty.plan(all);
    ASSERT_EQ(duty.gaps().size(), 1u);
    EXPECT_EQ(duty.gaps()[0].alone, duty.cast.mo);
    duty.plan(duty.form("08:00", "12:00", duty.cast.nia));
    EXPECT_TRUE(duty.gaps().empty());
}

BOTH_ENGINES(Handovers, are_read_by_those_who_look_after_the_same_group) {
    Duty duty(world);
    const auto waits = [&](MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return handover_waits(tx, *desk(tx, as(who))); });
    };
    EXPECT_EQ(
        duty.error_of([&](db::Tx& tx) { return write_handover(tx, as(duty.cast.mo), duty.cast.circle, " "); })
            ->field,
        "words");
    EXPECT_EQ(duty.error_of([&](db::Tx& tx) {
                      return write_handover(tx, as(duty.cast.mo), duty.cast.square, "Hi");
                  })
                  ->fault,
              Fault::not_found);
    EXPECT_TRUE(duty.error_of(
        [&](db::Tx& tx) { return write_handover(tx, as(duty.cast.ada), duty.cast.circle, "Hi"); }));
    world.must([&](db::Tx& tx) {
        return write_handover(tx, as(duty.cast.mo), duty.cast.circle, "The thread about nights got loud.");
    });
    EXPECT_TRUE(waits(duty.cast.nia));
    EXPECT_FALSE(waits(duty.cast.mo)) << "it is their own";
    test::Pages pages(world);
    EXPECT_TRUE(pages.get("/", duty.cast.nia).shows("There is a handover note for you to read."));
    EXPECT_TRUE(pages.get("/rota/handovers", duty.cast.nia).shows("got loud"));
    EXPECT_EQ(pages.post("/rota/handovers", {{"do", "read"}, {"last", "999"}}, duty.cast.nia).status, 303);
    EXPECT_FALSE(waits(duty.cast.nia));
    world.must(
        [&](db::Tx& tx) { return write_handover(tx, as(duty.cast.dee), duty.cast.circle, "All is quiet."); });
    EXPECT_TRUE(waits(duty.cast.nia)) << "what came later was not read by saying 999";
}

BOTH_ENGINES(Rooms, hold_everybody_with_a_task_and_nobody_else) {
    Duty duty(world);
    const auto inside = [&](GroupId room, MemberId who) {
        return world.db().read([&](db::ReadTx& tx) {
            const auto access = groups::access(tx, as(who), room);
            return access && access->member;
        });
    };
    EXPECT_EQ(duty.error_of([&](db::Tx& tx) {
                      return set_settings(tx, as(duty.cast.oz), {.room = duty.cast.square}, {});
                  })
                  ->field,
              "room")
        << "everybody could join it";
    const GroupId room = world.must([&](db::Tx& tx) {
        return groups::create_group(
            tx, as(duty.cast.oz),
            {.name = "Staff room", .purpose = "For us.", .admission = groups::Admission::invitation});
    });
    duty.set({.room = room});
    for (const MemberId who : {duty.cast.mo, duty.cast.nia, duty.cast.dee, duty.cast.oz})
        EXPECT_TRUE(inside(room, who));
    test::Pages pages(world);
    for (const MemberId who : {duty.cast.ada, duty.cast.cy, MemberId()}) {
        EXPECT_NE(pages.get("/groups/" + std::to_string(room.value()), who).status, 200);
        EXPECT_FALSE(pages.get("/groups", who).shows("Staff room"));
    }
    world.must([&](db::Tx& tx) { return groups::leave(tx, as(duty.cast.nia), room, ""); });
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), duty.cast.mo, identity::Role::moderator,
                                  duty.cast.circle);
    });
    duty.run_jobs();
    EXPECT_FALSE(inside(room, duty.cast.mo)) << "the task has ended";
    EXPECT_FALSE(inside(room, duty.cast.nia)) << "who left is not brought back";
    EXPECT_TRUE(inside(room, duty.cast.dee));
    duty.set({});
    EXPECT_FALSE(inside(room, duty.cast.dee));
}

}  // namespace
}  // namespace kith::rota
