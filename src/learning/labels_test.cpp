#include <gmock/gmock.h>

#include "learning/testing.hpp"
#include "rota/rota.hpp"

namespace kith::learning {
namespace {

using safeguarding::Outcome;
using safeguarding::Reason;
using test::as;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// ---- labels ------------------------------------------------------------------------------------------------

BOTH_ENGINES(Labels, are_given_by_who_moderates_and_never_of_their_own_words) {
    School at(world);
    const PostId post = at.write("The walk was good.");
    const PostId own = at.write("I look after this group.", at.cast.mo);
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy, at.cast.rae})
        EXPECT_EQ(at.say(post, {}, who).error().fault, Fault::not_found);
    EXPECT_EQ(at.say(own, {}).error().fault, Fault::not_found);
    ASSERT_TRUE(at.say(post, {}));
    ASSERT_TRUE(at.say(post, {.spam = true}, at.cast.nia));
    ASSERT_TRUE(at.say(post, {.spam = true})) << "the last time counts";
    EXPECT_THAT(at.labels(), SizeIs(2));
    EXPECT_EQ(at.labels()[0].why, Why::chosen);
    EXPECT_FALSE(at.labels()[1].chance);
}

BOTH_ENGINES(Labels, that_say_somebody_is_needed_open_a_case) {
    School at(world);
    const PostId post = at.write("It is all grey.");
    EXPECT_FALSE(*at.say(post, {}));
    const auto opened = at.say(post, {.crisis = true});
    ASSERT_TRUE(opened && *opened);
    ASSERT_THAT(at.queue(), SizeIs(1));
    EXPECT_EQ(at.queue()[0].safety_case.urgency, Urgency::red);
    EXPECT_THAT(at.queue()[0].reasons, ElementsAre(Reason::danger));
    const std::string page = at.pages.get(url::safety_case(**opened).text(), at.cast.nia).body;
    EXPECT_THAT(page, HasSubstr("Somebody who looks after the group read it"));
}

BOTH_ENGINES(Labels, that_fail_halfway_leave_nothing) {
    School at(world);
    const PostId post = at.write("It is all grey.");
    for (int nth = 1;; ++nth) {
        ASSERT_LT(nth, 100);
        world.db().fail_statement(nth);
        try {
            ASSERT_TRUE(at.say(post, {.crisis = true}));
            world.db().fail_statement(0);
            EXPECT_GT(nth, 5);
            break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_THAT(at.labels(), IsEmpty());
            EXPECT_THAT(at.queue(), IsEmpty());
        }
    }
    EXPECT_THAT(at.labels(), SizeIs(1));
}

BOTH_ENGINES(Labels, come_of_decisions_and_go_with_them) {
    School at(world);
    const PostId post = at.write("Buy my cream.");
    const CaseId id = world.must(
        [&](db::Tx& tx) { return safeguarding::file_report(tx, as(at.cast.bo), post, {Reason::spam, ""}); });
    at.let_jobs_run();
    EXPECT_THAT(at.labels(), IsEmpty());
    world.must([&](db::Tx& tx) {
        return safeguarding::decide(tx, as(at.cast.mo), id, {Outcome::removed, "No selling here."});
    });
    at.let_jobs_run();
    ASSERT_THAT(at.labels(), SizeIs(1));
    const store::Label label = at.labels()[0];
    EXPECT_EQ(label.spam, Verdict::yes);
    EXPECT_EQ(label.hostile, Verdict::unsaid);
    EXPECT_EQ(label.crisis, Verdict::no);
    EXPECT_EQ(label.why, Why::report);
    EXPECT_EQ(label.chance, 1);
    EXPECT_FALSE(label.saw_score);
    world.must(
        [&](db::Tx& tx) { return safeguarding::file_appeal(tx, as(at.cast.ada), id, "It was a gift."); });
    world.must([&](db::Tx& tx) {
        return safeguarding::review_appeal(tx, as(at.cast.nia), id,
                                           {safeguarding::Review::overturned, "You are right."});
    });
    at.let_jobs_run();
    ASSERT_THAT(at.labels(), SizeIs(1));
    EXPECT_EQ(at.labels()[0].spam, Verdict::no) << "the decision was taken back";
}

BOTH_ENGINES(Labels, do_not_take_no_rule_was_broken_for_nobody_is_in_danger) {
    School at(world);
    const auto judge = [&](bool sets_urgency) {
        const PostId post = at.write("It is all grey.");
        const CaseId id = world.must([&](db::Tx& tx) {
            return safeguarding::file_report(tx, as(at.cast.bo), post, {Reason::danger, ""});
        });
        if (sets_urgency)
            world.must([&](db::Tx& tx) {
                return safeguarding::set_urgency(tx, as(at.cast.mo), id, Urgency::amber);
            });
        world.must(
            [&](db::Tx& tx) { return safeguarding::decide(tx, as(at.cast.mo), id, {Outcome::nothing, ""}); });
        at.let_jobs_run();
        return at.labels()[0].crisis;
    };
    EXPECT_EQ(judge(false), Verdict::unsaid);
    EXPECT_EQ(judge(true), Verdict::no) << "somebody has said so";
}

BOTH_ENGINES(Labels, go_with_what_its_author_takes_back) {
    School at(world);
    const PostId taken = at.write("The walk was good."), kept = at.write("So was the tea.");
    ASSERT_TRUE(at.say(taken, {}));
    ASSERT_TRUE(at.say(kept, {}));
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.ada), taken, ""); });
    learn_anew(*world.services);
    EXPECT_THAT(at.labels(), SizeIs(1));
}

// ---- the random audit --------------------------------------------------------------------------------------

void draw(School& at) {
    at.world.must([&](db::Tx& tx) -> Done {
        draw_lots(tx, at.world.random, tx.now() + -day_ms);
        return {};
    });
}

std::vector<PostId> drawn(School& at) {
    std::vector<PostId> out;
    for (const auto& one : at.read([](db::ReadTx& tx) { return store::open_picks(tx, Time{}, 1000); }))
        out.push_back(one.post);
    return out;
}

BOTH_ENGINES(Audit, draws_a_share_of_the_day_before_once_and_nothing_that_was_pointed_to) {
    School at(world);
    world.must([&](db::Tx& tx) { return set_audit_percent(tx, as(at.cast.oz), 50); });
    const auto posts = at.write_all(plain_texts().texts);
    world.must([&](db::Tx& tx) {
        return safeguarding::file_report(tx, as(at.cast.bo), posts[0], {Reason::spam, ""});
    });
    draw(at);
    EXPECT_THAT(drawn(at), IsEmpty()) << "not of today";
    world.clock.advance(day_ms);
    draw(at);
    const auto first = drawn(at);
    EXPECT_NEAR(static_cast<double>(first.size()), 150, 40);
    EXPECT_THAT(first, Not(Contains(posts[0])));
    draw(at);
    EXPECT_EQ(drawn(at), first) << "once a day";
}

BOTH_ENGINES(Audit, draws_nothing_from_the_room_of_those_who_look_after_groups) {
    School at(world);
    world.must([&](db::Tx& tx) { return set_audit_percent(tx, as(at.cast.oz), 50); });
    const GroupId room = world.must([&](db::Tx& tx) {
        return groups::create_group(
            tx, as(at.cast.oz),
            {.name = "Staff room", .purpose = "For us.", .admission = groups::Admission::invitation});
    });
    world.must([&](db::Tx& tx) { return rota::set_settings(tx, as(at.cast.oz), {.room = room}, {}); });
    for (int i = 0; i < 20; ++i)
        world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(at.cast.mo), room, "Us", {.markdown = "A hard week."});
        });
    at.write_all(std::vector<std::string>(20, "A quiet day."));
    world.clock.advance(day_ms);
    draw(at);
    EXPECT_THAT(drawn(at), Not(IsEmpty()));
    for (const PostId post : drawn(at))
        EXPECT_NE(at.read([&](db::ReadTx& tx) { return conversation::typed(tx, post)->group; }), room);
}

BOTH_ENGINES(Audit, is_read_one_after_the_other_without_a_score) {
    School at(world);
    world.must([&](db::Tx& tx) { return set_audit_percent(tx, as(at.cast.oz), 50); });
    at.write_all(
        {"One quiet day.", "Two quiet days.", "Three quiet days.", "Four quiet days.", "Five.", "Six."});
    world.clock.advance(day_ms);
    draw(at);
    const std::size_t waiting = drawn(at).size();
    ASSERT_GT(waiting, 0u);
    for (const MemberId who : {at.cast.ada, at.cast.cy}) {
        EXPECT_EQ(at.pages.get("/learning", who).status, 404);
        EXPECT_FALSE(at.read([&](db::ReadTx& tx) { return next_to_read(tx, as(who)); }));
    }
    EXPECT_THAT(at.pages.get("/learning", at.cast.mo).body, HasSubstr("Nothing needed"));
    while (const auto next = *at.read([&](db::ReadTx& tx) { return next_to_read(tx, as(at.cast.mo)); })) {
        const auto said = at.pages.post(url::post_label(*next).text(), {{"do", "nothing"}, {"next", "yes"}},
                                        at.cast.mo);
        ASSERT_EQ(said.location(), "/learning");
    }
    EXPECT_THAT(at.labels(), SizeIs(waiting));
    EXPECT_EQ(at.labels()[0].why, Why::audit);
    EXPECT_NEAR(*at.labels()[0].chance, 0.5, 1e-9);
    EXPECT_FALSE(at.labels()[0].saw_score);
    EXPECT_THAT(at.pages.get("/learning", at.cast.mo).body, HasSubstr("nothing to read for now"));
}

}  // namespace
}  // namespace kith::learning
