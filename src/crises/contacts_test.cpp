#include <gmock/gmock.h>

#include <fstream>

#include "audit/audit.hpp"
#include "crises/testing.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/school.hpp"

namespace kith::crises {
namespace {

using conversation::Voice;
using ::testing::HasSubstr;
using ::testing::Not;
using State = Opening::State;

const Details adas{"Ada Marlow", "555 0100", "Her sister, 555 0199", "1 Long Lane"};
const std::string password(Cast::password);

constexpr db::Sql sealed_sql = "select sealed from emergency_contact";

void leave(Night& at, MemberId who = {}, const Details& details = adas) {
    at.world.must([&](db::Tx& tx) { return leave_contact(tx, as(who ? who : at.cast.ada), details); });
}
void ask(Night& at, MemberId who) {
    at.world.must([&](db::Tx& tx) { return ask_opening(tx, as(who), at.id, "They wrote goodbye."); });
}
void agree(Night& at, MemberId who) {
    at.world.must([&](db::Tx& tx) { return agree_to_opening(tx, as(who), at.id); });
}
std::optional<Details> open(Night& at, MemberId who) {
    return at.world.must([&](db::Tx& tx) { return open_contact(tx, as(who), at.id); });
}
Fault refused(Night& at, MemberId who) {
    return fault_of(at.world, [&](db::Tx& tx) { return open_contact(tx, as(who), at.id); });
}

BOTH_ENGINES(Contacts, are_sealed_and_can_be_changed_and_deleted) {
    Night at(world);
    const auto left_at = [&] {
        return world.db().read([&](db::ReadTx& tx) { return contact_left_at(tx, at.cast.ada); });
    };
    EXPECT_FALSE(left_at());
    leave(at);
    EXPECT_TRUE(left_at());
    const std::string kept = world.db().read([](db::ReadTx& tx) { return tx.one<std::string>(sealed_sql); });
    for (const std::string_view part : {"Marlow", "555", "sister", "Lane"})
        EXPECT_THAT(kept, Not(HasSubstr(std::string(part))));
    leave(at, at.cast.ada, {.phone = "555 0101"});
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return own_contact(tx, as(at.cast.ada)); })->phone,
              "555 0101");
    world.must([&](db::Tx& tx) { return delete_contact(tx, as(at.cast.ada)); });
    EXPECT_FALSE(left_at());
}

BOTH_ENGINES(Contacts, hold_at_least_one_way) {
    Night at(world);
    const auto refuses = [&](const Details& details) {
        return fault_of(world, [&](db::Tx& tx) { return leave_contact(tx, as(at.cast.ada), details); });
    };
    EXPECT_EQ(refuses({.name = "Ada"}), Fault::invalid);
    EXPECT_EQ(refuses({.phone = std::string(line_most + 1, '5')}), Fault::invalid);
    use_contact_key({});
    EXPECT_EQ(refuses(adas), Fault::unavailable) << "nothing is kept that is not sealed";
}

BOTH_ENGINES(Contacts, open_for_two_people_with_a_reason) {
    Night at(world);
    leave(at);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return ask_opening(tx, as(at.cast.mo), at.id, " "); }),
              Fault::invalid);
    ask(at, at.cast.mo);
    EXPECT_EQ(refused(at, at.cast.mo), Fault::conflict);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return agree_to_opening(tx, as(at.cast.mo), at.id); }),
              Fault::conflict)
        << "nobody is two people";
    agree(at, at.cast.nia);
    for (const MemberId who : {at.cast.mo, at.cast.nia}) {
        const auto details = open(at, who);
        ASSERT_TRUE(details);
        EXPECT_EQ(details->name, "Ada Marlow");
        EXPECT_EQ(details->address, "1 Long Lane");
    }
    EXPECT_EQ(refused(at, at.cast.dee), Fault::conflict) << "the two alone";
    EXPECT_EQ(refused(at, at.cast.oz), Fault::conflict);
    world.clock.advance(opening_ms);
    EXPECT_EQ(refused(at, at.cast.mo), Fault::conflict);
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return opening_of(tx, as(at.cast.mo), at.id); })->state,
              State::none);
}

BOTH_ENGINES(Contacts, open_for_nobody_whose_training_ran_out) {
    Night at(world);
    leave(at);
    test::let_training_lapse(world, at.cast, {at.cast.nia});
    const auto ask_as = [&](MemberId who) {
        return world.db().write([&](db::Tx& tx) { return ask_opening(tx, as(who), at.id, "Goodbye."); });
    };
    EXPECT_EQ(ask_as(at.cast.mo).error().fault, Fault::forbidden);
    EXPECT_TRUE(ask_as(at.cast.nia));
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return agree_to_opening(tx, as(at.cast.mo), at.id); }),
              Fault::forbidden);
    const std::string page = url::case_contact(at.id).text();
    EXPECT_TRUE(at.pages.get(page, at.cast.mo).shows("please do your training"));
    EXPECT_EQ(fault_of(world,
                       [&](db::Tx& tx) {
                           return note_escalation(tx, as(at.cast.mo), at.id, {"Police", 0, "They look.", ""});
                       }),
              Fault::forbidden);
    EXPECT_TRUE(at.pages.get(url::case_escalations(at.id).text(), at.cast.mo).shows("do your training"));
}

BOTH_ENGINES(Contacts, say_only_once_they_are_open_whether_there_are_any) {
    Night at(world);
    const std::string page = url::case_contact(at.id).text();
    const std::string without = at.pages.get(page, at.cast.mo).body;
    leave(at);
    EXPECT_EQ(at.pages.get(page, at.cast.mo).body.size(), without.size());
    world.must([&](db::Tx& tx) { return delete_contact(tx, as(at.cast.ada)); });
    ask(at, at.cast.mo);
    agree(at, at.cast.nia);
    EXPECT_FALSE(open(at, at.cast.mo));
}

BOTH_ENGINES(Contacts, open_in_a_crisis_alone_and_while_it_is_not_closed) {
    Night at(world);
    leave(at);
    const CaseId unkind = at.report(at.write(at.cast.ada), safeguarding::Reason::hostile);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return ask_opening(tx, as(at.cast.mo), unkind, "Why?"); }),
              Fault::not_found);
    ask(at, at.cast.mo);
    agree(at, at.cast.nia);
    at.close();
    EXPECT_EQ(refused(at, at.cast.mo), Fault::not_found);
}

BOTH_ENGINES(Contacts, are_not_for_others_nor_for_the_author) {
    Night at(world);
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy, at.cast.rae})
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return ask_opening(tx, as(who), at.id, "Why?"); }),
                  Fault::not_found);
    at.id = at.report(at.write(at.cast.nia));
    ask(at, at.cast.mo);
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return agree_to_opening(tx, as(at.cast.nia), at.id); }),
              Fault::not_found);
}

BOTH_ENGINES(Contacts, of_an_anonymous_author_open_without_their_name_here) {
    Night at(world, Voice::anonymous);
    leave(at, at.cast.ada, {.name = "A. M.", .phone = "555 0100"});
    world.must([&](db::Tx& tx) { return groups::use_name(tx, as(at.cast.ada), at.cast.circle, "Bramble"); });
    ask(at, at.cast.mo);
    agree(at, at.cast.nia);
    for (const std::string& address : {url::case_contact(at.id).text(), url::case_timeline(at.id).text()})
        for (const std::string_view secret : {"Bramble", ">Ada<", "555 0100"})
            EXPECT_THAT(at.pages.get(address, at.cast.mo).body, Not(HasSubstr(std::string(secret))))
                << address;
    const auto opened = at.pages.post(url::case_contact_opening(at.id).text(), {{"current", password}},
                                      at.cast.mo);
    EXPECT_THAT(opened.body, HasSubstr("555 0100"));
    EXPECT_THAT(opened.body, Not(HasSubstr("Bramble")));
    EXPECT_FALSE(opened.shows("Ada"));
}

BOTH_ENGINES(Contacts, tell_the_second_people_at_once_and_the_member_after_a_week) {
    Night at(world);
    leave(at);
    const auto told = [&](MemberId who) {
        return world.db().read([&](db::ReadTx& tx) {
            return std::ranges::count(notices::list_for(tx, who, 0, 20), notices::Kind::crisis,
                                      &notices::Notice::kind);
        });
    };
    const auto mo = told(at.cast.mo), nia = told(at.cast.nia);
    ask(at, at.cast.mo);
    EXPECT_EQ(told(at.cast.mo), mo);
    EXPECT_EQ(told(at.cast.nia), nia + 1);
    EXPECT_EQ(told(at.cast.ada), 0);
    agree(at, at.cast.nia);
    world.clock.advance(8 * day_ms);
    EXPECT_FALSE(at.pages.get("/me/access-log", at.cast.ada).shows("They wrote goodbye."))
        << "nobody opened anything";
    world.clock.advance(-8 * day_ms);
    open(at, at.cast.mo);
    EXPECT_FALSE(at.pages.get("/me/access-log", at.cast.ada).shows("They wrote goodbye."));
    world.clock.advance(7 * day_ms);
    EXPECT_TRUE(at.pages.get("/me/access-log", at.cast.ada).shows("They wrote goodbye."));
    EXPECT_TRUE(at.pages.get("/me/access-log", at.cast.ada).shows("Nia"));
    EXPECT_FALSE(at.pages.get("/me/access-log", at.cast.bo).shows("They wrote goodbye."));
}

BOTH_ENGINES(Contacts, are_audited_at_each_step_without_what_they_say) {
    Night at(world);
    leave(at);
    ask(at, at.cast.mo);
    agree(at, at.cast.nia);
    open(at, at.cast.nia);
    world.db().read([&](db::ReadTx& tx) {
        const auto entries = audit::list(tx, 0, 3);
        EXPECT_EQ(entries[0].verb, "contact.opened");
        EXPECT_EQ(entries[1].verb, "contact.agreed");
        EXPECT_EQ(entries[2].verb, "contact.asked");
        for (const audit::Entry& entry : entries) {
            EXPECT_EQ(entry.subject, "case");
            EXPECT_EQ(entry.detail, "{}");
        }
    });
}

BOTH_ENGINES(Contacts, open_as_nothing_with_another_key_or_at_another_member) {
    Night at(world);
    leave(at);
    world.db().execute("update emergency_contact set member_id = " + std::to_string(at.cast.bo.value()));
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return own_contact(tx, as(at.cast.bo)); }).error().fault,
              Fault::conflict);
    leave(at);
    use_contact_key(std::string(crypto::seal_key_bytes, 'x'));
    ask(at, at.cast.mo);
    agree(at, at.cast.nia);
    EXPECT_FALSE(open(at, at.cast.mo));
}

BOTH_ENGINES(ContactPages, go_from_ones_own_page_to_two_who_open_it) {
    Night at(world);
    const std::string mine = url::me_emergency_contact().text();
    EXPECT_THAT(at.pages.get("/me", at.cast.ada).body, HasSubstr(mine));
    const auto wrong = at.pages.post(mine, {{"name", "<b>Ada"}}, at.cast.ada);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("&lt;b&gt;Ada"));
    EXPECT_EQ(at.pages.post(mine, {{"name", "Ada Marlow"}, {"phone", "555 0100"}}, at.cast.ada).status, 303);
    EXPECT_FALSE(at.pages.get(mine, at.cast.ada).shows("555 0100")) << "a device that was left lying";
    EXPECT_EQ(at.pages.post(mine, {{"do", "show"}, {"current", "wrong"}}, at.cast.ada).status, 422);
    EXPECT_TRUE(at.pages.post(mine, {{"do", "show"}, {"current", password}}, at.cast.ada).shows("555 0100"));
    const std::string page = url::case_contact(at.id).text();
    EXPECT_THAT(at.pages.get(url::case_timeline(at.id).text(), at.cast.mo).body, HasSubstr(page));
    EXPECT_EQ(at.pages.post(page, {{"reason", "They wrote goodbye."}}, at.cast.mo).status, 422)
        << "needs the password";
    EXPECT_EQ(
        at.pages.post(page, {{"reason", "They wrote goodbye."}, {"current", password}}, at.cast.mo).status,
        303);
    EXPECT_TRUE(at.pages.get(page, at.cast.mo).shows("You have asked."));
    EXPECT_TRUE(at.pages.get(url::case_timeline(at.id).text(), at.cast.nia)
                    .shows("Somebody asks you to open the contact details with them."));
    EXPECT_TRUE(at.pages.get(page, at.cast.nia).shows("They wrote goodbye."));
    EXPECT_EQ(
        at.pages.post(url::case_contact_agreement(at.id).text(), {{"current", password}}, at.cast.nia).status,
        303);
    EXPECT_FALSE(at.pages.get(page, at.cast.nia).shows("555 0100")) << "shown when it is asked for";
    EXPECT_TRUE(at.pages.post(url::case_contact_opening(at.id).text(), {}, at.cast.nia).shows("555 0100"));
    EXPECT_EQ(at.pages.get(page, at.cast.bo).status, 404);
    EXPECT_EQ(at.pages.post(mine, {{"do", "delete"}}, at.cast.ada).status, 303);
    EXPECT_TRUE(at.pages.get(mine, at.cast.ada).shows("Seal and keep this"));
}

TEST(ContactKey, is_made_once_in_a_file_for_our_account_alone) {
    World world(db::Engine::sqlite);
    EXPECT_TRUE(contact_key_in(world.folder, world.random, false).empty());
    const std::string key = contact_key_in(world.folder, world.random, true);
    EXPECT_EQ(key.size(), crypto::seal_key_bytes);
    EXPECT_EQ(contact_key_in(world.folder, world.random, true), key);
    EXPECT_EQ(contact_key_in(world.folder, world.random, false), key);
    const auto file = world.folder / "contact.key";
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(file).permissions() & perms::mask,
              perms::owner_read | perms::owner_write);
    std::ofstream(file) << "short\n";
    EXPECT_TRUE(contact_key_in(world.folder, world.random, true).empty()) << "cut off: better none";
    EXPECT_TRUE(contact_key_in(world.folder / "nowhere", world.random, true).empty());
}

}  // namespace
}  // namespace kith::crises
