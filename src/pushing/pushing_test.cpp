#include "pushing/pushing.hpp"

#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::pushing {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

const std::string mozilla = "https://updates.push.services.mozilla.com/wpush/v2/";

void add(World& world, MemberId who, const std::string& name) {
    world.must([&](db::Tx& tx) { return add_device(tx, as(who), mozilla + name, "Firefox, Android"); });
}
std::vector<Device> devices(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) { return devices_of(tx, who); });
}
bool is_due(World& world, MemberId who) {
    return world.db().read([&](db::ReadTx& tx) { return notices::is_push_due(tx, who); });
}
void tell(World& world, MemberId who, std::int64_t number = 1) {
    world.must([&](db::Tx& tx) -> Done {
        notices::tell(tx, who, notices::Kind::support, {GroupId(1), ThreadId(1), number, PersonaId(1)});
        return {};
    });
}

BOTH_ENGINES(Signals, are_off_until_a_device_is_there_and_due_when_something_is_new) {
    const Cast cast(world);
    tell(world, cast.ada);
    EXPECT_FALSE(is_due(world, cast.ada));
    add(world, cast.ada, "a");
    EXPECT_FALSE(is_due(world, cast.ada)) << "what was there before is no news";
    tell(world, cast.ada, 2);
    EXPECT_TRUE(is_due(world, cast.ada));
    EXPECT_FALSE(is_due(world, cast.bo));
    world.must(
        [&](db::Tx& tx) { return remove_device(tx, as(cast.ada), devices(world, cast.ada).front().id); });
    EXPECT_FALSE(is_due(world, cast.ada));
}

BOTH_ENGINES(Signals, wait_until_quiet_hours_are_over) {
    const Cast cast(world);
    add(world, cast.ada, "a");
    world.must([&](db::Tx& tx) -> Done {
        notices::Wish wish;
        wish.quiet_from = 0;
        wish.quiet_until = 23;
        notices::set_wish(tx, cast.ada, wish);
        return {};
    });
    tell(world, cast.ada);
    EXPECT_FALSE(is_due(world, cast.ada));
    world.clock.advance(day_ms);
    EXPECT_TRUE(is_due(world, cast.ada));
}

BOTH_ENGINES(Signals, have_quiet_hours_also_where_the_site_sends_no_mail) {
    const Cast cast(world);
    Pages pages(world);
    add(world, cast.ada, "a");
    EXPECT_TRUE(pages.get(url::me_push().text(), cast.ada).shows("Choose quiet hours"));
    const std::string page = url::me_notices().text();
    EXPECT_TRUE(pages.get(page, cast.ada).shows("name=\"quiet_from\""));
    EXPECT_FALSE(pages.get(page, cast.ada).shows("name=\"weekday\""));
    EXPECT_EQ(pages
                  .post(page, {{"way", "site"}, {"quiet_from", "0"}, {"quiet_until", "23"}, {"zone", "UTC"}},
                        cast.ada)
                  .status,
              303);
    tell(world, cast.ada);
    EXPECT_FALSE(is_due(world, cast.ada));
}

BOTH_ENGINES(Signals, go_to_a_browser_for_whoever_turned_them_on_there_last) {
    const Cast cast(world);
    add(world, cast.ada, "shared");
    add(world, cast.bo, "shared");
    EXPECT_TRUE(devices(world, cast.ada).empty());
    EXPECT_EQ(devices(world, cast.bo).size(), 1u);
    tell(world, cast.ada);
    EXPECT_FALSE(is_due(world, cast.ada));
    const DeviceId of_bo = devices(world, cast.bo).front().id;
    EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return remove_device(tx, as(cast.ada), of_bo); }));
}

BOTH_ENGINES(Signals, are_for_few_devices_at_known_services) {
    const Cast cast(world);
    for (int i = 0; i < devices_most; ++i) add(world, cast.ada, std::to_string(i));
    const auto more = world.db().write(
        [&](db::Tx& tx) { return add_device(tx, as(cast.ada), mozilla + "x", "A"); });
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().fault, Fault::conflict);
    add(world, cast.ada, "0");
    Pages pages(world);
    const auto wrong = pages.post("/me/push", {{"endpoint", "https://localhost/x"}}, cast.bo);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(devices(world, cast.bo).empty());
}

BOTH_ENGINES(Signals, come_with_a_page_that_lists_devices_and_ends_them) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/me/push", cast.ada).shows("data-key=\"B"));
    EXPECT_EQ(pages.post("/me/push", {{"endpoint", mozilla + "a"}}, cast.ada).status, 303);
    EXPECT_TRUE(pages.get("/me/push", cast.ada).shows("Devices that tell me"));
    EXPECT_FALSE(pages.get("/me/push", cast.ada).shows("wpush")) << "the address is for us alone";
    EXPECT_EQ(pages.get("/me/push", cast.ada, "application/json").status, 200);
    const std::string one = url::me_push_device(devices(world, cast.ada).front().id.value()).text();
    EXPECT_EQ(pages.post(one, {}, cast.bo).status, 404);
    EXPECT_EQ(pages.post(one, {}, cast.ada).status, 303);
    EXPECT_FALSE(pages.get("/me/push", cast.ada).shows("Devices that tell me"));
}

BOTH_ENGINES(Signals, that_find_no_news_or_nobody_there_are_done_without_being_sent) {
    const Cast cast(world);
    use_services({"localhost"});
    world.must([&](db::Tx& tx) { return add_device(tx, as(cast.ada), "http://localhost:1/x", "A"); });
    tell(world, cast.ada);
    const std::string payload = std::to_string(cast.ada.value());
    EXPECT_THROW(send_due(*world.services, payload), std::runtime_error)
        << "nobody listens there: again later";
    EXPECT_TRUE(is_due(world, cast.ada));
    world.must(
        [&](db::Tx& tx) { return identity::begin_pause(tx, as(cast.ada), identity::PauseLength::week); });
    send_due(*world.services, payload);
    EXPECT_FALSE(is_due(world, cast.ada));
    use_services({"push.services.mozilla.com"});
}

}  // namespace
}  // namespace kith::pushing
