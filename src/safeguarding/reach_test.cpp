#include <gmock/gmock.h>

#include "audit/audit.hpp"
#include "replies/replies.hpp"
#include "safeguarding/testing.hpp"
#include "url.hpp"

namespace kith::safeguarding {
namespace {

using test::as;
using test::World;
using ::testing::HasSubstr;
using ::testing::Not;

Done report_as(Scene& at, MemberId who, PostId post) {
    return at.world.db().write([&](db::Tx& tx) -> Done {
        TRY(file_report(tx, as(who), post, {Reason::hostile, "It was unkind."}));
        return {};
    });
}
void read_thread(Scene& at, MemberId who, PostId post) {
    at.world.must([&](db::Tx& tx) { return conversation::mark_read(tx, as(who), post); });
}

BOTH_ENGINES(Reporting, of_what_its_author_has_withdrawn_is_for_whoever_has_read_it) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada);
    read_thread(at, at.cast.bo, post);
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.ada), post, ""); });
    const std::string form = url::post_report(post).text();
    EXPECT_EQ(at.pages.get(form, at.cast.bo).status, 200);
    EXPECT_TRUE(at.pages.get(url::thread(post.thread()).text(), at.cast.bo).shows(form));
    EXPECT_TRUE(report_as(at, at.cast.bo, post));
    EXPECT_FALSE(report_as(at, at.cast.cy, post)) << "has never seen it";
    const auto rows = world.db().read([&](db::ReadTx& tx) { return queue(tx, as(at.cast.mo)); });
    ASSERT_EQ(rows->rows.size(), 1u);
    EXPECT_THAT(at.pages.get(url::post_history(post).text(), at.cast.mo).body, HasSubstr("A walrus."));
}

BOTH_ENGINES(Reporting, goes_on_after_leaving_the_group_of_what_one_has_read) {
    Scene at(world);
    const PostId read = at.write(at.cast.ada);
    read_thread(at, at.cast.bo, read);
    const PostId unread = at.write(at.cast.ada);
    world.must([&](db::Tx& tx) { return groups::leave(tx, as(at.cast.bo), at.cast.circle, ""); });
    EXPECT_EQ(at.pages.get(url::thread(read.thread()).text(), at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.get(url::post_report(read).text(), at.cast.bo).status, 200);
    EXPECT_TRUE(report_as(at, at.cast.bo, read));
    EXPECT_EQ(at.pages.get(url::post_report(unread).text(), at.cast.bo).status, 404);
    EXPECT_FALSE(report_as(at, at.cast.bo, unread));
}

BOTH_ENGINES(Reporting, ends_with_a_removal_by_staff) {
    Scene at(world);
    const PostId post = at.write(at.cast.ada);
    read_thread(at, at.cast.bo, post);
    world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(at.cast.mo), post, "Rule 1"); });
    EXPECT_FALSE(report_as(at, at.cast.bo, post));
}

BOTH_ENGINES(Refusals, of_staff_outside_their_groups_are_in_the_audit_log_without_the_case) {
    Scene at(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.cy, identity::Role::moderator,
                                    at.cast.square);
    });
    const CaseId id = at.report(at.write(at.cast.ada), at.cast.bo);
    const auto refusals = [&] { return at.times_audited("case.refused"); };
    const std::string claim = url::case_claim(id).text();
    EXPECT_EQ(at.pages.post(claim, {}, at.cast.cy).status, 404);
    EXPECT_EQ(refusals(), 1);
    EXPECT_EQ(at.pages.post(url::case_attempts(id).text(), {{"way", "phone"}, {"reached", "yes"}}, at.cast.cy)
                  .status,
              404);
    EXPECT_EQ(refusals(), 2);
    EXPECT_EQ(at.pages.post(claim, {}, at.cast.bo).status, 404);
    EXPECT_EQ(refusals(), 2) << "no task, nothing to misuse";
    const CaseId own = at.report(at.write(at.cast.nia, conversation::Voice::anonymous), at.cast.bo);
    EXPECT_EQ(at.pages.post(url::case_claim(own).text(), {}, at.cast.nia).status, 404);
    EXPECT_EQ(refusals(), 2) << "the log would tell whose words they are";
}

BOTH_ENGINES(HouseReplies, come_into_the_words_to_the_author_and_can_be_changed) {
    Scene at(world);
    const CaseId id = at.report(at.write(at.cast.ada), at.cast.bo);
    world.must([&](db::Tx& tx) {
        return replies::put(tx, as(at.cast.oz), {0, "A number", "Please leave <numbers> out."});
    });
    const std::string page = url::safety_case(id).text();
    EXPECT_THAT(at.pages.get(page, at.cast.mo).body, HasSubstr("?reply=1#decide"));
    EXPECT_THAT(at.pages.get(page, at.cast.mo).body, Not(HasSubstr("Please leave &lt;numbers&gt; out.")));
    EXPECT_THAT(at.pages.get(page + "?reply=1", at.cast.mo).body,
                HasSubstr("Please leave &lt;numbers&gt; out."));
    const auto wrong = at.pages.post(url::case_decision(id).text(), {{"words", "Mine."}}, at.cast.mo);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("Mine."));
}

BOTH_ENGINES(Queue, says_which_keys_there_are_unless_they_are_turned_off) {
    Scene at(world);
    at.report(at.write(at.cast.ada), at.cast.bo);
    const std::string page = at.pages.get("/cases", at.cast.mo).body;
    EXPECT_THAT(page, HasSubstr("j and k go down and up"));
    EXPECT_THAT(page, HasSubstr("I take this on"));
    at.pages.post("/comfort", {{"keys", "off"}}, at.cast.mo);
    EXPECT_THAT(at.pages.get("/cases", at.cast.mo).body, Not(HasSubstr("j and k go down and up")));
}

BOTH_ENGINES(Queue, shows_what_has_a_clock_however_much_without_one_came_before) {
    Scene at(world);
    const PostId first = at.write(at.cast.ada);
    world.must([&](db::Tx& tx) -> Done {
        for (int i = 0; i < 501; ++i) {
            const PostId post = TRY(
                conversation::write_post(tx, as(at.cast.ada), first.thread(), {.markdown = "A walrus."}));
            file_signs(tx, post, {{Reason::advice, Urgency::green, "doses"}});
        }
        return {};
    });
    const CaseId red = at.report(first, at.cast.bo);
    const auto rows = world.db().read([&](db::ReadTx& tx) { return queue(tx, as(at.cast.mo))->rows; });
    EXPECT_EQ(rows.front().safety_case.id, red);
}

// Fifty newer warnings do not push away the one that keeps somebody out.
BOTH_ENGINES(Hold, however_old_shows_with_its_form_to_ask_for_another_look) {
    Scene at(world);
    world.must([&](db::Tx& tx) { return set_ladder(tx, as(at.cast.oz), "3650"); });
    const CaseId grave = at.report(at.write(at.cast.ada), at.cast.bo);
    std::vector<CaseId> warned;
    for (int i = 0; i < 51; ++i) {
        world.clock.advance(hour_ms);
        warned.push_back(at.report(at.write(at.cast.ada), i % 2 ? at.cast.bo : at.cast.dee));
    }
    ASSERT_TRUE(at.decide_as(at.cast.mo, grave));
    for (const CaseId id : warned) {
        world.clock.advance(minute_ms);
        ASSERT_TRUE(at.decide_as(at.cast.mo, id, Outcome::warned));
    }
    const auto decisions = world.db().read([&](db::ReadTx& tx) { return decisions_on(tx, at.cast.ada); });
    EXPECT_EQ(decisions.size(), 51u);
    EXPECT_EQ(std::ranges::count_if(decisions, [](const OwnDecision& one) { return one.hold.has_value(); }),
              1);
    at.pages.sign_in_again(at.cast.ada);
    EXPECT_TRUE(at.pages.get("/me/hold", at.cast.ada).shows("Ask for another look"));
}

}  // namespace
}  // namespace kith::safeguarding
