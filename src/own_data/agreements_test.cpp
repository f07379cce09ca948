#include "own_data/agreements.hpp"

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::own_data {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

Agreements of(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return agreements_of(tx, member); });
}

BOTH_ENGINES(Agreements, to_the_rules_of_a_group_end_with_one_press) {
    const Cast cast(world);
    world.must(
        [&](db::Tx& tx) { return groups::join(tx, as(cast.ada), cast.square, {.rules_agreed = true}); });
    const auto is_square = [&](const RulesAgreed& rules) { return rules.group == cast.square; };
    EXPECT_TRUE(std::ranges::any_of(of(world, cast.ada).rules, is_square));
    EXPECT_FALSE(std::ranges::any_of(of(world, cast.bo).rules, is_square));
    Pages pages(world);
    const std::string leaving = url::leaving(cast.square).text();
    EXPECT_TRUE(pages.get("/me/agreements", cast.ada).shows("action=\"" + leaving + "\""));
    pages.post(leaving, {}, cast.ada);
    EXPECT_FALSE(std::ranges::any_of(of(world, cast.ada).rules, is_square));
}

BOTH_ENGINES(Agreements, to_mails_end_with_one_press) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) -> Done {
        notices::set_wish(tx, cast.ada, {.way = notices::Way::daily, .tells_more = true});
        return {};
    });
    EXPECT_FALSE(of(world, cast.ada).mails_since) << "no address has been confirmed";
    EXPECT_TRUE(identity::set_email(*world.services, as(cast.ada),
                                    {"stoat@example.org", std::string(Cast::password)}));
    world.must([&](db::Tx& tx) { return identity::confirm_email(tx, cast.ada, "stoat@example.org"); });
    EXPECT_TRUE(of(world, cast.ada).mails_since);
    EXPECT_TRUE(of(world, cast.ada).mails_tell_more);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/me/agreements", cast.ada).shows("Mails that name this site and its groups"));
    EXPECT_EQ(pages.post("/me/notices", {{"way", "site"}}, cast.ada).status, 303);
    EXPECT_FALSE(of(world, cast.ada).mails_since);
}

}  // namespace
}  // namespace kith::own_data
