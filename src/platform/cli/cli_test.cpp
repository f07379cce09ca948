#include "platform/cli/cli.hpp"

#include <algorithm>
#include <sstream>

#include "platform/cli/progress.hpp"
#include "tests/world.hpp"

namespace kith::cli {
namespace {

int say_hello(Invocation& call) {
    call.out << "hello " << call.value("name") << (call.has("loud") ? ", loudly" : "") << " on "
             << call.config.port << (call.json ? " as json" : "");
    return call.mistakes.empty() ? 0 : exit_code(Fault::invalid);
}

int fail_to_find(Services&, Invocation& call) {
    return report(call, Error{Fault::not_found, "There is no such member.", "name"});
}

int throw_something(Invocation&) { throw db::Unavailable("the disk is full"); }

const std::vector<Command> commands = {
    {.name = "hello",
     .summary = "greet",
     .options = {{"name", "whom", Option::Kind::word, true}, {"loud", "shout", Option::Kind::flag}},
     .run_alone = say_hello},
    {.name = "user add", .summary = "add a member", .run = fail_to_find},
    {.name = "user throw", .summary = "fail", .run_alone = throw_something},
};

struct Ran {
    int code;
    std::string out, err;
};

Ran kith(std::vector<const char*> words) {
    words.insert(words.begin(), "kith");
    std::ostringstream out, err;
    const OpenServices open = [](Invocation&, const std::function<int(Services&)>& use) {
        test::World world(db::Engine::sqlite);
        return use(*world.services);
    };
    const int code = run(commands, static_cast<int>(words.size()), words.data(), open, out, err);
    return {code, out.str(), err.str()};
}

TEST(Cli, a_command_gets_its_words_options_and_settings) {
    const Ran ran = kith({"hello", "Ada", "--loud", "--port", "99", "--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "hello Ada, loudly on 99 as json");
}

TEST(Cli, what_is_missing_or_unknown_is_said) {
    EXPECT_EQ(kith({"hello"}).code, 2);
    EXPECT_EQ(kith({"hullo"}).code, 2);
    EXPECT_EQ(kith({}).code, 2);
    EXPECT_EQ(kith({"user"}).code, 2);
    EXPECT_FALSE(kith({"hello"}).err.empty());
    EXPECT_EQ(kith({"hullo"}).err,
              "kith: there is no verb \"hullo\"; the verbs are: hello, user add, user throw\n");
    EXPECT_EQ(kith({"user", "ad"}).err,
              "kith: there is no verb \"user ad\"; the verbs are: user add, user throw\n");
    EXPECT_EQ(kith({"user", "--help"}).code, 0);
}

TEST(Cli, help_lists_commands_and_settings) {
    EXPECT_NE(kith({"--help"}).out.find("hello"), std::string::npos);
    const Ran ran = kith({"user", "add", "--help"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.out.find("--metrics-port"), std::string::npos) << "a verb tells of itself alone";
    EXPECT_NE(kith({"--help"}).out.find("--metrics-port"), std::string::npos);
    EXPECT_NE(kith({"--version"}).out.find("kith " KITH_VERSION), std::string::npos);
}

TEST(Cli, a_mistake_in_the_settings_stops_what_needs_them) {
    const Ran ran = kith({"user", "add", "--port", "many"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.err, "--port: port: write a whole number from 0 to 65535\n");
}

TEST(Cli, each_fault_has_an_exit_code) {
    EXPECT_EQ(kith({"user", "add"}).code, 4);
    EXPECT_EQ(kith({"user", "add", "--json"}).err,
              R"({"error":{"fault":"not_found","message":"There is no such member.","field":"name"}})"
              "\n");
    EXPECT_EQ(kith({"user", "throw"}).code, 7);
    EXPECT_EQ(kith({"user", "throw"}).err, "kith: the disk is full\n");
    EXPECT_EQ(exit_code(Fault::forbidden), exit_code(Fault::unauthenticated));
    EXPECT_EQ(exit_code(Fault::conflict), 5);
}

TEST(Progress, says_share_count_rate_and_rest) {
    EXPECT_EQ(progress_line("messages", 2500, 5000, 2),
              "[#####     ] 50 %  2,500 of 5,000 messages, "
              "1,250/s, 2 s left");
    EXPECT_EQ(progress_line("messages", 0, 5000, 0), "[          ] 0 %  0 of 5,000 messages");
    EXPECT_EQ(progress_line("messages", 1000, 0, 1), "1,000 messages, 1,000/s");
}

TEST(Progress, a_file_gets_whole_lines) {
    std::ostringstream out;
    {
        Progress progress("topics", 3, out, Progress::Place::file);
        progress.at(1);
        progress.at(3);
    }
    const std::string text = out.str();
    EXPECT_TRUE(text.starts_with("[##########] 100 %  3 of 3 topics"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

}  // namespace
}  // namespace kith::cli
