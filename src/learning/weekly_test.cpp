#include <gmock/gmock.h>

#include "learning/testing.hpp"

namespace kith::learning {
namespace {

using testing::HasSubstr;

BOTH_ENGINES(WeekReports, say_where_there_is_not_enough_evidence) {
    School at(world);
    at.write("The walk was good.");
    report_week(*world.services);
    const auto recall = at.figure("crisis", "all", "recall");
    ASSERT_TRUE(recall);
    EXPECT_FALSE(recall->value);
    EXPECT_FALSE(recall->warns);
    EXPECT_THAT(at.pages.get("/admin/learning/report", at.cast.oz).body, HasSubstr("Not enough evidence"));
    EXPECT_EQ(at.pages.get("/admin/learning/report", at.cast.mo).status, 404);
}

BOTH_ENGINES(WeekReports, warn_when_posts_are_not_what_was_learned_from) {
    School at(world);
    at.work();
    world.clock.advance(7 * day_ms);
    at.write_all(
        std::vector<std::string>(60, "Completely other matters: quartz, zinc, vexing jukebox hymns."));
    report_week(*world.services);
    ASSERT_TRUE(at.figure("spam", "all", "moved"));
    EXPECT_GT(*at.figure("spam", "all", "moved")->value, 0.2);
    EXPECT_TRUE(at.figure("spam", "all", "unseen")->warns);
    EXPECT_TRUE(at.read([](db::ReadTx& tx) { return needs_host(tx); }));
}

BOTH_ENGINES(WeekReports, bound_what_was_missed_by_what_lots_show) {
    School at(world);
    const auto posts = at.write_all(plain_texts().texts);
    world.must([&](db::Tx& tx) -> Done {
        const PersonaId mo = groups::persona_here(tx, at.cast.circle, at.cast.mo);
        for (std::size_t i = 0; i < 100; ++i) {
            const bool was_noticed = i < 40;
            const bool is_so = was_noticed || i == 99;
            store::put_label(tx, {.post = posts[i],
                                  .from = {},
                                  .by = mo,
                                  .said_at = tx.now(),
                                  .urgency = Urgency::green,
                                  .crisis = Verdict::no,
                                  .hostile = Verdict::no,
                                  .spam = is_so ? Verdict::yes : Verdict::no,
                                  .advice = Verdict::no,
                                  .why = was_noticed ? Why::rule : Why::audit,
                                  .chance = was_noticed ? 1 : 0.5,
                                  .saw_score = false});
        }
        return {};
    });
    report_week(*world.services);
    const auto recall = at.figure("spam", "all", "recall");
    ASSERT_TRUE(recall && recall->value);
    EXPECT_NEAR(*recall->value, 40.0 / 42, 1e-9) << "one of 60 drawn stands for two of 120";
    EXPECT_NEAR(*recall->low, 40 / (40 + 120 * assist::at_most(1, 60)), 1e-9);
    EXPECT_NEAR(*at.figure("spam", "all", "false_alarms")->value, 0, 1e-9);
    EXPECT_EQ(recall->counted, 41);
}

}  // namespace
}  // namespace kith::learning
