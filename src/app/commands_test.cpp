#include "app/commands.hpp"

#include <sys/stat.h>

#include <fstream>
#include <set>
#include <sstream>

#include "app/demo/demo.hpp"
#include "app/metrics_server.hpp"
#include "app/serve.hpp"
#include "platform/db/migrate.hpp"
#include "tests/cast.hpp"
#include "tests/pages.hpp"
#include "tests/world.hpp"

namespace kith::app {
namespace {

using test::World;

struct Ran {
    int code;
    std::string out, err;
};

Ran kith(std::vector<std::string> words) {
    words.insert(words.begin(), "kith");
    words.insert(words.end(), {"--log-level", "error"});
    std::vector<const char*> argv;
    for (const std::string& word : words) argv.push_back(word.c_str());
    std::ostringstream out, err;
    const auto all = commands();
    const auto open = [](cli::Invocation& call, const auto& use) {
        return with_app(call, [&](App& app) { return use(app.services()); });
    };
    const int code = cli::run(all, static_cast<int>(argv.size()), argv.data(), open, out, err);
    return {code, out.str(), err.str()};
}

int rights_of(const std::filesystem::path& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 0777) : -1;
}

// A data folder that is made by the first command, under a careless umask.
class Commands : public testing::Test {
protected:
    Commands()
        : world(db::Engine::sqlite), folder(world.folder / "data" / "of" / "kith"), umask_(::umask(0)) {}
    ~Commands() override { ::umask(umask_); }

    Ran run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--data", folder.string()});
        return kith(std::move(words));
    }
    // As a server has it.
    std::unique_ptr<db::Database> open() const {
        db::Options options;
        options.file = folder / "kith.db";
        return *db::Database::open(options, world.clock);
    }

    World world;
    std::filesystem::path folder;

private:
    mode_t umask_;
};

TEST_F(Commands, the_data_is_for_our_account_alone_whatever_the_umask) {
    EXPECT_EQ(run({"migrate"}).code, 0);
    EXPECT_EQ(rights_of(folder), 0700);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        EXPECT_EQ(rights_of(entry.path()), 0600) << entry.path();
    std::filesystem::permissions(folder / "kith.db", std::filesystem::perms(0644));
    EXPECT_EQ(run({"migrate"}).code, 0);
    EXPECT_EQ(rights_of(folder / "kith.db"), 0600);
}

TEST_F(Commands, those_that_only_read_work_beside_a_server_and_the_others_say_what_to_do) {
    ASSERT_EQ(run({"user", "add", "Maple"}).code, 0);
    const auto server = open();
    const Ran listed = run({"user", "list"});
    EXPECT_EQ(listed.code, 0) << listed.err;
    EXPECT_EQ(listed.out, "Maple\n");
    EXPECT_EQ(run({"audit", "verify"}).code, 0);
    const Ran refused = run({"user", "add", "Otter"});
    EXPECT_EQ(refused.code, 7);
    EXPECT_NE(refused.err.find("systemctl stop kith"), std::string::npos) << refused.err;
}

TEST_F(Commands, a_list_of_members_tells_what_they_look_after) {
    ASSERT_EQ(run({"demo", "--no-serve"}).code, 0);
    const std::string words = run({"user", "list"}).out, json = run({"user", "list", "--json"}).out;
    EXPECT_NE(words.find("  host"), std::string::npos) << words;
    EXPECT_NE(words.find("facilitator of "), std::string::npos) << words;
    EXPECT_NE(json.find("\"roles\":[\"host\"]"), std::string::npos) << json;
    EXPECT_NE(json.find("\"group_roles\":[{\"role\":\"facilitator\",\"group\":"), std::string::npos) << json;
}

TEST_F(Commands, a_name_that_is_taken_says_what_to_do) {
    ASSERT_EQ(run({"user", "add", "Maple"}).code, 0);
    const Ran again = run({"user", "add", "Maple"});
    EXPECT_EQ(again.code, 5);
    EXPECT_NE(again.err.find("kith user password"), std::string::npos) << again.err;
}

TEST_F(Commands, a_rehearsed_import_tells_of_a_missing_file_and_of_a_new_group) {
    const Ran missing = run({"import", "mbox", "/nowhere/list.mbox", "--group", "Pain", "--dry-run"});
    EXPECT_EQ(missing.code, 4);
    EXPECT_NE(missing.err.find("/nowhere/list.mbox: No such file"), std::string::npos) << missing.err;
    const std::filesystem::path mbox = world.folder / "list.mbox";
    std::ofstream(mbox) << "From x Thu Dec 11 05:57:05 2003\nFrom: a@example.org\nMessage-ID: <1@x>\n"
                           "Date: Thu, 11 Dec 2003 05:57:05 +0000\nSubject: Hello\n\nHello all.\n";
    const Ran ran = run({"import", "mbox", mbox.string(), "--group", "Pain", "--dry-run"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("no group \"Pain\" yet"), std::string::npos) << ran.out;
}

TEST_F(Commands, check_config_finds_a_folder_that_cannot_be_written) {
    EXPECT_EQ(run({"check-config"}).code, 0);
    EXPECT_FALSE(std::filesystem::exists(folder));
    const Ran ran = kith({"check-config", "--data", "/dev/null/kith"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.out.find("data: /dev/null: this account may not write there"), std::string::npos)
        << ran.out;
}

TEST_F(Commands, those_that_only_read_make_nothing) {
    const Ran ran = run({"user", "list"});
    EXPECT_EQ(ran.code, 7);
    EXPECT_NE(ran.err.find("there is no database"), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(Commands, the_head_of_the_audit_log_is_printed_and_compared) {
    ASSERT_EQ(run({"demo", "--no-serve"}).code, 0);
    const std::string out = run({"audit", "verify"}).out;
    const std::size_t at = out.find("Its head is ");
    ASSERT_NE(at, std::string::npos) << out;
    const std::string head = out.substr(at + 12, out.find('\n', at) - at - 12);
    EXPECT_EQ(run({"audit", "verify", "--expect", head}).code, 0);
    EXPECT_EQ(run({"audit", "verify", "--expect", "9999" + head}).code, 1);
    EXPECT_EQ(run({"audit", "verify", "--expect", "nonsense"}).code, 2);
    EXPECT_NE(run({"audit", "verify", "--json"}).out.find("\"head\":\"" + head + "\""), std::string::npos);
}

TEST_F(Commands, mistakes_are_data_for_machines_too) {
    const Ran settings = run({"serve", "--port", "many", "--json"});
    EXPECT_EQ(settings.code, 2);
    EXPECT_NE(settings.err.find("{\"error\":{\"fault\":\"invalid\",\"mistakes\":[{\"where\":\"--port\""),
              std::string::npos)
        << settings.err;
    const Ran words = kith({"user", "add", "--json"});
    EXPECT_EQ(words.code, 2);
    EXPECT_TRUE(words.err.starts_with("{\"error\":{\"fault\":\"invalid\"")) << words.err;
}

TEST_F(Commands, the_demo_is_known_again_and_no_other_community_is_taken_for_it) {
    ASSERT_EQ(run({"demo", "--no-serve"}).code, 0);
    EXPECT_EQ(run({"demo", "--no-serve"}).code, 5);
    const auto demo = [&](const std::filesystem::path& file) {
        db::Options options;
        options.file = file;
        const auto database = *db::Database::open(options, world.clock);
        Versions versions;
        Services services{*database, world.clock, world.random, versions};
        return has_demo(services);
    };
    EXPECT_TRUE(demo(folder / "kith.db"));
    EXPECT_FALSE(has_demo(*world.services));
    EXPECT_FALSE(sign_ins_of_demo().empty());
}

std::set<std::string> metrics_in(std::string_view text, std::string_view before) {
    std::set<std::string> names;
    for (std::size_t at = text.find(before); at != std::string_view::npos; at = text.find(before, at + 1)) {
        const std::size_t begin = at + before.size();
        names.emplace(text.substr(begin, text.find_first_of(" `", begin) - begin));
    }
    return names;
}

TEST(Metrics, are_those_that_the_guide_lists) {
    World world(db::Engine::sqlite);
    test::Pages pages(world);
    const http::Server server({}, pages.app().application(), world.clock, world.random);
    metrics::Registry registry;
    add_metrics(registry, server, pages.app());
    std::ifstream in(std::string(KITH_SOURCE_DIR) + "/docs/operators/monitoring.md");
    const std::string guide(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(metrics_in(guide, "\n| `kith_").size() + metrics_in(guide, "\n| `process_").size(),
              metrics_in(registry.text(), "# TYPE ").size());
    for (const std::string& name : metrics_in(registry.text(), "# TYPE "))
        EXPECT_NE(guide.find("\n| `" + name + "` |"), std::string::npos) << name;
}

constexpr db::Sql count_sql = "select count(*) from change";

BOTH_ENGINES(Upkeep, runs_as_jobs_and_forgets_what_is_old) {
    const test::Cast cast(world);
    const auto changes = [&] {
        return world.db().read([](db::ReadTx& tx) { return tx.one<std::int64_t>(count_sql); });
    };
    ASSERT_GT(changes(), 0);
    jobs::Runner runner(*world.services, all_jobs(*world.services));
    jobs::Runner slow(*world.services, all_jobs(*world.services), jobs::Lane::slow);
    world.clock.advance(2 * day_ms);
    runner.arrange();
    while (runner.run_one() || slow.run_one()) {
    }
    EXPECT_EQ(changes(), 1) << "the newest stays";
    for (const jobs::JobRow& job : world.db().read([](db::ReadTx& tx) { return jobs::rounds(tx); })) {
        EXPECT_EQ(job.last_run_at, std::optional(world.clock.now())) << job.kind;
        EXPECT_EQ(job.last_error, std::nullopt) << job.kind;
    }
    test::Pages pages(world);
    EXPECT_TRUE(pages.get("/admin/jobs", cast.oz).shows("forget_changes"));
}

}  // namespace
}  // namespace kith::app
