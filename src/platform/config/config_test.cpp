#include "platform/config/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace kith::config {
namespace {

namespace fs = std::filesystem;

class ConfigTest : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder = fs::temp_directory_path() / (std::string("kith-config-") + test->name());
        fs::create_directories(folder);
    }
    void TearDown() override { fs::remove_all(folder); }

    fs::path file(const std::string& text) const {
        std::ofstream(folder / "kith.toml") << text;
        return folder / "kith.toml";
    }

    fs::path folder;
};

TEST_F(ConfigTest, nothing_given_is_the_defaults) {
    const auto config = load({}, {}, nullptr);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->port, 8080);
    EXPECT_EQ(config->data, "var");
    EXPECT_EQ(config->trusted_proxies.size(), 2u);
}

TEST_F(ConfigTest, flags_win_over_the_environment_and_that_over_the_file) {
    const fs::path toml = file(
        "port = 1\ncache_mb = 2\nwrite_workers = 3\nlog_addresses = true\n"
        "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n");
    const char* environment[] = {"KITH_CACHE_MB=20", "KITH_WRITE_WORKERS=30", "HOME=/", nullptr};
    const auto config = load(toml, {{"write_workers", "300"}}, environment);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->port, 1);
    EXPECT_EQ(config->cache_mb, 20);
    EXPECT_EQ(config->write_workers, 300);
    EXPECT_TRUE(config->log_addresses);
    EXPECT_EQ(config->trusted_proxies, (std::vector<std::string>{"10.0.0.0/8", "::1"}));
}

TEST_F(ConfigTest, an_open_address_without_https_is_worth_a_word) {
    EXPECT_FALSE(unprotected({}));
    EXPECT_FALSE(unprotected({.address = "0.0.0.0", .public_url = "https://kith.example.org"}));
    const auto local = unprotected({.address = "0.0.0.0"});
    EXPECT_NE(local.value().what.find("cannot stay signed in"), std::string::npos);
    EXPECT_TRUE(unprotected({.public_url = "http://kith.example.org"})) << "behind a proxy without TLS";
    EXPECT_TRUE(unprotected({.public_url = "http://localhost.example.org"}));
    const auto plain = unprotected({.address = "::", .public_url = "http://kith.example.org"});
    EXPECT_NE(plain.value().what.find("others can read"), std::string::npos);
}

TEST_F(ConfigTest, variables_that_do_nothing_are_named) {
    const char* environment[] = {"KITH_SERVICE_HOST=x", "KITH_PORT=1", "KITH_PROT=1",
                                 "KITH_CONFIG=x",       "HOME=/",      nullptr};
    const auto unknown = unknown_variables(environment);
    ASSERT_EQ(unknown.size(), 1u) << "what is nearly right is a mistake instead";
    EXPECT_EQ(unknown[0].where, "KITH_SERVICE_HOST");
}

TEST_F(ConfigTest, every_mistake_is_named_at_once_with_its_place) {
    const fs::path toml = file("data = \"x\"\nprot = 80\n\nport = 99999\nlanguage = \"xx\"\n");
    const char* environment[] = {"KITH_PROT=1", "KITH_SERVICE_HOST=10.0.0.1", "KITH_LOG_LEVEL=loud", nullptr};
    const auto mistakes = check(toml, {{"address", "here"}}, environment);
    ASSERT_EQ(mistakes.size(), 6u);
    EXPECT_EQ(mistakes[0].where, "kith.toml:2");
    EXPECT_EQ(mistakes[0].what, "there is no setting \"prot\"; did you mean \"port\"?");
    EXPECT_EQ(mistakes[1].where, "kith.toml:4");
    EXPECT_EQ(mistakes[1].what, "port: write a whole number from 0 to 65535");
    EXPECT_EQ(mistakes[2].where, "kith.toml:5");
    EXPECT_EQ(mistakes[3].what, "there is no such setting; did you mean KITH_PORT?");
    EXPECT_EQ(mistakes[4].where, "KITH_LOG_LEVEL");
    EXPECT_EQ(mistakes[5].where, "--address");
    const auto config = load(toml, {}, nullptr);
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().fault, Fault::invalid);
    EXPECT_NE(config.error().message.find("kith.toml:4: port"), std::string::npos);
}

TEST_F(ConfigTest, a_file_that_is_no_toml_or_not_there_is_said) {
    EXPECT_EQ(check(file("port = \n"), {}, nullptr).at(0).where, "kith.toml:1");
    EXPECT_TRUE(check(file("port = \n"), {}, nullptr).at(0).what.starts_with("this line cannot be read."));
    EXPECT_EQ(check(folder / "none.toml", {}, nullptr).size(), 1u);
    EXPECT_NE(check(file("[server]\nport = 1\n"), {}, nullptr).at(0).what.find("no sections"),
              std::string::npos);
}

TEST_F(ConfigTest, a_broken_section_does_not_end_the_program) {
    EXPECT_EQ(check(file("port = 80\n[,server]\n"), {}, nullptr).at(0).where, "kith.toml:2");
}

TEST_F(ConfigTest, a_wrong_database_is_never_repeated) {
    const auto mistakes = check({}, {{"database", "mysql://kith:secret@db"}}, nullptr);
    ASSERT_EQ(mistakes.size(), 1u);
    EXPECT_EQ(mistakes[0].what.find("secret"), std::string::npos);
}

TEST_F(ConfigTest, a_public_address_has_no_slash_at_its_end) {
    const auto config = load({}, {{"public_url", "https://kith.example.org/"}}, nullptr);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->public_url, "https://kith.example.org");
}

TEST_F(ConfigTest, a_public_address_that_is_not_given_follows_address_and_port) {
    const auto url = [](const Flags& flags) { return load({}, flags, nullptr)->public_url; };
    EXPECT_EQ(url({}), "http://localhost:8080");
    EXPECT_EQ(url({{"port", "9000"}}), "http://localhost:9000");
    EXPECT_EQ(url({{"address", "0.0.0.0"}}), "http://localhost:8080");
    EXPECT_EQ(url({{"address", "192.0.2.7"}}), "http://192.0.2.7:8080");
    EXPECT_EQ(url({{"address", "2001:db8::7"}}), "http://[2001:db8::7]:8080");
    EXPECT_EQ(url({{"port", "9000"}, {"public_url", "https://kith.example.org"}}),
              "https://kith.example.org");
}

TEST_F(ConfigTest, a_network_has_no_more_bits_than_its_address) {
    const auto right = [](const char* network) {
        return load({}, {{"trusted_proxies", network}}, nullptr).has_value();
    };
    EXPECT_TRUE(right("10.0.0.0/8"));
    EXPECT_TRUE(right("10.0.0.0/32"));
    EXPECT_FALSE(right("10.0.0.0/64"));
    EXPECT_TRUE(right("2001:db8::/64"));
    EXPECT_FALSE(right("2001:db8::/129"));
}

std::string text_of(const std::string& path) {
    std::ifstream in(std::string(KITH_SOURCE_DIR) + "/" + path);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// What stands between backticks in one cell of a table; several are a list.
std::string quoted_in(std::string_view cell) {
    std::string out;
    for (std::size_t at = cell.find('`'); at != std::string_view::npos; at = cell.find('`', at)) {
        const std::size_t end = cell.find('`', at + 1);
        out += (out.empty() ? "" : ",") + std::string(cell.substr(at + 1, end - at - 1));
        at = end + 1;
        if (cell.substr(at).starts_with(" (package")) break;
    }
    return out;
}

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    for (std::size_t at = line.find('|'); at != std::string_view::npos;) {
        const std::size_t end = line.find('|', at + 1);
        if (end == std::string_view::npos) break;
        cells.emplace_back(line.substr(at + 1, end - at - 1));
        at = end;
    }
    return cells;
}

TEST_F(ConfigTest, every_setting_stands_in_the_guide_with_its_default) {
    std::istringstream lines(text_of("docs/operators/configuration.md"));
    std::set<std::string> documented;
    for (std::string line; std::getline(lines, line);) {
        const auto cells = cells_of(line);
        if (cells.size() != 5 || quoted_in(cells[0]).empty()) continue;
        const std::string name = quoted_in(cells[0]), by_default = quoted_in(cells[3]);
        documented.insert(name);
        EXPECT_EQ(quoted_in(cells[1]), flag_of(name));
        EXPECT_EQ(quoted_in(cells[2]), variable_of(name));
        const auto config = load({}, {{name, by_default}}, nullptr);
        ASSERT_TRUE(config) << line;
        EXPECT_EQ(*config, *load({}, {}, nullptr)) << line;
    }
    std::set<std::string> all;
    for (const Key& key : keys()) all.emplace(key.name);
    EXPECT_EQ(documented, all);
}

TEST_F(ConfigTest, the_file_of_the_package_shows_every_setting_with_its_default) {
    std::istringstream lines(text_of("packaging/kith.toml"));
    std::string uncommented;
    std::set<std::string> shown;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# ")) line.erase(0, 2);
        const std::string name = line.substr(0, line.find(" = "));
        const bool is_key = std::any_of(keys().begin(), keys().end(),
                                        [&](const Key& key) { return key.name == name; });
        if (!is_key || line == name) continue;
        shown.insert(name);
        if (name != "data" && name != "database") uncommented += line + "\n";
    }
    const auto config = load(file(uncommented), {}, nullptr);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(*config, Config());
    EXPECT_EQ(shown.size(), keys().size());
}

TEST_F(ConfigTest, names_of_flags_and_variables) {
    EXPECT_EQ(flag_of("metrics_port"), "--metrics-port");
    EXPECT_EQ(variable_of("metrics_port"), "KITH_METRICS_PORT");
}

}  // namespace
}  // namespace kith::config
