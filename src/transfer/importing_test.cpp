#include <algorithm>
#include <map>
#include <set>

#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "tests/cast.hpp"
#include "transfer/people.hpp"
#include "transfer/testing.hpp"

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
    const auto report = import_archive(*world.services, archive, {.group = "Old friends"}, no_progress);
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

// Enough for two transactions, in a few threads, with authors who come back.
Archive large_archive() {
    constexpr std::size_t messages = 450, threads = 15;
    Archive archive{.source = "mbox", .read = messages};
    archive.conversations.resize(threads);
    for (std::size_t i = 0; i < messages; ++i) {
        const std::size_t thread = i % threads;
        Conversation& conversation = archive.conversations[thread];
        const bool is_first = conversation.messages.empty();
        if (is_first) conversation.key = "m" + std::to_string(i);
        conversation.title = "Thread " + std::to_string(thread);
        conversation.parents.push_back(
            is_first ? -1 : static_cast<std::int64_t>((i * 7) % conversation.messages.size()));
        conversation.messages.push_back(i);
        Message one = message("m" + std::to_string(i), "author" + std::to_string(i * 31 % 40));
        one.written_at = one.written_at + static_cast<std::int64_t>(i) * minute_ms;
        one.markdown = "Message " + std::to_string(i);
        archive.messages.push_back(std::move(one));
    }
    return archive;
}

// Imports until the nth statement of a batch fails, of the preparation for -1; whether one did.
bool breaks_off(World& world, const Archive& archive, int batch, int nth) {
    if (batch < 0) world.db().fail_statement(nth);
    int next = 0;
    const OnProgress before_each_batch = [&](double, std::int64_t) {
        if (next++ == batch) world.db().fail_statement(nth);
    };
    try {
        static_cast<void>(
            import_archive(*world.services, archive, {.group = "Disturbed"}, before_each_batch));
        world.db().fail_statement(0);
        return false;
    } catch (const db::Failure&) {
        return true;
    }
}

BOTH_ENGINES(Import, broken_off_anywhere_goes_on_where_it_was) {
    const Archive archive = large_archive();
    bring_into(world, archive, {.group = "Undisturbed"});
    const auto expected = what_is_there(world, "Undisturbed");
    ASSERT_EQ(expected.size(), 450u + 15u);
    // In the transaction that prepares, and in the two that write: nothing of one that fails may stay.
    for (int nth = 1; nth <= 6; ++nth) EXPECT_TRUE(breaks_off(world, archive, -1, nth)) << nth;
    for (const int nth : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 77, 500, 1111, 1900})
        EXPECT_TRUE(breaks_off(world, archive, 0, nth)) << nth;
    for (const int nth : {1, 2, 3, 4, 5, 6, 7, 8, 9, 55, 111, 199})
        EXPECT_TRUE(breaks_off(world, archive, 1, nth)) << nth;
    bring_into(world, archive, {.group = "Disturbed"});
    EXPECT_EQ(what_is_there(world, "Disturbed"), expected);
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

// ---- two groups --------------------------------------------------------------------------------------------

std::vector<PersonaId> authors_in(World& world, std::string_view group_name) {
    return world.db().read([&](db::ReadTx& tx) {
        std::set<PersonaId> authors;
        for (const auto& row :
             conversation::threads_of(tx, Actor::system(), *groups::find_group(tx, group_name), 1))
            for (const auto& post : conversation::posts_on_page(tx, row.thread.id, 1))
                authors.insert(post.author);
        return std::vector(authors.begin(), authors.end());
    });
}

BOTH_ENGINES(Import, two_groups_may_have_the_same_message_and_nothing_of_each_other) {
    // The first message went to both lists; each list answered it on its own.
    const Archive web = mbox_of(mail(1, "ann", "Hello") + mail(2, "bob", "Re: Hello", 1));
    const Archive python = mbox_of(mail(1, "ann", "Hello") + mail(3, "cy", "Re: Hello", 1) +
                                   mail(4, "ann", "Re: Hello", 3));
    bring_into(world, web, {.group = "Web people"});
    EXPECT_EQ(bring_into(world, python, {.group = "Python people"}).imported, 3);
    EXPECT_EQ(what_is_there(world, "Web people"),
              (std::vector<std::string>{"Hello", "1 <p>Message 1.</p> to 0 by 0",
                                        "2 <p>Message 2.</p> to 1 by 1"}));
    EXPECT_EQ(what_is_there(world, "Python people"),
              (std::vector<std::string>{"Hello", "1 <p>Message 1.</p> to 0 by 0",
                                        "2 <p>Message 3.</p> to 1 by 1", "3 <p>Message 4.</p> to 2 by 0"}));
    EXPECT_EQ(bring_into(world, python, {.group = "Python people"}).imported, 0);
}

BOTH_ENGINES(Import, gives_a_person_another_name_in_each_group_and_one_account_behind_them) {
    bring_into(world, mbox_of(mail(1, "ann", "Hello")), {.group = "Web people"});
    bring_into(world, mbox_of(mail(2, "ann", "Hi")), {.group = "Python people"});
    const auto first = authors_in(world, "Web people"), second = authors_in(world, "Python people");
    ASSERT_EQ(first.size(), 1u);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_NE(first[0], second[0]);
    world.db().read([&](db::ReadTx& tx) {
        const MemberId ann = identity::member_of(tx, first[0]);
        EXPECT_EQ(identity::member_of(tx, second[0]), ann);
        EXPECT_EQ(groups::groups_of(tx, ann).size(), 2u);
        EXPECT_EQ(member_behind(tx, " Ann at Example.org").value(), ann);
        EXPECT_EQ(member_behind(tx, "nobody@example.org").error().fault, Fault::not_found);
    });
}

Archive discourse_archive(std::string title) {
    Archive archive{.source = "discourse", .read = 2};
    archive.messages = {message("p34", "x"), message("p35", "y", "p34")};
    archive.messages[0].author_key = "u5";
    archive.messages[1].author_key = "u6";
    archive.messages[1].markdown = "I think as " + person_mark("Moss_5") + " does, and " +
                                   person_mark("stranger");
    archive.people = {{"moss_5", "u5"}};
    archive.conversations = {{"t12", std::move(title), {0, 1}, {-1, 0}}};
    return archive;
}

BOTH_ENGINES(Import, keeps_two_sites_apart_that_use_the_same_numbers) {
    bring_into(world, discourse_archive("Of one site"), {.group = "Both"});
    EXPECT_EQ(bring_into(world, discourse_archive("Of another"), {.group = "Both", .site = "other"}).imported,
              2);
    bring_into(world, discourse_archive("Of a third"), {.group = "Third"});
    EXPECT_EQ(authors_in(world, "Both").size(), 4u);
    world.db().read([&](db::ReadTx& tx) {
        constexpr db::Sql members_sql = "select count(distinct member_id) from persona";
        EXPECT_EQ(tx.one<std::int64_t>(members_sql), 6);
    });
}

BOTH_ENGINES(Import, knows_the_people_of_a_named_site_in_every_group) {
    bring_into(world, discourse_archive("Here"), {.group = "First", .site = "old"});
    bring_into(world, discourse_archive("There"), {.group = "Second", .site = "old"});
    const auto first = authors_in(world, "First"), second = authors_in(world, "Second");
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(std::count(second.begin(), second.end(), first[0]), 0);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(identity::member_of(tx, first[0]), identity::member_of(tx, second[0]));
    });
}

BOTH_ENGINES(Import, calls_people_by_their_names_here) {
    bring_into(world, discourse_archive("T"), {.group = "First"});
    const auto authors = authors_in(world, "First");
    const std::string name = world.db().read(
        [&](db::ReadTx& tx) { return identity::names_of(tx, authors).at(authors[0]); });
    const auto there = what_is_there(world, "First");
    EXPECT_EQ(there[2], "2 <p>I think as " + name + " does, and somebody</p> to 1 by 1");
}

// ---- coming again with more --------------------------------------------------------------------------------

BOTH_ENGINES(Import, goes_on_in_the_thread_that_is_there) {
    bring_into(world, mbox_of(mail(2, "bob", "Re: Hello", 1) + mail(3, "cy", "Re: Hello", 2)),
               {.group = "Friends"});
    // A larger archive has the beginning too; a later one has only what came next.
    const Report larger = bring_into(
        world,
        mbox_of(mail(1, "ann", "Hello") + mail(2, "bob", "Re: Hello", 1) + mail(3, "cy", "Re: Hello", 2)),
        {.group = "Friends"});
    EXPECT_EQ(larger.imported, 1);
    EXPECT_EQ(larger.threads, 0);
    const Report later = bring_into(world, mbox_of(mail(5, "dee", "Another subject", 3)),
                                    {.group = "Friends"});
    EXPECT_EQ(later.threads, 0);
    EXPECT_EQ(
        what_is_there(world, "Friends"),
        (std::vector<std::string>{"Hello", "1 <p>Message 2.</p> to 0 by 0", "2 <p>Message 3.</p> to 1 by 1",
                                  "3 <p>Message 1.</p> to 0 by 2", "4 <p>Message 5.</p> to 2 by 3"}));
}

BOTH_ENGINES(Import, foresees_what_it_would_do_and_writes_nothing) {
    const Target target{.group = "Friends"};
    const Archive before = mbox_of(mail(1, "ann", "Hello"));
    EXPECT_EQ(foresee_import(*world.services, before, target)->imported, 1);
    bring_into(world, before, target);
    const Archive more = mbox_of(mail(1, "ann", "Hello") + mail(2, "bob", "Re: Hello", 1) +
                                 mail(3, "ann", "Other"));
    const auto foreseen = foresee_import(*world.services, more, target);
    EXPECT_EQ(what_is_there(world, "Friends").size(), 2u);
    const Report done = bring_into(world, more, target);
    EXPECT_EQ(foreseen->messages, done.messages);
    EXPECT_EQ(foreseen->imported, done.imported);
    EXPECT_EQ(foreseen->skipped, done.skipped);
    EXPECT_EQ(foreseen->threads, done.threads);
    EXPECT_EQ(foreseen->authors, done.authors);
}

// ---- the state of what comes -------------------------------------------------------------------------------

BOTH_ENGINES(Import, makes_a_group_that_must_be_asked_unless_told_otherwise) {
    bring_into(world, small_archive(), {.group = "Usual"});
    bring_into(world, small_archive(), {.group = "Hidden", .admission = groups::Admission::invitation});
    world.db().read([&](db::ReadTx& tx) {
        const auto admission = [&](std::string_view name) {
            return groups::access(tx, Actor::system(), *groups::find_group(tx, name))->group.admission;
        };
        EXPECT_EQ(admission("Usual"), groups::Admission::request);
        EXPECT_EQ(admission("Hidden"), groups::Admission::invitation);
    });
}

BOTH_ENGINES(Import, says_what_was_edited_and_what_was_removed_before) {
    Archive archive = small_archive();
    archive.messages[0].edited_at = Time{1'100'000'000'000};
    archive.messages[1].removed = true;
    bring_in(world, archive);
    world.db().read([&](db::ReadTx& tx) {
        const auto threads = conversation::threads_of(tx, Actor::system(),
                                                      *groups::find_group(tx, "Old friends"), 1);
        const auto posts = conversation::posts_on_page(tx, threads[0].thread.id, 1);
        EXPECT_EQ(posts[0].edited_at.value().ms, 1'100'000'000'000);
        EXPECT_FALSE(posts[2].edited_at.has_value());
        EXPECT_TRUE(posts[1].removed_at.has_value());
        constexpr db::Sql reason_sql = "select reason from post_removal where own = 0 and removed_by = 0";
        EXPECT_EQ(tx.all<std::string>(reason_sql), std::vector<std::string>{"removed before the import"});
    });
}

BOTH_ENGINES(Import, tells_the_caches_once_for_each_thread) {
    std::vector<Change> told;
    world.db().on_change(
        [&](std::span<const Change> changes) { told.insert(told.end(), changes.begin(), changes.end()); });
    bring_in(world, small_archive());
    world.db().on_change({});
    EXPECT_EQ(std::count_if(told.begin(), told.end(),
                            [](const Change& c) { return c.kind == Change::Kind::thread; }),
              1);
}

BOTH_ENGINES(Import, begins_another_thread_when_one_is_full) {
    Archive archive = small_archive();
    bring_in(world, archive);
    world.must([&](db::Tx& tx) -> Done {
        constexpr db::Sql fill_sql = "update thread set last_number = $1";
        tx.run(fill_sql, PostId::max_number);
        return {};
    });
    for (const char* key : {"m4", "m5"}) {
        archive.messages.push_back(message(key, "Anna Schmidt", "m3"));
        archive.conversations[0].messages.push_back(archive.messages.size() - 1);
        archive.conversations[0].parents.push_back(2);
    }
    const Report report = bring_in(world, archive);
    EXPECT_EQ(report.imported, 2);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(conversation::count_threads(tx, *groups::find_group(tx, "Old friends")), 2);
    });
}

}  // namespace
}  // namespace kith::transfer
