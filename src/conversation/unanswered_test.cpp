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
using testing::reply;
using testing::start;

std::vector<PostId> waiting(World& world, MemberId who, GroupId group) {
    std::vector<PostId> out;
    world.db().read([&](db::ReadTx& tx) {
        for (const Unanswered& one : unanswered_in(tx, as(who), group).value_or(std::vector<Unanswered>()))
            out.push_back(one.post);
    });
    return out;
}

std::int64_t told_of_newcomers(World& world, MemberId who) {
    return testing::told_of(world, who, notices::Kind::first_words);
}

BOTH_ENGINES(Newcomers, are_told_to_those_who_look_after_the_group_and_wait_until_somebody_answers) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.dee, cast.circle, "Welcome");
    EXPECT_TRUE(waiting(world, cast.dee, cast.circle).empty())
        << "those who look after the group need no answer";
    const PostId first = reply(world, cast.bo, thread, "Hello, I am Bo.");
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), std::vector{first});
    EXPECT_EQ(waiting(world, cast.mo, cast.circle), std::vector{first});
    for (const MemberId who : {cast.dee, cast.mo, cast.nia}) EXPECT_EQ(told_of_newcomers(world, who), 1);
    EXPECT_EQ(told_of_newcomers(world, cast.ada), 0);
    reply(world, cast.bo, thread, "I forgot something.", first.number());
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), std::vector{first}) << "nobody answers themselves";
    EXPECT_EQ(told_of_newcomers(world, cast.dee), 1) << "once";
    reply(world, cast.ada, thread, "Hello to all.");
    EXPECT_EQ(waiting(world, cast.dee, cast.circle).front(), first) << "that was no answer to Bo";
    reply(world, cast.ada, thread, "Hello Bo.", first.number());
    EXPECT_EQ(waiting(world, cast.dee, cast.circle).size(), 1u) << "Ada's own first words";
}

BOTH_ENGINES(Newcomers, are_not_found_by_an_alias) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.dee, cast.circle, "Welcome");
    const PostId hidden = world.must([&](db::Tx& tx) {
        return write_post(tx, as(cast.bo), thread, {.markdown = "I am afraid.", .voice = Voice::anonymous});
    });
    EXPECT_EQ(told_of_newcomers(world, cast.dee), 0);
    const PostId named = world.must([&](db::Tx& tx) {
        return write_post(tx, as(cast.bo), thread, {.markdown = "Hello, I am Bo.", .voice = Voice::name});
    });
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), (std::vector{hidden, named}));
    EXPECT_EQ(told_of_newcomers(world, cast.dee), 1);
}

BOTH_ENGINES(Unanswered, threads_wait_for_the_first_word_of_anybody_else) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const PostId first(thread, 1);
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), std::vector{first});
    reply(world, cast.ada, thread, "Anybody?");
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), std::vector{first});
    reply(world, cast.mo, thread, "I am here.");
    EXPECT_TRUE(waiting(world, cast.dee, cast.circle).empty());
    const ThreadId hidden = world.must([&](db::Tx& tx) {
        return start_thread(tx, as(cast.ada), cast.circle, "Quiet",
                            {.markdown = "Hm.", .voice = Voice::anonymous});
    });
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), std::vector{PostId(hidden, 1)})
        << "anonymous ones as well";
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), PostId(hidden, 1), "Rule 1"); });
    EXPECT_TRUE(waiting(world, cast.dee, cast.circle).empty()) << "what is removed waits for nothing";
}

BOTH_ENGINES(Unanswered, first_words_under_an_alias_wait_and_say_nothing_of_who_is_new) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.dee, cast.circle);
    const auto answer = [&](MemberId who) {
        return world.must([&](db::Tx& tx) {
            return write_post(tx, as(who), thread, {.markdown = "Me too.", .voice = Voice::anonymous});
        });
    };
    start(world, cast.ada, cast.circle);
    const PostId of_a_newcomer = answer(cast.bo), of_a_known_one = answer(cast.ada),
                 of_staff = answer(cast.mo);
    answer(cast.bo);
    const auto list = *world.db().read(
        [&](db::ReadTx& tx) { return unanswered_in(tx, as(cast.dee), cast.circle); });
    for (const PostId post : {of_a_newcomer, of_a_known_one, of_staff}) {
        const auto at = std::ranges::find(list, post, &Unanswered::post);
        ASSERT_NE(at, list.end());
        EXPECT_FALSE(at->is_first);
    }
    EXPECT_EQ(list.size(), 4u) << "with Ada's thread, and each alias once";
    EXPECT_EQ(told_of_newcomers(world, cast.mo), 1) << "of Ada's name alone";
    reply(world, cast.dee, thread, "Welcome.", of_a_newcomer.number());
    EXPECT_EQ(waiting(world, cast.dee, cast.circle).size(), 3u);
}

BOTH_ENGINES(Unanswered, does_not_tell_that_somebody_who_looks_after_the_group_writes_anonymously) {
    const Cast cast(world);
    const auto begin = [&](MemberId who) {
        return world.must([&](db::Tx& tx) {
            return start_thread(tx, as(who), cast.circle, "Quiet",
                                {.markdown = "Hm.", .voice = Voice::anonymous});
        });
    };
    const ThreadId of_a_member = begin(cast.ada), of_staff = begin(cast.mo);
    EXPECT_EQ(waiting(world, cast.dee, cast.circle),
              (std::vector{PostId(of_a_member, 1), PostId(of_staff, 1)}));
}

BOTH_ENGINES(Unanswered, waits_again_when_its_answer_is_removed) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const PostId answer = reply(world, cast.mo, thread, "Buy pills here.");
    EXPECT_TRUE(waiting(world, cast.dee, cast.circle).empty());
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.dee), answer, "No adverts"); });
    EXPECT_EQ(waiting(world, cast.dee, cast.circle), std::vector{PostId(thread, 1)});
    world.must([&](db::Tx& tx) { return restore_post(tx, as(cast.dee), answer); });
    EXPECT_TRUE(waiting(world, cast.dee, cast.circle).empty());
}

BOTH_ENGINES(Unanswered, is_nobodys_business_in_a_group_that_was_put_away) {
    const Cast cast(world);
    Pages pages(world);
    start(world, cast.ada, cast.circle);
    world.clock.advance(patience_ms + 1);
    const std::string words = "Somebody in The circle waits for an answer.";
    EXPECT_TRUE(pages.get("/", cast.mo).shows(words));
    world.must([&](db::Tx& tx) { return groups::archive_group(tx, as(cast.oz), cast.circle); });
    EXPECT_FALSE(pages.get("/", cast.mo).shows(words));
    EXPECT_FALSE(pages.get("/", cast.dee).shows(words));
}

BOTH_ENGINES(Unanswered, is_seen_and_settled_by_those_who_look_after_the_group_alone) {
    const Cast cast(world);
    const PostId first(start(world, cast.ada, cast.circle), 1);
    for (const MemberId who : {cast.ada, cast.bo, cast.cy, cast.rae}) {
        EXPECT_TRUE(waiting(world, who, cast.circle).empty());
        EXPECT_EQ(fault_of(world, [&](db::Tx& tx) { return settle(tx, as(who), first); }), Fault::not_found);
    }
    world.must([&](db::Tx& tx) { return settle(tx, as(cast.mo), first); });
    EXPECT_TRUE(waiting(world, cast.dee, cast.circle).empty());
}

BOTH_ENGINES(Unanswered, is_on_the_first_page_at_once_for_a_newcomer_and_else_after_half_a_day) {
    const Cast cast(world);
    Pages pages(world);
    const std::string words = "Somebody in The circle waits for an answer.";
    const ThreadId thread = start(world, cast.dee, cast.circle, "Welcome");
    const PostId first = reply(world, cast.bo, thread, "Hello, I am Bo.");
    EXPECT_TRUE(pages.get("/", cast.dee).shows(words));
    EXPECT_TRUE(pages.get("/", cast.mo).shows(words));
    EXPECT_FALSE(pages.get("/", cast.ada).shows(words));
    reply(world, cast.dee, thread, "Welcome, Bo.", first.number());
    EXPECT_FALSE(pages.get("/", cast.dee).shows(words));
    start(world, cast.bo, cast.circle, "A question");
    EXPECT_FALSE(pages.get("/", cast.dee).shows(words));
    world.clock.advance(patience_ms + 1);
    EXPECT_TRUE(pages.get("/", cast.dee).shows(words));
}

BOTH_ENGINES(Unanswered, is_a_page_with_a_way_to_answer_and_one_to_settle) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.dee, cast.circle, "Welcome");
    const PostId first = reply(world, cast.bo, thread, "Hello, I am Bo.");
    const std::string address = url::unanswered(cast.circle).text();
    EXPECT_TRUE(pages.get(url::group(cast.circle).text(), cast.mo).shows(address));
    EXPECT_FALSE(pages.get(url::group(cast.circle).text(), cast.ada).shows(address));
    EXPECT_EQ(pages.get(address, cast.ada).status, 404);
    const auto page = pages.get(address, cast.mo);
    EXPECT_TRUE(page.shows("first words here"));
    EXPECT_TRUE(page.shows(url::new_reply(thread, first.number()).text()));
    EXPECT_TRUE(pages.get(address, cast.mo, "application/json").shows(R"("author":"Bo")"));
    EXPECT_EQ(pages.post(url::post_settling(first).text(), {}, cast.mo).location(), address);
    EXPECT_TRUE(pages.get(address, cast.mo).shows("Everyone has been answered."));
}

}  // namespace
}  // namespace kith::conversation
