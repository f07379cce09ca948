#include "platform/config/config.hpp"

#include <gtest/gtest.h>

#include <fstream>

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
    EXPECT_EQ(check(folder / "none.toml", {}, nullptr).size(), 1u);
    EXPECT_NE(check(file("[server]\nport = 1\n"), {}, nullptr).at(0).what.find("no sections"),
              std::string::npos);
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

TEST_F(ConfigTest, names_of_flags_and_variables) {
    EXPECT_EQ(flag_of("metrics_port"), "--metrics-port");
    EXPECT_EQ(variable_of("metrics_port"), "KITH_METRICS_PORT");
}

}  // namespace
}  // namespace kith::config
