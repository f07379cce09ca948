#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "tests/cast.hpp"
#include "transfer/transfer.hpp"

namespace kith::transfer {
namespace {

using test::World;

Message message(std::string key, std::string author, std::string parent = "") {
    return {.key = std::move(key),
            .author_key = author + "@example.org",
            .author_hint = author,
            .written_at = {1'000'000'000'000},
            .subject = "Cold hands",
            .markdown = "Words of " + author,
            .parent_key = std::move(parent)};
}

Archive small_archive() {
    Archive archive{.source = "mbox"};
    archive.messages = {message("m1", "Anna Schmidt"), message("m2", "Ben Jones", "m1"),
                        message("m3", "Anna Schmidt", "m2")};
    archive.conversations = {{"m1", "Cold hands", {0, 1, 2}, {-1, 0, 1}}};
    archive.read = 3;
    return archive;
}

Report bring_in(World& world, const Archive& archive) {
    const auto report = import_archive(*world.services, archive, "Old friends", [](double, std::int64_t) {});
    EXPECT_TRUE(report.has_value());
    return *report;
}

BOTH_ENGINES(Import, makes_the_group_threads_and_placeholder_authors) {
    const Report report = bring_in(world, small_archive());
    EXPECT_EQ(report.imported, 3);
    EXPECT_EQ(report.threads, 1);
    EXPECT_EQ(report.authors, 2);
    world.db().read([&](db::ReadTx& tx) {
        const auto group = groups::find_group(tx, "Old friends");
        ASSERT_TRUE(group.has_value());
        const auto threads = conversation::threads_of(tx, Actor::system(), *group, 1);
        ASSERT_EQ(threads.size(), 1u);
        const auto posts = conversation::posts_on_page(tx, threads[0].thread.id, 1);
        ASSERT_EQ(posts.size(), 3u);
        EXPECT_EQ(posts[1].reply_to, 1);
        EXPECT_EQ(posts[2].reply_to, 2);
        EXPECT_EQ(posts[0].author, posts[2].author);
        const PersonaId authors[] = {posts[0].author, posts[1].author};
        for (const auto& [id, name] : identity::names_of(tx, authors)) {
            EXPECT_EQ(name.find("Anna"), std::string::npos);
            EXPECT_EQ(name.find("Ben"), std::string::npos);
        }
    });
}

BOTH_ENGINES(Import, run_twice_adds_nothing) {
    bring_in(world, small_archive());
    const Report again = bring_in(world, small_archive());
    EXPECT_EQ(again.imported, 0);
    EXPECT_EQ(again.threads, 0);
    EXPECT_EQ(again.authors, 0);
    EXPECT_EQ(again.skipped, 3);
}

BOTH_ENGINES(Import, broken_off_anywhere_goes_on_where_it_was) {
    int nth = 1;
    for (; nth < 400; nth += 7) {
        world.db().fail_statement(nth);
        try {
            static_cast<void>(
                import_archive(*world.services, small_archive(), "Old friends", [](double, std::int64_t) {}));
            break;
        } catch (const db::Failure&) {
        }
    }
    bring_in(world, small_archive());
    world.db().read([&](db::ReadTx& tx) {
        const auto threads = conversation::threads_of(tx, Actor::system(),
                                                      *groups::find_group(tx, "Old friends"), 1);
        ASSERT_EQ(threads.size(), 1u);
        EXPECT_EQ(threads[0].thread.last_number, 3);
    });
}

BOTH_ENGINES(Import, keeps_no_address) {
    bring_in(world, small_archive());
    world.db().read([&](db::ReadTx& tx) {
        constexpr db::Sql all_sql = "select source from imported where kind = 'author'";
        EXPECT_EQ(tx.all<std::string>(all_sql).size(), 2u);
        constexpr db::Sql names_sql = "select name from persona";
        for (const std::string& name : tx.all<std::string>(names_sql))
            EXPECT_EQ(name.find('@'), std::string::npos);
    });
}

}  // namespace
}  // namespace kith::transfer
