#include <gmock/gmock.h>

#include "crises/testing.hpp"
#include "notices/notices.hpp"

namespace kith::crises {
namespace {

using notices::Kind;
using ::testing::HasSubstr;
using ::testing::Not;

void run_jobs(World& world) {
    jobs::Runner runner(*world.services, handlers(*world.services));
    while (runner.run_one()) {
    }
}

// Mo decided, Nia was the second person.
struct After : Night {
    explicit After(World& world_in) : Night(world_in) {
        close();
        run_jobs(world);
    }
    std::vector<Debrief> of(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return debriefs_of(tx, who); });
    }
    void write(MemberId who, Share share) {
        world.must([&](db::Tx& tx) {
            return write_debrief(tx, as(who), of(who).at(0).id, {"The waiting.", "A walk.", share});
        });
    }
    std::ptrdiff_t told(MemberId who, Kind kind) {
        return world.db().read([&](db::ReadTx& tx) {
            return std::ranges::count(notices::list_for(tx, who, 0, 50), kind, &notices::Notice::kind);
        });
    }
    std::size_t shared_with(MemberId who) {
        const auto all = world.db().read([&](db::ReadTx& tx) { return shared_debriefs(tx, as(who)); });
        return all ? all->size() : 99;
    }
};

BOTH_ENGINES(Debriefs, are_asked_for_once_of_the_two_who_closed_a_crisis) {
    After at(world);
    for (const MemberId who : {at.cast.mo, at.cast.nia}) {
        EXPECT_EQ(at.of(who).size(), 1u);
        EXPECT_EQ(at.told(who, Kind::debrief), 1);
    }
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.dee, at.cast.oz})
        EXPECT_TRUE(at.of(who).empty());
    world.must([&](db::Tx& tx) -> Done {
        const std::int64_t numbers[] = {at.id.value(), at.persona(at.cast.mo).value(),
                                        at.persona(at.cast.nia).value()};
        jobs::enqueue(tx, safeguarding::crisis_closed_job, jobs::payload_of(numbers), tx.now());
        return {};
    });
    run_jobs(world);
    EXPECT_EQ(at.of(at.cast.mo).size(), 1u) << "a crash may run it again";
    EXPECT_EQ(at.told(at.cast.mo, Kind::debrief), 1);
}

BOTH_ENGINES(Debriefs, are_nobodys_but_ones_own) {
    After at(world);
    const std::int64_t mos = at.of(at.cast.mo).at(0).id;
    for (const MemberId who : {at.cast.nia, at.cast.oz, at.cast.ada}) {
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return write_debrief(tx, as(who), mos, {}); }),
                  Fault::not_found);
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return delete_debrief(tx, as(who), mos); }),
                  Fault::not_found);
    }
    at.write(at.cast.mo, Share::nobody);
    EXPECT_EQ(at.shared_with(at.cast.oz), 0u);
    EXPECT_EQ(at.told(at.cast.oz, Kind::debrief_shared), 0);
    const auto said = [&](MemberId who, const Url& page) { return at.pages.get(page.text(), who).body; };
    EXPECT_THAT(said(at.cast.mo, url::me_debrief(mos)), HasSubstr("The waiting."));
    for (const MemberId who : {at.cast.nia, at.cast.dee, at.cast.oz}) {
        EXPECT_EQ(at.pages.get(url::me_debrief(mos).text(), who).status, 404);
        for (const Url& page : {url::safety_case(at.id), url::case_timeline(at.id), url::debriefs()})
            EXPECT_THAT(said(who, page), Not(HasSubstr("The waiting.")));
    }
}

BOTH_ENGINES(Debriefs, reach_coordinators_by_choice_without_the_case) {
    After at(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.rae, identity::Role::coordinator);
    });
    at.write(at.cast.mo, Share::call);
    EXPECT_EQ(at.told(at.cast.rae, Kind::debrief_shared), 1);
    EXPECT_EQ(at.told(at.cast.oz, Kind::debrief_shared), 0) << "a coordinator is there";
    EXPECT_EQ(at.shared_with(at.cast.rae), 1u);
    EXPECT_EQ(at.shared_with(at.cast.mo), 99u);
    const std::string page = at.pages.get(url::debriefs().text(), at.cast.rae).body;
    EXPECT_THAT(page, HasSubstr("<bdi>Mo</bdi>"));
    EXPECT_THAT(page, HasSubstr("would like to talk"));
    EXPECT_THAT(page, Not(HasSubstr(url::safety_case(at.id).text())));
    const std::int64_t id = at.of(at.cast.mo).at(0).id;
    EXPECT_EQ(at.pages.post(url::debrief_talk(id).text(), {}, at.cast.nia).status, 404);
    EXPECT_EQ(at.pages.post(url::debrief_talk(id).text(), {}, at.cast.rae).status, 303);
    EXPECT_TRUE(at.of(at.cast.mo).at(0).talked_at);
    EXPECT_THAT(at.pages.get(url::me_debriefs().text(), at.cast.mo).body,
                HasSubstr("Somebody has talked with you."));
}

BOTH_ENGINES(Debriefs, of_a_host_alone_are_not_read_by_themselves) {
    After at(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.mo, identity::Role::host);
    });
    at.write(at.cast.mo, Share::call);
    EXPECT_EQ(at.shared_with(at.cast.mo), 0u);
    EXPECT_EQ(at.told(at.cast.oz, Kind::debrief_shared), 1);
    EXPECT_EQ(at.told(at.cast.mo, Kind::debrief_shared), 0);
}

BOTH_ENGINES(DebriefPages, keep_what_was_typed_and_forget_what_is_deleted) {
    After at(world);
    const std::string page = url::me_debrief(at.of(at.cast.nia).at(0).id).text();
    const auto wrong = at.pages.post(page, {{"hard", std::string(words_most + 1, 'x')}, {"help", "<b>Tea"}},
                                     at.cast.nia);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("&lt;b&gt;Tea"));
    EXPECT_EQ(at.pages.post(page, {{"hard", "The silence."}, {"share", "read"}}, at.cast.nia).status, 303);
    EXPECT_EQ(at.shared_with(at.cast.oz), 1u);
    EXPECT_EQ(at.told(at.cast.oz, Kind::debrief_shared), 0) << "no call was asked for";
    EXPECT_EQ(at.pages.post(page, {{"do", "delete"}}, at.cast.nia).status, 303);
    EXPECT_EQ(at.shared_with(at.cast.oz), 0u);
    EXPECT_EQ(at.pages.get(page, at.cast.nia).status, 404);
}

}  // namespace
}  // namespace kith::crises
