// The plans of every statement that pages run, at a million posts: none may read a large table from end to end.
#include <map>
#include <mutex>

#include "conversation/conversation.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith {
namespace {

using test::Cast;
using test::Pages;
using test::World;

// 1,000,000 posts in 50,000 threads of 20; text is short, which no plan depends on.
constexpr const char* fill_sqlite = R"(
    begin;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000)
    insert into thread (id, group_id, title, author_id, created_at_ms, last_number, last_post_at_ms,
                        last_author_id)
    select 1000 + i, {group}, 'Thread ' || i, 2, i, 20, i, 2 from n;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < 999999)
    insert into post (id, author_id, created_at_ms, html)
    select ((1001 + i / 20) << 20) | (i % 20 + 1), 2 + i % 5, i, '<p>x</p>' from n;
    insert into search_entry (post_id, document) select id, 'nights zg{group}' from post where id % 7 = 0;
    insert into thread_count values ({group}, 50000);
    insert into read_mark (member_id, thread_id, number, read_at_ms) select 2, id, 10, 1 from thread;
    analyze;
    commit;)";
constexpr const char* fill_postgres = R"(
    insert into thread (id, group_id, title, author_id, created_at_ms, last_number, last_post_at_ms,
                        last_author_id)
    select 1000 + i, {group}, 'Thread ' || i, 2, i, 20, i, 2 from generate_series(1, 50000) i;
    insert into post (id, author_id, created_at_ms, html)
    select ((1001 + i / 20)::bigint << 20) | (i % 20 + 1), 2 + i % 5, i, '<p>x</p>'
    from generate_series(0, 999999) i;
    insert into search_entry (post_id, document) select id, 'nights' from post where id % 7 = 0;
    insert into post_search (id, words)
    select id, to_tsvector('simple', 'nights zg{group}') from search_entry where id % 50 = 0;
    insert into thread_count values ({group}, 50000);
    insert into read_mark (member_id, thread_id, number, read_at_ms) select 2, id, 10, 1 from thread;
    analyze;)";

std::string with_group(std::string script, GroupId group) {
    for (std::size_t at = script.find("{group}"); at != std::string::npos; at = script.find("{group}", at))
        script.replace(at, 7, std::to_string(group.value()));
    return script;
}

// Whether a line of a plan reads a whole table that grows with the number of posts or members.
bool scans_a_large_table(db::Engine engine, std::string_view line) {
    for (const std::string_view table : {"post", "thread", "post_version", "read_mark", "support",
                                         "search_entry", "notice", "membership", "session", "change"}) {
        const std::string name(table);
        if (engine == db::Engine::sqlite) {
            const bool whole = line.starts_with("SCAN " + name + " ") || line == "SCAN " + name;
            // By an index in its own order is how newest-first lists end early.
            if (whole && line.find("USING") == std::string_view::npos) return true;
        } else if (line.find("Seq Scan on " + name + " ") != std::string_view::npos &&
                   line.find("rows=1 ") == std::string_view::npos) {
            return true;
        }
    }
    return false;
}

void check_plans(db::Engine engine) {
    std::mutex mutex;
    std::map<std::string, std::vector<std::string>> plans;
    bool watching = false;
    db::Options options;
    options.on_plan = [&](std::string_view sql, const std::vector<std::string>& plan) {
        const std::lock_guard lock(mutex);
        if (watching) plans.emplace(sql, plan);
    };
    World world(engine, options);
    const Cast cast(world);
    world.db().execute(with_group(engine == db::Engine::sqlite ? fill_sqlite : fill_postgres, cast.circle));
    watching = true;
    Pages pages(world);
    for (const Url& page : {url::thread(ThreadId(30000)), url::group(cast.circle), url::home(), url::groups(),
                            url::notices(), url::me(), url::search().query("q", "nights")})
        EXPECT_EQ(pages.get(page.text(), cast.ada).status, 200) << page.text();
    EXPECT_EQ(pages.post(url::replies(ThreadId(30000)).text(), {{"text", "hello"}}, cast.ada).status, 303);
    EXPECT_GT(plans.size(), 20u);
    for (const auto& [sql, plan] : plans)
        for (const std::string& line : plan)
            EXPECT_FALSE(scans_a_large_table(engine, line)) << sql << "\n" << line;
}

TEST(Plans, read_no_large_table_from_end_to_end_on_sqlite) { check_plans(db::Engine::sqlite); }

TEST(Plans, read_no_large_table_from_end_to_end_on_postgres) {
    if (test::postgres_url().empty()) GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";
    check_plans(db::Engine::postgres);
}

}  // namespace
}  // namespace kith
