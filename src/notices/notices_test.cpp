#include "notices/notices.hpp"

#include "tests/world.hpp"

namespace kith::notices {
namespace {

constexpr db::Sql insert_member_sql = R"(
    insert into member (created_at_ms)
    values ($1)
    returning id)";

MemberId new_member(test::World& world) {
    return world.must(
        [](db::Tx& tx) -> Result<MemberId> { return tx.one<MemberId>(insert_member_sql, tx.now()); });
}

void tell_about(test::World& world, MemberId member, Kind kind, const About& about) {
    world.must([&](db::Tx& tx) -> Done {
        tell(tx, member, kind, about);
        return {};
    });
}

void read_all(test::World& world, MemberId member) {
    world.must([&](db::Tx& tx) -> Done {
        mark_all_read(tx, member);
        return {};
    });
}

std::vector<Notice> notices_of(test::World& world, MemberId member, std::int64_t before = 0) {
    return world.db().read([&](db::ReadTx& tx) { return list_for(tx, member, before, 20); });
}

bool has_unread(test::World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return any_unread(tx, member); });
}

BOTH_ENGINES(Notices, the_same_thing_is_told_once_while_unread) {
    const MemberId member = new_member(world);
    const About post{GroupId(1), ThreadId(2), 3, PersonaId(4)};
    tell_about(world, member, Kind::reply, post);
    tell_about(world, member, Kind::reply, post);
    ASSERT_EQ(notices_of(world, member).size(), 1u);
    read_all(world, member);
    tell_about(world, member, Kind::reply, post);
    EXPECT_EQ(notices_of(world, member).size(), 2u);
}

BOTH_ENGINES(Notices, one_reply_by_somebody_in_a_thread_is_enough_until_it_is_read) {
    const MemberId member = new_member(world);
    const auto post = [](std::int64_t number, std::int64_t thread = 2, std::int64_t from = 4) {
        return About{GroupId(1), ThreadId(thread), number, PersonaId(from)};
    };
    tell_about(world, member, Kind::reply, post(3));
    tell_about(world, member, Kind::reply, post(4));
    EXPECT_EQ(notices_of(world, member).size(), 1u);
    tell_about(world, member, Kind::mention, post(4));
    tell_about(world, member, Kind::reply, post(1, 7));
    tell_about(world, member, Kind::reply, post(5, 2, 6));
    EXPECT_EQ(notices_of(world, member).size(), 4u);
    world.must([&](db::Tx& tx) -> Done {
        mark_read_in(tx, member, ThreadId(2));
        return {};
    });
    tell_about(world, member, Kind::reply, post(6));
    EXPECT_EQ(notices_of(world, member).size(), 5u);
    for (const Kind kind : {Kind::removal, Kind::support})
        for (const std::int64_t number : {5, 6}) tell_about(world, member, kind, post(number));
    EXPECT_EQ(notices_of(world, member).size(), 9u) << "each post";
}

BOTH_ENGINES(Notices, different_groups_are_told_apart) {
    const MemberId member = new_member(world);
    tell_about(world, member, Kind::request_accepted, {.group = GroupId(1)});
    tell_about(world, member, Kind::request_accepted, {.group = GroupId(2)});
    const auto notices = notices_of(world, member);
    ASSERT_EQ(notices.size(), 2u);
    EXPECT_EQ(notices[0].group, GroupId(2));
    EXPECT_EQ(notices[0].thread, ThreadId());
    EXPECT_EQ(notices_of(world, member, notices[0].id).size(), 1u);
}

BOTH_ENGINES(Notices, reading_leaves_nothing_unread) {
    const MemberId member = new_member(world);
    EXPECT_FALSE(has_unread(world, member));
    tell_about(world, member, Kind::welcome, {.group = GroupId(1)});
    EXPECT_TRUE(has_unread(world, member));
    read_all(world, member);
    EXPECT_FALSE(has_unread(world, member));
    EXPECT_EQ(notices_of(world, member)[0].read_at, std::optional(test::the_start));
}

BOTH_ENGINES(Notices, listeners_hear_who_was_told) {
    const MemberId member = new_member(world);
    std::vector<Change> heard;
    world.db().on_change(
        [&](std::span<const Change> changes) { heard.insert(heard.end(), changes.begin(), changes.end()); });
    tell_about(world, member, Kind::support, {.thread = ThreadId(1), .number = 2});
    read_all(world, member);
    read_all(world, member);
    ASSERT_EQ(heard.size(), 2u);
    EXPECT_EQ(heard[0].kind, Change::Kind::notice);
    EXPECT_EQ(heard[0].member, member);
}

}  // namespace
}  // namespace kith::notices
