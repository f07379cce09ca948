#include "tests/pages.hpp"
#include "groups/testing.hpp"
#include "url.hpp"

namespace kith::groups {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr MemberId guest;

struct Fields : std::map<std::string, std::string> {
    using map::map;
};

const Fields group_form{{"name", "Good nights"},
                        {"purpose", "For those who sleep badly."},
                        {"admission", "invitation"},
                        {"leadership", "peer"},
                        {"hours", "evenings"}};

bool belongs(World& world, MemberId member, GroupId id) {
    const auto found = testing::access_of(world, as(member), id);
    return found && found->member;
}

GroupId by_asking(World& world) {
    return testing::group(world, testing::form_named("By asking", Admission::request));
}

RequestId ask_to_join(World& world, MemberId member, GroupId id) {
    EXPECT_TRUE(testing::try_join(world, as(member), id));
    return RequestId(1);
}

}  // namespace

// ---- who finds what -----------------------------------------------------------------------------

BOTH_ENGINES(GroupPages, open_for_who_may_and_are_not_there_for_others) {
    const Cast cast(world);
    Pages pages(world);
    struct Page {
        Url url;
        MemberId may;
        MemberId may_not;
    };
    const Page all[] = {
        {url::new_group(), cast.oz, cast.dee},
        {url::topics(), cast.oz, cast.dee},
        {url::group_settings(cast.circle), cast.dee, cast.cy},
        {url::requests(cast.circle), cast.dee, cast.cy},
        {url::invitations(cast.circle), cast.dee, cast.cy},
        {url::group_members(cast.circle), cast.dee, cast.cy},
        {url::group_settings(cast.circle), cast.oz, cast.bo},
        {url::requests(cast.circle), cast.oz, cast.mo},
        {url::invitations(cast.circle), cast.oz, cast.ada},
        {url::group_members(cast.circle), cast.oz, cast.mo},
        {url::membership(cast.circle), cast.bo, cast.cy},
    };
    for (const Page& page : all) {
        EXPECT_EQ(pages.get(page.url.text(), page.may).status, 200) << page.url.text();
        EXPECT_EQ(pages.get(page.url.text(), page.may_not).status, 404) << page.url.text();
        if (page.url.text() == url::membership(cast.circle).text()) continue;
        const auto asked = pages.get(page.url.text());
        EXPECT_EQ(asked.status, 303) << page.url.text();
        EXPECT_TRUE(asked.location().starts_with("/sign-in")) << asked.location();
    }
    for (const Url& page : {url::groups(), url::invited(), url::membership(cast.square)})
        for (const MemberId reader : {cast.ada, guest})
            EXPECT_EQ(pages.get(page.text(), reader).status, 200) << page.text();
    EXPECT_EQ(pages.get(url::membership(cast.circle).text()).status, 404);
    EXPECT_EQ(pages.get(url::membership(GroupId(99)).text(), cast.oz).status, 404);
}

BOTH_ENGINES(GroupPages, change_nothing_when_they_are_only_looked_at) {
    const Cast cast(world);
    Pages pages(world);
    for (const Url& form :
         {url::leaders(cast.circle), url::leaving(cast.circle), url::group_name(cast.circle),
          url::group_rules(cast.circle), url::request(cast.circle, RequestId(1)),
          url::invitation(cast.circle, InvitationId(1))})
        EXPECT_EQ(pages.get(form.text(), cast.oz).status, 405) << form.text();
}

BOTH_ENGINES(GroupPages, take_forms_from_who_may_alone) {
    const Cast cast(world);
    Pages pages(world);
    const std::string code = testing::invite(world, cast.circle);
    struct Form {
        Url url;
        Fields fields;
    };
    const Form of_leaders[] = {
        {url::group_settings(cast.circle), group_form},
        {url::request(cast.circle, RequestId(1)), {{"accept", "yes"}}},
        {url::invitations(cast.circle), {{"label", "Clinic"}, {"days", "3"}, {"uses", "1"}}},
        {url::invitation(cast.circle, InvitationId(1)), {}},
        {url::group_members(cast.circle), {{"name", "Bo"}, {"reason", "Rule 1."}}},
        {url::leaders(cast.circle), {{"person", "Cy"}, {"role", "facilitator"}}},
        {url::new_group(), group_form},
        {url::topics(), {{"name", "Sleep"}}},
        {url::leaving(cast.circle), {}},
        {url::group_name(cast.circle), {{"name", "Red Kite"}}},
        {url::group_rules(cast.circle), {}},
        {url::membership(cast.circle), {{"rules_agreed", "yes"}}},
    };
    for (const Form& form : of_leaders) {
        EXPECT_EQ(pages.post(form.url.text(), form.fields, cast.cy).status, 404) << form.url.text();
        EXPECT_EQ(pages.post(form.url.text(), form.fields).status, 401) << form.url.text();
    }
    EXPECT_TRUE(world.db().read([&](db::ReadTx& tx) { return group_for_code(tx, code).has_value(); }));
    EXPECT_TRUE(belongs(world, cast.bo, cast.circle));
    EXPECT_FALSE(belongs(world, cast.cy, cast.circle));
}

// ---- groups and topics --------------------------------------------------------------------------

BOTH_ENGINES(GroupPages, a_group_is_started_changed_and_put_away) {
    const Cast cast(world);
    Pages pages(world);
    const auto made = pages.post(url::new_group().text(), group_form, cast.oz);
    ASSERT_EQ(made.status, 303);
    const std::string settings = made.location() + "/settings";
    EXPECT_TRUE(pages.get(settings, cast.oz).shows("Good nights"));
    Fields form = group_form;
    form["name"] = "A";
    const auto wrong = pages.post(settings, form, cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("For those who sleep badly."));
    form["name"] = "Better nights";
    EXPECT_EQ(pages.post(settings, form, cast.oz).status, 303);
    EXPECT_TRUE(pages.get(made.location(), cast.oz).shows("evenings"));
    EXPECT_EQ(pages.post(settings, {{"archived", "yes"}}, cast.oz).status, 303);
    EXPECT_TRUE(pages.get(settings, cast.oz).shows("Take it out again"));
}

BOTH_ENGINES(GroupPages, a_task_is_given_by_name_and_ended) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::leaders(cast.circle).text();
    const std::string current(Cast::password);
    const Fields unproven{{"person", "Bo"}, {"role", "moderator"}, {"current", "not my password"}};
    EXPECT_TRUE(pages.post(address, unproven, cast.oz).shows("id=\"current-error\""));
    EXPECT_FALSE(pages.post(address, unproven, cast.oz).shows("not my password"));
    const auto wrong = pages.post(
        address, {{"person", "Nobody"}, {"role", "moderator"}, {"current", current}}, cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("value=\"Nobody\""));
    EXPECT_EQ(pages.post(address, {{"person", "Bo"}, {"role", "facilitator"}}, cast.oz).status, 303);
    EXPECT_TRUE(pages.get(url::group(cast.circle).text(), cast.ada).shows("Dee and Bo"));
    EXPECT_EQ(pages.post(address, {{"person", "Bo"}, {"role", "facilitator"}, {"do", "end"}}, cast.oz).status,
              303);
    EXPECT_FALSE(pages.get(url::group(cast.circle).text(), cast.ada).shows("Dee and Bo"));
}

BOTH_ENGINES(GroupPages, say_who_leads_and_when_they_are_there) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(
        pages.get(url::group(cast.circle).text(), cast.ada).shows("Members lead this group themselves."));
    GroupForm form = testing::form_named("The circle", Admission::invitation);
    form.leadership = Leadership::professional;
    form.hours = "weekdays from 9 to 5";
    world.must([&](db::Tx& tx) { return change_group(tx, as(cast.oz), cast.circle, form); });
    const auto page = pages.get(url::group(cast.circle).text(), cast.ada);
    EXPECT_TRUE(page.shows("Professionals lead this group."));
    EXPECT_TRUE(page.shows("weekdays from 9 to 5"));
    EXPECT_TRUE(page.shows("Dee"));
}

BOTH_ENGINES(GroupPages, topics_are_ordered_moved_renamed_and_deleted) {
    const Cast cast(world);
    Pages pages(world);
    const std::string address = url::topics().text();
    for (const char* name : {"Body", "Mind", "Sleep"})
        EXPECT_EQ(pages.post(address, {{"name", name}}, cast.oz).status, 303);
    const auto change = [&](Fields fields) { return pages.post(address, fields, cast.oz).status; };
    EXPECT_EQ(change({{"topic", "2"}, {"do", "up"}}), 303);
    EXPECT_EQ(change({{"topic", "3"}, {"do", "move"}, {"parent", "1"}}), 303);
    EXPECT_EQ(change({{"topic", "1"}, {"name", "The body"}}), 303);
    EXPECT_TRUE(pages.get(address, cast.oz).shows("The body › Sleep"));
    const auto taken = pages.post(address, {{"topic", "2"}, {"name", "the body"}}, cast.oz);
    EXPECT_EQ(taken.status, 422);
    EXPECT_TRUE(taken.shows("value=\"the body\"")) << "what was typed stays";
    EXPECT_TRUE(taken.shows("id=\"name-2-error\""));
    EXPECT_EQ(change({{"topic", "1"}, {"do", "delete"}}), 422) << "something is in it";
    EXPECT_EQ(change({{"topic", "1"}, {"do", "move"}, {"parent", "3"}}), 422);
    EXPECT_EQ(change({{"topic", "3"}, {"do", "delete"}}), 303);
    EXPECT_EQ(change({{"topic", "1"}, {"do", "delete"}}), 303);
    const auto json = pages.get(address, cast.oz, "application/json");
    EXPECT_TRUE(json.shows("Mind"));
    EXPECT_FALSE(json.shows("Sleep"));
}

BOTH_ENGINES(Directory, finds_words_of_name_purpose_and_topic) {
    const Cast cast(world);
    Pages pages(world);
    const TopicId body = world.must(
        [&](db::Tx& tx) { return create_topic(tx, as(cast.oz), std::nullopt, "Körper"); });
    const TopicId back = world.must([&](db::Tx& tx) { return create_topic(tx, as(cast.oz), body, "Back"); });
    GroupForm form = testing::form_named("Good nights");
    form.purpose = "For *sleepless* people and [others](https://example.org/hidden).";
    form.topic = back;
    testing::group(world, form);
    const auto finds = [&](std::string_view words) {
        return pages.get(url::groups().query("q", words).text()).shows("Good nights");
    };
    EXPECT_TRUE(finds("GOOD"));
    EXPECT_TRUE(finds("sleepless night"));
    EXPECT_TRUE(finds("korper"));
    EXPECT_TRUE(finds("back good"));
    EXPECT_TRUE(finds(""));
    EXPECT_FALSE(finds("hidden"));
    EXPECT_FALSE(finds("sleepless knee"));
}

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
    EXPECT_FALSE(belongs(world, cast.ada, cast.square));
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
    EXPECT_FALSE(belongs(world, cast.bo, cast.circle));
    EXPECT_EQ(pages.post(url::leaving(cast.circle).text(), {}, cast.ada, "application/json").status, 200);
    EXPECT_FALSE(belongs(world, cast.ada, cast.circle));
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
    EXPECT_TRUE(belongs(world, cast.ada, id));
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
    EXPECT_FALSE(belongs(world, cast.bo, cast.circle));
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
