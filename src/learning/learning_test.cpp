#include "learning/learning.hpp"

#include <gmock/gmock.h>

#include <chrono>

#include "learning/testing.hpp"
#include "tests/shared_data.hpp"

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
    return at.read([](db::ReadTx& tx) { return store::open_picks(tx, Time{}, 1000); });
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

// ---- learning ----------------------------------------------------------------------------------------------

BOTH_ENGINES(Learning, says_how_far_away_it_is_before_it_begins) {
    School at(world);
    ASSERT_TRUE(at.say(at.write("The walk was good."), {}));
    learn_anew(*world.services);
    EXPECT_EQ(at.standing_of(Flag::spam).state, State::rules);
    EXPECT_THAT(at.pages.get("/admin/learning", at.cast.oz).body,
                HasSubstr("It has 1 labels of the 250 that it needs, and 0 of the 30 that say yes."));
    for (const MemberId who : {at.cast.ada, at.cast.mo, at.cast.dee})
        EXPECT_EQ(at.pages.get("/admin/learning", who).status, 404);
}

void learn_plain_spam(School& at) {
    const Texts texts = plain_texts();
    at.teach(at.write_all(texts.texts), Flag::spam, texts.is_so);
    learn_anew(*at.world.services);
}

void work(School& at) {
    learn_plain_spam(at);
    at.world.clock.advance(shadow_ms);
    at.world.must([&](db::Tx& tx) { return turn_on(tx, as(at.cast.oz), Flag::spam); });
}

constexpr const char* new_spam = "Wonder cream, the best offer, cheap price, order today.";

BOTH_ENGINES(Learning, reads_along_for_two_weeks_and_then_a_host_may_turn_it_on) {
    School at(world);
    learn_plain_spam(at);
    EXPECT_EQ(at.standing_of(Flag::spam).state, State::shadow);
    EXPECT_EQ(at.standing_of(Flag::crisis).state, State::rules) << "nobody said yes";
    const PostId post = at.write(new_spam);
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), IsEmpty());
    const auto turn = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) { return turn_on(tx, as(who), Flag::spam); });
    };
    EXPECT_EQ(turn(at.cast.oz).error().fault, Fault::conflict);
    world.clock.advance(shadow_ms);
    EXPECT_EQ(turn(at.cast.mo).error().fault, Fault::forbidden);
    EXPECT_TRUE(turn(at.cast.oz));
}

BOTH_ENGINES(Learning, asks_for_a_post_to_be_read_and_says_why_to_staff_alone) {
    School at(world);
    work(at);
    const PostId post = at.write(new_spam), kind = at.write("I slept a little better, the park was good.");
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), Contains("model.spam"));
    EXPECT_THAT(at.sources_of(kind), Not(Contains("model.spam")));
    ASSERT_FALSE(at.queue().empty());
    const auto id = at.queue()[0].safety_case.id;
    EXPECT_EQ(at.queue()[0].safety_case.urgency, Urgency::green);
    const std::string page = at.pages.get(url::safety_case(id).text(), at.cast.mo).body;
    EXPECT_THAT(page, HasSubstr("of 100 posts with such a score, about"));
    EXPECT_THAT(page, HasSubstr("<mark>"));
    const auto seen = at.read(
        [&](db::ReadTx& tx) { return conversation::visible_post(tx, as(at.cast.bo), post); });
    EXPECT_FALSE(seen->removed_at) << "it hides nothing";
    for (const MemberId who : {at.cast.ada, at.cast.bo}) {
        const auto thread = at.pages.get(url::thread(post.thread()).text(), who, "application/json");
        EXPECT_THAT(thread.body, Not(HasSubstr("model")));
        EXPECT_THAT(thread.body, Not(HasSubstr("chance")));
    }
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), SizeIs(1)) << "once";
}

BOTH_ENGINES(Learning, gives_the_same_bytes_for_the_same_labels_and_learns_only_where_some_are_new) {
    School at(world);
    learn_plain_spam(at);
    const auto bytes = [&] {
        return at.read(
            [&](db::ReadTx& tx) { return *store::model_bytes(tx, standing(tx, Flag::spam).model); });
    };
    const std::int64_t first = at.standing_of(Flag::spam).model;
    learn_anew(*world.services);
    EXPECT_EQ(at.standing_of(Flag::spam).model, first);
    const auto judged = at.read([](db::ReadTx& tx) { return judged_posts(tx, Flag::spam); });
    EXPECT_THAT(judged, SizeIs(300));
    std::vector<assist::Lesson> lessons;
    for (const Judged& one : judged)
        if (!is_for_exam(one)) lessons.push_back({one.words, one.is_so, one.key / 5, one.stands_for});
    EXPECT_EQ(assist::learn(Flag::spam, lessons)->bytes, bytes());
}

BOTH_ENGINES(Learning, refuses_a_model_that_is_worse_on_what_neither_has_seen) {
    School at(world);
    learn_plain_spam(at);
    const std::int64_t good = at.standing_of(Flag::spam).model;
    // Somebody says the contrary of everything but of what the exam asks.
    world.must([&](db::Tx& tx) -> Done {
        const PersonaId nia = groups::persona_here(tx, at.cast.circle, at.cast.nia);
        for (const Judged& one : judged_posts(tx, Flag::spam)) {
            if (is_for_exam(one)) continue;
            const Verdict wrong = one.is_so ? Verdict::no : Verdict::yes;
            store::put_label(tx, {.post = one.post,
                                  .from = {},
                                  .by = nia,
                                  .said_at = tx.now() + 1,
                                  .urgency = Urgency::green,
                                  .crisis = Verdict::no,
                                  .hostile = Verdict::no,
                                  .spam = wrong,
                                  .advice = Verdict::no,
                                  .why = Why::chosen,
                                  .chance = {},
                                  .saw_score = false});
        }
        return {};
    });
    learn_anew(*world.services);
    EXPECT_EQ(at.standing_of(Flag::spam).model, good);
    const auto kept = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    ASSERT_THAT(kept, SizeIs(2));
    EXPECT_FALSE(kept[0].taken);
    EXPECT_THAT(at.pages.get("/admin/learning", at.cast.oz).body,
                HasSubstr("It was worse than the one before, so it was not used."));
}

BOTH_ENGINES(Learning, goes_back_to_an_earlier_model_and_stays_there) {
    School at(world);
    work(at);
    const std::int64_t first = at.standing_of(Flag::spam).model;
    const auto teach_more = [&](int times) {
        for (int i = 0; i < times; ++i) {
            at.teach(at.write_all({"A new quiet day " + std::to_string(i) + " of " + std::to_string(times)}),
                     Flag::spam, {false});
            learn_anew(*world.services);
        }
    };
    teach_more(12);
    const std::int64_t newest = at.standing_of(Flag::spam).model;
    EXPECT_GT(newest, first);
    const auto kept = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    EXPECT_THAT(kept, SizeIs(versions_kept));
    const std::int64_t earlier = kept[2].id;
    const auto back = at.pages.post("/admin/learning/spam",
                                    {{"do", "back"}, {"version", std::to_string(earlier)}}, at.cast.oz);
    EXPECT_EQ(back.status, 303);
    EXPECT_EQ(at.standing_of(Flag::spam).model, earlier);
    teach_more(3);
    EXPECT_EQ(at.standing_of(Flag::spam).model, earlier) << "no newer one takes its place";
    world.must([&](db::Tx& tx) { return let_new_ones_come(tx, as(at.cast.oz), Flag::spam); });
    EXPECT_GT(at.standing_of(Flag::spam).model, newest);
    EXPECT_EQ(at.pages.post("/admin/learning/spam", {{"do", "back"}, {"version", "9999"}}, at.cast.oz).status,
              404);
}

// ---- failing -----------------------------------------------------------------------------------------------

constexpr db::Sql damage_sql = "update learned_model set bytes = $1 where flag = 'spam'";
constexpr db::Sql lose_sql = "update learned_flag set model_id = 99 where flag = 'spam'";

void expect_rules_alone(School& at, Trouble trouble) {
    const PostId post = at.write("I want to die. " + std::string(new_spam));
    at.let_jobs_run();
    EXPECT_EQ(at.standing_of(Flag::spam).trouble, trouble);
    EXPECT_THAT(at.sources_of(post), Contains("crisis.die")) << "the rules read on";
    EXPECT_THAT(at.sources_of(post), Not(Contains("model.spam")));
    EXPECT_TRUE(
        at.read([&](db::ReadTx& tx) { return conversation::visible_post(tx, as(at.cast.bo), post); }));
    EXPECT_THAT(at.pages.get("/", at.cast.oz).body, HasSubstr("What reads posts needs you."));
    EXPECT_THAT(at.pages.get("/", at.cast.mo).body, Not(HasSubstr("What reads posts needs you.")));
    EXPECT_THAT(at.pages.get("/admin/learning", at.cast.oz).body, HasSubstr("the rules read alone"));
}

BOTH_ENGINES(Learning, leaves_it_to_the_rules_where_its_model_is_damaged_and_heals_by_night) {
    School at(world);
    work(at);
    world.must([](db::Tx& tx) -> Done {
        tx.run(damage_sql, db::Blob{"no model"});
        return {};
    });
    expect_rules_alone(at, Trouble::damaged);
    learn_anew(*world.services);
    const PostId post = at.write("Again: " + std::string(new_spam));
    at.let_jobs_run();
    EXPECT_EQ(at.standing_of(Flag::spam).trouble, Trouble::none);
    EXPECT_THAT(at.sources_of(post), Contains("model.spam"));
}

BOTH_ENGINES(Learning, leaves_it_to_the_rules_where_its_model_is_lost) {
    School at(world);
    work(at);
    world.must([](db::Tx& tx) -> Done {
        tx.run(lose_sql);
        return {};
    });
    expect_rules_alone(at, Trouble::missing);
}

BOTH_ENGINES(Learning, never_throws_and_the_rules_read_also_where_it_cannot_run_at_all) {
    School at(world);
    const PostId post = at.write("I want to die.");
    read_posts(*world.services, "no number");
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(post), Contains("crisis.die"));
}

// ---- words said outright ---------------------------------------------------------------------------------

// How urgent a post is, by rules and the model together.
Urgency band_of(School& at, PostId post) {
    Urgency out = Urgency::green;
    for (const auto& row : at.queue())
        if (row.safety_case.post == post) out = std::max(out, row.safety_case.urgency);
    return out;
}

TEST(LearningProperty, words_said_outright_never_lower_the_band) {
    test::World world(db::Engine::sqlite);
    School at(world);
    const Texts texts = plain_texts();
    // A model that takes words said outright for a sign that nobody is in danger.
    std::vector<std::string> twisted = texts.texts;
    std::vector<bool> is_so(twisted.size());
    for (std::size_t i = 0; i < twisted.size(); ++i) {
        is_so[i] = texts.is_so[i];
        if (!is_so[i]) twisted[i] += " I want to die.";
    }
    at.teach(at.write_all(twisted), Flag::crisis, is_so);
    learn_anew(*world.services);
    world.clock.advance(shadow_ms);
    world.must([&](db::Tx& tx) { return turn_on(tx, as(at.cast.oz), Flag::crisis); });
    const std::string phrases[] = {"I want to die.", "I have a plan to end it.", "I could hang myself."};
    for (std::size_t i = 0; i < 3; ++i) {
        const PostId without = at.write(texts.texts[i]);
        const PostId with = at.write(texts.texts[i] + "\n\n" + phrases[i]);
        at.let_jobs_run();
        EXPECT_GE(band_of(at, with), Urgency::red) << phrases[i];
        EXPECT_GE(band_of(at, with), band_of(at, without)) << phrases[i];
    }
}

// ---- where a post stands -----------------------------------------------------------------------------------

BOTH_ENGINES(Structure, notices_a_first_post_with_a_link_and_the_same_text_elsewhere) {
    School at(world);
    const PostId first = at.write("Look at https://example.org for help", at.cast.bo);
    const std::string text =
        "I would like to tell everybody here about the thing that has changed my life completely.";
    at.write(text);
    const PostId again = at.write(text);
    const PostId other = at.write("Another day, and I have https://example.org to show.");
    at.let_jobs_run();
    EXPECT_THAT(at.sources_of(first), Contains("spam.first_link"));
    EXPECT_THAT(at.sources_of(again), Contains("spam.same_text"));
    EXPECT_THAT(at.sources_of(other), Not(Contains("spam.first_link")));
}

// ---- the report of the week --------------------------------------------------------------------------------

std::optional<Figure> figure(School& at, std::string_view flag, std::string_view part,
                             std::string_view name) {
    const auto reports = at.read([](db::ReadTx& tx) { return week_reports(tx, 1); });
    if (reports.empty()) return std::nullopt;
    for (const Figure& one : reports[0].figures)
        if (one.flag == flag && one.part == part && one.name == name) return one;
    return std::nullopt;
}

BOTH_ENGINES(WeekReports, say_where_there_is_not_enough_evidence) {
    School at(world);
    at.write("The walk was good.");
    report_week(*world.services);
    const auto recall = figure(at, "crisis", "all", "recall");
    ASSERT_TRUE(recall);
    EXPECT_FALSE(recall->value);
    EXPECT_FALSE(recall->warns);
    EXPECT_THAT(at.pages.get("/admin/learning/report", at.cast.oz).body, HasSubstr("Not enough evidence"));
    EXPECT_EQ(at.pages.get("/admin/learning/report", at.cast.mo).status, 404);
}

BOTH_ENGINES(WeekReports, warn_when_posts_are_not_what_was_learned_from) {
    School at(world);
    work(at);
    world.clock.advance(7 * day_ms);
    at.write_all(
        std::vector<std::string>(60, "Completely other matters: quartz, zinc, vexing jukebox hymns."));
    report_week(*world.services);
    ASSERT_TRUE(figure(at, "spam", "all", "moved"));
    EXPECT_GT(*figure(at, "spam", "all", "moved")->value, 0.2);
    EXPECT_TRUE(figure(at, "spam", "all", "unseen")->warns);
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
    const auto recall = figure(at, "spam", "all", "recall");
    ASSERT_TRUE(recall && recall->value);
    EXPECT_NEAR(*recall->value, 40.0 / 42, 1e-9) << "one of 60 drawn stands for two of 120";
    EXPECT_NEAR(*recall->low, 40 / (40 + 120 * assist::at_most(1, 60)), 1e-9);
    EXPECT_NEAR(*figure(at, "spam", "all", "false_alarms")->value, 0, 1e-9);
    EXPECT_EQ(recall->counted, 41);
}

// ---- a whole community -----------------------------------------------------------------------------------

// Comments and text messages that people have labelled, as a host's own labels would come.
std::vector<std::pair<std::string, bool>> real_texts() {
    std::ifstream in(test::shared_data("assist/spam.tsv"));
    std::vector<std::pair<std::string, bool>> out;
    std::string line;
    for (std::getline(in, line); std::getline(in, line);) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        if (second == std::string::npos) continue;
        out.emplace_back(line.substr(second + 1), line[first + 1] == '1');
    }
    return out;
}

TEST(LearningLoop, labels_teach_a_model_that_reads_along_works_is_watched_and_can_go_back) {
    const auto all = real_texts();
    if (all.empty()) GTEST_SKIP() << "no shared data here";
    ASSERT_GT(all.size(), 1300u);
    test::World world(db::Engine::sqlite);
    School at(world);
    std::vector<std::string> texts;
    std::vector<bool> is_so;
    for (std::size_t i = 0; i < 900; ++i) {
        const auto& [text, spam] = all[i * (all.size() / 1300)];
        texts.push_back(text);
        is_so.push_back(spam);
    }
    at.teach(at.write_all(texts), Flag::spam, is_so);
    learn_anew(*world.services);
    const auto card = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    ASSERT_THAT(card, SizeIs(1));
    EXPECT_GT(card[0].auc_low, 0.9);
    std::cout << "area " << card[0].auc << " (" << card[0].auc_low << " to " << card[0].auc_high
              << "), calibration off by " << card[0].calibration_error << "\n";
    for (const AtLoad& load : card[0].at_loads)
        std::cout << "load " << load.load << " %: found " << load.found << " of " << load.positives
                  << ", at least " << assist::at_least(load.found, load.positives) << ", foretold "
                  << load.foretold << "\n";
    world.clock.advance(shadow_ms);
    world.must([&](db::Tx& tx) { return set_load(tx, as(at.cast.oz), Flag::spam, 30); });
    world.must([&](db::Tx& tx) { return turn_on(tx, as(at.cast.oz), Flag::spam); });
    int found = 0, spam = 0;
    std::vector<std::string> later;
    for (std::size_t i = 0; i < 60; ++i) {
        const auto& [text, is_spam] = all[1 + i * (all.size() / 100)];
        later.push_back(text);
        spam += is_spam;
    }
    const auto posts = at.write_all(later);
    const auto began = std::chrono::steady_clock::now();
    const Models models = at.read([](db::ReadTx& tx) { return load_models(tx); });
    const auto loaded = std::chrono::steady_clock::now();
    for (const std::string& text : later) read(models.all.at(0), text);
    const auto ended = std::chrono::steady_clock::now();
    std::cout << "loading " << std::chrono::duration<double, std::milli>(loaded - began).count()
              << " ms, a post "
              << std::chrono::duration<double, std::micro>(ended - loaded).count() /
                     static_cast<double>(later.size())
              << " us\n";
    ASSERT_THAT(models.all, SizeIs(1));
    for (std::size_t i = 0; i < later.size(); ++i) {
        const bool is_spam = all[1 + i * (all.size() / 100)].second;
        found += is_spam && read(models.all[0], later[i]).chance > models.all[0].threshold;
    }
    EXPECT_GT(spam, 5);
    EXPECT_GT(found * 10, spam * 5) << found << " of " << spam;
    std::cout << "later: " << found << " of " << spam << " at a load of 30 %\n";
    report_week(*world.services);
    EXPECT_TRUE(figure(at, "spam", "all", "moved"));
    at.teach(posts, Flag::spam, std::vector<bool>(posts.size(), false));
    learn_anew(*world.services);
    world.must([&](db::Tx& tx) { return go_back(tx, as(at.cast.oz), Flag::spam, card[0].id); });
    EXPECT_EQ(at.standing_of(Flag::spam).model, card[0].id);
}

}  // namespace
}  // namespace kith::learning
