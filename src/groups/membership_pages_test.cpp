#include "groups/testing.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::groups {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr MemberId guest;

using Fields = std::map<std::string, std::string>;

GroupId by_asking(World& world) {
    return testing::group(world, testing::form_named("By asking", Admission::request));
}

RequestId ask_to_join(World& world, MemberId member, GroupId id) {
    EXPECT_TRUE(testing::try_join(world, as(member), id));
    return RequestId(1);
}

}  // namespace

// ---- joining ------------------------------------------------------------------------------------

BOTH_ENGINES(MembershipPages, say_under_which_name_one_will_be_seen) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::membership(cast.square).text();
    EXPECT_TRUE(pages.get(address, cast.ada).shows("Others here will see you as Ada."));
    EXPECT_EQ(pages.post(address, {{"rules_agreed", "yes"}, {"name", "Blue Kite"}}, cast.ada).status, 303);
    EXPECT_TRUE(pages.get(address, cast.ada).shows("value=\"Blue Kite\"")) << "the field holds the name";
    EXPECT_EQ(pages.post(url::leaving(cast.square).text(), {}, cast.ada).status, 303);
    EXPECT_TRUE(pages.get(address, cast.ada).shows("Others here will see you as Blue Kite."));
}

BOTH_ENGINES(MembershipPages, the_main_name_is_shown_by_choice_alone) {
    const Cast cast(world);
    Pages pages(world);
    ASSERT_TRUE(testing::try_join(world, as(cast.ada), cast.square, {.name = "Blue Kite"}));
    const std::string address = url::group_name(cast.square).text();
    const PersonaId kite = testing::access_of(world, as(cast.ada), cast.square)->persona;
    EXPECT_EQ(pages.post(address, {{"name", ""}}, cast.ada).status, 422);
    EXPECT_EQ(testing::access_of(world, as(cast.ada), cast.square)->persona, kite);
    EXPECT_EQ(pages.post(address, {{"main", "yes"}}, cast.ada).status, 303);
    EXPECT_NE(testing::access_of(world, as(cast.ada), cast.square)->persona, kite);
    EXPECT_FALSE(pages.get(url::membership(cast.square).text(), cast.ada).shows("Use my main name here"));
}

BOTH_ENGINES(MembershipPages, a_name_that_looks_real_is_asked_about_once) {
    const Cast cast(world);
    Pages pages(world);
    for (const Url& form : {url::membership(cast.square), url::group_name(cast.square)}) {
        Fields fields{{"rules_agreed", "yes"}, {"name", "Peter Miller"}};
        const auto asked = pages.post(form.text(), fields, cast.ada);
        EXPECT_EQ(asked.status, 422) << form.text();
        EXPECT_TRUE(asked.shows("name=\"keep_name\""));
        EXPECT_TRUE(asked.shows("value=\"Peter Miller\""));
        fields["keep_name"] = "yes";
        EXPECT_EQ(pages.post(form.text(), fields, cast.ada).status, 303) << form.text();
    }
}

BOTH_ENGINES(MembershipPages, keep_count_of_names_that_are_somebody_elses) {
    const Cast cast(world);
    Pages pages(world);
    const auto try_name = [&] {
        return pages.post(url::membership(cast.square).text(), {{"rules_agreed", "yes"}, {"name", "Bo"}},
                          cast.ada);
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(try_name().status, 422);
    const auto last = try_name();
    EXPECT_EQ(last.status, 429);
    EXPECT_TRUE(last.shows("value=\"Bo\"")) << "what was typed stays";
    EXPECT_FALSE(testing::belongs(world, as(cast.ada), cast.square));
}

BOTH_ENGINES(MembershipPages, who_was_put_in_is_asked_to_read_the_rules) {
    const Cast cast(world);
    Pages pages(world);
    world.must(
        [&](db::Tx& tx) { return add_member(tx, Actor::system(), cast.square, cast.ada, PersonaId()); });
    EXPECT_TRUE(pages.get(url::group(cast.square).text(), cast.ada).shows("Please read the rules"));
    EXPECT_TRUE(pages.get(url::membership(cast.square).text(), cast.ada).shows("Please read the rules"));
    EXPECT_EQ(pages.post(url::group_rules(cast.square).text(), {}, cast.ada).status, 303);
    EXPECT_FALSE(pages.get(url::group(cast.square).text(), cast.ada).shows("Please read the rules"));
}

BOTH_ENGINES(MembershipPages, leaving_is_one_press_and_works_for_json_too) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.post(url::leaving(cast.circle).text(), {}, cast.bo).status, 303);
    EXPECT_FALSE(testing::belongs(world, as(cast.bo), cast.circle));
    EXPECT_EQ(pages.post(url::leaving(cast.circle).text(), {}, cast.ada, "application/json").status, 200);
    EXPECT_FALSE(testing::belongs(world, as(cast.ada), cast.circle));
}

BOTH_ENGINES(MembershipPages, a_newcomer_is_welcomed_by_name_where_somebody_leads) {
    const Cast cast(world);
    Pages pages(world);
    ASSERT_TRUE(testing::try_join(world, as(cast.ada), cast.square));
    EXPECT_TRUE(pages.get(url::notices().text(), cast.ada).shows("You are in. Welcome to your new group."));
    const std::string code = testing::invite(world, cast.circle);
    ASSERT_TRUE(testing::try_join(world, as(cast.cy), cast.circle, {.invitation_code = code}));
    EXPECT_TRUE(pages.get(url::notices().text(), cast.cy).shows("Dee welcomed you to your new group."));
}

// ---- requests -----------------------------------------------------------------------------------

BOTH_ENGINES(RequestPages, show_the_name_asked_under_and_take_one_answer) {
    const Cast cast(world);
    Pages pages(world);
    const GroupId id = by_asking(world);
    const std::string address = url::membership(id).text();
    const auto asked = pages.post(address, {{"rules_agreed", "yes"}, {"name", "Blue Kite"}}, cast.ada);
    EXPECT_EQ(asked.location(), address);
    EXPECT_TRUE(pages.get(address, cast.ada).shows("Others here will see you as Blue Kite."));
    EXPECT_TRUE(pages.get(url::requests(id).text(), cast.oz).shows("Blue Kite"));
    const std::string answer = url::request(id, RequestId(1)).text();
    EXPECT_EQ(pages.post(answer, {}, cast.oz).status, 422);
    EXPECT_EQ(pages.post(answer, {{"accept", "yes"}}, cast.oz).status, 303);
    EXPECT_TRUE(testing::belongs(world, as(cast.ada), id));
    EXPECT_EQ(pages.post(answer, {{"accept", "no"}}, cast.oz).status, 409);
}

BOTH_ENGINES(RequestPages, after_a_no_say_kindly_when_one_may_ask_again) {
    const Cast cast(world);
    Pages pages(world);
    const GroupId id = by_asking(world);
    const RequestId request = ask_to_join(world, cast.ada, id);
    EXPECT_EQ(pages.post(url::request(id, request).text(), {{"accept", "no"}}, cast.oz).status, 303);
    const auto page = pages.get(url::membership(id).text(), cast.ada);
    EXPECT_TRUE(page.shows("You can ask again on 9 February 2026."));
    EXPECT_FALSE(page.shows("name=\"request_words\""));
    world.clock.advance(7 * day_ms);
    EXPECT_TRUE(pages.get(url::membership(id).text(), cast.ada).shows("name=\"request_words\""));
}

// ---- ending a membership ------------------------------------------------------------------------

BOTH_ENGINES(EndingPages, end_a_stay_by_the_name_used_there_and_tell_the_person) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::group_members(cast.circle).text();
    const auto nobody = pages.post(address, {{"name", "Nobody"}, {"reason", "Rule 1."}}, cast.dee);
    const auto elsewhere = pages.post(address, {{"name", "Cy"}, {"reason", "Rule 1."}}, cast.dee);
    EXPECT_EQ(nobody.status, 422);
    EXPECT_EQ(elsewhere.status, 422);
    EXPECT_TRUE(elsewhere.shows("Nobody in this group has this name."));
    EXPECT_TRUE(nobody.shows("Nobody in this group has this name."));
    const auto unsaid = pages.post(address, {{"name", "Bo"}, {"reason", ""}}, cast.dee);
    EXPECT_EQ(unsaid.status, 422);
    EXPECT_TRUE(unsaid.shows("value=\"Bo\""));
    EXPECT_EQ(pages.post(address, {{"name", "Bo"}, {"reason", "Please be kind."}}, cast.dee).status, 303);
    EXPECT_FALSE(testing::belongs(world, as(cast.bo), cast.circle));
    EXPECT_TRUE(pages.get(url::notices().text(), cast.bo).shows(url::membership(cast.circle).text()));
    const auto why = pages.get(url::membership(cast.circle).text(), cast.bo);
    EXPECT_TRUE(why.shows("Please be kind."));
    EXPECT_TRUE(why.shows("name=\"request_words\""));
    EXPECT_EQ(pages.get(url::group(cast.circle).text(), cast.bo).status, 404);
}

// ---- invitations --------------------------------------------------------------------------------

BOTH_ENGINES(InvitationPages, a_code_is_typed_and_opens_the_group) {
    const Cast cast(world);
    Pages pages(world);
    const std::string code = testing::invite(world, cast.circle);
    EXPECT_TRUE(pages.get("/").shows("href=\"/invited\""));
    EXPECT_TRUE(pages.get("/", cast.rae).shows("href=\"/invited\"")) << "somebody without a group";
    EXPECT_TRUE(pages.get("/groups", cast.cy).shows("href=\"/invited\""));
    const auto wrong = pages.post("/invited", {{"code", "k7m2-p9xq"}}, cast.cy);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("value=\"k7m2-p9xq\""));
    for (const MemberId reader : {cast.cy, guest}) {
        const auto opened = pages.post("/invited", {{"code", " " + code}}, reader);
        ASSERT_EQ(opened.status, 303);
        EXPECT_EQ(opened.location(), url::invited(code).text());
        EXPECT_TRUE(pages.get(opened.location(), reader).shows("The circle"));
    }
    EXPECT_EQ(pages.get(url::invited("k7m2-p9xq").text(), cast.cy).status, 404);
    const auto joined = pages.post(url::membership(cast.circle).text(),
                                   {{"rules_agreed", "yes"}, {"invitation_code", code}}, cast.cy);
    EXPECT_EQ(joined.location(), url::group(cast.circle).text());
}

BOTH_ENGINES(InvitationPages, make_codes_and_take_back_old_ones_too) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::invitations(cast.circle).text();
    const std::string first = testing::invite(world, cast.circle);
    for (int i = 0; i < 20; ++i) testing::invite(world, cast.circle);
    const std::string take_back = url::invitation(cast.circle, InvitationId(1)).text();
    EXPECT_FALSE(pages.get(address, cast.dee).shows("action=\"" + take_back + "\""));
    EXPECT_TRUE(pages.get(address + "?page=2", cast.dee).shows("action=\"" + take_back + "\""));
    EXPECT_EQ(pages.post(take_back, {}, cast.dee).status, 303);
    EXPECT_EQ(pages.get(url::invited(first).text(), cast.cy).status, 404);
    const auto made = pages.post(address, {{"label", "Clinic"}, {"days", "3"}, {"uses", "2"}}, cast.dee);
    EXPECT_EQ(made.status, 201);
    EXPECT_TRUE(made.shows("/invited/"));
    const auto wrong = pages.post(address, {{"label", "Clinic"}, {"days", "300"}, {"uses", "2"}}, cast.dee);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("value=\"300\""));
}

}  // namespace kith::groups
