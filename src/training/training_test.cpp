#include "training/training.hpp"

#include "notices/notices.hpp"
#include "platform/jobs/jobs.hpp"
#include "tests/pages.hpp"

namespace kith::training {
namespace {

using identity::Role;
using test::as;
using test::Cast;
using test::World;

// Oz has a module that moderators need.
struct School {
    explicit School(World& world_in) : world(world_in), cast(world_in) { id = add(typed()); }

    static Plan typed() {
        return {
            .module = {.title = "Our role",
                       .words = "We *listen*.",
                       .questions = "What do we do? | Listen | Cure | Judge\n\nAnd then? | Hand over | Stay",
                       .statement = "I look after myself.",
                       .months = 12},
            .roles = {Role::moderator}};
    }
    ModuleId add(const Plan& plan) {
        return world.must([&](db::Tx& tx) { return add_module(tx, as(cast.oz), plan); });
    }
    std::optional<Error> finish_as(MemberId who, const Answers& answers) {
        const Done done = world.db().write([&](db::Tx& tx) { return finish(tx, as(who), id, answers); });
        return done ? std::nullopt : std::optional(done.error());
    }
    static Answers right() { return {{"Listen", "Hand over"}, true}; }
    bool may_decide(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return require_trained(tx, as(who)); }).has_value();
    }
    State state_for(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return own_module(tx, as(who), id)->state; });
    }
    std::ptrdiff_t reminders(MemberId who) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 100); });
        return std::ranges::count(list, notices::Kind::training, &notices::Notice::kind);
    }
    void run_jobs() {
        jobs::Runner runner(*world.services, handlers(*world.services));
        runner.arrange();
        while (runner.run_one()) {
        }
    }

    World& world;
    const Cast cast;
    ModuleId id;
};

TEST(Questions, are_lines_with_the_right_answer_first_and_shown_in_an_order_that_tells_nothing) {
    const std::vector<Question> all = questions_of(School::typed().module);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].words, "What do we do?");
    EXPECT_EQ(all[0].right, "Listen");
    EXPECT_EQ(all[0].answers, (std::vector<std::string>{"Cure", "Judge", "Listen"}));
}

BOTH_ENGINES(Training, stops_decisions_two_weeks_after_a_role_begins_to_need_it) {
    School school(world);
    EXPECT_TRUE(school.may_decide(school.cast.mo)) << "there is time to do it";
    world.clock.advance(grace_ms);
    EXPECT_FALSE(school.may_decide(school.cast.mo));
    EXPECT_TRUE(school.may_decide(school.cast.dee)) << "facilitators do not need it";
    EXPECT_TRUE(school.may_decide(school.cast.ada)) << "who has no role";
    EXPECT_FALSE(school.finish_as(school.cast.mo, School::right()));
    EXPECT_TRUE(school.may_decide(school.cast.mo));
    EXPECT_FALSE(school.may_decide(school.cast.nia));
    world.must([&](db::Tx& tx) { return offer_module(tx, as(school.cast.oz), school.id, Offer::no); });
    EXPECT_TRUE(school.may_decide(school.cast.nia)) << "nobody needs it any more";
}

BOTH_ENGINES(Training, holds_for_its_months_and_reminds_once_a_month_before) {
    School school(world);
    EXPECT_FALSE(school.finish_as(school.cast.mo, School::right()));
    EXPECT_EQ(school.state_for(school.cast.mo), State::done);
    world.clock.advance(330 * day_ms);
    school.run_jobs();
    EXPECT_EQ(school.reminders(school.cast.mo), 0);
    world.clock.advance(6 * day_ms);
    school.run_jobs();
    EXPECT_EQ(school.state_for(school.cast.mo), State::soon);
    EXPECT_TRUE(school.may_decide(school.cast.mo));
    EXPECT_EQ(school.reminders(school.cast.mo), 1);
    EXPECT_EQ(school.reminders(school.cast.nia), 0);
    world.clock.advance(2 * day_ms);
    school.run_jobs();
    EXPECT_EQ(school.reminders(school.cast.mo), 1);
    world.clock.advance(30 * day_ms);
    EXPECT_EQ(school.state_for(school.cast.mo), State::expired);
    EXPECT_FALSE(school.may_decide(school.cast.mo));
    EXPECT_FALSE(school.finish_as(school.cast.mo, School::right()));
    EXPECT_TRUE(school.may_decide(school.cast.mo));
}

BOTH_ENGINES(Training, is_finished_with_right_answers_and_by_agreeing) {
    School school(world);
    const auto wrong = school.finish_as(school.cast.mo, {{"Cure", "Hand over"}, false});
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->field, "q1");
    EXPECT_TRUE(wrong->about("agreed"));
    EXPECT_FALSE(wrong->about("q2"));
    EXPECT_TRUE(school.finish_as(school.cast.mo, {}));
    EXPECT_EQ(school.finish_as(school.cast.ada, School::right())->fault, Fault::not_found);
    test::Pages pages(world);
    const std::string page = "/training/" + std::to_string(school.id.value());
    const test::Answer again = pages.post(page, {{"q1", "Cure"}, {"q2", "Hand over"}, {"agreed", "yes"}},
                                          school.cast.mo);
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(again.shows("Please read that part again"));
    EXPECT_TRUE(again.shows("value=\"Hand over\" checked")) << "what was chosen stays";
    EXPECT_EQ(
        pages.post(page, {{"q1", "Listen"}, {"q2", "Hand over"}, {"agreed", "yes"}}, school.cast.mo).status,
        303);
    EXPECT_EQ(school.state_for(school.cast.mo), State::done);
    EXPECT_TRUE(pages.get("/training", school.cast.mo).shows("It holds until"));
    EXPECT_TRUE(pages.get("/", school.cast.nia).shows("There is some training for you to do."));
    EXPECT_FALSE(pages.get("/", school.cast.mo).shows("There is some training for you to do."));
    EXPECT_EQ(pages.get("/training", school.cast.ada).status, 404);
    EXPECT_EQ(pages.get(page, school.cast.ada).status, 404);
    EXPECT_EQ(pages.get("/training").status, 303);
}

BOTH_ENGINES(Training, is_written_by_hosts_alone) {
    School school(world);
    test::Pages pages(world);
    for (const MemberId who : {school.cast.ada, school.cast.mo, school.cast.dee})
        for (const std::string page : {"/admin/training", "/admin/training/new", "/admin/training/1"})
            EXPECT_EQ(pages.get(page, who).status, 404) << page;
    EXPECT_FALSE(
        world.db().write([&](db::Tx& tx) { return add_module(tx, as(school.cast.mo), School::typed()); }));
    EXPECT_FALSE(world.db().write([&](db::Tx& tx) {
        Plan plan = School::typed();
        plan.module.id = school.id;
        return change_module(tx, as(school.cast.dee), plan);
    }));
    const auto field = [&](auto change) {
        Plan plan = School::typed();
        change(plan);
        const auto done = world.db().write(
            [&](db::Tx& tx) { return add_module(tx, as(school.cast.oz), plan); });
        return done ? std::string() : done.error().field;
    };
    EXPECT_EQ(field([](Plan& plan) { plan.module.title = " "; }), "title");
    EXPECT_EQ(field([](Plan& plan) { plan.module.words = ""; }), "words");
    EXPECT_EQ(field([](Plan& plan) { plan.module.questions = "What? | Only one"; }), "questions");
    EXPECT_EQ(field([](Plan& plan) { plan.module.questions = "What? | | Empty"; }), "questions");
    EXPECT_EQ(field([](Plan& plan) { plan.module.questions = plan.module.statement = ""; }), "statement");
    EXPECT_EQ(field([](Plan& plan) { plan.module.months = 61; }), "months");
    EXPECT_EQ(field([](Plan& plan) { plan.module.questions = ""; }), "");
}

BOTH_ENGINES(Training, keeps_the_time_that_a_role_had_when_other_things_change) {
    School school(world);
    world.clock.advance(grace_ms - day_ms);
    Plan plan = School::typed();
    plan.module.id = school.id;
    plan.roles = {Role::moderator, Role::facilitator};
    world.must([&](db::Tx& tx) { return change_module(tx, as(school.cast.oz), plan); });
    world.clock.advance(day_ms);
    EXPECT_FALSE(school.may_decide(school.cast.mo));
    EXPECT_TRUE(school.may_decide(school.cast.dee)) << "they have two weeks from now on";
}

}  // namespace
}  // namespace kith::training
