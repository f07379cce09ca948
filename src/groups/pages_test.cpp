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
    EXPECT_TRUE(testing::belongs(world, as(cast.bo), cast.circle));
    EXPECT_FALSE(testing::belongs(world, as(cast.cy), cast.circle));
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

}  // namespace kith::groups
