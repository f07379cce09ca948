#include "doors/holds.hpp"
#include "doors/store.hpp"
#include "doors/testing.hpp"
#include "safeguarding/safeguarding.hpp"
#include "url.hpp"

namespace kith::doors {
namespace {

using test::as;
using test::World;

// People who came by one invitation of Dee's.
struct Party : Porch {
    explicit Party(World& world_in) : Porch(world_in) {
        const auto made = world.must([&](db::Tx& tx) {
            return groups::create_invitation(
                tx, as(cast.dee), cast.circle,
                {.label = "Ward", .expires_at = tx.now() + 7 * day_ms, .uses = 9}, world.random);
        });
        id = made.id;
        code = made.code;
        for (const std::string_view name : {"Newt", "Vole", "Shrew"}) guests.push_back(come(name));
    }
    MemberId come(std::string_view name) {
        const MemberId member = newcomer(name);
        world.must([&](db::Tx& tx) {
            return groups::join(tx, as(member), cast.circle, {.rules_agreed = true, .invitation_code = code});
        });
        return member;
    }
    InvitationFile file() {
        return *world.db().read([&](db::ReadTx& tx) { return invitation_file(tx, as(cast.oz), id); });
    }
    bool works() {
        return world.db().read([&](db::ReadTx& tx) { return groups::group_for_code(tx, code); }).has_value();
    }
    Done stop(MemberId who, std::string_view reason = "A flood of adverts came by it.") {
        return world.db().write([&](db::Tx& tx) { return stop_invitation(tx, as(who), id, reason); });
    }

    InvitationId id;
    std::string code;
    std::vector<MemberId> guests;
};

BOTH_ENGINES(Invited, hosts_see_who_came_by_which_invitation_by_the_names_of_the_group) {
    Party party(world);
    const InvitationFile file = party.file();
    EXPECT_EQ(file.arrivals.size(), 3u);
    EXPECT_EQ(file.invitation.came_lately, 3);
    ASSERT_TRUE(file.invitation.made_by);
    const auto page = party.pages.get(url::admin_door_invitation(party.id).text(), party.cast.oz);
    EXPECT_TRUE(page.shows("Newt"));
    EXPECT_TRUE(page.shows("Made by Dee."));
    EXPECT_TRUE(party.pages.get("/admin/door", party.cast.oz).shows("3 people came by it."));
    for (const MemberId other : {party.cast.ada, party.cast.dee, party.cast.mo})
        EXPECT_EQ(party.pages.get(url::admin_door_invitation(party.id).text(), other).status, 404);
}

BOTH_ENGINES(Invited, one_decision_stops_all_of_them_and_can_be_undone) {
    Party party(world);
    const MemberId host = party.cast.oz;
    EXPECT_EQ(party.stop(host, " ").error().field, "reason");
    ASSERT_TRUE(party.stop(host));
    EXPECT_FALSE(party.works());
    for (const MemberId guest : party.guests) EXPECT_TRUE(party.is_on_hold(guest));
    EXPECT_FALSE(party.is_on_hold(party.cast.ada));
    EXPECT_EQ(party.file().on_hold.size(), 3u);
    EXPECT_EQ(party.stop(host).error().fault, Fault::conflict);
    // One that a host has put on hold for another reason since then stays so.
    world.clock.advance(minute_ms);
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(host), party.guests[0], "Unkind.", std::nullopt);
    });
    world.must([&](db::Tx& tx) { return start_again(tx, as(host), party.id); });
    EXPECT_TRUE(party.works());
    EXPECT_TRUE(party.is_on_hold(party.guests[0]));
    EXPECT_FALSE(party.is_on_hold(party.guests[1]));
    EXPECT_TRUE(party.file().on_hold.empty());
}

BOTH_ENGINES(Invited, what_its_leader_had_taken_back_before_stays_so_when_a_stop_is_undone) {
    Party party(world);
    world.must([&](db::Tx& tx) { return groups::revoke_invitation(tx, as(party.cast.dee), party.id); });
    world.clock.advance(minute_ms);
    ASSERT_TRUE(party.stop(party.cast.oz));
    world.must([&](db::Tx& tx) { return start_again(tx, as(party.cast.oz), party.id); });
    EXPECT_FALSE(party.works());
    EXPECT_FALSE(party.is_on_hold(party.guests[0]));
}

BOTH_ENGINES(Invited, a_stop_that_fails_halfway_changes_nothing) {
    Party party(world);
    int nth = 1;
    for (; nth < 300; ++nth) {
        world.db().fail_statement(nth);
        try {
            const Done done = party.stop(party.cast.oz);
            world.db().fail_statement(0);
            if (done) break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_TRUE(party.works()) << nth;
            for (const MemberId guest : party.guests) EXPECT_FALSE(party.is_on_hold(guest)) << nth;
        }
    }
    EXPECT_GT(nth, 20);
    for (const MemberId guest : party.guests) EXPECT_TRUE(party.is_on_hold(guest));
}

BOTH_ENGINES(Invited, whoever_has_a_task_is_left_out) {
    Party party(world);
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), party.guests[0], identity::Role::moderator,
                                    party.cast.circle);
    });
    ASSERT_TRUE(party.stop(party.cast.oz));
    EXPECT_FALSE(party.is_on_hold(party.guests[0]));
    EXPECT_TRUE(party.is_on_hold(party.guests[1]));
}

BOTH_ENGINES(Invited, only_a_host_stops_it) {
    Party party(world);
    for (const MemberId other : {party.cast.dee, party.cast.ada, party.guests[0]}) {
        EXPECT_FALSE(party.stop(other));
        EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return start_again(tx, as(other), party.id); }));
    }
    EXPECT_TRUE(party.works());
}

BOTH_ENGINES(Invited, after_ninety_days_nobody_knows_who_came_by_it) {
    Party party(world);
    const auto forget = [&] { handlers(*world.services).at("forget_doors").run(""); };
    world.clock.advance(89 * day_ms);
    forget();
    EXPECT_EQ(party.file().arrivals.size(), 3u);
    world.clock.advance(2 * day_ms);
    forget();
    EXPECT_TRUE(party.file().arrivals.empty());
}

// ---- the same person again -------------------------------------------------------------------------------

struct Return : Porch {
    using Porch::Porch;

    void hold(MemberId who, std::optional<Time> until = std::nullopt) {
        world.must([&](db::Tx& tx) { return identity::suspend(tx, as(cast.oz), who, "Unkind.", until); });
    }
    void see_held(MemberId who, std::string_view network) {
        HeldVisits().note(*world.services, who, network);
    }
    // As the door does it.
    void come(MemberId newcomer, std::string_view network) {
        const bool any = world.db().read([](db::ReadTx& tx) { return store::any_network(tx); });
        const std::string digest = any ? network_digest(*world.services, network) : std::string();
        world.must([&](db::Tx& tx) { return come_in(tx, newcomer, {.work = "", .network = digest}); });
    }
    std::vector<Hint> all_hints() {
        return world.db().read([](db::ReadTx& tx) { return hints(tx); });
    }
};

BOTH_ENGINES(SamePerson, a_new_account_from_the_network_of_somebody_on_hold_is_a_hint_and_no_more) {
    Return door(world);
    door.hold(door.cast.cy);
    door.see_held(door.cast.cy, "192.0.2.7");
    const MemberId newt = door.newcomer("Newt"), vole = door.newcomer("Vole");
    door.come(vole, "198.51.100.4");
    EXPECT_TRUE(door.all_hints().empty());
    door.come(newt, "192.0.2.7");
    ASSERT_EQ(door.all_hints().size(), 1u);
    EXPECT_EQ(door.all_hints()[0].member, newt);
    EXPECT_TRUE(door.is_told(door.cast.oz));
    EXPECT_FALSE(door.is_on_hold(newt)) << "nothing is done";
    const auto page = door.pages.get("/admin/door", door.cast.oz);
    EXPECT_TRUE(page.shows("Newt"));
    EXPECT_TRUE(page.shows("many people share a network"));
    EXPECT_FALSE(page.shows("Cy")) << "whose hold it is stands nowhere";
}

BOTH_ENGINES(SamePerson, is_forgotten_with_the_hold) {
    Return door(world);
    door.hold(door.cast.cy, world.clock.now() + 14 * day_ms);
    door.see_held(door.cast.cy, "192.0.2.7");
    const auto forget = [&] { handlers(*world.services).at("forget_doors").run(""); };
    forget();
    EXPECT_TRUE(world.db().read([](db::ReadTx& tx) { return store::any_network(tx); }));
    world.must([&](db::Tx& tx) { return identity::lift_suspension(tx, as(door.cast.oz), door.cast.cy); });
    forget();
    EXPECT_FALSE(world.db().read([](db::ReadTx& tx) { return store::any_network(tx); }));
    EXPECT_FALSE(world.db().read([](db::ReadTx& tx) { return store::secret(tx, store::Purpose::network); }))
        << "the key goes with the last of them";
}

BOTH_ENGINES(SamePerson, nothing_is_kept_of_a_hold_about_an_alias) {
    Return door(world);
    const ThreadId thread = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(door.cast.ada), door.cast.circle, "Nights",
                                          {.markdown = "A walrus.", .voice = conversation::Voice::anonymous});
    });
    const CaseId id = world.must([&](db::Tx& tx) {
        return safeguarding::file_report(tx, as(door.cast.bo), PostId(thread, 1),
                                         {safeguarding::Reason::hostile, "It hurts."});
    });
    world.must([&](db::Tx& tx) {
        return safeguarding::decide(tx, as(door.cast.mo), id,
                                    {safeguarding::Outcome::suspended, "Not like this."});
    });
    ASSERT_TRUE(door.is_on_hold(door.cast.ada));
    door.see_held(door.cast.ada, "192.0.2.7");
    EXPECT_FALSE(world.db().read([](db::ReadTx& tx) { return store::any_network(tx); }));
}

BOTH_ENGINES(SamePerson, no_address_can_be_read_from_what_is_kept) {
    Return door(world);
    door.hold(door.cast.cy);
    door.see_held(door.cast.cy, "192.0.2.7");
    const auto kept = world.db().read([](db::ReadTx& tx) {
        constexpr db::Sql sql = "select network_digest from held_network";
        return tx.all<std::string>(sql);
    });
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].size(), 32u);
    EXPECT_EQ(kept[0].find(identity::network_of("192.0.2.7")), std::string::npos);
}

}  // namespace
}  // namespace kith::doors
