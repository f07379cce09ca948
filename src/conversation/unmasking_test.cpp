#include "conversation/unmasking.hpp"

#include "audit/audit.hpp"
#include "conversation/testing.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::fault_of;

struct Veiled {
    explicit Veiled(World& world_in) : world(world_in), cast(world_in) {
        thread = world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.ada), cast.circle, "Quiet fears",
                                {.markdown = "I am afraid.", .voice = Voice::anonymous});
        });
        post = PostId(thread, 1);
    }

    void ask(MemberId who) {
        world.must([&](db::Tx& tx) { return ask_unmasking(tx, as(who), post, "They wrote of dying."); });
    }
    void agree(MemberId who) {
        world.must([&](db::Tx& tx) { return agree_to_unmasking(tx, as(who), post); });
    }
    std::string see(MemberId who) {
        return world.must([&](db::Tx& tx) { return see_unmasked(tx, as(who), post); });
    }
    Fault refuses_ask(MemberId who, std::string_view reason = "Danger.") {
        return fault_of(world, [&](db::Tx& tx) { return ask_unmasking(tx, as(who), post, reason); });
    }
    Fault refuses_agreement(MemberId who) {
        return fault_of(world, [&](db::Tx& tx) { return agree_to_unmasking(tx, as(who), post); });
    }
    Fault refuses_name(MemberId who) {
        return fault_of(world, [&](db::Tx& tx) { return see_unmasked(tx, as(who), post); });
    }

    World& world;
    Cast cast;
    ThreadId thread;
    PostId post;
};

BOTH_ENGINES(Unmasking, takes_two_people_who_look_after_the_group) {
    Veiled at(world);
    at.ask(at.cast.dee);
    EXPECT_EQ(at.refuses_name(at.cast.dee), Fault::conflict);
    EXPECT_EQ(at.refuses_agreement(at.cast.dee), Fault::conflict) << "nobody is two people";
    at.agree(at.cast.mo);
    EXPECT_EQ(at.see(at.cast.dee), "Ada");
    EXPECT_EQ(at.see(at.cast.mo), "Ada");
    EXPECT_EQ(at.refuses_name(at.cast.nia), Fault::conflict) << "the two alone";
    EXPECT_EQ(at.refuses_name(at.cast.oz), Fault::conflict);
}

BOTH_ENGINES(Unmasking, is_not_there_for_others_nor_for_the_author) {
    Veiled at(world);
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.cy, at.cast.rae})
        EXPECT_EQ(at.refuses_ask(who), Fault::not_found);
    at.ask(at.cast.oz);
    EXPECT_EQ(at.refuses_agreement(at.cast.bo), Fault::not_found);
    const PostId named = world.must(
        [&](db::Tx& tx) { return write_post(tx, as(at.cast.bo), at.thread, {.markdown = "I hear you."}); });
    EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return ask_unmasking(tx, as(at.cast.dee), named, "Why?"); }),
              Fault::not_found)
        << "whoever writes with their name has no mask";
}

BOTH_ENGINES(Unmasking, keeps_an_author_who_moderates_from_agreeing) {
    Veiled at(world);
    at.post = world.must([&](db::Tx& tx) {
        return write_post(tx, as(at.cast.nia), at.thread, {.markdown = "Me too.", .voice = Voice::anonymous});
    });
    at.ask(at.cast.dee);
    EXPECT_EQ(at.refuses_agreement(at.cast.nia), Fault::not_found);
    at.agree(at.cast.mo);
    EXPECT_EQ(at.see(at.cast.mo), "Nia");
}

BOTH_ENGINES(Unmasking, needs_a_reason) {
    Veiled at(world);
    EXPECT_EQ(at.refuses_ask(at.cast.dee, "  "), Fault::invalid);
    EXPECT_EQ(at.refuses_ask(at.cast.dee, std::string(reason_most + 1, 'x')), Fault::invalid);
}

BOTH_ENGINES(Unmasking, ends_after_a_day_and_may_be_asked_anew) {
    Veiled at(world);
    at.ask(at.cast.dee);
    EXPECT_EQ(at.refuses_ask(at.cast.mo), Fault::conflict);
    world.clock.advance(unmasking_ms);
    EXPECT_EQ(at.refuses_agreement(at.cast.mo), Fault::conflict);
    at.ask(at.cast.mo);
    world.clock.advance(unmasking_ms - minute_ms);
    at.agree(at.cast.dee);
    world.clock.advance(unmasking_ms - minute_ms);
    EXPECT_EQ(at.see(at.cast.mo), "Ada");
    world.clock.advance(minute_ms);
    EXPECT_EQ(at.refuses_name(at.cast.mo), Fault::conflict);
}

BOTH_ENGINES(Unmasking, shows_the_name_of_the_group_and_not_the_main_one) {
    Veiled at(world);
    world.must(
        [&](db::Tx& tx) { return groups::use_name(tx, as(at.cast.ada), at.cast.circle, "Quiet Fox"); });
    at.ask(at.cast.dee);
    at.agree(at.cast.mo);
    EXPECT_EQ(at.see(at.cast.dee), "Quiet Fox");
}

BOTH_ENGINES(Unmasking, is_audited_at_each_step_and_told_to_nobody) {
    Veiled at(world);
    at.ask(at.cast.dee);
    at.agree(at.cast.mo);
    at.see(at.cast.mo);
    world.db().read([&](db::ReadTx& tx) {
        const auto entries = audit::list(tx, 0, 3);
        EXPECT_EQ(entries[0].verb, "unmasking.seen");
        EXPECT_EQ(entries[1].verb, "unmasking.agreed");
        EXPECT_EQ(entries[2].verb, "unmasking.asked");
        for (const audit::Entry& entry : entries) {
            EXPECT_EQ(entry.detail, "{}");
            EXPECT_EQ(entry.subject_id, at.post.value());
        }
        for (const MemberId who : {at.cast.ada, at.cast.mo, at.cast.nia, at.cast.oz})
            EXPECT_TRUE(notices::list_for(tx, who, 0, 10).empty());
    });
}

BOTH_ENGINES(Unmasking, goes_by_its_page_from_the_options_of_the_post) {
    Veiled at(world);
    Pages pages(world);
    const std::string page = url::post_unmasking(at.post).text();
    EXPECT_TRUE(pages.get(url::post_options(at.post).text(), at.cast.dee).shows(page));
    EXPECT_FALSE(pages.get(url::post_options(at.post).text(), at.cast.bo).shows(page));
    EXPECT_FALSE(pages.get(url::post_options(at.post).text(), at.cast.ada).shows(page));
    const auto asking = pages.get(page, at.cast.dee);
    for (const std::string_view second : {"<bdi>Mo</bdi>", "<bdi>Nia</bdi>", "<bdi>Oz</bdi>"})
        EXPECT_TRUE(asking.shows(second)) << "said before it is needed: " << second;
    EXPECT_FALSE(asking.shows("<bdi>Dee</bdi>"));
    const std::string password(Cast::password);
    EXPECT_EQ(pages.post(page, {{"reason", "They wrote of dying."}}, at.cast.dee).status, 422)
        << "a device that was left lying";
    EXPECT_EQ(pages.post(page, {{"reason", ""}, {"current", password}}, at.cast.dee).status, 422);
    EXPECT_EQ(pages.post(page, {{"reason", "They wrote of dying."}}, at.cast.dee).status, 303);
    EXPECT_TRUE(pages.get(page, at.cast.dee).shows("You have asked."));
    const auto second = pages.get(page, at.cast.mo);
    EXPECT_TRUE(second.shows("They wrote of dying."));
    EXPECT_TRUE(second.shows("Dee asks"));
    EXPECT_FALSE(second.shows("Ada"));
    EXPECT_EQ(
        pages.post(url::post_unmasking_agreement(at.post).text(), {{"current", password}}, at.cast.mo).status,
        303);
    EXPECT_FALSE(pages.get(page, at.cast.mo).shows("Ada")) << "shown when it is asked for, and audited";
    const std::string name = url::post_unmasking_name(at.post).text();
    EXPECT_TRUE(pages.post(name, {}, at.cast.mo).shows("Ada"));
    world.clock.advance(identity::confirmed_for_ms);
    const auto refused = pages.post(name, {}, at.cast.mo);
    EXPECT_EQ(refused.status, 422);
    EXPECT_FALSE(refused.shows("Ada"));
    EXPECT_TRUE(refused.shows("Present password"));
    EXPECT_TRUE(pages.post(name, {{"current", password}}, at.cast.mo).shows("Ada"));
    EXPECT_EQ(pages.get(page, at.cast.bo).status, 404);
    const auto records = pages.get(url::admin_unmaskings().text(), at.cast.oz);
    EXPECT_TRUE(records.shows("They wrote of dying."));
    EXPECT_FALSE(records.shows("Ada"));
    EXPECT_TRUE(pages.get("/admin/audit", at.cast.oz).shows("Saw who wrote an anonymous post"));
}

}  // namespace
}  // namespace kith::conversation
