#include "audit/audit.hpp"

#include "tests/world.hpp"

namespace kith::audit {
namespace {

constexpr Actor host = Actor::of(MemberId(1));

void record_three(test::World& world) {
    world.must([&](db::Tx& tx) -> Done {
        record(tx, Actor::system(), "site.set_up", "site", 0);
        record(tx, host, "group.created", "group", 3);
        record(tx, host, "group.archived", "group", 3, R"({"phase":"closed"})");
        return {};
    });
}

constexpr db::Sql change_verb_sql = R"(
    update audit_entry
    set verb = 'group.changed'
    where id = 2)";

constexpr db::Sql remove_entry_sql = R"(
    delete from audit_entry
    where id = 2)";

void tamper(test::World& world, db::Sql sql) {
    world.must([&](db::Tx& tx) -> Done {
        tx.run(sql);
        return {};
    });
}

Verdict verdict_of(test::World& world) {
    return world.db().read([](db::ReadTx& tx) { return verify(tx); });
}

BOTH_ENGINES(Audit, entries_are_listed_newest_first) {
    record_three(world);
    const auto entries = world.db().read([](db::ReadTx& tx) { return list(tx, 0, 2); });
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].verb, "group.archived");
    EXPECT_EQ(entries[0].detail, R"({"phase":"closed"})");
    EXPECT_EQ(entries[1].member, std::optional(MemberId(1)));
    const auto older = world.db().read([](db::ReadTx& tx) { return list(tx, 2, 2); });
    ASSERT_EQ(older.size(), 1u);
    EXPECT_EQ(older[0].member, std::nullopt);
}

BOTH_ENGINES(Audit, an_untouched_chain_is_right) {
    EXPECT_EQ(verdict_of(world).entries, 0);
    record_three(world);
    const Verdict verdict = verdict_of(world);
    EXPECT_EQ(verdict.entries, 3);
    EXPECT_EQ(verdict.first_wrong, std::nullopt);
}

BOTH_ENGINES(Audit, a_changed_entry_shows) {
    record_three(world);
    tamper(world, change_verb_sql);
    EXPECT_EQ(verdict_of(world).first_wrong, std::optional<std::int64_t>(2));
}

BOTH_ENGINES(Audit, a_removed_entry_shows) {
    record_three(world);
    tamper(world, remove_entry_sql);
    EXPECT_EQ(verdict_of(world).first_wrong, std::optional<std::int64_t>(2));
}

constexpr db::Sql cut_off_sql = R"(
    delete from audit_entry
    where id = 3)";

Verdict verdict_with(test::World& world, const Head& expected) {
    return world.db().read([&](db::ReadTx& tx) { return verify(tx, expected); });
}

BOTH_ENGINES(Audit, an_end_that_was_cut_off_shows_to_whoever_kept_the_head) {
    record_three(world);
    const Head head = verdict_of(world).head;
    EXPECT_EQ(verdict_with(world, head).first_wrong, std::nullopt);
    tamper(world, cut_off_sql);
    EXPECT_EQ(verdict_of(world).first_wrong, std::nullopt);
    EXPECT_EQ(verdict_with(world, head).first_wrong, std::optional<std::int64_t>(3));
}

BOTH_ENGINES(Audit, a_chain_that_was_made_anew_shows_to_whoever_kept_the_head) {
    record_three(world);
    const Head head{2, std::string(64, '0')};
    EXPECT_EQ(verdict_with(world, head).first_wrong, std::optional<std::int64_t>(2));
}

TEST(Audit, a_head_is_read_as_it_was_written) {
    const auto head = head_from("12:0af3");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->id, 12);
    EXPECT_EQ(in_words(*head), "12:0af3");
    for (const char* const wrong : {"", "12", ":0af3", "x:0af3", "1x:0af3", "0:00"})
        EXPECT_FALSE(head_from(wrong)) << wrong;
}

}  // namespace
}  // namespace kith::audit
