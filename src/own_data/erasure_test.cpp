#include "own_data/testing.hpp"

namespace kith::own_data {
namespace {

using test::Answer;
using test::Pages;

BOTH_ENGINES(Erasure, that_keeps_words_leaves_them_under_no_name) {
    Life life(world);
    life.erase(OwnWords::keep);
    EXPECT_EQ(where(world, personal), std::vector<std::string>());
    EXPECT_EQ(rows_about(world, life.cast.ada), 0);
    Pages pages(world);
    const Answer page = pages.get(url::thread(life.thread).text(), life.cast.bo);
    EXPECT_TRUE(page.shows("lemur"));
    EXPECT_TRUE(page.shows("Zebu title"));
    EXPECT_TRUE(page.shows("Former member"));
    EXPECT_EQ(pages.get(url::group(life.cast.circle).text(), life.cast.bo).status, 200);
}

BOTH_ENGINES(Erasure, that_takes_words_leaves_none_anywhere) {
    Life life(world);
    life.erase(OwnWords::take);
    EXPECT_EQ(where(world, personal), std::vector<std::string>());
    EXPECT_EQ(where(world, own_words), std::vector<std::string>());
    EXPECT_EQ(rows_about(world, life.cast.ada), 0);
    Pages pages(world);
    const Answer page = pages.get(url::thread(life.thread).text(), life.cast.bo);
    EXPECT_TRUE(page.shows("This post has been removed."));
    EXPECT_TRUE(page.shows("walrus"));
    EXPECT_FALSE(world.db().write(
        [&](db::Tx& tx) { return conversation::restore_post(tx, as(life.cast.mo), life.post); }));
}

BOTH_ENGINES(Erasure, nobody_else_can_take_a_name_of_somebody_erased) {
    Life life(world);
    life.erase(OwnWords::keep);
    for (const std::string name : {"Ada", "Heron", "Quokka"}) {
        const auto taken = world.db().write([&](db::Tx& tx) {
            return identity::add_account(tx, {.name = name, .password = password}, "no hash", world.random);
        });
        EXPECT_FALSE(taken) << name;
    }
}

constexpr db::Sql lessons_of_sql = R"(
    select (select count(*) from post_label where post_id = $1)
         + (select count(*) from audit_pick where post_id = $1))";

BOTH_ENGINES(Erasure, takes_what_posts_taught_with_them) {
    Life life(world);
    const auto lessons = [&](PostId post) {
        return world.db().read([&](db::ReadTx& tx) { return tx.one<std::int64_t>(lessons_of_sql, post); });
    };
    for (const PostId post : {life.post, life.answer})
        life.must([&](db::Tx& tx) -> Done {
            TRY(learning::label(tx, as(life.cast.mo), post, {}));
            return {};
        });
    EXPECT_EQ(lessons(life.post), 1);
    life.erase(OwnWords::take);
    EXPECT_EQ(lessons(life.post), 0);
    EXPECT_EQ(lessons(life.answer), 1) << "of somebody else";
}

BOTH_ENGINES(Erasure, signing_in_before_it_is_due_takes_it_back) {
    Life life(world);
    life.ask(OwnWords::take);
    world.clock.advance(days_to_undo * day_ms - 1);
    erase_due(*world.services);
    EXPECT_TRUE(identity::sign_in(*world.services, {"Heron", password, {"a device", "192.0.2.1", {}}}));
    world.clock.advance(day_ms);
    erase_due(*world.services);
    EXPECT_GT(rows_about(world, life.cast.ada), 0);
}

BOTH_ENGINES(Erasure, once_it_has_begun_nobody_comes_in) {
    Life life(world);
    life.erase(OwnWords::take);
    EXPECT_FALSE(identity::sign_in(*world.services, {"Heron", password, {"a device", "192.0.2.1", {}}}));
}

BOTH_ENGINES(Erasure, the_log_keeps_ids_and_still_adds_up) {
    Life life(world);
    life.erase(OwnWords::take);
    const auto verdict = world.db().read([](db::ReadTx& tx) { return audit::verify(tx); });
    EXPECT_FALSE(verdict.first_wrong);
    EXPECT_EQ(where(world, {"member.erased"}), std::vector<std::string>{"audit_entry: member.erased"});
}

BOTH_ENGINES(Erasure, two_people_leave_no_thread_between_their_names) {
    Life life(world);
    life.erase(OwnWords::keep);
    EXPECT_TRUE(ask_erasure(*world.services, as(life.cast.bo), {OwnWords::keep, password}));
    world.clock.advance(days_to_undo * day_ms);
    erase_due(*world.services);
    EXPECT_EQ(rows_about(world, life.cast.bo), 0);
    const auto owners = world.db().read([&](db::ReadTx& tx) {
        const auto by = [&](PostId post) {
            return identity::member_of(tx, conversation::visible_post(tx, as(life.cast.mo), post)->author);
        };
        return std::pair(by(life.post), by(life.answer));
    });
    EXPECT_EQ(owners.first, owners.second);
}

BOTH_ENGINES(Erasure, the_form_asks_what_shall_happen_and_for_the_password) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_EQ(pages.post("/me/erasure", {{"current", password}}, cast.ada).status, 422);
    const Answer refused = pages.post("/me/erasure", {{"words", "keep"}, {"current", "wrong"}}, cast.ada);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.shows("value=\"keep\" checked"));
    EXPECT_EQ(pages.post("/me/erasure", {{"words", "keep"}, {"current", password}}, cast.oz).status, 422);
    const Answer asked = pages.post("/me/erasure", {{"words", "keep"}, {"current", password}}, cast.ada);
    EXPECT_EQ(asked.status, 303);
    EXPECT_EQ(asked.location(), "/goodbye?words=keep");
    EXPECT_EQ(pages.get("/me", cast.ada).status, 303);
}

}  // namespace
}  // namespace kith::own_data
