#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstdlib>
#include <memory>

#include "tests/shared_data.hpp"
#include "transfer/addresses.hpp"
#include "transfer/testing.hpp"

namespace kith::transfer {
namespace {

using test::World;

constexpr db::Sql sqlite_columns_sql = R"(
    select m.name, c.name
    from sqlite_master m
    join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'post_search%' and lower(c.type) like '%text%')";

struct Column {
    std::string table, column;
};

// Every text of the database that reads like an address of the archive's.
std::vector<std::string> addresses_kept(const std::filesystem::path& file) {
    sqlite3* raw = nullptr;
    sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
    std::vector<Column> columns;
    const auto add_column = [](void* to, int, char** values, char**) {
        static_cast<std::vector<Column>*>(to)->push_back({values[0], values[1]});
        return 0;
    };
    sqlite3_exec(raw, sqlite_columns_sql.text(), add_column, &columns, nullptr);
    EXPECT_GT(columns.size(), 20u);
    std::vector<std::string> found;
    const auto add_text = [](void* to, int, char** values, char**) {
        if (values[0] && has_address(values[0]))
            static_cast<std::vector<std::string>*>(to)->push_back(values[0]);
        return 0;
    };
    for (const auto& [table, column] : columns)
        sqlite3_exec(raw, ("select " + column + " from " + table).c_str(), add_text, &found, nullptr);
    return found;
}

const std::string nasty =
    "<p>a&#64;b.org, <a href='mailto:cy@example.org'>Cy</a>, dee<b>@</b>example.org, "
    "<i>eve</i>@example.org</p>"
    "<p>Fay AT example.org; gil (at) example.org; hal [at] example [dot] org; ida{at}host; jo@localhost</p>"
    "<p>kim@10.0.0.1, lea@[10.0.0.2], <a href='https://x.org/?to=max%40example.org'>link</a> ned @ "
    "example.org</p>"
    "<pre>oda@example.org</pre><p>pam at<br>example.org \"quo ta\"@example.org ro&shy;n@example.org</p>";

TEST(ImportedAddresses, are_in_no_text_of_the_database) {
    World world(db::Engine::sqlite);
    std::string archive = mail(1, "ann", "ask bob AT example.org, or sam(at)example.org");
    archive +=
        "From tim at example.org  Mon Feb  5 22:10:33 2001\nFrom: tim at example.org\n"
        "Content-Type: text/html\nMessage-ID: <h@example.org>\nSubject: uma@example.org\n\n" +
        nasty + "\n\n";
    bring_into(world, mbox_of(archive), {.group = "Mails"});
    const auto folder = std::filesystem::path(world.folder) / "topics";
    std::filesystem::create_directories(folder);
    std::string html;
    for (const char c : nasty) html += c == '"' ? "\\\"" : std::string(1, c);
    std::ofstream(folder / "1.json")
        << R"({"id":1,"title":"vic@example.org","post_stream":{"posts":[{"id":1,)"
        << R"("username":"wes@example.org","name":"xan@example.org","user_id":1,)"
        << R"("post_number":1,"created_at":"2013-02-05T21:29:00Z","cooked":")" << html << "\"}]}}";
    const auto topics = read_discourse(folder.string(), no_progress);
    ASSERT_TRUE(topics.has_value());
    EXPECT_EQ(bring_into(world, *topics, {.group = "Topics"}).imported, 1);
    EXPECT_THAT(addresses_kept(world.folder / "kith.db"), testing::IsEmpty());
    const auto texts = what_is_there(world, "Topics");
    EXPECT_EQ(texts[1].find("example.org"), std::string::npos) << texts[1];
    EXPECT_NE(texts[1].find("link"), std::string::npos) << texts[1];
}

TEST(ImportedAddresses, of_a_real_archive_are_in_no_text_of_the_database) {
    const std::filesystem::path file = test::shared_data("mailing-lists/twisted-web.mbox.xz");
    if (file.empty()) GTEST_SKIP() << "no shared data here";
    World world(db::Engine::sqlite);
    const auto archive = read_mbox(file.string(), no_progress);
    ASSERT_TRUE(archive.has_value());
    EXPECT_GT(bring_into(world, *archive, {.group = "Mails"}).imported, 5000);
    EXPECT_THAT(addresses_kept(world.folder / "kith.db"), testing::IsEmpty());
}

}  // namespace
}  // namespace kith::transfer
