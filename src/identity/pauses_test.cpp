#include "identity/identity.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr std::string_view json = "application/json";

void rest(World& world, MemberId who, PauseLength length = PauseLength::open) {
    world.must([&](db::Tx& tx) { return begin_pause(tx, as(who), length); });
}

bool rests(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) { return standing_pause(tx, who).has_value(); });
}

BOTH_ENGINES(Breaks, last_until_the_member_comes_back) {
    const Cast cast(world);
    rest(world, cast.ada);
    world.clock.advance(400 * day_ms);
    EXPECT_TRUE(rests(world, cast.ada));
    EXPECT_FALSE(rests(world, cast.bo));
    world.must([&](db::Tx& tx) { return end_pause(tx, as(cast.ada)); });
    EXPECT_FALSE(rests(world, cast.ada));
    world.must([&](db::Tx& tx) { return end_pause(tx, as(cast.ada)); });
}

BOTH_ENGINES(Breaks, end_by_themselves_on_the_day_that_was_chosen) {
    const Cast cast(world);
    rest(world, cast.ada, PauseLength::month);
    rest(world, cast.ada, PauseLength::week);
    world.clock.advance(7 * day_ms - 1);
    EXPECT_TRUE(rests(world, cast.ada));
    world.clock.advance(1);
    EXPECT_FALSE(rests(world, cast.ada));
}

BOTH_ENGINES(Breaks, belong_to_people_not_to_programs_and_guests) {
    const Cast cast(world);
    const auto begin = [](db::Tx& tx) { return begin_pause(tx, Actor::guest(), PauseLength::open); };
    EXPECT_EQ(world.db().write(begin).error().fault, Fault::unauthenticated);
}

BOTH_ENGINES(Breaks, let_no_mail_through) {
    const Cast cast(world);
    const auto has_mailbox = [&] {
        return world.db().read([&](db::ReadTx& tx) { return mailbox_of(tx, cast.ada).has_value(); });
    };
    EXPECT_TRUE(set_email(*world.services, as(cast.ada), {"ada@example.org", std::string(Cast::password)}));
    EXPECT_TRUE(has_mailbox());
    rest(world, cast.ada);
    EXPECT_FALSE(has_mailbox());
}

BOTH_ENGINES(Breaks, take_the_name_of_who_looks_after_a_group_from_its_page) {
    const Cast cast(world);
    const auto named = [&] {
        return world.db().read([&](db::ReadTx& tx) {
            return personas_with_role(tx, Role::facilitator, cast.circle).size() +
                   groups::marked_facilitators(tx, cast.circle).size() +
                   groups::leaders_of(tx, cast.circle).facilitators.size();
        });
    };
    const std::size_t before = named();
    EXPECT_GE(before, 3u);
    rest(world, cast.dee, PauseLength::week);
    EXPECT_EQ(named(), before - 3);
    const auto told = world.db().read(
        [&](db::ReadTx& tx) { return holders_of(tx, Role::facilitator, cast.circle).size(); });
    EXPECT_EQ(told, before / 3) << "what is for them gathers meanwhile";
    world.clock.advance(7 * day_ms);
    EXPECT_EQ(named(), before);
}

BOTH_ENGINES(Breaks, warn_the_only_host_who_is_here) {
    const Cast cast(world);
    Pages pages(world);
    const auto is_warned = [&](MemberId who) {
        return pages.get("/me/break", who).shows("You are the only host who is here.");
    };
    EXPECT_TRUE(is_warned(cast.oz));
    EXPECT_FALSE(is_warned(cast.dee));
    world.must([&](db::Tx& tx) { return grant_role(tx, Actor::system(), cast.bo, Role::host); });
    EXPECT_FALSE(is_warned(cast.oz));
    rest(world, cast.bo);
    EXPECT_TRUE(is_warned(cast.oz));
}

BOTH_ENGINES(Breaks, lead_every_page_to_the_way_back_and_leave_help_open) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.get("/", cast.ada).status, 200);
    EXPECT_EQ(pages.post("/me/break", {{"length", "week"}}, cast.ada).location(), "/me/break");
    for (const std::string& path : {std::string("/"), std::string("/me"), std::string("/notices"),
                                    url::group(cast.circle).text(), std::string("/search?q=sleep")}) {
        const Answer answer = pages.get(path, cast.ada);
        EXPECT_EQ(answer.status, 303) << path;
        EXPECT_EQ(answer.location(), "/me/break") << path;
    }
    for (const char* path : {"/help-now", "/safety", "/me/break", "/me/data", "/me/erasure", "/me/closure"})
        EXPECT_EQ(pages.get(path, cast.ada).status, 200) << path;
    EXPECT_EQ(pages.get("/", cast.ada, json).status, 409);
    EXPECT_EQ(pages.get("/events", cast.ada, "text/event-stream").status, 204);
    EXPECT_EQ(pages.get("/", cast.bo).status, 200);
    EXPECT_EQ(pages.post("/me/break/end", {}, cast.ada).location(), "/");
    EXPECT_EQ(pages.get("/", cast.ada).status, 200);
}

BOTH_ENGINES(Breaks, give_back_words_that_were_typed_in_another_window) {
    const Cast cast(world);
    Pages pages(world);
    rest(world, cast.ada);
    const Answer answer = pages.post(url::threads(cast.circle).text(),
                                     {{"title", "Mornings"}, {"text", "My zebra words"}}, cast.ada);
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.shows("My zebra words"));
}

BOTH_ENGINES(Breaks, are_seen_by_nobody_else) {
    const Cast cast(world);
    Pages pages(world);
    const auto views = [&] {
        std::string all;
        for (const MemberId who : {cast.bo, cast.dee, cast.oz})
            for (const std::string& path :
                 {url::group(cast.circle).text(), url::group_members(cast.circle).text(),
                  std::string("/admin/members?q=Ada")})
                all += pages.get(path, who, json).body;
        return all;
    };
    const std::string before = views();
    rest(world, cast.ada);
    EXPECT_EQ(views(), before);
}

}  // namespace
}  // namespace kith::identity
