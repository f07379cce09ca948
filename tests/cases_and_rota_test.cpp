#include "app/app.hpp"
#include "notices/notices.hpp"
#include "noticing/noticing.hpp"
#include "safeguarding/safeguarding.hpp"
#include "tests/duty.hpp"
#include "tests/pages.hpp"
#include "training/training.hpp"
#include "url.hpp"

// What the rota changes: whom a crisis wakes first, which minutes count, and when somebody rests.
namespace kith::safeguarding {
namespace {

using notices::Kind;
using rota::Company;
using test::as;
using test::at;
using test::World;

// Ada writes in the circle, and Bo reports it. It is 6 in the morning; Mo is on from 8 to 12.
struct Morning : test::Duty {
    explicit Morning(World& world_in) : Duty(world_in) { plan(form("08:00", "12:00", cast.mo)); }

    CaseId report(Reason reason) {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(cast.ada), cast.circle, "Nights",
                                              {.markdown = "A zebra."});
        });
        return world.must(
            [&](db::Tx& tx) { return file_report(tx, as(cast.bo), PostId(thread, 1), {reason, ""}); });
    }
    std::optional<Time> due(CaseId id) {
        return world.db().read([&](db::ReadTx& tx) { return dossier(tx, as(cast.nia), id)->due_at; });
    }
    std::ptrdiff_t told(MemberId who) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 100); });
        return std::ranges::count(list, Kind::crisis, &notices::Notice::kind);
    }
    std::optional<Fault> claim_as(MemberId who, CaseId id, Company company = Company::others) {
        const auto error = error_of([&](db::Tx& tx) { return claim(tx, as(who), id, company); });
        return error ? std::optional(error->fault) : std::nullopt;
    }
    void wait_minutes(std::int64_t minutes) {
        world.clock.advance(minutes * minute_ms);
        jobs::Runner runner(*world.services, all_jobs(*world.services));
        while (runner.run_one()) {
        }
    }
};

BOTH_ENGINES(CoveredMinutes, are_those_in_which_a_report_waits_but_in_a_crisis_all_are) {
    Morning duty(world);
    const CaseId red = duty.report(Reason::hostile);
    EXPECT_EQ(duty.due(red), at("2026-02-02", 9)) << "an hour, from 8 on";
    const CaseId crisis = duty.report(Reason::danger);
    EXPECT_EQ(duty.due(crisis), at("2026-02-02", 6, 15));
    world.clock.set(at("2026-02-02", 11, 30));
    const CaseId late = duty.report(Reason::hostile);
    EXPECT_EQ(duty.due(late), at("2026-02-02", 12, 30)) << "nothing is planned behind it";
    duty.plan(duty.form("20:00", "22:00", duty.cast.nia));
    EXPECT_EQ(duty.due(late), at("2026-02-02", 20, 30));
    const auto first = world.db().read([&](db::ReadTx& tx) { return queue(tx, as(duty.cast.nia))->rows; });
    ASSERT_EQ(first.size(), 3u);
    EXPECT_EQ(first[0].safety_case.id, crisis);
    EXPECT_EQ(first[1].safety_case.id, red);
}

BOTH_ENGINES(CoveredMinutes, are_all_minutes_where_there_is_no_rota) {
    Morning duty(world);
    world.must([&](db::Tx& tx) {
        return rota::leave_shift(tx, as(duty.cast.mo), duty.week_of(duty.cast.mo)[0].id);
    });
    EXPECT_EQ(duty.due(duty.report(Reason::hostile)), at("2026-02-02", 7));
}

BOTH_ENGINES(Paging, tells_those_on_shift_first_and_the_others_with_the_repeat) {
    Morning duty(world);
    world.clock.set(at("2026-02-02", 9));
    duty.report(Reason::danger);
    EXPECT_EQ(duty.told(duty.cast.mo), 1);
    EXPECT_EQ(duty.told(duty.cast.nia), 0);
    duty.wait_minutes(5);
    EXPECT_EQ(duty.told(duty.cast.mo), 2);
    EXPECT_EQ(duty.told(duty.cast.nia), 1);
}

BOTH_ENGINES(Paging, tells_everybody_at_once_while_nobody_is_on) {
    Morning duty(world);
    duty.report(Reason::danger);
    EXPECT_EQ(duty.told(duty.cast.mo), 1);
    EXPECT_EQ(duty.told(duty.cast.nia), 1);
}

BOTH_ENGINES(Resting, stops_claims_of_what_is_urgent_but_where_nobody_else_is_there) {
    Morning duty(world);
    duty.set({.shift_most = 1, .week_most = 0});
    const CaseId first = duty.report(Reason::hostile), second = duty.report(Reason::danger);
    const CaseId calm = duty.report(Reason::comparison);
    EXPECT_FALSE(duty.claim_as(duty.cast.mo, first));
    EXPECT_EQ(duty.claim_as(duty.cast.mo, second), Fault::conflict);
    EXPECT_FALSE(duty.claim_as(duty.cast.mo, calm)) << "what is not urgent";
    EXPECT_FALSE(duty.claim_as(duty.cast.mo, first)) << "what they have begun";
    const auto decide_as_mo = [&](CaseId id) {
        return duty.error_of([&](db::Tx& tx) {
            return decide(tx, as(duty.cast.mo), id, {Outcome::warned, "Please be gentle."});
        });
    };
    EXPECT_FALSE(decide_as_mo(first));
    test::Pages pages(world);
    const std::string page = url::safety_case(second).text();
    EXPECT_TRUE(pages.get(page, duty.cast.mo).shows("Nobody else is there: I take it on"));
    EXPECT_FALSE(pages.get(page, duty.cast.mo).shows("Decide this")) << "until they say so";
    EXPECT_FALSE(pages.get(page, duty.cast.nia).shows("Nobody else is there"));
    EXPECT_EQ(pages.post(page + "/claim", {{"alone", "yes"}}, duty.cast.mo).status, 303);
    EXPECT_TRUE(pages.get(page, duty.cast.nia).shows("nobody else was there."));
    EXPECT_FALSE(duty.claim_as(duty.cast.mo, second)) << "it is theirs now";
    EXPECT_TRUE(pages.get(page, duty.cast.mo).shows("Decide this"));
    EXPECT_FALSE(decide_as_mo(second));
    EXPECT_TRUE(pages.get("/rota/ahead", duty.cast.oz).shows("Mo"));
}

BOTH_ENGINES(Trained, is_whoever_decides_and_the_others_read_and_write_notes) {
    Morning duty(world);
    const training::ModuleId module = world.must([&](db::Tx& tx) {
        return training::add_module(
            tx, as(duty.cast.oz),
            {.module = {.title = "Our role", .words = "Listen.", .statement = "I do."},
             .roles = {identity::Role::moderator}});
    });
    world.clock.advance(training::grace_ms);
    const CaseId id = duty.report(Reason::danger);
    const auto fault = [&](auto rule) {
        const auto error = duty.error_of(rule);
        return error ? std::optional(error->fault) : std::nullopt;
    };
    const auto decide_it = [&](db::Tx& tx) {
        return decide(tx, as(duty.cast.mo), id, {Outcome::talked, "We are here."});
    };
    EXPECT_EQ(fault(decide_it), Fault::forbidden);
    EXPECT_EQ(duty.claim_as(duty.cast.mo, id), Fault::forbidden);
    EXPECT_EQ(fault([&](db::Tx& tx) { return set_urgency(tx, as(duty.cast.mo), id, Urgency::red); }),
              Fault::forbidden);
    EXPECT_EQ(fault([&](db::Tx& tx) { return add_note(tx, as(duty.cast.mo), id, "I saw it."); }),
              std::nullopt);
    test::Pages pages(world);
    const std::string page = url::safety_case(id).text();
    EXPECT_TRUE(pages.get(page, duty.cast.mo).shows("Before you decide, please do your training."));
    EXPECT_FALSE(pages.get(page, duty.cast.mo).shows("Decide this"));
    EXPECT_TRUE(pages.get(page, duty.cast.dee).shows("Decide this"))
        << "who leads the group does not need it";
    world.must([&](db::Tx& tx) { return training::finish(tx, as(duty.cast.mo), module, {.agreed = true}); });
    EXPECT_EQ(fault(decide_it), std::nullopt);
    EXPECT_EQ(fault([&](db::Tx& tx) { return read_second(tx, as(duty.cast.nia), id); }), Fault::forbidden);
}

BOTH_ENGINES(Rooms, are_not_read_by_rules) {
    Morning duty(world);
    const GroupId room = world.must([&](db::Tx& tx) {
        return groups::create_group(
            tx, as(duty.cast.oz),
            {.name = "Staff room", .purpose = "For us.", .admission = groups::Admission::invitation});
    });
    duty.set({.room = room});
    const auto cases_after = [&](GroupId group) {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(duty.cast.dee), group, "Last night",
                                              {.markdown = "They wrote: I am going to kill myself tonight."});
        });
        world.must([&](db::Tx& tx) -> Done {
            noticing::read_post(tx, PostId(thread, 1));
            return {};
        });
        return world.db().read([&](db::ReadTx& tx) { return queue(tx, as(duty.cast.oz))->rows.size(); });
    };
    EXPECT_EQ(cases_after(room), 0u);
    EXPECT_EQ(cases_after(duty.cast.circle), 1u);
}

}  // namespace
}  // namespace kith::safeguarding
