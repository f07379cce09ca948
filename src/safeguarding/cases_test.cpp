#include "policies/policies.hpp"
#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using notices::Kind;
using test::as;

BOTH_ENGINES(Cases, wait_in_the_order_in_which_they_are_due) {
    Watch at(world);
    const auto report_new = [&](Reason reason) {
        at.post = at.reply(at.cast.ada, "More.");
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

BOTH_ENGINES(Cases, tell_the_audit_log_who_worked_on_them) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    world.must([&](db::Tx& tx) { return claim(tx, as(at.cast.mo), id); });
    world.must([&](db::Tx& tx) { return add_note(tx, as(at.cast.mo), id, "I know her."); });
    world.must([&](db::Tx& tx) { return release(tx, as(at.cast.mo), id); });
    for (const std::string_view verb : {"case.claimed", "case.noted", "case.released"})
        EXPECT_EQ(at.times_audited(verb), 1) << verb;
}

BOTH_ENGINES(Cases, of_a_crisis_can_be_taken_over_and_whoever_had_it_is_told) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo, Reason::danger);
    const auto take = [&](MemberId who) { return at.pages.post(url::case_claim(id).text(), {}, who).status; };
    EXPECT_EQ(take(at.cast.mo), 303);
    world.must([&](db::Tx& tx) -> Done {
        notices::settle(tx, Kind::crisis, {at.cast.circle, at.thread, at.post.number(), {}});
        return {};
    });
    EXPECT_TRUE(at.pages.get(url::safety_case(id).text(), at.cast.nia).shows("I take this over"));
    EXPECT_EQ(take(at.cast.nia), 303);
    EXPECT_TRUE(at.pages.get(url::safety_case(id).text(), at.cast.mo).shows("took it over"));
    EXPECT_TRUE(at.is_told(at.cast.mo, Kind::crisis));
    EXPECT_EQ(at.times_audited("case.taken_over"), 1);
    EXPECT_EQ(at.decide_as(at.cast.mo, id, Outcome::talked).error().fault, Fault::conflict);
    EXPECT_TRUE(at.decide_as(at.cast.nia, id, Outcome::talked));
}

BOTH_ENGINES(Cases, lead_to_the_next_once_they_are_decided) {
    Watch at(world);
    const CaseId first = at.report(at.cast.bo);
    at.post = at.reply(at.cast.ada, "More.");
    const CaseId second = at.report(at.cast.bo);
    const std::string page = url::safety_case(first).text();
    EXPECT_FALSE(at.pages.get(page, at.cast.mo).shows("Next report"));
    ASSERT_TRUE(at.decide_as(at.cast.mo, first, Outcome::warned));
    const auto decided = at.pages.get(page, at.cast.mo);
    EXPECT_TRUE(decided.shows("Next report") &&
                decided.shows("href=\"" + url::safety_case(second).text() + "\""));
    world.must([&](db::Tx& tx) { return claim(tx, as(at.cast.nia), second); });
    EXPECT_FALSE(at.pages.get(page, at.cast.mo).shows("Next report")) << "somebody works on it";
}

BOTH_ENGINES(Cases, can_be_taken_back_with_a_reason_by_those_who_may_work_on_them) {
    Watch at(world);
    const CaseId id = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::removed));
    const auto undo = [&](MemberId who, std::string reason) {
        return at.pages.post(url::case_decision(id).text(), {{"undo", "yes"}, {"reason", reason}}, who);
    };
    EXPECT_EQ(undo(at.cast.bo, "Mine.").status, 404);
    EXPECT_EQ(undo(at.cast.ada, "Mine.").status, 404);
    EXPECT_EQ(undo(at.cast.mo, " ").status, 422);
    EXPECT_TRUE(at.is_removed());
    EXPECT_EQ(undo(at.cast.mo, "I read it wrongly.").status, 303);
    EXPECT_FALSE(at.is_removed());
    EXPECT_TRUE(at.pages.get(url::safety_case(id).text(), at.cast.nia).shows("I read it wrongly."));
    EXPECT_EQ(at.times_audited("case.taken_back"), 1);
    EXPECT_TRUE(at.is_told(at.cast.ada, Kind::let_through));
    EXPECT_FALSE(at.pages.get("/me/decisions", at.cast.ada).shows("Please be gentle."));
    EXPECT_TRUE(undo(at.cast.nia, "Once more.").shows("Once more.")) << "nothing is lost";
}

BOTH_ENGINES(Cases, keep_the_words_of_a_decision_that_is_taken_back) {
    Watch at(world);
    const CaseId talk = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, talk, Outcome::talked));
    world.must([&](db::Tx& tx) { return take_back(tx, as(at.cast.mo), talk, "It was another post."); });
    EXPECT_TRUE(at.pages.get(url::safety_case(talk).text(), at.cast.nia).shows("Please be gentle."));
    EXPECT_TRUE(at.pages.get(url::safety_case(talk).text(), at.cast.nia).shows("Mo took the decision back."));
    EXPECT_TRUE(at.is_told(at.cast.ada, Kind::taken_back));
    EXPECT_FALSE(at.is_told(at.cast.ada, Kind::let_through)) << "it never went away";
    at.post = at.reply(at.cast.ada, "More.");
    const CaseId crisis = at.report(at.cast.bo, Reason::danger);
    ASSERT_TRUE(at.decide_as(at.cast.mo, crisis, Outcome::warned));
    world.must([&](db::Tx& tx) { return read_second(tx, as(at.cast.nia), crisis, Second::open_again); });
    EXPECT_TRUE(at.pages.get(url::safety_case(crisis).text(), at.cast.nia).shows("Please be gentle."));
}

BOTH_ENGINES(Cases, are_not_taken_back_where_somebody_else_must_look) {
    Watch at(world);
    const auto undo = [&](CaseId id) {
        return world.db().write([&](db::Tx& tx) { return take_back(tx, as(at.cast.mo), id, "Hm."); });
    };
    const CaseId crisis = at.report(at.cast.bo, Reason::danger);
    EXPECT_EQ(undo(crisis).error().fault, Fault::conflict) << "not decided";
    ASSERT_TRUE(at.decide_as(at.cast.mo, crisis, Outcome::warned));
    EXPECT_EQ(undo(crisis).error().fault, Fault::conflict) << "a second person reads it";
    at.post = at.reply(at.cast.ada, "More.");
    const CaseId other = at.report(at.cast.bo);
    ASSERT_TRUE(at.decide_as(at.cast.mo, other, Outcome::warned));
    world.must([&](db::Tx& tx) { return file_appeal(tx, as(at.cast.ada), other, "Why?"); });
    EXPECT_EQ(undo(other).error().fault, Fault::conflict) << "somebody else answers that";
    EXPECT_FALSE(at.pages.get(url::safety_case(other).text(), at.cast.mo).shows("Take the decision back"));
}

// The circle has the rules "Be kind" and "No advice"; the house speaks of selling.
void give_rules(Watch& at) {
    at.world.must([&](db::Tx& tx) -> Done {
        const groups::Group circle = TRY(groups::access(tx, as(at.cast.oz), at.cast.circle)).group;
        TRY(groups::change_group(tx, as(at.cast.oz), at.cast.circle,
                                 {.name = circle.name,
                                  .purpose = circle.purpose,
                                  .rules = "1. Be *kind*.\n2. No advice.",
                                  .admission = circle.admission,
                                  .leadership = circle.leadership}));
        TRY(policies::write_policy(tx, as(at.cast.oz), policies::Kind::rules,
                                   {.title = "House rules", .markdown = "# No selling\nNever."}));
        return {};
    });
}

BOTH_ENGINES(Cases, name_the_rule_of_the_group_or_the_house_that_was_broken) {
    Watch at(world);
    give_rules(at);
    const CaseId id = at.report(at.cast.bo);
    const auto rules = world.db().read(
        [&](db::ReadTx& tx) { return rules_for(tx, as(at.cast.mo), at.cast.circle); });
    EXPECT_EQ(rules, (std::vector<std::string>{"Be kind.", "No advice.", "No selling"}));
    const auto decide = [&](std::string rule) {
        return at.pages.post(url::case_decision(id).text(),
                             {{"outcome", "warned"}, {"words", "Please stop."}, {"rule", rule}}, at.cast.mo);
    };
    EXPECT_TRUE(at.pages.get(url::safety_case(id).text(), at.cast.mo).shows("No selling</option>"));
    EXPECT_EQ(decide("A rule of mine").status, 422);
    EXPECT_EQ(decide("No advice.").status, 303);
    for (const auto& [page, who] :
         {std::pair(url::me_decisions(), at.cast.ada), {url::safety_case(id), at.cast.nia}})
        EXPECT_TRUE(at.pages.get(page.text(), who).shows("It is about this rule: No advice.")) << page.text();
    world.must([&](db::Tx& tx) { return take_back(tx, as(at.cast.mo), id, "It was no advice."); });
    EXPECT_EQ(at.one(id).rule, "");
}

BOTH_ENGINES(Cases, that_are_opened_again_name_no_rule) {
    Watch at(world);
    give_rules(at);
    const CaseId id = at.report(at.cast.bo, Reason::danger);
    world.must([&](db::Tx& tx) {
        return decide(tx, as(at.cast.mo), id,
                      {.outcome = Outcome::warned, .words = "Please stop.", .rule = "No advice."});
    });
    EXPECT_EQ(at.one(id).rule, "No advice.");
    world.must([&](db::Tx& tx) { return read_second(tx, as(at.cast.nia), id, Second::open_again); });
    EXPECT_EQ(at.one(id).rule, "");
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

}  // namespace
}  // namespace kith::safeguarding
