#include "crises/crises.hpp"

#include <gmock/gmock.h>

#include "crises/testing.hpp"

namespace kith::crises {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const AttemptForm by_phone{Way::phone, Reached::yes, "They are with their sister."};
const EscalationForm ambulance{"Ambulance", 10, "They are on their way.", "A-12"};

BOTH_ENGINES(Timeline, has_what_was_tried_and_told_beside_what_the_desk_did) {
    Night at(world);
    world.must([&](db::Tx& tx) { return safeguarding::claim(tx, as(at.cast.mo), at.id); });
    world.clock.advance(minute_ms);
    world.must([&](db::Tx& tx) { return note_attempt(tx, as(at.cast.mo), at.id, by_phone); });
    world.must([&](db::Tx& tx) { return note_escalation(tx, as(at.cast.nia), at.id, ambulance); });
    const Timeline all = at.timeline_for(at.cast.dee);
    ASSERT_EQ(all.attempts.size(), 1u);
    EXPECT_TRUE(all.attempts[0].reached);
    ASSERT_EQ(all.escalations.size(), 1u);
    EXPECT_EQ(all.escalations[0].told_at, world.clock.now() + -10 * minute_ms);
    EXPECT_EQ(all.escalations[0].reference, "A-12");
    EXPECT_FALSE(all.escalations[0].outcome_at);
    EXPECT_EQ(all.owner, at.persona(at.cast.mo));
    world.must([&](db::Tx& tx) {
        return note_outcome(tx, as(at.cast.mo), at.id, all.escalations[0].id, "They are in hospital.");
    });
    EXPECT_EQ(at.timeline_for(at.cast.dee).escalations[0].outcome, "They are in hospital.");
}

BOTH_ENGINES(Timeline, names_whoever_has_it_in_hand) {
    Night at(world);
    EXPECT_FALSE(at.timeline_for(at.cast.mo).owner);
    world.must([&](db::Tx& tx) { return safeguarding::claim(tx, as(at.cast.mo), at.id); });
    world.clock.advance(safeguarding::claim_ms + 1);
    EXPECT_EQ(at.timeline_for(at.cast.nia).owner, at.persona(at.cast.mo)) << "they took it on last";
    world.must([&](db::Tx& tx) { return safeguarding::claim(tx, as(at.cast.nia), at.id); });
    EXPECT_EQ(at.timeline_for(at.cast.mo).owner, at.persona(at.cast.nia));
    world.must([&](db::Tx& tx) { return safeguarding::release(tx, as(at.cast.nia), at.id); });
    EXPECT_FALSE(at.timeline_for(at.cast.mo).owner);
    at.close();
    EXPECT_EQ(at.timeline_for(at.cast.nia).owner, at.persona(at.cast.mo)) << "who decided it";
}

BOTH_ENGINES(Timeline, is_not_there_for_others_nor_for_the_author) {
    Night at(world);
    const auto refused = [&](MemberId who, auto&& rule) {
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return rule(tx, as(who)); }), Fault::not_found);
    };
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy, at.cast.rae}) {
        refused(who, [&](db::Tx& tx, const Actor& actor) -> Done {
            TRY(timeline(tx, actor, at.id));
            return {};
        });
        refused(who,
                [&](db::Tx& tx, const Actor& actor) { return note_attempt(tx, actor, at.id, by_phone); });
        refused(who,
                [&](db::Tx& tx, const Actor& actor) { return note_escalation(tx, actor, at.id, ambulance); });
    }
    const CaseId about_mo = at.report(at.write(at.cast.mo));
    refused(at.cast.mo,
            [&](db::Tx& tx, const Actor& actor) { return note_attempt(tx, actor, about_mo, by_phone); });
}

BOTH_ENGINES(Timeline, tells_the_audit_log_of_staff_who_reach_outside_their_groups) {
    Night at(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.cy, identity::Role::moderator,
                                    at.cast.square);
    });
    const std::map<std::string, std::string> form{{"current", std::string(Cast::password)}};
    std::ptrdiff_t refused = 0;
    for (const Url& address :
         {url::case_attempts(at.id), url::case_escalations(at.id), url::case_contact(at.id),
          url::case_contact_agreement(at.id), url::case_contact_opening(at.id), url::case_export(at.id)}) {
        EXPECT_EQ(at.pages.post(address.text(), form, at.cast.cy).status, 404) << address.text();
        EXPECT_EQ(at.times_audited("case.refused"), ++refused) << address.text();
    }
    at.pages.post(url::case_attempts(at.id).text(), {}, at.cast.mo);
    EXPECT_EQ(at.times_audited("case.refused"), refused) << "a form with a gap, by somebody who may";
}

BOTH_ENGINES(Timeline, asks_for_what_is_missing) {
    Night at(world);
    const auto field_of = [&](auto&& rule) {
        const Done done = world.db().write([&](db::Tx& tx) { return rule(tx, as(at.cast.mo)); });
        return done ? std::string() : std::string(done.error().field);
    };
    const auto attempt = [&](const AttemptForm& form) {
        return field_of([&](db::Tx& tx, const Actor& actor) { return note_attempt(tx, actor, at.id, form); });
    };
    const auto told = [&](const EscalationForm& form) {
        return field_of(
            [&](db::Tx& tx, const Actor& actor) { return note_escalation(tx, actor, at.id, form); });
    };
    EXPECT_EQ(attempt({}), "way");
    EXPECT_EQ(attempt({Way::phone, {}, ""}), "reached");
    EXPECT_EQ(attempt({Way::phone, Reached::no, std::string(words_most + 1, 'x')}), "words");
    EXPECT_EQ(attempt({Way::phone, Reached::no, ""}), "");
    EXPECT_EQ(told({"", 0, "Help.", ""}), "service");
    EXPECT_EQ(told({"Police", -1, "Help.", ""}), "minutes_ago");
    EXPECT_EQ(told({"Police", minutes_ago_most + 1, "Help.", ""}), "minutes_ago");
    EXPECT_EQ(told({"Police", 0, " ", ""}), "said");
    EXPECT_EQ(told({"Police", 0, "Help.", std::string(line_most + 1, 'x')}), "reference");
}

BOTH_ENGINES(Services, are_a_list_that_a_host_keeps) {
    Night at(world);
    const Service police{.name = "Police", .purpose = "Danger now", .contact = "112", .country = "Ireland"};
    const auto put = [&](MemberId who, const Service& service) {
        return fault_of(world, [&](db::Tx& tx) { return put_service(tx, as(who), service); });
    };
    for (const MemberId who : {at.cast.ada, at.cast.mo, at.cast.rae})
        EXPECT_EQ(put(who, police), Fault::forbidden);
    world.must([&](db::Tx& tx) { return put_service(tx, as(at.cast.oz), police); });
    auto list = world.db().read([](db::ReadTx& tx) { return services(tx); });
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].country, "IE");
    list[0].contact = "999";
    world.must([&](db::Tx& tx) { return put_service(tx, as(at.cast.oz), list[0]); });
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return services(tx); })[0].contact, "999");
    EXPECT_EQ(put(at.cast.oz, {.name = "Police", .purpose = "Danger", .contact = "1", .country = "Narnia"}),
              Fault::invalid);
    EXPECT_EQ(put(at.cast.oz, {.id = 99, .name = "Police", .purpose = "Danger", .contact = "1"}),
              Fault::not_found);
    EXPECT_EQ(put(at.cast.oz, {.name = "Police"}), Fault::invalid);
    world.must([&](db::Tx& tx) { return delete_service(tx, as(at.cast.oz), list[0].id); });
    EXPECT_TRUE(world.db().read([](db::ReadTx& tx) { return services(tx); }).empty());
}

BOTH_ENGINES(Figures, count_for_a_host_what_was_tried_and_told) {
    Night at(world);
    const Time since = world.clock.now();
    world.must([&](db::Tx& tx) { return note_attempt(tx, as(at.cast.mo), at.id, by_phone); });
    world.must(
        [&](db::Tx& tx) { return note_attempt(tx, as(at.cast.mo), at.id, {Way::here, Reached::no, ""}); });
    for (const std::int64_t ago : {0, 0, 60})
        world.must([&](db::Tx& tx) {
            return note_escalation(tx, as(at.cast.mo), at.id, {"Police", ago, "Help.", ""});
        });
    const auto count = [&](MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return figures(tx, as(who), since, tx.now() + 1); });
    };
    EXPECT_FALSE(count(at.cast.mo));
    const auto all = count(at.cast.oz);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->attempts, 2);
    EXPECT_EQ(all->reached, 1);
    ASSERT_EQ(all->services.size(), 1u);
    EXPECT_EQ(all->services[0].told, 2) << "an hour ago was before";
}

BOTH_ENGINES(TimelinePage, shows_all_in_order_and_keeps_what_was_typed) {
    Night at(world);
    const std::string page = url::case_timeline(at.id).text();
    EXPECT_THAT(at.pages.get(url::safety_case(at.id).text(), at.cast.mo).body, HasSubstr(page));
    EXPECT_THAT(at.pages.get(page, at.cast.mo).body, HasSubstr("Nobody has it in hand yet."));
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy})
        EXPECT_EQ(at.pages.get(page, who).status, 404);
    const std::string attempts = url::case_attempts(at.id).text();
    const auto wrong = at.pages.post(attempts, {{"way", "phone"}, {"words", "<b>I rang"}}, at.cast.mo);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("&lt;b&gt;I rang"));
    EXPECT_EQ(at.pages.post(attempts, {{"way", "phone"}, {"reached", "no"}, {"words", "I rang."}}, at.cast.mo)
                  .status,
              303);
    const std::string escalations = url::case_escalations(at.id).text();
    const std::map<std::string, std::string> told{
        {"service", "Crisis team"}, {"minutes_ago", "0"}, {"said", "They come at nine."}};
    EXPECT_EQ(at.pages.post(escalations, told, at.cast.mo).status, 303);
    const auto shown = at.pages.get(page, at.cast.mo);
    EXPECT_THAT(shown.body, HasSubstr("Mo tried to reach them. By telephone: not reached."));
    EXPECT_THAT(shown.body, HasSubstr("Mo told a service outside: Crisis team."));
    const std::int64_t id = at.timeline_for(at.cast.mo).escalations[0].id;
    const std::string outcome = url::case_escalation_outcome(at.id, id).text();
    EXPECT_EQ(at.pages.post(outcome, {{"outcome", ""}}, at.cast.mo).status, 422);
    EXPECT_EQ(at.pages.post(outcome, {{"outcome", "They are safe."}}, at.cast.mo).status, 303);
    EXPECT_EQ(at.pages.post(outcome, {{"outcome", "They are safe."}}, at.cast.bo).status, 404);
    EXPECT_THAT(at.pages.get(page, at.cast.mo, "application/json").body, HasSubstr("They are safe."));
    for (const MemberId who : {at.cast.ada, at.cast.bo})
        EXPECT_THAT(at.pages.get("/me/data", who).body, Not(HasSubstr("Crisis team")));
}

BOTH_ENGINES(ServicesPage, is_for_the_host_and_its_services_stand_where_they_are_needed) {
    Night at(world);
    const std::string page = url::admin_services().text();
    EXPECT_EQ(at.pages.get(page, at.cast.mo).status, 404);
    const auto wrong = at.pages.post(page, {{"name", "Police"}, {"contact", "112"}}, at.cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("value=\"Police\""));
    EXPECT_EQ(
        at.pages.post(page, {{"name", "Police"}, {"purpose", "Danger now"}, {"contact", "1 12"}}, at.cast.oz)
            .status,
        303);
    EXPECT_THAT(at.pages.get(page, at.cast.oz).body, HasSubstr("Danger now"));
    EXPECT_THAT(at.pages.get(url::case_escalations(at.id).text(), at.cast.mo).body,
                HasSubstr("<a href=\"tel:112\">1 12</a>"));
    const auto list = world.db().read([](db::ReadTx& tx) { return services(tx); });
    const std::string id = std::to_string(list[0].id);
    EXPECT_THAT(at.pages.get(page + "?service=" + id, at.cast.oz).body, HasSubstr("Change a service"));
    EXPECT_EQ(at.pages.post(page, {{"service", id}, {"do", "delete"}}, at.cast.oz).status, 303);
    EXPECT_THAT(at.pages.get(page, at.cast.oz).body, Not(HasSubstr("Danger now")));
}

}  // namespace
}  // namespace kith::crises
