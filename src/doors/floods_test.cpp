#include "doors/contacts.hpp"
#include "doors/testing.hpp"
#include "safeguarding/safeguarding.hpp"
#include "url.hpp"

namespace kith::doors {
namespace {

using test::as;
using test::World;

BOTH_ENGINES(Floods, new_accounts_write_so_much_in_a_day_and_others_as_much_as_they_want) {
    Porch porch(world);
    const MemberId newt = porch.newcomer("Newt");
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(porch.start(newt, "Hello from me, number " + std::to_string(i)));
    const auto sixth = porch.start(newt, "Hello once more");
    ASSERT_FALSE(sixth);
    EXPECT_EQ(sixth.error().fault, Fault::too_many);
    world.clock.advance(day_ms + 1);
    EXPECT_TRUE(porch.start(newt, "Hello on another day"));
    for (int i = 0; i < 8; ++i) EXPECT_TRUE(porch.start(porch.cast.cy, "Somebody who was here before"));
}

BOTH_ENGINES(Floods, answers_of_new_accounts_are_counted_too) {
    Porch porch(world);
    porch.set(&Numbers::posts_a_day, 5);
    const MemberId newt = porch.newcomer("Newt");
    const ThreadId thread = porch.start(porch.cast.cy, "Hello").value();
    const auto answer = [&](int i) {
        return world.db().write([&](db::Tx& tx) {
            return conversation::write_post(tx, as(newt), thread,
                                            {.markdown = std::string(1, static_cast<char>('a' + i))});
        });
    };
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(answer(i));
    EXPECT_FALSE(answer(5));
}

BOTH_ENGINES(Floods, the_same_words_from_several_are_one_flood_and_further_ones_are_hidden) {
    Porch porch(world);
    const FloodId id = porch.flood();
    EXPECT_EQ(porch.one(id).posts, 3);
    EXPECT_TRUE(porch.is_told(porch.cast.oz));
    for (const PostId post : porch.posts) EXPECT_FALSE(porch.is_removed(post)) << "nobody has decided yet";
    // Written a little differently it is the same.
    const auto fourth = porch.start(porch.newcomer("Mole"),
                                    "THIS  téa helps against everything... and I sell it to "
                                    "all of you who have been ill for a l0ng time");
    EXPECT_TRUE(porch.is_removed({fourth.value(), 1}));
    EXPECT_EQ(porch.one(id).posts, 4);
    const auto queue = world.db().read(
        [&](db::ReadTx& tx) { return safeguarding::queue(tx, as(porch.cast.oz)); });
    EXPECT_EQ(queue->rows.size(), 1u) << "one case for all of it";
}

BOTH_ENGINES(Floods, another_title_each_time_makes_no_difference) {
    Porch porch(world);
    const MemberId newt = porch.newcomer("Newt");
    for (const std::string_view title : {"Tea", "A cup", "Hello"})
        world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(newt), porch.cast.square, title, {.markdown = spam});
        });
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return floods(tx); }).size(), 1u);
}

BOTH_ENGINES(Floods, somebody_in_danger_is_not_hidden_however_often_they_say_it) {
    Porch porch(world);
    for (const std::string_view name : {"Newt", "Vole", "Shrew", "Mole"}) {
        const auto thread = porch.start(
            porch.newcomer(name),
            "I want to kill myself tonight and I do not know whom I could tell it, please "
            "somebody be there for me.");
        EXPECT_FALSE(porch.is_removed({thread.value(), 1}));
    }
    EXPECT_TRUE(world.db().read([](db::ReadTx& tx) { return floods(tx); }).empty());
}

BOTH_ENGINES(Floods, people_who_were_here_before_may_say_the_same) {
    Porch porch(world);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(porch.start(porch.cast.cy, spam));
    EXPECT_TRUE(world.db().read([](db::ReadTx& tx) { return floods(tx); }).empty());
}

BOTH_ENGINES(Floods, one_decision_removes_all_of_it_and_can_be_undone) {
    Porch porch(world);
    const FloodId id = porch.flood();
    world.must(
        [&](db::Tx& tx) { return stop_flood(tx, as(porch.cast.oz), id, "Please do not repeat this."); });
    porch.run_jobs();
    for (const PostId post : porch.posts) {
        EXPECT_TRUE(porch.is_removed(post));
        EXPECT_TRUE(porch.is_on_hold(porch.author_of(post)));
        const auto own = world.db().read(
            [&](db::ReadTx& tx) { return safeguarding::decisions_on(tx, porch.author_of(post)); });
        ASSERT_EQ(own.size(), 1u) << "each can ask for another look";
        EXPECT_EQ(own[0].words, "Please do not repeat this.");
    }
    EXPECT_EQ(porch.one(id).waiting, 0);
    const auto later = porch.start(porch.newcomer("Mole"), spam);
    EXPECT_TRUE(porch.is_removed({later.value(), 1}));
    EXPECT_EQ(porch.one(id).waiting, 1) << "a host decides about what came later, too";

    world.must([&](db::Tx& tx) { return clear_flood(tx, as(porch.cast.oz), id); });
    porch.run_jobs();
    porch.posts.push_back({later.value(), 1});
    for (const PostId post : porch.posts) {
        EXPECT_FALSE(porch.is_removed(post));
        EXPECT_FALSE(porch.is_on_hold(porch.author_of(post)));
    }
    const auto after = porch.start(porch.newcomer("Stoat"), spam);
    EXPECT_FALSE(porch.is_removed({after.value(), 1})) << "a host said that nothing is wrong with it";
}

BOTH_ENGINES(Floods, several_posts_of_one_person_are_one_step_of_the_ladder) {
    Porch porch(world);
    const MemberId newt = porch.newcomer("Newt");
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(porch.start(newt, spam));
    world.must([&](db::Tx& tx) { return stop_flood(tx, as(porch.cast.oz), FloodId(1), "Not like this."); });
    porch.run_jobs();
    EXPECT_EQ(world.db().read([&](db::ReadTx& tx) { return identity::standing_holds(tx, newt); }).size(), 1u);
}

BOTH_ENGINES(Floods, only_a_host_decides) {
    Porch porch(world);
    const FloodId id = porch.flood();
    for (const MemberId other : {porch.cast.cy, porch.cast.mo, porch.cast.rae}) {
        EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return stop_flood(tx, as(other), id, "No."); }));
        EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return clear_flood(tx, as(other), id); }));
        EXPECT_EQ(porch.pages.get("/admin/door/floods/1", other).status, 404);
        EXPECT_EQ(porch.pages.get("/admin/door", other).status, 404);
    }
    EXPECT_EQ(porch.pages.get("/admin/door").status, 303);
    const auto wordless = porch.pages.post("/admin/door/floods/1", {{"do", "stop"}, {"words", " "}},
                                           porch.cast.oz);
    EXPECT_EQ(wordless.status, 422);
    EXPECT_EQ(
        porch.pages.post("/admin/door/floods/1", {{"do", "stop"}, {"words", "No."}}, porch.cast.oz).status,
        303);
    EXPECT_TRUE(porch.pages.get("/admin/door/floods/1", porch.cast.oz).shows("Undo all of it"));
    EXPECT_EQ(porch.pages.get("/admin/door/floods/7", porch.cast.oz).status, 404);
}

BOTH_ENGINES(Floods, a_link_in_a_first_post_is_reported_and_the_same_link_from_several_is_a_flood) {
    Porch porch(world);
    const auto write = [&](std::string_view name) {
        return porch.start(porch.newcomer(name),
                           std::string(name) + " says: look at https://www.Tea.example/buy!");
    };
    const auto first = write("Newt");
    EXPECT_FALSE(porch.is_removed({first.value(), 1}));
    const auto queue = [&] {
        return world.db()
            .read([&](db::ReadTx& tx) { return safeguarding::queue(tx, as(porch.cast.oz)); })
            ->rows;
    };
    ASSERT_EQ(queue().size(), 1u);
    EXPECT_EQ(queue()[0].safety_case.urgency, safeguarding::Urgency::green);
    EXPECT_TRUE(porch.pages.get(url::safety_case(queue()[0].safety_case.id).text(), porch.cast.oz)
                    .shows("put a link or a contact"));
    EXPECT_TRUE(write("Vole"));
    EXPECT_TRUE(write("Shrew"));
    const auto found = world.db().read([](db::ReadTx& tx) { return floods(tx); });
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].kind, FloodKind::link);
    EXPECT_FALSE(porch.is_removed({write("Mole").value(), 1}))
        << "everybody may speak of a link, until a host says no";
    world.must(
        [&](db::Tx& tx) { return stop_flood(tx, as(porch.cast.oz), found[0].id, "No selling here."); });
    EXPECT_TRUE(porch.is_removed({write("Stoat").value(), 1}));
}

BOTH_ENGINES(Floods, a_post_that_fails_halfway_begins_none) {
    Porch porch(world);
    EXPECT_TRUE(porch.start(porch.newcomer("Newt"), spam));
    EXPECT_TRUE(porch.start(porch.newcomer("Vole"), spam));
    const MemberId shrew = porch.newcomer("Shrew");
    const auto all = [&] { return world.db().read([](db::ReadTx& tx) { return floods(tx); }); };
    int nth = 1;
    for (; nth < 300; ++nth) {
        world.db().fail_statement(nth);
        try {
            const auto started = porch.start(shrew, spam);
            world.db().fail_statement(0);
            if (started) break;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_TRUE(all().empty()) << nth;
        }
    }
    EXPECT_GT(nth, 20);
    EXPECT_EQ(all().size(), 1u);
}

BOTH_ENGINES(Floods, changed_words_are_looked_at_as_well) {
    Porch porch(world);
    for (const std::string_view name : {"Newt", "Vole", "Shrew"}) {
        const MemberId who = porch.newcomer(name);
        const PostId post(porch.start(who, "Hello from " + std::string(name)).value(), 1);
        world.must([&](db::Tx& tx) { return conversation::edit_post(tx, as(who), post, spam, ""); });
    }
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return floods(tx); }).size(), 1u);
}

TEST(Contacts, are_found_however_they_are_written) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(contacts_in("Look: https://www.Tea.example/Buy.", 5), Found{"tea.example/buy"});
    EXPECT_EQ(contacts_in("write to ANN@Tea.Example, please", 5), Found{"ann@tea.example"});
    EXPECT_EQ(contacts_in("call +44 (20) 7946-0123 now", 5), Found{"442079460123"});
    EXPECT_EQ(contacts_in("t.me/tea_seller or www.tea.example", 5),
              (Found{"t.me/tea_seller", "tea.example"}));
    EXPECT_EQ(contacts_in("[tea](https://tea.example)", 5), Found{"tea.example"});
}

TEST(Contacts, are_not_seen_where_there_are_none) {
    for (const std::string_view text :
         {"I slept 7 hours.", "On 12.05.2024 and 13.05.2024", "either/or, and/or", "Well...then", "me @home",
          "", "I take 20 mg, then 40 mg", "\xff\xfe://", "@", "://"})
        EXPECT_TRUE(contacts_in(text, 5).empty()) << text;
}

}  // namespace
}  // namespace kith::doors
