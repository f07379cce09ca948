#include "transfer/threading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace kith::transfer {
namespace {

using testing::ElementsAre;

Message message(std::string key, std::int64_t day, std::string subject, std::string parent = {}) {
    Message m;
    m.key = std::move(key);
    m.written_at = {day * day_ms + 1};
    m.subject = std::move(subject);
    m.parent_key = std::move(parent);
    return m;
}

std::string bare(std::string_view subject) {
    bool is_reply = false;
    const std::string text = normal_subject(subject, is_reply);
    return (is_reply ? "re " : "") + text;
}

TEST(Subject, LosesPrefixesAndListTags) {
    EXPECT_EQ(bare("Hello World"), "hello world");
    EXPECT_EQ(bare("[Cats] Hello"), "hello");
    EXPECT_EQ(bare("Re: [Cats] RE: Fwd:  hello"), "re hello");
    EXPECT_EQ(bare("AW: [Cats] WG: Hello"), "re hello");
    EXPECT_EQ(bare("Re[2]: Hello"), "re hello");
    EXPECT_EQ(bare("Hello: a question"), "hello: a question");
    EXPECT_EQ(bare("[Cats]"), "[cats]");
    EXPECT_EQ(bare(""), "");
    EXPECT_EQ(bare("Re:"), "re ");
}

TEST(Subject, KeepsItsWordsAsATitle) {
    EXPECT_EQ(title_of("Re: [Cats] Why is the Sky blue?"), "Why is the Sky blue?");
}

TEST(Threads, FollowTheParent) {
    const std::vector<Message> all = {message("a", 1, "A"), message("b", 2, "Other", "a"),
                                      message("c", 3, "Third", "b"), message("d", 4, "D")};
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].key, "a");
    EXPECT_EQ(found[0].title, "A");
    EXPECT_THAT(found[0].messages, ElementsAre(0, 1, 2));
    EXPECT_THAT(found[0].parents, ElementsAre(-1, 0, 1));
    EXPECT_THAT(found[1].messages, ElementsAre(3));
}

TEST(Threads, FollowTheNearestOfTheReferencesThatIsThere) {
    std::vector<Message> all = {message("a", 1, "A"), message("b", 2, "B"), message("c", 3, "C", "lost")};
    all[2].further_keys = {"lost too", "b", "a"};
    auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[1].messages, ElementsAre(1, 2));
    EXPECT_THAT(found[1].parents, ElementsAre(-1, 0));
    // Where the nearest would close a loop, the next one counts.
    all = {message("x", 1, "X", "y"), message("r", 1, "R"), message("y", 2, "Y", "x")};
    all[2].further_keys = {"r"};
    all[0].further_keys = {"nowhere"};
    found = thread_messages(all);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].messages.size(), 3u);
}

TEST(Threads, ComeInOrderOfTheirFirstMessage) {
    const std::vector<Message> all = {message("late", 9, "L"), message("early", 1, "E"),
                                      message("reply", 10, "Re: E", "early")};
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[0].messages, ElementsAre(1, 2));
    EXPECT_THAT(found[1].messages, ElementsAre(0));
}

TEST(Threads, PutAParentBeforeAReplyWithAWrongClock) {
    const std::vector<Message> all = {message("reply", 1, "Re: A", "a"), message("a", 2, "A"),
                                      message("second", 3, "Re: A", "reply")};
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0].messages, ElementsAre(1, 0, 2));
    EXPECT_THAT(found[0].parents, ElementsAre(-1, 0, 1));
    EXPECT_EQ(found[0].title, "A");
}

TEST(Threads, BreakLoops) {
    const std::vector<Message> all = {message("a", 1, "A", "c"), message("b", 2, "B", "a"),
                                      message("c", 3, "C", "b"), message("self", 4, "S", "self")};
    const auto found = thread_messages(all);
    std::size_t count = 0;
    for (const auto& conversation : found) {
        count += conversation.messages.size();
        EXPECT_EQ(conversation.parents[0], -1);
    }
    EXPECT_EQ(count, 4u);
}

TEST(Threads, JoinRepliesWithoutAParentBySubject) {
    const std::vector<Message> all = {
        message("a", 1, "[Cats] Food"), message("b", 5, "Re: [Cats] food"),
        message("c", 30, "AW: Food"),   message("d", 31, "Food", "not in the archive"),
        message("e", 32, "Food"),       message("f", 33, "Re: Food"),
        message("g", 90, "Re: Food")};
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_THAT(found[0].messages, ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(found[0].parents, ElementsAre(-1, -1, -1, -1));
    EXPECT_THAT(found[1].messages, ElementsAre(4, 5));
    EXPECT_THAT(found[2].messages, ElementsAre(6));
}

TEST(Threads, TakeTheRepliesOfAJoinedMessageAlong) {
    const std::vector<Message> all = {message("a", 1, "Food"), message("b", 2, "Re: Food"),
                                      message("c", 3, "Something else", "b")};
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0].parents, ElementsAre(-1, -1, 1));
}

TEST(Threads, DoNotJoinMessagesWithoutASubject) {
    EXPECT_EQ(thread_messages(std::vector{message("a", 1, ""), message("b", 2, "Re:")}).size(), 2u);
}

TEST(Threads, LeaveOutCopies) {
    const std::vector<Message> all = {message("a", 1, "A"), message("a", 1, "A"),
                                      message("b", 2, "Re: A", "a")};
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0].messages, ElementsAre(0, 2));
}

TEST(Threads, HoldForAnyLinks) {
    std::mt19937 chance(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<Message> all;
        for (int i = 0; i < 60; ++i)
            all.push_back(message(std::to_string(i), static_cast<int>(chance() % 50),
                                  chance() % 2 ? "Re: S" : "S" + std::to_string(chance() % 5),
                                  chance() % 3 ? std::to_string(chance() % 70) : ""));
        std::vector<int> seen(all.size());
        for (const auto& conversation : thread_messages(all)) {
            ASSERT_EQ(conversation.messages.size(), conversation.parents.size());
            for (std::size_t i = 0; i < conversation.messages.size(); ++i) {
                ++seen[conversation.messages[i]];
                EXPECT_LT(conversation.parents[i], static_cast<std::int64_t>(i));
            }
        }
        EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), 60);
    }
}

TEST(Threads, CopeWithAVeryLongChain) {
    std::vector<Message> all;
    for (int i = 0; i < 20000; ++i)
        all.push_back(message(std::to_string(i), 1, "S", i ? std::to_string(i - 1) : ""));
    const auto found = thread_messages(all);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].parents.back(), 19998);
}

}  // namespace
}  // namespace kith::transfer
