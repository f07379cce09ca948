// Every statement that is prepared when each address is visited, forms of all kinds are sent and the recurring tasks
// run is planned here as in a community with a million posts. No plan may walk a table that grows from end to end, with
// or without an index, and (on SQLite) none may sort, unless `allowed` says why that is little.
// Statistics decide over plans, not rows. SQLite gets those of a million posts in its own table. PostgreSQL counts the
// pages of its files itself, so it is told of a million rows on each; and as sequential scans are forbidden, one that
// is left means that there is no index for what is asked.
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>

#include "app/upkeep.hpp"
#include "conversation/conversation.hpp"
#include "notices/notices.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/live/changes.hpp"
#include "tests/tour.hpp"
#include "url.hpp"

namespace kith {
namespace {

using test::Pages;
using test::Tour;
using test::World;

using Plans = std::map<std::string, std::vector<std::string>>;

struct Allowed {
    std::string_view sql;   // a part of the statement, with single spaces
    std::string_view plan;  // a part of the line
    std::string_view reason;
};

constexpr Allowed allowed[] = {
    {"from audit_entry order by id desc limit 1", "", "the last one alone"},
    {"from audit_entry where id < $1 order by id desc limit", "", "a page, by its key"},
    {"where post_search match", "ORDER BY", "one page of results, in order already"},
    {"from thread_count g join thread t", "ORDER BY", "at most 200 threads of each of the reader's groups"},
    {"select distinct author_id from (select author_id from post", "DISTINCT", "200 posts"},
    {"from persona where member_id = $1 order by id", "ORDER BY", "the names of one person"},
    {"from job where every_ms is not null", "", "what comes round: a handful"},
    {"from job where every_ms is null order by id desc limit", "", "a page, by its key"},
    {"from look_up l join persona p", "", "a page, by its key"},
    {"from unmasking order by id desc limit", "", "a page, by its key"},
    {"insert into persona", "SCAN thread", "for rows that wait for a new one, of which there are none"},
    {"select distinct t.id, t.author_id from post p join post t", "DISTINCT", "one page of posts"},
    {"from membership", "ORDER BY", "the groups of one person"},
    {"delete from unmasking", "", "unmaskings are few"},
    {"from topic", "ORDER BY", "topics are few"},
    {"insert into likeness", "", "counted once a week, by a job"},
    {"delete from likeness", "", "a few rows of each group, once a week, by a job"},
    {"delete from picture where member_id is not null", "", "pictures that no post has yet are few"},
    {"from search_entry e join post p", "search_entry_waiting",
     "all of an index that holds what waits alone"},
    {"from join_request", "ORDER BY", "those who wait for one group"},
    {"from session where member_id = $1", "ORDER BY", "the devices of one person"},
    {"from persona where group_id is null order by id limit", "", "a page, by its key"},
    {"from role_grant g where", "", "hosts are few, and this is asked when one of them goes"},
    {"from mute m join persona p", "persona other", "PostgreSQL takes one person to mute thousands"},
    {"delete from session where", "", "once an hour: a row for each device"},
    {"from membership m join invitation i", "", "for a host alone: who came by an invitation in 90 days"},
    {"from newcomer_words where words_digest", "ORDER BY", "the same words in three days, at most 200"},
    {"from flood w order by w.last_at_ms desc", "", "a page, by its index"},
    {"from reading_alarm order by last_at_ms desc", "", "a page, by its index"},
    {"from door_hint order by at_ms desc", "", "a page, by its index"},
    {"from held_network", "", "a few rows of each account on hold"},
    {"from membership where invitation_id = $1", "ORDER BY", "who came by one invitation: at most 500"},
    {"from stopped_member where invitation_id", "", "who came by one invitation: at most 500"},
    {"delete from door_count where", "", "once an hour: those of a month"},
    {"delete from flood", "", "once an hour: floods are few"},
    {"delete from stopped_member", "", "once an hour: stopped invitations are few"},
    {"delete from invitation_stop", "", "once an hour: stopped invitations are few"},
    {"delete from attempt where", "", "once an hour: a row for each failed try of a day"},
    {"delete from half_session where expires", "", "once an hour: those of ten minutes"},
    {"delete from passkey_challenge where member_id", "",
     "once for each erased member: those of five minutes"},
    {"delete from passkey_challenge where expires", "", "once an hour: those of five minutes"},
    {"delete from daily_key where", "", "once an hour: two rows"},
    {"delete from claim_code where", "", "once an hour: a row for each person of an imported archive"},
    {"delete from job where", "", "once an hour: a week of jobs"},
    {"delete from sent_form where", "", "once an hour: a row for each post of a day"},
    {"from persona p join post t on t.author_id = p.id", "",
     "a copy of one's data: PostgreSQL takes one person to have thousands of names"},
    {"join retired_name r on r.persona_id = p.id where p.member_id", "",
     "a copy or an erasure: few people change their names"},
    {"delete from retired_name where", "", "once for each erased member: few people change their names"},
    {"delete from imported where", "", "once for each erased member: PostgreSQL as above"},
    {"from search_entry e join post p", "search_entry_waiting", "what waits, by its own index"},
    {"delete from contact_opening where", "", "once for each erased member: PostgreSQL as above"},
    {"update look_up set looked_up_by = null", "", "once for each erased member: hosts look up few names"},
    {"delete from look_up where", "", "once for each erased member: hosts look up few names"},
    {"from persona p join safety_case c on c.author_id = p.id", "",
     "a copy of one's data: PostgreSQL as above"},
    {"from safety_case where closed_at_ms is null", "safety_case_", "what waits, by its own index"},
    {"from handover order by id desc limit", "", "the newest 20, by their key"},
    {"delete from handover where author", "", "once for each erased member: PostgreSQL as above"},
    {"from persona p join handover h", "", "a copy of one's data: PostgreSQL as above"},
    {"from appeal a join safety_case c", "appeal_waiting", "what waits, by its own index"},
    {"from suspension where member_id", "TEMP B-TREE", "the holds of one member"},
    {"from report where case_id", "TEMP B-TREE", "the reports of one case"},
    {"from outside_service order by country", "TEMP B-TREE", "at most 50"},
    {"from escalation where told_at_ms", "TEMP B-TREE", "those of a year, for a host's page"},
    {"delete from label_score where label_id in", "", "the labels of one post, or once a night all of them"},
    {"delete from post_label where exists", "", "once a night: what moderators said of posts"},
    {"select count(distinct post_id) from post_label", "", "what moderators said of posts, for hosts"},
    {"from post_label where said_at_ms >= $1 order by id desc limit", "", "a page, by its key"},
    {"from post_label l join label_score s", "", "once a week: labels of eight weeks"},
    {"from persona p join post_label l", "", "a copy of one's data: PostgreSQL as above"},
    {"from audit_pick where", "audit_pick_waiting", "what waits, by its own index"},
    {"from safety_case c join report r on r.case_id = c.id where c.post_id = $1", "",
     "PostgreSQL takes one post to have thousands of cases"},
    {"from reply_template order by name", "TEMP B-TREE", "at most 30"},
    {"join case_export x", "case_export_case", "few cases are ever given to an authority"},
    {"from debrief where share", "debrief_shared", "a page, by its own index"},
    {"from former_member", "", "one row"},
    {"from push_key", "", "one row"},
    {"delete from shift where", "", "once a day: shifts of more than a year"},
    {"delete from handover where written", "", "once a day: notes of 90 days"},
    {"from policy", "ORDER BY", "what the host wrote is little"},
    {"from published_report", "", "a handful"},
    {"from post where created_at_ms >= $1", "", "a report on any time, by a host"},
    {"from post p join persona a on a.id = p.author_id where p.created_at_ms >= $1", "",
     "a report on any time, by a host"},
    {"from safety_case c join appeal a", "", "a report on any time, by a host"},
    {"from report where filed_at_ms >= $1", "", "a report on any time, by a host"},
    {"from safety_case c where c.opened_at_ms >= $1", "", "a report on any time, by a host"},
    {"from safety_case c where c.decided_at_ms >= $1", "", "a report on any time, by a host"},
    {"from case_event where kind = $3", "", "a report on any time, by a host"},
    {"from post_removal m where m.own = 0", "", "a report on any time, by a host"},
    {"from suspension where case_id is null", "", "a report on any time, by a host"},
    {"from appeal where filed_at_ms >= $1", "", "a report on any time, by a host"},
    {"from risk", "ORDER BY", "risks are few"},
    {"count(distinct member_id) from policy_answer", "", "hosts count the answers to a few texts"},
    {"from policy_answer where member_id", "", "the answers of one person"},
};

// What does not grow with the number of people and posts.
const std::set<std::string, std::less<>> small{"topic",
                                               "setting",
                                               "peer_group",
                                               "content_note",
                                               "thread_count",
                                               "migration",
                                               "post_search",
                                               "triage",
                                               "suspension_step",
                                               "outside_service",
                                               "shift_pattern",
                                               "paired_group",
                                               "rota_setting",
                                               "cover_state",
                                               "room_member",
                                               "door_rule",
                                               "door_secret",
                                               "training_module",
                                               "training_need",
                                               "pace_choice",
                                               "learning_wish",
                                               "learned_flag",
                                               "learned_model",
                                               "learned_load",
                                               "learning_figure",
                                               "policy",
                                               "policy_version",
                                               "policy_grace",
                                               "risk",
                                               "risk_version",
                                               "published_report",
                                               "published_figure",
                                               "transparency_rule",
                                               "reply_template"};

std::string one_line(std::string_view sql) {
    std::string out;
    std::stringstream words{std::string(sql)};
    for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
}

// The table behind a name of a statement: "from post p" makes "p" a post. Empty for what is no table of ours, and for
// one that is not named: SQLite plans to look for rows that refer to a new one, which it does when some wait for it.
std::string table_of(const std::string& sql, std::string_view name, const std::set<std::string>& tables) {
    std::stringstream words(sql);
    for (std::string word, table, alias; words >> word;) {
        if (word != "from" && word != "join") continue;
        const auto at = words.tellg();
        if (words >> table >> alias) {
            if (alias == "as") words >> alias;
            if (alias == name && tables.contains(table)) return table;
        }
        words.clear();
        words.seekg(at);
    }
    const bool is_named = sql.find(" " + std::string(name)) != std::string::npos;
    return is_named && tables.contains(std::string(name)) ? std::string(name) : std::string();
}

bool grows(const std::string& table) { return !table.empty() && !small.contains(table); }

bool is_bad_on_sqlite(const std::string& sql, const std::string& line, const std::set<std::string>& tables) {
    if (line.find("TEMP B-TREE") != std::string::npos) return true;
    if (!line.starts_with("SCAN ")) return false;
    return grows(table_of(sql, line.substr(5, line.find(' ', 5) - 5), tables));
}

// "Index Scan using x on post p (cost=..." without a condition in the next line, or a sequential scan.
bool is_bad_on_postgres(const std::vector<std::string>& plan, std::size_t i,
                        const std::set<std::string>& tables) {
    const std::string& line = plan[i];
    const bool by_index = line.find("Index Scan ") != std::string::npos ||
                          line.find("Index Only Scan ") != std::string::npos;
    if (!by_index && line.find("Seq Scan on ") == std::string::npos) return false;
    const std::size_t begin = line.find(" on ") + 4;
    const std::string table = line.substr(begin, line.find(' ', begin) - begin);
    const bool has_condition = i + 1 < plan.size() && plan[i + 1].find("Index Cond") != std::string::npos;
    return tables.contains(table) && grows(table) && !(by_index && has_condition);
}

bool is_allowed(const std::string& sql, std::string_view line) {
    return std::ranges::any_of(allowed, [&](const Allowed& one) {
        return sql.find(one.sql) != std::string::npos && line.find(one.plan) != std::string_view::npos;
    });
}

constexpr db::Sql sqlite_tables_sql = "select name from sqlite_schema where type = 'table'";
constexpr db::Sql postgres_tables_sql = R"(
    select relname
    from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r')";

std::set<std::string> tables_of(db::Database& database) {
    const auto names = database.read([&](db::ReadTx& tx) {
        return tx.all<std::string>(tx.engine() == db::Engine::sqlite ? sqlite_tables_sql
                                                                     : postgres_tables_sql);
    });
    return {names.begin(), names.end()};
}

// The statistics of tests/golden/statistics.txt, as a script.
std::string sqlite_statistics() {
    std::ifstream in(KITH_SOURCE_DIR "/tests/golden/statistics.txt");
    std::string out = "analyze; delete from sqlite_stat1;";
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        const std::size_t first = line.find('|'), second = line.find('|', first + 1);
        const std::string index = line.substr(first + 1, second - first - 1);
        out += "insert into sqlite_stat1 values ('" + line.substr(0, first) + "', " +
               (index.empty() ? "null" : "'" + index + "'") + ", '" + line.substr(second + 1) + "');";
    }
    return out + "analyze sqlite_schema;";
}

constexpr const char* postgres_statistics = R"(
    do $$
    declare name text;
    begin
        for name in select relname from pg_class
                    where relnamespace = current_schema()::regnamespace and relkind = 'r'
        loop
            execute format('alter table %I set (autovacuum_enabled = false)', name);
        end loop;
    end $$;
    update pg_class
    set reltuples = 1000000, relpages = 1
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'i'))";

void visit_everything(const Tour& tour, Pages& pages) {
    std::set<std::string_view> visited;
    for (const Tour::Stop& stop : tour.stops()) {
        visited.insert(stop.pattern);
        for (const std::string_view accept : {"text/html", "application/json"}) {
            const int status = pages.get(stop.target, stop.who, accept).status;
            EXPECT_TRUE(status < 400 || stop.pattern == "/assets/{file}") << status << " " << stop.target;
        }
    }
    for (const http::Route& route : pages.app().router().routes())
        if (route.method == http::Method::get) {
            EXPECT_TRUE(visited.contains(route.pattern)) << route.pattern;
        }
}

void send_everything(const Tour& tour, Pages& pages) {
    for (const Tour::Sent& form : tour.forms()) {
        const test::Answer answer = pages.post(form.target, form.fields, form.who);
        EXPECT_LT(answer.status, 400) << form.target << "\n" << answer.body;
    }
}

void follow_and_tidy(World& world, const Tour& tour, Pages& pages) {
    const auto application = pages.app().application();
    application.missed(
        {.group = tour.cast.circle, .thread = tour.thread, .member = tour.cast.ada, .after = 3});
    application.missed({.member = tour.cast.ada, .after = 3});
    pages.app().flush();
    app::index_posts(*world.services);
    jobs::Handlers handlers = all_jobs(*world.services);
    handlers.emplace("nothing", jobs::Handler{.run = [](const std::string&) {}});
    jobs::Runner runner(*world.services, handlers);
    jobs::Runner slow(*world.services, handlers, jobs::Lane::slow);
    runner.arrange();
    world.clock.advance(8 * day_ms);
    while (runner.run_one() || slow.run_one()) {
    }
}

void check(db::Engine engine, const Plans& plans, const std::set<std::string>& tables) {
    for (const auto& [text, plan] : plans) {
        const std::string sql = one_line(text);
        for (std::size_t i = 0; i < plan.size(); ++i) {
            const bool bad = engine == db::Engine::sqlite ? is_bad_on_sqlite(sql, plan[i], tables)
                                                          : is_bad_on_postgres(plan, i, tables);
            if (bad) {
                EXPECT_TRUE(is_allowed(sql, plan[i])) << sql << "\n" << plan[i];
            }
        }
    }
}

void check_plans(db::Engine engine) {
    World world(engine);
    const Tour tour(world);
    std::mutex mutex;
    Plans plans;
    world.reopen([&](db::Options& options) {
        options.on_plan = [&](std::string_view sql, const std::vector<std::string>& plan) {
            const std::lock_guard lock(mutex);
            plans.emplace(sql, plan);
        };
        if (engine == db::Engine::postgres) options.url += "%20-cenable_seqscan%3Doff";
    });
    world.db().execute(engine == db::Engine::sqlite ? sqlite_statistics() : postgres_statistics);
    {
        Pages pages(world);
        visit_everything(tour, pages);
        send_everything(tour, pages);
        follow_and_tidy(world, tour, pages);
    }
    EXPECT_GT(plans.size(), 100u);
    check(engine, plans, tables_of(world.db()));
    world.reopen([](db::Options& options) { options.on_plan = nullptr; });
}

TEST(Plans, walk_no_table_that_grows_on_sqlite) { check_plans(db::Engine::sqlite); }

TEST(Plans, walk_no_table_that_grows_on_postgres) {
    if (test::postgres_url().empty()) GTEST_SKIP() << "KITH_TEST_POSTGRES is not set: use script/test";
    check_plans(db::Engine::postgres);
}

}  // namespace
}  // namespace kith
