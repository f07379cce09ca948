#include "safeguarding/safeguarding.hpp"

#include <set>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using notices::Kind;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

// Ada has written two posts in the circle; Bo reports.
struct Watch {
    explicit Watch(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(cast.ada), cast.circle, "Bad nights",
                                              {.markdown = "A zebra."});
        });
        post = world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(cast.ada), thread, {.markdown = "A walrus."});
        });
    }
    CaseId report(MemberId who, Reason reason = Reason::hostile, std::string words = "It hurts.") {
        return world.must(
            [&](db::Tx& tx) { return file_report(tx, as(who), post, {reason, std::move(words)}); });
    }
    Case one(CaseId id) { return dossier_for(cast.mo, id).safety_case; }
    Dossier dossier_for(MemberId who, CaseId id) {
        return *world.db().read([&](db::ReadTx& tx) { return dossier(tx, as(who), id); });
    }
    std::vector<QueueRow> queue_for(MemberId who) {
        const auto rows = world.db().read([&](db::ReadTx& tx) { return queue(tx, as(who)); });
        return rows ? rows->rows : std::vector<QueueRow>();
    }
    Done decide_as(MemberId who, CaseId id, Outcome outcome, std::string words = "Please be gentle.") {
        return world.db().write([&](db::Tx& tx) { return decide(tx, as(who), id, {outcome, words}); });
    }
    bool is_told(MemberId who, Kind kind) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 50); });
        return std::ranges::any_of(list, [&](const notices::Notice& notice) { return notice.kind == kind; });
    }
    bool is_removed() {
        return world.db()
            .read([&](db::ReadTx& tx) { return conversation::visible_post(tx, as(cast.mo), post); })
            ->removed_at.has_value();
    }

    World& world;
    const Cast cast;
    Pages pages;
    ThreadId thread;
    PostId post;
};

// ---- reporting -------------------------------------------------------------------------------------------

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
    at.post = world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(at.cast.mo), at.thread, {.markdown = "Mine."});
    });
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
    at.post = world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(at.cast.mo), at.thread,
                                        {.markdown = "By the only moderator."});
    });
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

// ---- working on a case -----------------------------------------------------------------------------------

BOTH_ENGINES(Cases, wait_in_the_order_in_which_they_are_due) {
    Watch at(world);
    const auto report_new = [&](Reason reason) {
        at.post = world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(at.cast.ada), at.thread, {.markdown = "More."});
        });
        return at.report(at.cast.bo, reason);
    };
    const CaseId amber = report_new(Reason::advice);
    world.clock.advance(11 * hour_ms + 30 * minute_ms);
    const CaseId red = report_new(Reason::hostile);
    const CaseId crisis = report_new(Reason::danger);
    std::vector<CaseId> order;
    for (const QueueRow& row : at.queue_for(at.cast.mo)) order.push_back(row.safety_case.id);
    EXPECT_EQ(order, (std::vector<CaseId>{crisis, amber, red}))
        << "half an hour is left to the old one, an hour to red";
}

BOTH_ENGINES(Cases, are_worked_on_by_one_person_at_a_time) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    world.must([&](db::Tx& tx) { return claim(tx, as(at.cast.mo), id); });
    EXPECT_EQ(at.decide_as(at.cast.nia, id, Outcome::nothing, "").error().fault, Fault::conflict);
    EXPECT_TRUE(
        at.pages.get("/cases/" + std::to_string(id.value()), at.cast.nia).shows("Mo works on this until"));
    world.clock.advance(claim_ms);
    world.must([&](db::Tx& tx) { return claim(tx, as(at.cast.nia), id); });
    EXPECT_EQ(at.decide_as(at.cast.mo, id, Outcome::nothing, "").error().fault, Fault::conflict);
    world.must([&](db::Tx& tx) { return release(tx, as(at.cast.nia), id); });
    EXPECT_TRUE(at.decide_as(at.cast.mo, id, Outcome::nothing, ""));
    EXPECT_EQ(at.decide_as(at.cast.nia, id, Outcome::warned).error().fault, Fault::conflict);
    EXPECT_TRUE(at.pages.get("/cases/" + std::to_string(id.value()), at.cast.nia).shows("Mo decided on"));
}

BOTH_ENGINES(Cases, end_with_what_was_decided_and_everybody_hears_of_their_part) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    EXPECT_EQ(at.decide_as(at.cast.mo, id, Outcome::removed, "").error().field, "words");
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::removed));
    EXPECT_TRUE(at.is_removed());
    EXPECT_TRUE(at.is_told(at.cast.ada, Kind::removal));
    EXPECT_TRUE(at.is_told(at.cast.bo, Kind::report_done));
    EXPECT_TRUE(at.queue_for(at.cast.mo).empty());
    EXPECT_TRUE(at.pages.get("/me/reports", at.cast.bo).shows("done something about it"));
    EXPECT_TRUE(at.pages.get("/me/decisions", at.cast.ada).shows("Please be gentle."));
    EXPECT_FALSE(at.pages.get("/me/decisions", at.cast.bo).shows("Please be gentle."));
    EXPECT_FALSE(at.pages.get("/me/decisions", at.cast.ada).shows("It hurts."))
        << "what was reported stays private";
}

BOTH_ENGINES(Cases, of_a_crisis_close_once_a_second_person_has_read_them) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo, Reason::danger);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::talked, "How are you now?"));
    EXPECT_FALSE(at.is_told(at.cast.bo, Kind::report_done));
    const auto read = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) { return read_second(tx, as(who), id); });
    };
    EXPECT_EQ(read(at.cast.mo).error().fault, Fault::conflict);
    EXPECT_EQ(read(at.cast.cy).error().fault, Fault::not_found);
    EXPECT_TRUE(read(at.cast.dee));
    EXPECT_EQ(read(at.cast.nia).error().fault, Fault::conflict);
    EXPECT_TRUE(at.is_told(at.cast.bo, Kind::report_done));
}

BOTH_ENGINES(Cases, that_were_ever_a_crisis_need_the_second_person_who_may_disagree) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo, Reason::danger);
    world.must([&](db::Tx& tx) { return set_urgency(tx, as(at.cast.mo), id, Urgency::green); });
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::nothing, "Nothing there."));
    EXPECT_TRUE(at.one(id).waits_for_second());
    EXPECT_TRUE(at.is_told(at.cast.nia, Kind::second_reading));
    EXPECT_FALSE(at.is_told(at.cast.mo, Kind::second_reading));
    EXPECT_TRUE(at.pages.get("/", at.cast.nia).shows("href=\"/cases\""));
    EXPECT_FALSE(at.pages.get("/", at.cast.mo).shows("href=\"/cases\"")) << "the next step is not theirs";
    world.must([&](db::Tx& tx) { return read_second(tx, as(at.cast.nia), id, Second::open_again); });
    EXPECT_FALSE(at.one(id).decided_at);
    ASSERT_TRUE(at.decide_as(at.cast.nia, id, Outcome::removed));
    world.must([&](db::Tx& tx) { return read_second(tx, as(at.cast.mo), id, Second::open_again); });
    EXPECT_TRUE(at.is_removed()) << "hidden until somebody decides anew";
    EXPECT_TRUE(at.decide_as(at.cast.nia, id, Outcome::talked));
    EXPECT_FALSE(at.is_removed()) << "the decision that stands left the post";
    world.must([&](db::Tx& tx) { return read_second(tx, as(at.cast.mo), id); });
    EXPECT_TRUE(at.one(id).closed_at);
}

BOTH_ENGINES(Cases, show_what_was_decided_before_in_this_group_alone) {
    Watch at(world);
    world.must([&](db::Tx& tx) {
        return groups::join(tx, as(at.cast.ada), at.cast.square, {.rules_agreed = true});
    });
    const ThreadId elsewhere = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.ada), at.cast.square, "Elsewhere",
                                          {.markdown = "Hm."});
    });
    const CaseId other = world.must([&](db::Tx& tx) {
        return file_report(tx, as(at.cast.cy), PostId(elsewhere, 1), {Reason::hostile, ""});
    });
    ASSERT_TRUE(at.decide_as(at.cast.oz, other, Outcome::warned));
    const CaseId first = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, first, Outcome::warned));
    const Dossier later = at.dossier_for(at.cast.nia, at.report(at.cast.bo));
    ASSERT_EQ(later.earlier.size(), 1u);
    EXPECT_EQ(later.earlier[0].id, first);
}

BOTH_ENGINES(Cases, whose_decision_fails_halfway_are_as_they_were) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    int nth = 1;
    for (; nth < 200; ++nth) {
        world.db().fail_statement(nth);
        try {
            const Done done = at.decide_as(at.cast.mo, id, Outcome::removed);
            world.db().fail_statement(0);
            if (done) break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_FALSE(at.is_removed()) << nth;
            EXPECT_FALSE(at.one(id).decided_at) << nth;
            EXPECT_FALSE(at.is_told(at.cast.bo, Kind::report_done)) << nth;
            EXPECT_FALSE(at.is_told(at.cast.ada, Kind::removal)) << nth;
        }
    }
    EXPECT_GT(nth, 10);
    EXPECT_TRUE(at.is_removed());
}

// ---- another look ----------------------------------------------------------------------------------------

BOTH_ENGINES(Appeals, are_answered_by_somebody_else_who_may_undo_it) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::removed));
    const auto appeal = [&](MemberId who, std::string words) {
        return world.db().write([&](db::Tx& tx) { return file_appeal(tx, as(who), id, words); });
    };
    EXPECT_EQ(appeal(at.cast.bo, "Not mine.").error().fault, Fault::not_found);
    EXPECT_EQ(appeal(at.cast.ada, " ").error().field, "words");
    EXPECT_TRUE(appeal(at.cast.ada, "A walrus is kind."));
    EXPECT_EQ(appeal(at.cast.ada, "Once more.").error().fault, Fault::conflict);
    EXPECT_TRUE(at.is_told(at.cast.nia, Kind::appeal));
    ASSERT_EQ(at.queue_for(at.cast.nia).size(), 1u);
    EXPECT_TRUE(at.queue_for(at.cast.nia)[0].has_appeal);
    EXPECT_EQ(at.queue_for(at.cast.nia)[0].due_at, world.clock.now() + 7 * day_ms);
    const auto review = [&](MemberId who, std::optional<Review> outcome) {
        return world.db().write(
            [&](db::Tx& tx) { return review_appeal(tx, as(who), id, {outcome, "You are right."}); });
    };
    EXPECT_EQ(review(at.cast.mo, Review::upheld).error().fault, Fault::conflict);
    EXPECT_EQ(review(at.cast.ada, Review::overturned).error().fault, Fault::not_found);
    EXPECT_EQ(review(at.cast.nia, {}).error().field, "outcome");
    EXPECT_TRUE(review(at.cast.nia, Review::overturned));
    EXPECT_EQ(review(at.cast.dee, Review::upheld).error().fault, Fault::conflict);
    EXPECT_FALSE(at.is_removed());
    EXPECT_TRUE(at.is_told(at.cast.ada, Kind::appeal_done));
    EXPECT_TRUE(at.pages.get("/me/decisions", at.cast.ada).shows("You are right."));
    EXPECT_TRUE(at.queue_for(at.cast.nia).empty());
}

BOTH_ENGINES(Appeals, are_not_answered_by_whoever_reported_it) {
    Watch at(world);
    const CaseId id = at.report(at.cast.nia);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::warned));
    world.must([&](db::Tx& tx) { return file_appeal(tx, as(at.cast.ada), id, "Why?"); });
    const auto review = [&](MemberId who) {
        return world.db().write(
            [&](db::Tx& tx) { return review_appeal(tx, as(who), id, {Review::upheld, "It stands."}); });
    };
    EXPECT_EQ(review(at.cast.nia).error().fault, Fault::conflict);
    EXPECT_TRUE(review(at.cast.dee));
}

BOTH_ENGINES(Appeals, undo_what_the_decision_did_and_no_more) {
    Watch at(world);
    const CaseId first = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, first, Outcome::closed));
    const CaseId second = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, second, Outcome::closed));
    world.must([&](db::Tx& tx) { return file_appeal(tx, as(at.cast.ada), second, "Why?"); });
    world.must([&](db::Tx& tx) {
        return review_appeal(tx, as(at.cast.nia), second, {Review::overturned, "You are right."});
    });
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return conversation::is_closed(tx, at.thread); }))
        << "the first decision stands";
}

BOTH_ENGINES(Appeals, are_open_against_a_removal_without_a_report_too) {
    Watch at(world);
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.mo), at.post, "Rule 2."); });
    const std::string address = url::post_appeal(at.post).text();
    EXPECT_TRUE(at.pages.get(url::post_options(at.post).text(), at.cast.ada).shows(address));
    EXPECT_TRUE(at.pages.get(address, at.cast.ada).shows("Rule 2."));
    EXPECT_EQ(at.pages.get(address, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.post(address, {{"words", "Why?"}}, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.post(address, {{"words", ""}}, at.cast.ada).status, 422);
    EXPECT_EQ(at.pages.post(address, {{"words", "Why?"}}, at.cast.ada).status, 303);
    EXPECT_EQ(at.pages.post(address, {{"words", "Why?"}}, at.cast.ada).status, 409);
    ASSERT_EQ(at.queue_for(at.cast.nia).size(), 1u);
    const CaseId id = at.queue_for(at.cast.nia)[0].safety_case.id;
    const auto review = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) {
            return review_appeal(tx, as(who), id, {Review::overturned, "You are right."});
        });
    };
    EXPECT_EQ(review(at.cast.mo).error().fault, Fault::conflict);
    EXPECT_TRUE(review(at.cast.nia));
    EXPECT_FALSE(at.is_removed());
}

// ---- pages -----------------------------------------------------------------------------------------------

BOTH_ENGINES(ReportPages, begin_with_help_and_keep_what_was_typed) {
    Watch at(world);
    const std::string address = url::post_report(at.post).text();
    const auto form = at.pages.get(address, at.cast.bo);
    EXPECT_EQ(form.status, 200);
    EXPECT_LT(form.body.find("112"), form.body.find("name=\"reason\"")) << "help comes first";
    EXPECT_EQ(at.pages.get(address, at.cast.cy).status, 404);
    EXPECT_EQ(at.pages.get(address).status, 404);
    const auto again = at.pages.post(address, {{"words", "It is <b>loud</b>."}}, at.cast.bo);
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(again.shows("It is &lt;b&gt;loud"));
    EXPECT_EQ(at.pages.post(address, {{"reason", "hostile"}, {"words", "Loud."}}, at.cast.bo).location(),
              "/reported");
    EXPECT_TRUE(at.pages.get("/reported", at.cast.bo).shows("Nobody is told that it was you"));
    EXPECT_TRUE(at.pages.get(url::thread(at.thread).text(), at.cast.bo).shows(address));
}

BOTH_ENGINES(ReportPages, lead_a_moderator_from_the_first_page_to_the_end) {
    Watch at(world);
    at.report(at.cast.bo);
    EXPECT_TRUE(at.pages.get("/", at.cast.mo).shows("href=\"/cases\""));
    EXPECT_FALSE(at.pages.get("/", at.cast.ada).shows("href=\"/cases\""));
    EXPECT_TRUE(at.pages.get("/cases", at.cast.mo).shows("href=\"/cases/1\""));
    EXPECT_EQ(at.pages.get("/cases", at.cast.ada).status, 404);
    const auto page = at.pages.get("/cases/1", at.cast.mo);
    EXPECT_TRUE(page.shows("A walrus."));
    EXPECT_TRUE(page.shows("A zebra.")) << "what stands before it";
    EXPECT_TRUE(page.shows("It hurts."));
    EXPECT_EQ(at.pages.get("/cases/1", at.cast.cy).status, 404);
    EXPECT_EQ(at.pages.post("/cases/1/notes", {{"note", ""}}, at.cast.mo).status, 422);
    EXPECT_EQ(at.pages.post("/cases/1/notes", {{"note", "I know her."}}, at.cast.mo).status, 303);
    EXPECT_EQ(at.pages.post("/cases/1/urgency", {{"urgency", "green"}}, at.cast.mo).status, 303);
    EXPECT_TRUE(page.shows(url::post_history(at.post).text())) << "what it said before it was changed";
    const auto wrong = at.pages.post("/cases/1/decision", {{"words", "Kept words."}}, at.cast.mo);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("Kept words."));
    EXPECT_EQ(
        at.pages.post("/cases/1/decision", {{"outcome", "warned"}, {"words", "Please stop."}}, at.cast.cy)
            .status,
        404);
    EXPECT_EQ(
        at.pages.post("/cases/1/decision", {{"outcome", "warned"}, {"words", "Please stop."}}, at.cast.mo)
            .status,
        303);
    const auto late = at.pages.post("/cases/1/decision", {{"outcome", "warned"}, {"words", "My long words."}},
                                    at.cast.nia);
    EXPECT_TRUE(late.shows("My long words.")) << "somebody was quicker, and nothing is lost";
    EXPECT_TRUE(late.shows("Please stop."));
    EXPECT_TRUE(at.pages.get("/me/decisions", at.cast.ada).shows("Please stop."));
    EXPECT_EQ(at.pages.post("/me/decisions/1/appeal", {{"words", "Why?"}}, at.cast.ada).status, 303);
    EXPECT_EQ(
        at.pages.post("/cases/1/review", {{"outcome", "upheld"}, {"words", "It stays so."}}, at.cast.nia)
            .status,
        303);
    EXPECT_FALSE(at.pages.get("/me/decisions", at.cast.ada).shows("I know her."));
}

BOTH_ENGINES(ReportPages, let_the_host_say_how_long_a_report_may_wait) {
    Watch at(world);
    const auto save = [&](std::string crisis, std::string red, std::string amber, MemberId who) {
        return at.pages.post(
            "/admin/triage",
            {{"crisis", crisis}, {"red", red}, {"amber", amber}, {"hide_after", "4"}, {"pause_after", "0"}},
            who);
    };
    EXPECT_EQ(save("10", "30", "60", at.cast.mo).status, 404);
    EXPECT_EQ(save("10", "5", "60", at.cast.oz).status, 422);
    EXPECT_EQ(save("0", "5", "60", at.cast.oz).status, 422);
    EXPECT_EQ(save("10", "30", "60", at.cast.oz).status, 303);
    const Targets now = world.db().read([&](db::ReadTx& tx) { return targets(tx); });
    EXPECT_EQ(now.crisis, 10);
    EXPECT_EQ(now.red, 30);
    EXPECT_EQ(now.amber, 60);
    EXPECT_EQ(now.hide_after, 4);
}

BOTH_ENGINES(ReportPages, take_few_reports_of_a_network_without_an_account) {
    Watch at(world);
    const ThreadId open = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(at.cast.cy), at.cast.square, "Open", {.markdown = "Hm."});
    });
    const std::string address = url::post_report(PostId(open, 1)).text();
    for (int i = 0; i < 12; ++i)
        EXPECT_EQ(at.pages.post(address, {{"reason", ""}}).status, 422) << "a slip is no report";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(at.pages.post(address, {{"reason", "spam"}}).status, 303) << i;
    EXPECT_EQ(at.pages.post(address, {{"reason", "spam"}}).status, 429);
    EXPECT_EQ(at.pages.post(address, {{"reason", "danger"}}).status, 303);
}

BOTH_ENGINES(ReportPages, tell_the_fields_of_several_decisions_apart) {
    Watch at(world);
    for (int i = 1; i <= 2; ++i)
        ASSERT_TRUE(at.decide_as(at.cast.mo, at.report(at.cast.bo), Outcome::warned));
    const auto page = at.pages.get("/me/decisions", at.cast.ada);
    for (const std::string_view field : {"id=\"words_1\"", "id=\"words_2\""})
        EXPECT_TRUE(page.shows(field)) << field;
    const auto wrong = at.pages.post("/me/decisions/1/appeal", {{"words_1", std::string(2000, 'x')}},
                                     at.cast.ada);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("id=\"words_1-error\""));
    EXPECT_FALSE(wrong.shows("id=\"words_2-error\""));
    EXPECT_TRUE(wrong.shows(std::string(2000, 'x'))) << "what was typed stays";
}

BOTH_ENGINES(ReportPages, show_the_first_twenty_and_say_that_there_are_more) {
    Watch at(world);
    for (int i = 0; i < 21; ++i) {
        at.post = world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(at.cast.ada), at.thread, {.markdown = "More."});
        });
        at.report(i % 2 == 0 ? at.cast.bo : at.cast.nia, Reason::worse);
    }
    EXPECT_EQ(at.queue_for(at.cast.mo).size(), 20u);
    EXPECT_TRUE(at.pages.get("/cases", at.cast.mo).shows("There are more."));
}

}  // namespace
}  // namespace kith::safeguarding
