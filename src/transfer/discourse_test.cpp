#include "transfer/discourse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

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
        std::vector<Message> topic;
        std::string title, why_not;
        while (reader && reader->next(topic, title, why_not))
            out.push_back(why_not.empty() ? title : why_not);
        return out;
    }
    std::vector<Message> read_one(const std::string& text) {
        write("1.json", text);
        auto reader = DiscourseReader::open(folder_);
        std::vector<Message> topic;
        std::string title, why_not;
        EXPECT_TRUE(reader && reader->next(topic, title, why_not));
        EXPECT_EQ(why_not, "");
        return topic;
    }

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
    std::vector<Message> posts;
    std::string title, why_not;
    reader->next(posts, title, why_not);
    EXPECT_EQ(reader->topic_key(), "t7");
    EXPECT_EQ(reader->fraction(), 0.5);
}

TEST_F(Discourse, AMissingFolderIsAnError) { EXPECT_FALSE(DiscourseReader::open(folder_ + "/nowhere")); }

}  // namespace
}  // namespace kith::transfer
