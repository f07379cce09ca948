#include "transfer/discourse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "transfer/people.hpp"
#include "transfer/transfer.hpp"

namespace kith::transfer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

namespace fs = std::filesystem;

class Discourse : public testing::Test {
protected:
    Discourse()
        : folder_(testing::TempDir() + "kith_discourse_" +
                  testing::UnitTest::GetInstance()->current_test_info()->name()) {
        fs::create_directories(folder_);
    }
    ~Discourse() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
    }
    // The outcome of each file: its title or the reason against it.
    std::vector<std::string> outcomes() {
        std::vector<std::string> out;
        auto reader = DiscourseReader::open(folder_);
        Topic topic;
        std::string why_not;
        while (reader && reader->next(topic, why_not)) {
            if (why_not.empty() && topic.posts.empty()) why_not = "empty";
            out.push_back(why_not.empty() ? topic.title : why_not);
        }
        return out;
    }
    Topic read_topic_file(const std::string& text) {
        write("1.json", text);
        auto reader = DiscourseReader::open(folder_);
        Topic topic;
        std::string why_not;
        EXPECT_TRUE(reader && reader->next(topic, why_not));
        EXPECT_EQ(why_not, "");
        return topic;
    }
    std::vector<Message> read_one(const std::string& text) { return read_topic_file(text).posts; }

    std::string folder_;
};

std::string topic(const std::string& title, const std::string& posts) {
    return R"({"id":7,"title":")" + title + R"(","created_at":"2013-02-05T21:29:00.280Z",)" +
           R"("category_id":1,"post_stream":{"posts":[)" + posts + "]}}";
}

std::string post(int id, int number, const std::string& more = "") {
    return R"({"id":)" + std::to_string(id) + R"(,"username":"ann","name":"Ann Lee","user_id":3,)" +
           R"("created_at":"2013-02-05T21:29:00.280Z","cooked":"<p>Hello <strong>you</strong></p>",)" +
           R"("post_number":)" + std::to_string(number) + more + "}";
}

TEST_F(Discourse, ReadsATopic) {
    const auto posts = read_one(topic("A title", post(11, 1) + "," + post(12, 2)));
    ASSERT_EQ(posts.size(), 2u);
    EXPECT_EQ(posts[0].key, "p11");
    EXPECT_EQ(posts[0].author_key, "u3");
    EXPECT_EQ(posts[0].author_hint, "Ann Lee");
    EXPECT_EQ(posts[0].written_at.ms, 1360099740280);
    EXPECT_EQ(posts[0].subject, "A title");
    EXPECT_EQ(posts[0].markdown, "Hello **you**");
    EXPECT_EQ(posts[0].parent_key, "");
    EXPECT_EQ(posts[1].parent_key, "p11");
    EXPECT_FALSE(posts[0].removed);
}

TEST_F(Discourse, FollowsReplyNumbers) {
    const auto posts = read_one(topic("T", post(13, 3, R"(,"reply_to_post_number":2)") + "," + post(11, 1) +
                                               "," + post(12, 2, R"(,"reply_to_post_number":null)") + "," +
                                               post(14, 4, R"(,"reply_to_post_number":99)") + "," +
                                               post(15, 5, R"(,"reply_to_post_number":5)")));
    ASSERT_EQ(posts.size(), 5u);
    EXPECT_EQ(posts[2].parent_key, "p12");
    EXPECT_EQ(posts[3].parent_key, "p11");
    EXPECT_EQ(posts[4].parent_key, "p11");
}

TEST_F(Discourse, MarksRemovedPosts) {
    const auto posts = read_one(topic("T", post(11, 1) + "," + post(12, 2, R"(,"hidden":true)") + "," +
                                               post(13, 3, R"(,"deleted_at":"2013-02-06T00:00:00Z")") + "," +
                                               post(14, 4, R"(,"deleted_at":null,"hidden":false)")));
    ASSERT_EQ(posts.size(), 4u);
    EXPECT_FALSE(posts[0].removed);
    EXPECT_TRUE(posts[1].removed);
    EXPECT_TRUE(posts[2].removed);
    EXPECT_FALSE(posts[3].removed);
}

TEST_F(Discourse, TellsPeopleApartWithoutNumbers) {
    const auto named = [](int id, const std::string& who) {
        return R"({"id":)" + std::to_string(id) +
               R"(,"created_at":"2013-02-05T21:29:00Z","cooked":"x","post_number":)" + std::to_string(id) +
               who + "}";
    };
    const Topic read = read_topic_file(topic("T", named(1, R"(,"username":"Ann","user_id":null)") + "," +
                                                      named(2, R"(,"username":"ann")") + "," +
                                                      named(3, R"(,"username":null)") + "," + named(4, "") +
                                                      "," + named(5, R"(,"username":"bob","user_id":-1)")));
    std::vector<std::string> keys;
    for (const Message& post : read.posts) keys.push_back(post.author_key);
    EXPECT_THAT(keys, ElementsAre("n:ann", "n:ann", "of p3", "of p4", "u-1"));
    EXPECT_EQ(read.people.at("ann"), "n:ann");
}

TEST_F(Discourse, SaysWhatWasEdited) {
    const auto posts = read_one(
        topic("T", post(11, 1, R"(,"updated_at":"2013-02-05T21:30:00Z")") + "," +
                       post(12, 2, R"(,"updated_at":"2013-02-07T00:00:00Z")") + "," +
                       post(13, 3, R"(,"updated_at":"2013-02-07T00:00:00Z","version":1)") + "," +
                       post(14, 4, R"(,"updated_at":"2013-02-05T21:30:00Z","version":3)")));
    ASSERT_EQ(posts.size(), 4u);
    EXPECT_FALSE(posts[0].edited_at);
    EXPECT_TRUE(posts[1].edited_at);
    EXPECT_FALSE(posts[2].edited_at);
    EXPECT_TRUE(posts[3].edited_at);
}

std::string reasons(const Topic& topic) {
    std::string out;
    for (const Skipped& skipped : topic.skipped)
        out += skipped.reason + " " + std::to_string(skipped.count) + ";";
    return out;
}

TEST_F(Discourse, CountsEachPostThatCannotCome) {
    const Topic read = read_topic_file(
        topic("T", "1," + post(11, 1) + R"(,{"id":"x"},{"id":5,"created_at":"never"},{"id":6},)" +
                       R"({"id":7,"created_at":"2013-02-05T21:29:00Z","cooked":"","post_number":9},)" +
                       post(12, 2, R"(,"post_type":4)") + "," +
                       post(13, 3, R"(,"actions_summary":[{"id":2,"count":3},{"id":5,"count":9}])")));
    EXPECT_EQ(read.met, 8);
    EXPECT_EQ(read.posts.size(), 2u);
    EXPECT_EQ(reasons(read), "not a post 1;no number 1;no date 2;for staff alone 1;empty 1;");
    EXPECT_EQ(read.likes, 3);
}

TEST_F(Discourse, LeavesPrivateMessagesOut) {
    std::string text = topic("T", post(11, 1) + "," + post(12, 2));
    text.insert(1, R"("archetype":"private_message",)");
    const Topic read = read_topic_file(text);
    EXPECT_TRUE(read.posts.empty());
    EXPECT_EQ(reasons(read), "private message 2;");
}

TEST_F(Discourse, TakesTheTopicsRemovalForThatOfItsPosts) {
    std::string text = topic("T", post(11, 1));
    text.insert(1, R"("deleted_at":"2013-02-06T00:00:00Z",)");
    EXPECT_TRUE(read_one(text)[0].removed);
}

TEST_F(Discourse, KeepsNoAddressAndNoName) {
    const Topic read = read_topic_file(
        topic("ask ann@example.org",
              R"({"id":1,"username":"ann","user_id":3,"created_at":"2013-02-05T21:29:00Z","post_number":1,)"
              R"("cooked":"<p>a&#64;b.org <a class='mention' href='/u/Bob'>@Bob</a> )"
              R"(<a href='mailto:x@y.org'>mail</a></p>"})"));
    EXPECT_EQ(read.title, "ask (address removed)");
    EXPECT_EQ(read.posts[0].markdown, "(address removed) " + person_mark("bob") + " mail");
    EXPECT_EQ(with_names(read.posts[0].markdown, [](std::string_view) { return "*Moss*"; }),
              "(address removed) \\*Moss\\* mail");
}

TEST(PersonMarks, are_gone_when_names_are_put_in_also_those_that_nobody_made) {
    const auto name_of = [](std::string_view name) {
        return std::string(name) == "ann" ? "Moss" : "somebody";
    };
    EXPECT_EQ(with_names("a" + person_mark("Ann") + "b", name_of), "aMossb");
    EXPECT_EQ(with_names("a\uFDD1b\uFDD0x\uFDD1c\uFDD0half", name_of), "absomebodyc");
}

TEST_F(Discourse, AnImportCountsEverythingItMet) {
    write("1.json", topic("T", post(11, 1) + ",{}," + post(11, 2)));
    write("2.json", "{");
    write("3.json", topic("T", ""));
    const auto archive = read_discourse(folder_, [](double, std::int64_t) {});
    ASSERT_TRUE(archive);
    EXPECT_EQ(archive->read, 3);
    std::int64_t skipped = 0;
    for (const Skipped& one : archive->skipped) skipped += one.count;
    EXPECT_EQ(skipped + static_cast<std::int64_t>(archive->messages.size()), archive->read);
    EXPECT_THAT(archive->problems, ElementsAre("2.json could not be read: not JSON."));
}

TEST_F(Discourse, AFolderWithoutTopicsIsAnError) {
    write("notes.txt", "nothing");
    const auto reader = DiscourseReader::open(folder_);
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().fault, Fault::invalid);
}

TEST_F(Discourse, ReadsFilesInOrderOfTheirNumbers) {
    for (const char* number : {"10", "9", "100"})
        write(std::string(number) + ".json", topic(number, post(1, 1)));
    write("notes.txt", "not for us");
    EXPECT_THAT(outcomes(), ElementsAre("9", "10", "100"));
}

TEST_F(Discourse, GivesAReasonForABadFileAndGoesOn) {
    write("1.json", "{");
    write("2.json", "[]");
    write("3.json", R"({"id":"7","post_stream":{"posts":[]}})");
    write("4.json", R"({"id":7,"post_stream":[]})");
    write("5.json", topic("T", ""));
    write("6.json", topic("T", R"(1,null,{"id":"x"},{"id":5,"created_at":"never"})"));
    write("7.json", std::string(100000, '['));
    write("8.json", "");
    write("9.json", topic("Fine", post(1, 1)));
    EXPECT_THAT(outcomes(), ElementsAre("not JSON", "not a topic", "not a topic", "not a topic", "empty",
                                        "empty", "not JSON", "not JSON", "Fine"));
}

TEST_F(Discourse, KnowsTheTopicAndHowFarItIs) {
    write("1.json", topic("T", post(1, 1)));
    write("2.json", topic("T", post(2, 1)));
    auto reader = DiscourseReader::open(folder_);
    ASSERT_TRUE(reader);
    Topic first;
    std::string why_not;
    reader->next(first, why_not);
    EXPECT_EQ(first.key, "t7");
    EXPECT_EQ(reader->fraction(), 0.5);
}

TEST_F(Discourse, AMissingFolderIsAnError) { EXPECT_FALSE(DiscourseReader::open(folder_ + "/nowhere")); }

}  // namespace
}  // namespace kith::transfer
