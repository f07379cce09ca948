#include <algorithm>

#include "audit/audit.hpp"
#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using notices::Kind;
using test::as;

BOTH_ENGINES(Reports, reach_those_who_moderate_and_nobody_else) {
    Watch at(world);
    at.report(at.cast.bo);
    for (const MemberId who : {at.cast.mo, at.cast.nia, at.cast.dee})
        EXPECT_TRUE(at.is_told(who, Kind::report));
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy})
        EXPECT_FALSE(at.is_told(who, Kind::report));
    EXPECT_EQ(at.queue_for(at.cast.mo).size(), 1u);
    EXPECT_EQ(at.queue_for(at.cast.oz).size(), 1u) << "a host moderates everywhere";
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy, at.cast.rae})
        EXPECT_TRUE(at.queue_for(who).empty());
}

BOTH_ENGINES(Reports, of_one_post_are_one_case_that_only_becomes_more_urgent) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo, Reason::worse);
    EXPECT_EQ(at.one(id).urgency, Urgency::amber);
    EXPECT_EQ(at.report(at.cast.nia, Reason::danger), id);
    EXPECT_EQ(at.one(id).urgency, Urgency::crisis);
    EXPECT_EQ(at.report(at.cast.dee, Reason::other), id);
    EXPECT_EQ(at.one(id).urgency, Urgency::crisis);
    EXPECT_EQ(at.report(at.cast.bo, Reason::hostile, "Again."), id);
    const Dossier all = at.dossier_for(at.cast.mo, id);
    ASSERT_EQ(all.reports.size(), 4u) << "nothing that was said is lost";
    EXPECT_EQ(all.reports[0].words, "Again.");
    EXPECT_EQ(at.queue_for(at.cast.mo)[0].reasons.front(), Reason::danger);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::talked));
    EXPECT_NE(at.report(at.cast.bo), id) << "what was decided is not joined any more";
}

BOTH_ENGINES(Reports, come_from_whoever_can_see_it_alone) {
    Watch at(world);
    const auto file = [&](const Actor& actor, PostId subject, ReportForm form) {
        return world.db().write([&](db::Tx& tx) { return file_report(tx, actor, subject, form); });
    };
    const PostId subject = at.post;
    EXPECT_EQ(file(as(at.cast.cy), subject, {Reason::spam}).error().fault, Fault::not_found);
    EXPECT_EQ(file(Actor::guest(), subject, {Reason::spam}).error().fault, Fault::not_found);
    EXPECT_EQ(file(as(at.cast.bo), subject, {}).error().field, "reason");
    EXPECT_EQ(file(as(at.cast.bo), subject, {Reason::spam, std::string(words_most + 1, 'x')}).error().field,
              "words");
    const ThreadId open = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.cy), at.cast.square, "Open", {.markdown = "Hm."});
    });
    EXPECT_TRUE(file(Actor::guest(), PostId(open, 1), {Reason::spam})) << "guests can report, too";
}

BOTH_ENGINES(Reports, of_a_group_go_to_those_who_look_after_the_site) {
    Watch at(world);
    const CaseId id = world.must(
        [&](db::Tx& tx) { return file_report(tx, as(at.cast.ada), at.cast.circle, {Reason::tension, ""}); });
    EXPECT_TRUE(at.is_told(at.cast.oz, Kind::report));
    EXPECT_FALSE(at.is_told(at.cast.mo, Kind::report));
    EXPECT_TRUE(at.queue_for(at.cast.mo).empty());
    EXPECT_EQ(at.queue_for(at.cast.oz).size(), 1u);
    EXPECT_EQ(at.decide_as(at.cast.mo, id, Outcome::nothing, "").error().fault, Fault::not_found);
    EXPECT_EQ(at.decide_as(at.cast.oz, id, Outcome::removed).error().field, "outcome");
    EXPECT_TRUE(at.decide_as(at.cast.oz, id, Outcome::talked, ""));
}

BOTH_ENGINES(Reports, are_told_of_nobody) {
    Watch at(world);
    at.report(at.cast.bo);
    for (const MemberId who : {at.cast.mo, at.cast.dee, at.cast.oz})
        for (const std::string& page : {std::string("/cases"), std::string("/cases/1")})
            for (const std::string_view accept : {"text/html", "application/json"})
                EXPECT_FALSE(at.pages.get(page, who, accept).shows("Bo")) << page;
    const auto log = world.db().read([&](db::ReadTx& tx) { return audit::list(tx, 0, 50); });
    for (const audit::Entry& entry : log)
        EXPECT_FALSE(entry.verb == "report.filed" && entry.member.has_value());
}

BOTH_ENGINES(Reports, of_a_moderator_s_own_words_are_for_others) {
    Watch at(world);
    at.post = at.reply(at.cast.mo, "Mine.");
    const CaseId id = at.report(at.cast.bo);
    EXPECT_FALSE(at.is_told(at.cast.mo, Kind::report));
    EXPECT_TRUE(at.queue_for(at.cast.mo).empty());
    EXPECT_EQ(at.decide_as(at.cast.mo, id, Outcome::nothing, "").error().fault, Fault::not_found);
    EXPECT_TRUE(at.decide_as(at.cast.nia, id, Outcome::talked));
}

BOTH_ENGINES(Reports, of_danger_are_told_whatever_was_told_and_claimed_before) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo, Reason::worse);
    world.must([&](db::Tx& tx) { return claim(tx, as(at.cast.mo), id); });
    world.clock.advance(11 * hour_ms);
    EXPECT_FALSE(at.is_told(at.cast.nia, Kind::crisis));
    world.must([&](db::Tx& tx) { return claim(tx, as(at.cast.mo), id); });
    at.report(at.cast.bo, Reason::danger);
    EXPECT_TRUE(at.is_told(at.cast.nia, Kind::crisis));
    EXPECT_TRUE(at.is_told(at.cast.mo, Kind::crisis));
    const Case one = at.one(id);
    EXPECT_FALSE(one.first_look_at) << "nobody has looked since";
    EXPECT_FALSE(one.claimed_by);
    EXPECT_EQ(*due_at(one, {}, {}), world.clock.now() + 15 * minute_ms);
    EXPECT_TRUE(at.decide_as(at.cast.nia, id, Outcome::talked));
    at.report(at.cast.bo, Reason::other);
    EXPECT_TRUE(std::ranges::any_of(
        world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, at.cast.mo, 0, 50); }),
        [](const notices::Notice& notice) { return notice.kind == Kind::report && !notice.read_at; }))
        << "a new case about the same post is news";
}

BOTH_ENGINES(Reports, reach_a_host_where_nobody_else_can_act) {
    Watch at(world);
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), at.cast.nia, identity::Role::moderator,
                                  at.cast.circle);
    });
    world.must([&](db::Tx& tx) {
        return identity::end_role(tx, Actor::system(), at.cast.dee, identity::Role::facilitator,
                                  at.cast.circle);
    });
    at.report(at.cast.bo);
    EXPECT_FALSE(at.is_told(at.cast.oz, Kind::report));
    at.post = at.reply(at.cast.mo, "By the only moderator.");
    at.report(at.cast.bo);
    EXPECT_TRUE(at.is_told(at.cast.oz, Kind::report));
}

BOTH_ENGINES(Reports, are_not_too_many_in_an_hour_but_for_danger) {
    Watch at(world);
    for (int i = 0; i < 30; ++i) at.report(at.cast.bo, Reason::spam);
    const auto again = world.db().write(
        [&](db::Tx& tx) { return file_report(tx, as(at.cast.bo), at.post, {Reason::spam, ""}); });
    EXPECT_EQ(again.error().fault, Fault::too_many);
    at.report(at.cast.bo, Reason::danger);
}

BOTH_ENGINES(Reports, of_three_members_hide_a_post_until_somebody_has_looked) {
    Watch at(world);
    at.report(at.cast.bo, Reason::hostile);
    at.report(at.cast.bo, Reason::spam);
    at.report(at.cast.dee, Reason::danger);
    at.report(at.cast.dee, Reason::worse);
    const CaseId id = at.report(at.cast.nia, Reason::advice);
    EXPECT_FALSE(at.is_removed()) << "one who insists is one, and who is in danger is not silenced";
    at.report(at.cast.oz, Reason::hostile);
    EXPECT_TRUE(at.is_removed());
    EXPECT_TRUE(at.is_told(at.cast.ada, Kind::removal));
    const auto own = at.pages.get(url::post_options(at.post).text(), at.cast.ada);
    EXPECT_TRUE(own.shows("Nobody has decided anything yet")) << own.body;
    EXPECT_EQ(at.pages.post(url::post_appeal(at.post).text(), {{"words", "Why?"}}, at.cast.ada).status, 409);
    EXPECT_TRUE(at.pages.get("/cases/1", at.cast.mo).shows("so it was hidden until"));
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::talked));
    EXPECT_FALSE(at.is_removed()) << "looked at, and not removed";
}

BOTH_ENGINES(Reports, that_hid_a_post_may_end_with_its_removal) {
    Watch at(world);
    for (const MemberId who : {at.cast.bo, at.cast.nia, at.cast.oz}) at.report(who, Reason::hostile);
    const CaseId id = at.queue_for(at.cast.mo)[0].safety_case.id;
    ASSERT_TRUE(at.is_removed());
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::removed, "Rule 1."));
    EXPECT_TRUE(at.is_removed());
    EXPECT_TRUE(at.pages.get(url::post_options(at.post).text(), at.cast.ada).shows("Rule 1."));
    world.must([&](db::Tx& tx) { return file_appeal(tx, as(at.cast.ada), id, "Why?"); });
    world.must([&](db::Tx& tx) {
        return review_appeal(tx, as(at.cast.dee), id, {Review::overturned, "You are right."});
    });
    EXPECT_FALSE(at.is_removed());
}

BOTH_ENGINES(Reports, by_a_moderator_are_decided_by_another_one) {
    Watch at(world);
    const CaseId id = at.report(at.cast.mo);
    EXPECT_EQ(at.decide_as(at.cast.mo, id, Outcome::talked).error().fault, Fault::conflict);
    EXPECT_TRUE(at.decide_as(at.cast.nia, id, Outcome::talked));
}

BOTH_ENGINES(Reports, look_the_same_once_their_writer_is_erased) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    const std::string before = at.pages.get("/cases/1", at.cast.mo, "application/json").body;
    world.db().execute("update report set member_id = null");
    EXPECT_EQ(at.pages.get("/cases/1", at.cast.mo, "application/json").body, before);
    EXPECT_TRUE(at.dossier_for(at.cast.mo, id).reports[0].by_member);
}

}  // namespace
}  // namespace kith::safeguarding
