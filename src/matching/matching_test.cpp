#include "matching/matching.hpp"

#include <algorithm>

#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::matching {
namespace {

using groups::Tone;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr std::string_view json = "application/json";

struct Harbour {
    explicit Harbour(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        body = topic("Body", std::nullopt);
        pain = topic("Pain", body);
        mood = topic("Mood", std::nullopt);
        aches = group("Aches", {.topic = pain, .tone = Tone::gentle});
        lows = group("Low days", {.topic = mood, .leadership = groups::Leadership::professional});
    }

    TopicId topic(std::string_view name, std::optional<TopicId> parent) {
        return world.must([&](db::Tx& tx) { return groups::create_topic(tx, as(cast.oz), parent, name); });
    }
    GroupId group(std::string name, groups::GroupForm form) {
        form.name = std::move(name);
        form.purpose = "For some.";
        form.rules = "Be kind.";
        return world.must([&](db::Tx& tx) { return groups::create_group(tx, as(cast.oz), form); });
    }
    MemberId somebody(int number) {
        return world
            .must([&](db::Tx& tx) {
                const std::string name = "Somebody " + std::to_string(number);
                return identity::add_account(tx, {.name = name, .password = std::string(Cast::password)},
                                             "no hash", world.random);
            })
            .member;
    }
    void join(MemberId who, GroupId where) {
        world.must([&](db::Tx& tx) { return groups::join(tx, as(who), where, {.rules_agreed = true}); });
    }
    void say(MemberId who, const AboutMe& about) {
        world.must([&](db::Tx& tx) { return matching::say(tx, as(who), about); });
    }
    std::vector<Suggestion> fits(MemberId who, const AboutMe& about) {
        return world.db().read([&](db::ReadTx& tx) { return groups_for(tx, as(who), about); });
    }
    std::vector<Reason> reasons(MemberId who, const AboutMe& about, GroupId group) {
        for (const Suggestion& one : fits(who, about))
            if (one.group.id == group) return one.reasons;
        return {};
    }
    std::optional<GroupId> asked_about(MemberId who) {
        const auto group = world.db().read(
            [&](db::ReadTx& tx) { return group_to_ask_about(tx, who, groups::groups_of(tx, who)); });
        return group ? std::optional(group->id) : std::nullopt;
    }
    void answer(MemberId who, GroupId group, Fit fit) {
        world.must([&](db::Tx& tx) { return answer_fit(tx, as(who), group, fit); });
    }

    World& world;
    Cast cast;
    Pages pages;
    TopicId body, pain, mood;
    GroupId aches, lows;
};

BOTH_ENGINES(AboutMe, is_kept_changed_and_taken_back) {
    Harbour at(world);
    const auto said = [&] { return world.db().read([&](db::ReadTx& tx) { return about(tx, at.cast.ada); }); };
    EXPECT_FALSE(said());
    at.say(at.cast.ada, {.topics = {at.pain, TopicId(99)},
                         .since = Since::years,
                         .stage = Stage::daily,
                         .hopes = {Hope::company, Hope::listen},
                         .tone = Tone::light});
    EXPECT_EQ(said()->topics, std::vector{at.pain});
    EXPECT_EQ(said()->since, Since::years);
    EXPECT_EQ(said()->stage, Stage::daily);
    EXPECT_EQ(said()->hopes, (std::vector{Hope::listen, Hope::company}));
    EXPECT_EQ(said()->tone, Tone::light);
    at.say(at.cast.ada, {});
    EXPECT_FALSE(said()->says_anything()) << "they would rather not say";
    world.must([&](db::Tx& tx) { return take_back(tx, as(at.cast.ada)); });
    EXPECT_FALSE(said());
    EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return matching::say(tx, Actor::guest(), {}); }));
}

BOTH_ENGINES(Suggestions, are_groups_about_a_topic_or_one_below_it_with_the_reason) {
    Harbour at(world);
    const auto found = at.fits(at.cast.ada, {.topics = {at.body}});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].group.id, at.aches);
    EXPECT_EQ(found[0].reasons, std::vector{Reason::topic});
    EXPECT_EQ(found[0].topic, "Body");
    EXPECT_TRUE(at.fits(at.cast.ada, {}).empty()) << "nothing said, nothing fits";
}

BOTH_ENGINES(Suggestions, follow_what_somebody_hopes_for_and_how_they_like_to_talk) {
    Harbour at(world);
    const auto both = at.fits(at.cast.ada, {.hopes = {Hope::learn}});
    ASSERT_EQ(both.size(), 1u);
    EXPECT_EQ(both[0].group.id, at.lows);
    EXPECT_EQ(at.reasons(at.cast.ada, {.tone = Tone::gentle}, at.aches), std::vector{Reason::tone});
    EXPECT_EQ(at.reasons(at.cast.ada, {.hopes = {Hope::listen, Hope::share}}, at.aches),
              (std::vector{Reason::reading, Reason::nameless}));
    EXPECT_TRUE(at.reasons(at.cast.ada, {.hopes = {Hope::company}}, at.aches).empty());
    at.join(at.cast.bo, at.aches);
    world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.bo), at.aches, "Today", {.markdown = "Hello."});
    });
    EXPECT_EQ(at.reasons(at.cast.ada, {.hopes = {Hope::company}}, at.aches), std::vector{Reason::company});
    world.clock.advance(2 * day_ms);
    EXPECT_TRUE(at.reasons(at.cast.ada, {.hopes = {Hope::company}}, at.aches).empty());
}

BOTH_ENGINES(Suggestions, say_that_others_are_like_me_only_if_five_are) {
    Harbour at(world);
    const AboutMe like{.since = Since::lasting, .stage = Stage::treatment};
    const auto count = [&] {
        world.must([](db::Tx& tx) -> Done {
            count_alike(tx);
            return {};
        });
    };
    for (int i = 1; i <= people_least; ++i) {
        count();
        EXPECT_TRUE(at.reasons(at.cast.ada, like, at.aches).empty()) << i;
        const MemberId who = at.somebody(i);
        at.join(who, at.aches);
        at.say(who, like);
        if (i < people_least) world.clock.advance(count_again_ms + 1);
    }
    count();
    EXPECT_TRUE(at.reasons(at.cast.ada, like, at.aches).empty()) << "the fifth has said it only now";
    world.clock.advance(count_again_ms + 1);
    EXPECT_TRUE(at.reasons(at.cast.ada, like, at.aches).empty()) << "until it is counted again";
    count();
    EXPECT_EQ(at.reasons(at.cast.ada, like, at.aches), (std::vector{Reason::since, Reason::stage}));
    EXPECT_TRUE(at.reasons(at.cast.ada, {.since = Since::fresh}, at.aches).empty());
}

BOTH_ENGINES(Suggestions, leave_out_groups_that_one_belongs_to_or_cannot_join) {
    Harbour at(world);
    const AboutMe pain{.topics = {at.pain}};
    EXPECT_EQ(at.fits(at.cast.ada, pain).size(), 1u);
    at.join(at.cast.ada, at.aches);
    EXPECT_TRUE(at.fits(at.cast.ada, pain).empty());
    const GroupId full = at.group("Full house", {.topic = at.pain, .size_limit = 2});
    at.join(at.cast.bo, full);
    EXPECT_EQ(at.fits(at.cast.ada, pain).size(), 1u);
    at.join(at.cast.cy, full);
    EXPECT_TRUE(at.fits(at.cast.ada, pain).empty());
    at.group("Hidden", {.topic = at.pain, .admission = groups::Admission::invitation});
    EXPECT_TRUE(at.fits(at.cast.ada, pain).empty());
    EXPECT_TRUE(at.fits(at.cast.oz, pain).size() == 1u) << "nor to those who see all groups";
}

BOTH_ENGINES(Suggestions, are_threads_that_one_may_read_and_does_not_keep_away) {
    Harbour at(world);
    at.join(at.cast.bo, at.aches);
    content_notes::NoteSet hard;
    hard.add(ContentNoteId(1));
    for (const bool is_hard : {false, true})
        world.must([&](db::Tx& tx) {
            return conversation::start_thread(
                tx, as(at.cast.bo), at.aches, is_hard ? "My arms" : "Kettles",
                {.markdown = "Hm.", .notes = is_hard ? hard : content_notes::NoteSet()});
        });
    const auto titles = [&](MemberId who) {
        std::vector<std::string> out;
        world.db().read([&](db::ReadTx& tx) {
            for (const auto& one : threads_for(tx, as(who), {.topics = {at.pain}}))
                out.push_back(one.thread.title);
        });
        std::ranges::sort(out);
        return out;
    };
    EXPECT_EQ(titles(at.cast.ada), (std::vector<std::string>{"Kettles", "My arms"}));
    world.must([&](db::Tx& tx) {
        const content_notes::Chosen never[] = {{ContentNoteId(1), content_notes::Choice::never}};
        return content_notes::choose(tx, as(at.cast.ada), never);
    });
    EXPECT_EQ(titles(at.cast.ada), std::vector<std::string>{"Kettles"});
    const GroupId closed = at.group("By request",
                                    {.topic = at.pain, .admission = groups::Admission::request});
    world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.oz), closed, "Secret", {.markdown = "Hm."});
    });
    EXPECT_EQ(titles(at.cast.ada), std::vector<std::string>{"Kettles"});
}

BOTH_ENGINES(PeopleLikeMe, is_a_page_that_members_fill_in_or_skip_and_guests_leave_no_trace_on) {
    Harbour at(world);
    const std::string page = url::people_like_me().text(), pain = std::to_string(at.pain.value());
    EXPECT_TRUE(at.pages.get("/", at.cast.ada).shows(page));
    EXPECT_EQ(at.pages.post(page, {{"topics", pain}, {"tone", "gentle"}}, at.cast.ada).status, 303);
    const auto filled = at.pages.get(page, at.cast.ada);
    EXPECT_TRUE(filled.shows("Aches"));
    EXPECT_TRUE(filled.shows("It is about Pain."));
    EXPECT_TRUE(filled.shows("name=\"topics\" value=\"" + pain + "\" checked"));
    EXPECT_FALSE(at.pages.get("/", at.cast.ada).shows(page)) << "asked once";
    EXPECT_TRUE(at.pages.get(page, at.cast.ada, json).shows(R"("reasons":["It is about Pain.")"));
    EXPECT_EQ(at.pages.post(page, {{"do", "skip"}}, at.cast.bo).status, 303);
    EXPECT_FALSE(at.pages.get("/", at.cast.bo).shows(page));
    EXPECT_EQ(at.pages.post(page, {{"do", "forget"}}, at.cast.ada).status, 303);
    EXPECT_FALSE(at.pages.get(page, at.cast.ada).shows("It is about"));
    const auto guest = at.pages.post(page, {{"topics", pain}});
    EXPECT_EQ(guest.status, 200);
    EXPECT_TRUE(guest.shows("It is about Pain."));
    EXPECT_FALSE(at.pages.get(page).shows("It is about"));
}

BOTH_ENGINES(Fit, is_asked_after_a_week_and_again_two_weeks_after_not_sure) {
    Harbour at(world);
    at.join(at.cast.rae, at.aches);
    EXPECT_FALSE(at.asked_about(at.cast.rae));
    world.clock.advance(first_question_ms);
    EXPECT_EQ(at.asked_about(at.cast.rae), at.aches);
    at.answer(at.cast.rae, at.aches, Fit::unsure);
    EXPECT_FALSE(at.asked_about(at.cast.rae));
    world.clock.advance(next_question_ms);
    EXPECT_EQ(at.asked_about(at.cast.rae), at.aches);
    at.answer(at.cast.rae, at.aches, Fit::yes);
    world.clock.advance(next_question_ms);
    EXPECT_FALSE(at.asked_about(at.cast.rae));
    world.must([&](db::Tx& tx) { return groups::leave(tx, as(at.cast.rae), at.aches, ""); });
    world.clock.advance(day_ms);
    at.join(at.cast.rae, at.aches);
    world.clock.advance(first_question_ms);
    EXPECT_EQ(at.asked_about(at.cast.rae), at.aches) << "a new stay";
}

BOTH_ENGINES(Fit, is_answered_by_members_of_the_group_who_are_led_elsewhere_if_it_is_not) {
    Harbour at(world);
    const GroupId bones = at.group("Bones", {.topic = at.pain});
    at.join(at.cast.rae, at.aches);
    world.clock.advance(first_question_ms);
    EXPECT_TRUE(
        at.pages.get("/", at.cast.rae).shows("You have been in Aches for a while. Is it right for you?"));
    const std::string fit = url::fit(at.aches).text();
    EXPECT_EQ(at.pages.post(fit, {{"answer", "no"}}, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.get(fit, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.post(fit, {{"answer", "maybe"}}, at.cast.rae).status, 422);
    EXPECT_EQ(at.pages.post(fit, {{"answer", "no"}}, at.cast.rae).location(), fit);
    const auto page = at.pages.get(fit, at.cast.rae);
    EXPECT_TRUE(page.shows("Bones"));
    EXPECT_TRUE(page.shows("It is about Pain."));
    EXPECT_TRUE(page.shows(url::leaving(at.aches).text()));
    EXPECT_TRUE(at.pages.get(fit, at.cast.rae, json).shows("\"id\":" + std::to_string(bones.value())));
    EXPECT_EQ(at.pages.post(fit, {{"reason", "quiet"}}, at.cast.rae).status, 303);
    EXPECT_FALSE(at.pages.get("/", at.cast.rae).shows("Is it right for you?"));
}

}  // namespace
}  // namespace kith::matching
